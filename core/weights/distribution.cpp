// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/distribution.h"

#include "core/weights/smallfloats.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace assay {
namespace {

constexpr uint32_t kSign = 0x8000;
constexpr double kTailRatio = 8; // from here on of the 90 % quantile the largest value squeezes a linear histogram

float bfloat(uint32_t pattern)
{
    return std::bit_cast<float>(pattern << 16);
}

/// Patterns ascend with the magnitude on each side of zero: the negative ones are turned round.
template <class Convert>
std::vector<CountedValue> ascending(const std::vector<PatternCounts::Entry> &entries, uint32_t infinity, Convert convert)
{
    std::vector<CountedValue> values;
    values.reserve(entries.size());
    for (auto entry = entries.rbegin(); entry != entries.rend() && (entry->pattern & kSign); ++entry) {
        if ((entry->pattern & ~kSign) < infinity)
            values.push_back(convert(*entry));
    }
    for (const PatternCounts::Entry &entry : entries) {
        if (!(entry.pattern & kSign) && entry.pattern < infinity)
            values.push_back(convert(entry));
    }
    return values;
}

std::vector<double> absoluteQuantiles(std::vector<CountedValue> values, uint64_t counted)
{
    std::sort(values.begin(), values.end(),
              [](const CountedValue &a, const CountedValue &b) { return std::abs(a.value) < std::abs(b.value); });
    std::vector<double> quantiles;
    uint64_t below = 0;
    size_t next = 0;
    for (const double share : TensorStatistics::kQuantiles) {
        const uint64_t rank = std::max<uint64_t>(uint64_t(std::ceil(share * double(counted))), 1);
        while (next + 1 < values.size() && below + values[next].count < rank)
            below += values[next++].count;
        const CountedValue &at = values[next];
        // Within a bucket the values are taken to lie evenly.
        const double part = double(rank - std::min(below, rank)) / double(at.count);
        quantiles.push_back(std::abs(at.value) + (at.end - std::abs(at.value)) * std::min(part, 1.0));
    }
    return quantiles;
}

/// Nearest float32 whose lower half is zero: there a bucket of upper halves begins.
double onGrid(double value)
{
    const uint32_t bits = std::bit_cast<uint32_t>(float(value));
    return double(std::bit_cast<float>((bits + 0x8000u) & 0xffff0000u));
}

std::vector<double> layEdges(const TensorStatistics &statistics, bool bucketed, Histogram::Scale scale)
{
    const double unit = statistics.absoluteQuantiles[0];
    const bool logarithmic = scale == Histogram::Scale::SymmetricLog;
    const double from = logarithmic ? std::asinh(statistics.min / unit) : statistics.min;
    const double to = logarithmic ? std::asinh(statistics.max / unit) : statistics.max;
    std::vector<double> edges{statistics.min};
    for (size_t i = 1; i < Histogram::kBins; ++i) {
        const double at = from + (to - from) * double(i) / double(Histogram::kBins);
        const double value = logarithmic ? std::sinh(at) * unit : at;
        const double edge = bucketed ? onGrid(value) : value;
        if (edge > edges.back() && edge < statistics.max)
            edges.push_back(edge);
    }
    edges.push_back(statistics.max);
    return edges;
}

/// Which bin holds a value: edges belong to the bin further from zero, the outermost ones to the outermost bins.
size_t binOf(double value, const std::vector<double> &edges)
{
    const auto at = value < 0 ? std::lower_bound(edges.begin(), edges.end(), value)
                              : std::upper_bound(edges.begin(), edges.end(), value);
    const ptrdiff_t index = at - edges.begin() - 1;
    return size_t(std::clamp<ptrdiff_t>(index, 0, ptrdiff_t(edges.size()) - 2));
}

Histogram histogramOf(const std::vector<CountedValue> &values, const TensorStatistics &statistics, bool bucketed)
{
    Histogram histogram;
    const auto &quantiles = statistics.absoluteQuantiles;
    if (quantiles[0] > 0 && quantiles[4] > kTailRatio * quantiles[1])
        histogram.scale = Histogram::Scale::SymmetricLog;
    histogram.edges = layEdges(statistics, bucketed, histogram.scale);
    histogram.counts.resize(histogram.edges.size() - 1);
    for (const CountedValue &value : values)
        histogram.counts[binOf(value.value, histogram.edges)] += value.count;
    return histogram;
}

} // namespace

std::vector<CountedValue> valuesOf(const std::vector<PatternCounts::Entry> &entries, HalfKind kind)
{
    const bool bfloat16 = kind == HalfKind::BFloat16;
    return ascending(entries, bfloat16 ? 0x7f80 : 0x7c00, [&](const PatternCounts::Entry &entry) {
        const double value = double(bfloat16 ? bfloat(entry.pattern) : float16(uint16_t(entry.pattern)));
        return CountedValue{value, std::abs(value), entry.count};
    });
}

std::vector<CountedValue> bucketsOf(const std::vector<PatternCounts::Entry> &entries)
{
    return ascending(entries, 0x7f80, [](const PatternCounts::Entry &entry) {
        const uint32_t next = (entry.pattern & ~kSign) + 1;
        const double end = next == 0x7f80 ? 0x1p128 : double(bfloat(next));
        return CountedValue{double(bfloat(entry.pattern)), end, entry.count};
    });
}

std::vector<CountedValue> valuesOf(std::vector<float> values)
{
    std::sort(values.begin(), values.end());
    std::vector<CountedValue> counted;
    for (const float value : values) {
        if (counted.empty() || counted.back().value != double(value))
            counted.push_back({double(value), std::abs(double(value)), 0});
        ++counted.back().count;
    }
    return counted;
}

void describeDistribution(const std::vector<CountedValue> &values, TensorStatistics &statistics)
{
    if (values.empty())
        return;
    const bool bucketed = std::any_of(values.begin(), values.end(),
                                      [](const CountedValue &value) { return value.end != std::abs(value.value); });
    for (const CountedValue &value : values)
        statistics.counted += value.count;
    const std::vector<double> quantiles = absoluteQuantiles(values, statistics.counted);
    const double largest = std::max(std::abs(statistics.min), std::abs(statistics.max));
    for (size_t i = 0; i < quantiles.size(); ++i)
        statistics.absoluteQuantiles[i] = std::min(quantiles[i], largest);
    statistics.absoluteQuantiles.back() = largest;
    statistics.quantileError = bucketed ? 1.0 / 128 : 0;
    const bool twoZeros = std::count_if(values.begin(), values.end(), [](const CountedValue &v) { return v.value == 0; }) > 1;
    statistics.distinct = values.size() - (twoZeros ? 1 : 0);
    statistics.distinctExact = !bucketed && statistics.counted == statistics.finite;
    for (const CountedValue &value : values)
        statistics.negatives += value.value < 0 ? value.count : 0;
    statistics.histogram = histogramOf(values, statistics, bucketed);
}

} // namespace assay
