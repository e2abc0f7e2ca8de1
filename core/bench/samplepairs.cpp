// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/samplepairs.h"

#include "core/bench/metricrows.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace assay {
namespace {

constexpr double kLeastShare = 0.8; ///< of each run's samples that must have a partner

const MetricSource *medianSource(const MetricDefinition &metric)
{
    for (const MetricRow &row : metricRows()) {
        if (std::strcmp(row.definition.id, metric.id) == 0)
            return row.source.quantile == 0 ? &row.source : nullptr;
    }
    return nullptr;
}

const LevelAnalysis *levelOf(const LoadAnalysis &analysis, const BenchRun &run, const BenchPoint &point)
{
    const std::vector<BenchPoint> points = pointsOf(run.plan);
    const auto found = std::find(points.begin(), points.end(), point);
    return found == points.end() ? nullptr : &assay::levelOf(analysis, size_t(found - points.begin()));
}

/// What is left once single samples stay out.
SamplePairs enough(SamplePairs pairs, size_t ofFirst, size_t ofSecond)
{
    const double least = kLeastShare * double(std::max(ofFirst, ofSecond));
    return double(pairs.first.size()) < least ? SamplePairs{} : std::move(pairs);
}

SamplePairs requestPairs(Sampled (*column)(const RequestRow &), const LevelAnalysis &first, const LevelAnalysis &second)
{
    struct Side
    {
        const RequestRow *row;
        double value;
    };
    std::unordered_map<int64_t, Side> partners;
    size_t ofFirst = 0;
    for (const RequestRow &row : second.rows) {
        // Requests of a point are numbered from a multiple of the stride on, whichever point of the plan it is.
        if (const Sampled value = row.good() ? column(row) : std::nullopt)
            partners.emplace(row.index % kIndexStride, Side{&row, *value});
    }
    SamplePairs pairs;
    for (const RequestRow &row : first.rows) {
        const Sampled value = row.good() ? column(row) : std::nullopt;
        if (!value)
            continue;
        ++ofFirst;
        const auto partner = partners.find(row.index % kIndexStride);
        if (partner == partners.end() || partner->second.row->askedOutput != row.askedOutput)
            continue;
        pairs.first.push_back(*value);
        pairs.second.push_back(partner->second.value);
    }
    return enough(std::move(pairs), ofFirst, partners.size());
}

/// By repetition: nothing where one of the two lacks the metric.
std::vector<Sampled> repetitions(Sampled (*column)(const MeasureSample &), const BenchRun &run, const BenchPoint &point)
{
    std::vector<Sampled> out;
    for (const MeasureSample &sample : run.samples) {
        if (!sample.warmup && pointOf(sample) == point)
            out.push_back(column(sample));
    }
    return out;
}

SamplePairs repetitionPairs(const std::vector<Sampled> &first, const std::vector<Sampled> &second)
{
    SamplePairs pairs;
    for (size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
        if (!first[i] || !second[i])
            continue;
        pairs.first.push_back(*first[i]);
        pairs.second.push_back(*second[i]);
    }
    return enough(std::move(pairs), first.size(), second.size());
}

} // namespace

SamplePairs pairsOf(const MetricDefinition &metric, const BenchRun &first, const BenchPoint &firstPoint, const BenchRun &second,
                    const BenchPoint &secondPoint)
{
    const MetricSource *source = medianSource(metric);
    const bool loads = !first.requests.empty();
    if (!source || first.plan.seed != second.plan.seed || loads == second.requests.empty())
        return {};
    if (!loads)
        return source->perRun ? repetitionPairs(repetitions(source->perRun, first, firstPoint), repetitions(source->perRun, second, secondPoint))
                              : SamplePairs{};
    const auto one = analyse(first.requests), two = analyse(second.requests);
    const LevelAnalysis *above = levelOf(*one, first, firstPoint), *below = levelOf(*two, second, secondPoint);
    return source->perRequest && above && below ? requestPairs(source->perRequest, *above, *below) : SamplePairs{};
}

} // namespace assay
