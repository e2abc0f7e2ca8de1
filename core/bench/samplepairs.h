// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/metrics.h"

namespace assay {

/// Samples of one metric of two runs, those at the same place belonging together. Empty when they do not pair.
struct SamplePairs
{
    std::vector<double> first, second;
    bool empty() const { return first.empty(); }
};

/// Which samples of two runs belong together: those of the same prompt, and so of the same seed and lengths. Of endpoints the
/// first tries of the same request that both answered, of models the same repetition of a point. Medians over requests or
/// repetitions have such samples; nothing pairs when more than a fifth of either run's would be left over. The points are the
/// runs' own.
SamplePairs pairsOf(const MetricDefinition &metric, const BenchRun &first, const BenchPoint &firstPoint, const BenchRun &second,
                    const BenchPoint &secondPoint);

} // namespace assay
