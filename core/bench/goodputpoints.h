// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/loadanalysis.h"
#include "core/bench/slo.h"

namespace assay {

/// What an SLO lets through at one level.
struct Goodput
{
    size_t good = 0, counted = 0;
    Estimate share;                  ///< n = 0 when nothing was counted
    std::optional<double> perSecond; ///< while the load was steady
};

/// A level's first tries as plain columns of seconds, so that limits can be dragged over a hundred thousand of them: one look
/// takes some tenths of a millisecond. What a request does not show is infinite, and meets no limit; a failed one is infinite
/// throughout; the TPOT of an answer in one read is 0, since no gap of it can be too long. The same as meets() and the metrics
/// goodput and goodput.share, in floats.
class GoodputPoints
{
public:
    explicit GoodputPoints(const LevelAnalysis &level);
    Goodput at(const Slo &slo) const;

    size_t size() const { return ttft.size(); }
    std::vector<float> ttft, ttfa, tpot, e2e, longestGap;
    std::vector<float> scheduledTtft, scheduledTtfa, scheduledE2e;
    std::vector<uint8_t> isCounted; ///< after the warm-up, not cancelled: what shares are of
    std::vector<uint8_t> inWindow;  ///< ended while the load was steady: what rates are of

private:
    double m_steadySeconds = 0;
    size_t m_counted = 0;
};

} // namespace assay
