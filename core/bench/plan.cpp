// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/plan.h"

#include "core/bench/inputspec.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

std::vector<BenchPoint> levelsOf(const EndpointLoad &load)
{
    std::vector<BenchPoint> levels;
    for (const double rate : load.rates) {
        levels.emplace_back().rate = rate;
        levels.back().arrivals = load.arrivals;
    }
    if (load.rates.empty()) {
        for (const int64_t concurrency : load.concurrencies)
            levels.emplace_back().concurrency = concurrency;
    }
    return levels;
}

std::vector<BenchPoint> loadPoints(const BenchPlan &plan)
{
    std::vector<BenchPoint> points;
    for (const int64_t depth : plan.depths) {
        for (const int64_t prompt : plan.promptTokens) {
            for (const int64_t output : plan.outputTokens) {
                for (BenchPoint level : levelsOf(*plan.load)) {
                    level.promptTokens = prompt;
                    level.outputTokens = output;
                    level.depth = depth;
                    points.push_back(level);
                }
            }
        }
    }
    return points;
}

/// How many requests one "run" of a plan is at this level, so that usual numbers of runs keep every level busy.
int64_t requestsOfRun(const BenchPoint &point)
{
    return point.concurrency > 0 ? point.concurrency : int64_t(std::ceil(std::clamp(point.rate, 1.0, double(kIndexStride))));
}

} // namespace

BenchPoint pointOf(const MeasureSample &sample)
{
    return {sample.promptTokens, sample.outputTokens, sample.batch, sample.inputs, sample.depth};
}

std::vector<BenchPoint> pointsOf(const BenchPlan &plan)
{
    std::vector<BenchPoint> points;
    if (plan.load)
        return loadPoints(plan);
    if (plan.passes && !plan.inputs.empty()) {
        if (const auto inputs = parseInputs(plan.inputs))
            points.push_back({0, 0, batchOf(*inputs), inputsText(*inputs)});
        return points;
    }
    const std::vector<int64_t> outputs = plan.passes ? std::vector<int64_t>{0} : plan.outputTokens;
    const std::vector<int64_t> depths = plan.passes ? std::vector<int64_t>{0} : plan.depths;
    for (const int64_t batch : plan.batches) {
        for (const int64_t depth : depths) {
            for (const int64_t prompt : plan.promptTokens) {
                for (const int64_t output : outputs)
                    points.push_back({prompt, output, batch, {}, depth});
            }
        }
    }
    return points;
}

LevelSize levelSize(const BenchPlan &plan, size_t point)
{
    const std::vector<BenchPoint> points = pointsOf(plan);
    if (!plan.load || point >= points.size())
        return {};
    const EndpointLoad &load = *plan.load;
    const auto inRange = [](int64_t requests) { return std::clamp<int64_t>(requests, 0, kIndexStride / 4); };
    const int64_t perRun = requestsOfRun(points[point]), most = kIndexStride / 4;
    LevelSize size;
    size.pilot = point == 0 ? kPilotRequests : 0;
    size.warmup = plan.warmup > most / perRun ? most : inRange(plan.warmup * perRun);
    // A prompt that is to be in the server's cache must have been there.
    if (load.cache == CachePolicy::Warm)
        size.warmup = std::max<int64_t>(size.warmup, 1);
    if (load.requests > 0)
        size.counted = inRange(load.requests);
    else if (load.seconds > 0)
        size.counted = points[point].rate > 0 && load.arrivals != Arrivals::Trace
                           ? inRange(int64_t(std::min(std::ceil(points[point].rate * load.seconds), double(most))))
                           : most;
    else if (load.arrivals == Arrivals::Trace && points[point].rate > 0)
        size.counted = std::max<int64_t>(inRange(int64_t(load.trace.size())) - size.warmup, 0);
    else
        size.counted = plan.runs > most / perRun ? most : inRange(plan.runs * perRun);
    return size;
}

} // namespace assay
