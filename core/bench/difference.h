// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/metrics.h"
#include "core/bench/samplepairs.h"

namespace assay {

/// What the difference of a metric between two runs is worth.
enum class DifferenceVerdict : uint8_t {
    Better,      ///< the first is better by more than noise
    Worse,
    Differs,     ///< by more than noise, of a metric that is neither good nor bad
    WithinNoise, ///< the interval holds no difference at all
    Unknown,     ///< too few samples to tell noise from difference
};

struct MetricDifference
{
    DifferenceVerdict verdict = DifferenceVerdict::Unknown;
    Estimate ratio;      ///< of the first to the second; n = 0 when there is none
    Estimate difference; ///< first minus second, in the metric's unit; n = 0 when there is none
    bool paired = false; ///< whether the intervals are of pairs of samples
    const char *pattern = ""; ///< translation context "Difference"
    std::vector<std::string> arguments;
    std::string text(const Translate &translate = untranslated) const { return fillIn(translate("Difference", pattern), arguments); }
};

/// By a bootstrap of the medians where both have the samples of their median, of pairs where `pairs` has some; else from
/// their intervals, of independent estimates: the ratio's by the logarithms, the difference's by the distances of their ends
/// (Zou and Donner 2008). Percentiles and values of levels are of the latter kind. A value of 0 has a difference and no ratio.
MetricDifference differenceOf(const MetricValue &first, const MetricValue &second, const SamplePairs &pairs = {});

} // namespace assay
