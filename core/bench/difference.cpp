// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/difference.h"

#include "core/base/units.h"

#include <cmath>

namespace assay {
namespace {

/// Whether the value is the median of the samples, and not another percentile of them.
bool isMedian(const MetricValue &value)
{
    if (value.samples.empty())
        return false;
    const double median = quantile(value.samples, 0.5);
    return std::abs(value.estimate.value - median) <= 1e-6 * std::abs(median);
}

Estimate ratioOfIntervals(const Estimate &first, const Estimate &second)
{
    const double ratio = first.value / second.value;
    Estimate out{ratio, ratio, ratio, std::min(first.n, second.n), false};
    if (!first.hasInterval || !second.hasInterval || !(first.low > 0) || !(second.low > 0))
        return out;
    const auto spread = [](double from, double to) { return std::log(to / from); };
    out.low = ratio * std::exp(-std::hypot(spread(first.low, first.value), spread(second.value, second.high)));
    out.high = ratio * std::exp(std::hypot(spread(first.value, first.high), spread(second.low, second.value)));
    out.hasInterval = true;
    return out;
}

Verdict verdictOf(const Estimate &ratio, Better better)
{
    if (!ratio.hasInterval)
        return Verdict::Unknown;
    if (ratio.low <= 1 && ratio.high >= 1)
        return Verdict::WithinNoise;
    if (better == Better::Neither)
        return Verdict::Differs;
    return (ratio.value < 1) == (better == Better::Lower) ? Verdict::Better : Verdict::Worse;
}

const char *patternOf(Verdict verdict, bool less)
{
    switch (verdict) {
    case Verdict::Better:
    case Verdict::Worse:
    case Verdict::Differs:
        return less ? ASSAY_TEXT("Difference", "%1 lower [%2, %3]") : ASSAY_TEXT("Difference", "%1 higher [%2, %3]");
    case Verdict::WithinNoise: return ASSAY_TEXT("Difference", "the difference of %1 is smaller than noise [%2, %3]");
    case Verdict::Unknown: break;
    }
    return ASSAY_TEXT("Difference", "too few samples to tell a difference of %1 from noise");
}

} // namespace

MetricDifference differenceOf(const MetricValue &first, const MetricValue &second)
{
    MetricDifference out;
    if (!std::isfinite(first.estimate.value / second.estimate.value) || !(first.estimate.value / second.estimate.value > 0)) {
        out.pattern = ASSAY_TEXT("Difference", "no ratio can be told");
        return out;
    }
    out.ratio = isMedian(first) && isMedian(second) ? ratioOfMedians(first.samples, second.samples)
                                                    : ratioOfIntervals(first.estimate, second.estimate);
    out.verdict = verdictOf(out.ratio, first.metric->better);
    out.pattern = patternOf(out.verdict, out.ratio.value < 1);
    const auto change = [](double ratio) { return formatPercent(std::abs(ratio - 1)); };
    const auto sign = [](double ratio) { return (ratio < 1 ? "-" : "+") + formatPercent(std::abs(ratio - 1)); };
    out.arguments = {change(out.ratio.value), sign(out.ratio.low), sign(out.ratio.high)};
    return out;
}

} // namespace assay
