// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/metrics.h"

namespace assay {

/// One level of a sweep of rising load.
struct SweepLevel
{
    BenchPoint point;
    Estimate throughput;                ///< output tokens/s: steady where all levels have that, else ends included
    std::optional<Estimate> goodShare;  ///< of the SLO asked for
};
/// The levels that differ from `like` in concurrency alone, or in rate alone where it has one, and were measured, by rising load.
std::vector<SweepLevel> sweepOf(const BenchRun &run, const BenchPoint &like, const Slo *slo = nullptr);

/// Where more load stops to pay: the knee is the largest level up to which at least 95 % of the answers are good and each level
/// brought more throughput than the one before by more than both intervals' noise, or by 5 %, which is noise where it is less.
struct Saturation
{
    std::optional<size_t> knee; ///< index of the level; nothing when even the lowest is not good enough
    bool reached = false;       ///< false: it may lie beyond the highest level
    const char *pattern = "";   ///< why, translation context "Saturation"
    std::vector<std::string> arguments;
    std::string text(const Translate &translate = untranslated) const { return fillIn(translate("Saturation", pattern), arguments); }
};
inline constexpr double kGoodShare = 0.95;
Saturation saturationOf(const std::vector<SweepLevel> &levels);
/// The largest level up to which at least kGoodShare of the answers meet the SLO asked for, throughput aside; nothing when even
/// the lowest does not, or none was asked for.
std::optional<size_t> lastGoodLevel(const std::vector<SweepLevel> &levels);

} // namespace assay
