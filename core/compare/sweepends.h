// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/joined.h"

namespace assay {

/// How far more load pays, and how far the goals are met, in one run's sweep over concurrencies or rates (bench/saturation.h).
struct SweepEnds
{
    std::optional<BenchPoint> knee;     ///< as it is compared; nothing where the sweep did not reach it
    std::optional<BenchPoint> lastGood; ///< the same of the highest load at which the goals are met; nothing without goals, or where they
                                        ///< hold under all loads
    std::string text;                   ///< both in sentences; empty where there is no sweep
};

/// Of the sweep that this compared load belongs to, judged by the first goals of the run's plan.
SweepEnds sweepEnds(const BenchRun &run, const BenchPoint &compared, const Words &words);

/// What stands at this load: "knee", "goals met up to here", both, or nothing.
std::string markAt(const SweepEnds &ends, const BenchPoint &compared, const Words &words);

} // namespace assay
