// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/metrics.h"

namespace assay {

/// What the difference of a metric between two runs is worth.
enum class Verdict : uint8_t {
    Better,      ///< the first is better by more than noise
    Worse,
    Differs,     ///< by more than noise, of a metric that is neither good nor bad
    WithinNoise, ///< the interval of the ratio holds 1
    Unknown,     ///< too few samples to tell noise from difference
};

struct MetricDifference
{
    Verdict verdict = Verdict::Unknown;
    Estimate ratio; ///< of the first to the second; n = 0 when there is none
    const char *pattern = ""; ///< translation context "Difference"
    std::vector<std::string> arguments;
    std::string text(const Translate &translate = untranslated) const { return fillIn(translate("Difference", pattern), arguments); }
};

/// By a bootstrap of the ratio of medians where both have the samples of their median, else from their intervals (of
/// independent estimates, by the logarithms). Percentiles and values of levels are of the latter kind.
MetricDifference differenceOf(const MetricValue &first, const MetricValue &second);

} // namespace assay
