// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/memorysheet.h"

#include "core/base/units.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

json rangeJson(const MemoryRange &range)
{
    return {{"low", range.low}, {"high", range.high}};
}

json termsJson(const MemoryPlan &plan)
{
    json terms = json::array();
    for (const MemoryTerm &term : plan.terms)
        terms.push_back({{"id", term.id}, {"bytes", rangeJson(term.bytes)}, {"formula", term.formula}, {"divided", term.divided}});
    return terms;
}

json measuredJson(const std::vector<MeasuredMemory> &measured)
{
    json out = json::array();
    for (const MeasuredMemory &point : measured)
        out.push_back({{"context", point.context}, {"batch", point.batch}, {"bytes", point.bytes}, {"n", point.n},
                       {"estimate", rangeJson(point.estimate)}, {"error", point.error()}});
    return out;
}

json deviceJson(const MemorySheet &sheet)
{
    const Device *device = sheet.request.device;
    if (!device)
        return nullptr;
    return {{"name", device->name},
            {"count", sheet.plan.devices},
            {"memory", device->memory ? json(*device->memory) : json()},
            {"memory_source", memoryEvidence(*device)},
            {"usable", sheet.usable ? json(*sheet.usable) : json()},
            {"bandwidth", device->bandwidth},
            {"sources", device->sources},
            {"confidence", device->confidence}};
}

} // namespace

double MeasuredMemory::error() const
{
    if (bytes == 0 || (estimate.low <= bytes && bytes <= estimate.high))
        return 0;
    const uint64_t nearer = bytes < estimate.low ? estimate.low : estimate.high;
    return double(nearer) / double(bytes) - 1;
}

MemorySheet memorySheet(const MemoryModel &model, const MemoryRequest &request, const Translate &translate)
{
    MemorySheet sheet;
    sheet.request = request;
    sheet.plan = planMemory(model, request, translate);
    sheet.usable = usableMemory(request);
    sheet.fit = largestContext(model, request);
    sheet.floor = decodeFloor(model, request, translate);
    sheet.contextLength = model.contextLength;
    return sheet;
}

std::vector<MeasuredMemory> measuredMemory(const MemoryModel &model, const BenchRun &run)
{
    auto request = engineRequest(run.header.environment.dtype);
    if (!request)
        return {};
    std::map<std::pair<int64_t, int64_t>, MeasuredMemory> points;
    for (const MeasureSample &sample : run.samples) {
        // What a module takes for declared inputs is not foreseen.
        if (!sample.memory.tensorPeak || !sample.inputs.empty() || sample.promptTokens < 0 || sample.outputTokens < 0
            || sample.promptTokens > kMostContext || sample.outputTokens > kMostContext)
            continue;
        const int64_t context = sample.promptTokens + sample.outputTokens;
        MeasuredMemory &point = points[{context, sample.batch}];
        point.context = context;
        point.batch = sample.batch;
        point.bytes = std::max(point.bytes, *sample.memory.tensorPeak);
        ++point.n;
    }
    std::vector<MeasuredMemory> out;
    for (auto &[key, point] : points) {
        request->context = point.context;
        request->batch = point.batch;
        const MemoryPlan plan = planMemory(model, *request);
        const MemoryRange all = plan.total(), overhead = plan.of(MemoryTermKind::Overhead);
        point.estimate = {all.low - std::min(all.low, overhead.low), all.high - std::min(all.high, overhead.high)};
        out.push_back(point);
    }
    return out;
}

json memorySheetJson(const MemorySheet &sheet)
{
    const MemoryRequest &request = sheet.request;
    json assumptions = json::array();
    for (const RuntimeAssumption &assumption : request.runtime->assumptions)
        assumptions.push_back({{"text", assumption.text}, {"source", assumption.source}});
    json out{{"runtime", {{"id", request.runtime->id}, {"assumptions", assumptions}}},
             {"dtype", request.weights->id},
             {"kv_dtype", request.cache->id},
             {"context", request.context},
             {"batch", request.batch},
             {"device", deviceJson(sheet)},
             {"terms", termsJson(sheet.plan)},
             {"total", rangeJson(sheet.plan.total())},
             {"per_device", rangeJson(sheet.plan.perDevice())},
             {"cache_known", sheet.plan.cacheKnown},
             {"fits", sheet.usable ? json(sheet.fits()) : json()},
             {"largest_context", nullptr},
             {"context_length", sheet.contextLength ? json(*sheet.contextLength) : json()},
             {"decode_floor", nullptr},
             {"measured", measuredJson(sheet.measured)}};
    if (sheet.fit)
        out["largest_context"] = {{"low", sheet.fit->safe}, {"high", sheet.fit->best}, {"unbounded", sheet.fit->unbounded}};
    if (sheet.floor)
        out["decode_floor"] = {{"seconds", sheet.floor->seconds},
                               {"weight_bytes", sheet.floor->weightBytes},
                               {"cache_bytes", sheet.floor->cacheBytes},
                               {"estimate", true},
                               {"formula", sheet.floor->formula}};
    return out;
}

} // namespace assay
