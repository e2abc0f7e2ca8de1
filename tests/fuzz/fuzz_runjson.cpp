// SPDX-License-Identifier: GPL-3.0-or-later
// What a store or a report holds of runs: plans, machines' limits, samples, records of requests. What can be read is written
// and read again without a change, and what is derived of it is a number.
#include "core/bench/machinelimits.h"
#include "core/bench/metrics.h"
#include "core/bench/planjson.h"
#include "core/bench/requestmetrics.h"
#include "core/bench/run.h"
#include "core/bench/statejson.h"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace {

using namespace assay;
using nlohmann::json;

/// What was read; nothing after an error, whose sentence can be shown.
template <class Reader> auto readTwice(const json &value, Reader reader)
{
    auto read = reader(value);
    if (!read) {
        const std::string sentence = read.error().sentence();
        if (sentence.empty() || validUtf8(sentence) != sentence)
            std::abort();
        return read;
    }
    const std::string once = toJson(*read).dump(); // throws when a text is no UTF-8
    const auto again = reader(json::parse(once));
    if (again && toJson(*again).dump() != once)
        std::abort();
    return read;
}

void derive(const BenchRun &run)
{
    for (const BenchPoint &point : pointsOf(run.plan)) {
        for (const MetricValue &value : summarize(run, point)) {
            if (std::isnan(value.estimate.value))
                std::abort();
        }
    }
}

/// Plans whose points are too many to be measured are refused elsewhere, before a run.
bool isSmall(const BenchPlan &plan)
{
    size_t levels = 1;
    if (plan.load)
        levels = plan.load->concurrencies.size() + plan.load->rates.size() + 1;
    const size_t lists[] = {plan.promptTokens.size(), plan.outputTokens.size(), plan.batches.size(), plan.depths.size(), levels};
    size_t points = 1;
    for (const size_t size : lists)
        points *= std::min<size_t>(std::max<size_t>(size, 1), 100);
    return points <= 100;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const json value = json::parse(data, data + size, nullptr, false);
    if (value.is_discarded())
        return 0;
    readTwice(value, sloFromJson);
    readTwice(value, endpointLoadFromJson);
    readTwice(value, machineLimitsFromJson);
    readTwice(value, modelWorkFromJson);
    readTwice(value, deviceStateFromJson);
    readTwice(value, runHeaderFromJson);
    readTwice(value, benchPlanFromJson);
    readTwice(value, loadSampleFromJson);
    readTwice(value, measureSampleFromJson);
    if (const auto record = readTwice(value, requestRecordFromJson)) {
        const RequestMetrics metrics = metricsOf(*record);
        for (const auto &time : {metrics.ttft, metrics.ttfa, metrics.tpot, metrics.e2e, metrics.longestGap, metrics.scheduledE2e}) {
            if (time && (!std::isfinite(*time) || *time < 0 || metrics.failed))
                std::abort();
        }
    }
    if (const auto run = readTwice(value, benchRunFromJson); run && isSmall(run->plan))
        derive(*run);
    return 0;
}
