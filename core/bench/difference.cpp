// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/difference.h"

#include "core/base/units.h"
#include "core/bench/bootstrap.h"

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

Estimate differenceOfIntervals(const Estimate &first, const Estimate &second)
{
    const double difference = first.value - second.value;
    Estimate out{difference, difference, difference, std::min(first.n, second.n), first.hasInterval && second.hasInterval};
    if (!out.hasInterval)
        return out;
    out.low = difference - std::hypot(first.value - first.low, second.high - second.value);
    out.high = difference + std::hypot(first.high - first.value, second.value - second.low);
    return out;
}

MedianContrast contrastOf(const MetricValue &first, const MetricValue &second, const SamplePairs &pairs)
{
    if (!pairs.empty())
        return contrastOfPairs(pairs.first, pairs.second);
    if (isMedian(first) && isMedian(second))
        return contrastOfMedians(first.samples, second.samples);
    return {ratioOfIntervals(first.estimate, second.estimate), differenceOfIntervals(first.estimate, second.estimate)};
}

bool holds(const Estimate &estimate, double value)
{
    return estimate.low <= value && estimate.high >= value;
}

/// A difference must stand out both ways: close to the edge the two kinds of intervals need not agree.
DifferenceVerdict verdictOf(const MetricDifference &difference, Better better)
{
    const bool ratio = difference.ratio.n > 0 && difference.ratio.hasInterval;
    if (!difference.difference.hasInterval)
        return DifferenceVerdict::Unknown;
    if (holds(difference.difference, 0) || (ratio && holds(difference.ratio, 1)))
        return DifferenceVerdict::WithinNoise;
    if (better == Better::Neither)
        return DifferenceVerdict::Differs;
    return (difference.difference.value < 0) == (better == Better::Lower) ? DifferenceVerdict::Better : DifferenceVerdict::Worse;
}

/// How one says that a value is less, or more, by what it is of.
struct Directions
{
    const char *better, *worse, *differs;
};
enum class Kind : uint8_t { Time, Speed, Other };

Kind kindOf(Unit unit)
{
    switch (unit) {
    case Unit::Seconds: return Kind::Time;
    case Unit::TokensPerSecond:
    case Unit::InputsPerSecond: return Kind::Speed;
    default: return Kind::Other;
    }
}

const char *patternOf(DifferenceVerdict verdict, Unit unit, bool less)
{
    static constexpr Directions kLess[]{
        {ASSAY_TEXT("Difference", "better: shorter by %1 [%2, %3]"), ASSAY_TEXT("Difference", "worse: lower by %1 [%2, %3]"),
         ASSAY_TEXT("Difference", "shorter by %1 [%2, %3]")},
        {ASSAY_TEXT("Difference", "better: lower by %1 [%2, %3]"), ASSAY_TEXT("Difference", "worse: slower by %1 [%2, %3]"),
         ASSAY_TEXT("Difference", "slower by %1 [%2, %3]")},
        {ASSAY_TEXT("Difference", "better: lower by %1 [%2, %3]"), ASSAY_TEXT("Difference", "worse: lower by %1 [%2, %3]"),
         ASSAY_TEXT("Difference", "lower by %1 [%2, %3]")},
    };
    static constexpr Directions kMore[]{
        {ASSAY_TEXT("Difference", "better: higher by %1 [%2, %3]"), ASSAY_TEXT("Difference", "worse: longer by %1 [%2, %3]"),
         ASSAY_TEXT("Difference", "longer by %1 [%2, %3]")},
        {ASSAY_TEXT("Difference", "better: faster by %1 [%2, %3]"), ASSAY_TEXT("Difference", "worse: higher by %1 [%2, %3]"),
         ASSAY_TEXT("Difference", "faster by %1 [%2, %3]")},
        {ASSAY_TEXT("Difference", "better: higher by %1 [%2, %3]"), ASSAY_TEXT("Difference", "worse: higher by %1 [%2, %3]"),
         ASSAY_TEXT("Difference", "higher by %1 [%2, %3]")},
    };
    const Directions &words = (less ? kLess : kMore)[size_t(kindOf(unit))];
    switch (verdict) {
    case DifferenceVerdict::Better: return words.better;
    case DifferenceVerdict::Worse: return words.worse;
    case DifferenceVerdict::Differs: return words.differs;
    case DifferenceVerdict::WithinNoise: return ASSAY_TEXT("Difference", "the difference of %1 is smaller than noise [%2, %3]");
    case DifferenceVerdict::Unknown: break;
    }
    return ASSAY_TEXT("Difference", "too few samples to tell a difference of %1 from noise");
}

/// In per cent, and as sizes in the direction of the difference, so that "lower by 8 %" is followed by "[6 %, 10 %]"; within
/// noise the ends have different signs, which are said.
std::vector<std::string> relativeArguments(const MetricDifference &difference)
{
    const Estimate &ratio = difference.ratio;
    const auto size = [](double value) { return formatPercent(std::abs(value - 1)); };
    const auto sign = [&](double value) { return (value < 1 ? "-" : "+") + size(value); };
    if (difference.verdict == DifferenceVerdict::WithinNoise)
        return {size(ratio.value), sign(ratio.low), sign(ratio.high)};
    const bool less = ratio.value < 1;
    return {size(ratio.value), size(less ? ratio.high : ratio.low), size(less ? ratio.low : ratio.high)};
}

std::vector<std::string> absoluteArguments(const MetricDifference &difference, Unit unit)
{
    const Estimate &d = difference.difference;
    const auto size = [&](double value) { return formatValue(unit, std::abs(value)); };
    const auto sign = [&](double value) { return (value < 0 ? "-" : "+") + size(value); };
    if (difference.verdict == DifferenceVerdict::WithinNoise)
        return {size(d.value), sign(d.low), sign(d.high)};
    const bool less = d.value < 0;
    return {size(d.value), size(less ? d.high : d.low), size(less ? d.low : d.high)};
}

} // namespace

MetricDifference differenceOf(const MetricValue &first, const MetricValue &second, const SamplePairs &pairs)
{
    MetricDifference out;
    if (!std::isfinite(first.estimate.value - second.estimate.value)) {
        out.pattern = ASSAY_TEXT("Difference", "no difference can be told");
        return out;
    }
    const MedianContrast contrast = contrastOf(first, second, pairs);
    out.paired = !pairs.empty();
    out.difference = contrast.difference;
    const bool divides = first.metric->ratios && std::isfinite(contrast.ratio.value) && contrast.ratio.value > 0;
    if (divides)
        out.ratio = contrast.ratio;
    out.verdict = verdictOf(out, first.metric->better);
    if (out.difference.value == 0 && out.difference.low == 0 && out.difference.high == 0) {
        out.pattern = ASSAY_TEXT("Difference", "the same");
        return out;
    }
    out.pattern = patternOf(out.verdict, first.metric->unit, out.difference.value < 0);
    out.arguments = divides ? relativeArguments(out) : absoluteArguments(out, first.metric->unit);
    return out;
}

} // namespace assay
