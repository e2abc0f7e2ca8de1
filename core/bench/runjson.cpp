// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/jsonfields.h"
#include "core/bench/planjson.h"
#include "core/bench/requestcolumns.h"
#include "core/bench/run.h"
#include "core/bench/statejson.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array kStates{RunState::Running, RunState::Finished, RunState::Cancelled, RunState::Failed, RunState::Interrupted};

constexpr std::array<JsonMember<MemoryReading, std::optional<uint64_t>>, 7> kMemoryFields{
    {{"tensor_peak", &MemoryReading::tensorPeak},
     {"tensor_current", &MemoryReading::tensorCurrent},
     {"reserved_peak", &MemoryReading::reservedPeak},
     {"process_peak", &MemoryReading::processPeak},
     {"process_device", &MemoryReading::processDevice},
     {"device_used", &MemoryReading::deviceUsed},
     {"device_baseline", &MemoryReading::deviceBaseline}}};

json memoryToJson(const MemoryReading &memory)
{
    json out = json::object();
    putMembers(out, memory, kMemoryFields);
    return out;
}

Result<MemoryReading> memoryFromJson(const json &value)
{
    MemoryReading memory;
    JsonFields fields(value);
    fields.readMembers(memory, kMemoryFields);
    return fields.finish(memory);
}

json shareToJson(const WeightShare &share)
{
    return {{"stored", validUtf8(share.stored)},
            {"computed", validUtf8(share.computed)},
            {"parameters", share.parameters},
            {"bytes", share.bytes}};
}

Result<WeightShare> shareFromJson(const json &value)
{
    WeightShare share;
    JsonFields fields(value);
    fields.read("stored", share.stored);
    fields.read("computed", share.computed);
    fields.read("parameters", share.parameters);
    fields.read("bytes", share.bytes);
    return fields.finish(share);
}

/// Older runs keep torch's names: the same dtype must not look like another one.
std::string todaysDtype(const std::string &dtype)
{
    constexpr std::array<std::pair<const char *, const char *>, 3> kNames{{{"float32", "f32"}, {"bfloat16", "bf16"}, {"float16", "f16"}}};
    for (const auto &[torch, id] : kNames) {
        if (dtype == torch)
            return id;
    }
    return dtype;
}

Result<Environment> environmentFromJson(const json &value)
{
    Environment environment;
    JsonFields fields(value);
    fields.read("host", environment.host);
    fields.read("system", environment.system);
    fields.read("processor", environment.processor);
    fields.read("cores", environment.cores);
    fields.read("threads", environment.threads);
    fields.read("device", environment.device);
    fields.read("device_name", environment.deviceName);
    fields.read("dtype", environment.dtype);
    environment.dtype = todaysDtype(environment.dtype);
    fields.read("worker", environment.worker);
    fields.read("libtorch", environment.libtorch);
    fields.read("assay", environment.assay);
    if (fields.has("weights")) {
        fields.readList("weights", environment.weights, shareFromJson);
        fields.read("unused", environment.unused);
        fields.read("unused_count", environment.unusedCount);
    }
    fields.readIfThere("machine", environment.machine);
    if (fields.has("limits"))
        fields.readWith("limits", environment.limits.emplace(), machineLimitsFromJson);
    if (fields.has("work"))
        fields.readWith("work", environment.work.emplace(), modelWorkFromJson);
    return fields.finish(environment);
}

Result<SubjectRef> subjectFromJson(const json &value)
{
    SubjectRef subject;
    JsonFields fields(value);
    fields.read("path", subject.path);
    fields.read("name", subject.name);
    fields.read("fingerprint", subject.fingerprint);
    return fields.finish(subject);
}

json seriesToJson(const SeriesPlace &place)
{
    return {{"id", validUtf8(place.id)}, {"session", place.session}, {"sessions", place.sessions}, {"every", place.every}};
}

Result<SeriesPlace> seriesFromJson(const json &value)
{
    SeriesPlace place;
    JsonFields fields(value);
    fields.read("id", place.id);
    fields.read("session", place.session);
    fields.read("sessions", place.sessions);
    fields.read("every", place.every);
    if (place.session < 0)
        fields.fail("session");
    return fields.finish(place);
}

} // namespace

json toJson(const Environment &environment)
{
    json unused = json::array();
    for (const std::string &name : environment.unused)
        unused.push_back(validUtf8(name));
    json out{{"host", validUtf8(environment.host)},
            {"system", validUtf8(environment.system)},
            {"processor", validUtf8(environment.processor)},
            {"cores", environment.cores},
            {"threads", environment.threads},
            {"device", validUtf8(environment.device)},
            {"device_name", validUtf8(environment.deviceName)},
            {"dtype", validUtf8(environment.dtype)},
            {"worker", validUtf8(environment.worker)},
            {"libtorch", validUtf8(environment.libtorch)},
            {"assay", validUtf8(environment.assay)},
            {"weights", listToJson(environment.weights, shareToJson)},
            {"unused", std::move(unused)},
            {"unused_count", environment.unusedCount}};
    putText(out, "machine", environment.machine);
    if (environment.limits)
        out["limits"] = toJson(*environment.limits);
    if (environment.work)
        out["work"] = toJson(*environment.work);
    return out;
}

json toJson(const RunHeader &header)
{
    json out{{"id", validUtf8(header.id)},
            {"subject",
             {{"path", validUtf8(header.subject.path)},
              {"name", validUtf8(header.subject.name)},
              {"fingerprint", validUtf8(header.subject.fingerprint)}}},
            {"environment", toJson(header.environment)},
            {"state", runStateName(header.state)},
            {"started_at", header.startedAt},
            {"finished_at", header.finishedAt},
            {"error", validUtf8(header.error)}};
    putTexts(out, "in_turn_with", header.inTurnWith);
    if (header.series)
        out["series"] = seriesToJson(*header.series);
    if (header.endedEarly)
        out["ended_early"] = toJson(*header.endedEarly);
    return out;
}

json toJson(const BenchPlan &plan)
{
    json out{{"prompt_tokens", plan.promptTokens}, {"output_tokens", plan.outputTokens}, {"batches", plan.batches},
             {"runs", plan.runs},                  {"warmup", plan.warmup},              {"loads", plan.loads},
             {"device", validUtf8(plan.device)},   {"dtype", validUtf8(plan.dtype)},     {"seed", plan.seed}};
    if (plan.passes)
        out["passes"] = true;
    putTexts(out, "inputs", plan.inputs);
    if (plan.decoding != BenchPlan().decoding)
        out["decoding"] = validUtf8(plan.decoding);
    if (plan.prompts != BenchPlan().prompts)
        out["prompts"] = validUtf8(plan.prompts);
    if (plan.streamed)
        out["streamed"] = true;
    if (plan.coldLoads > 0)
        out["cold_loads"] = plan.coldLoads;
    if (!plan.machineLimits)
        out["machine_limits"] = false;
    if (plan.depths != BenchPlan().depths)
        out["depths"] = plan.depths;
    if (plan.load)
        out["load"] = toJson(*plan.load);
    return out;
}

json toJson(const LoadSample &sample)
{
    json out{{"seconds", sample.seconds},
             {"weight_bytes", sample.weightBytes},
             {"pages_cached", sample.pagesCached},
             {"memory", memoryToJson(sample.memory)}};
    if (sample.heldBytes)
        out["held_bytes"] = *sample.heldBytes;
    if (sample.dropped)
        out["dropped"] = *sample.dropped;
    return out;
}

json toJson(const MeasureSample &sample)
{
    json out{{"index", sample.index},
             {"warmup", sample.warmup},
             {"prompt_tokens", sample.promptTokens},
             {"output_tokens", sample.outputTokens},
             {"batch", sample.batch},
             {"first_token", sample.firstToken},
             {"gaps", sample.gaps},
             {"total", sample.total},
             {"memory", memoryToJson(sample.memory)},
             {"load1", sample.load1}};
    putText(out, "inputs", sample.inputs);
    putText(out, "output", sample.output);
    if (sample.notFinite > 0)
        out["not_finite"] = sample.notFinite;
    putText(out, "decoding", sample.decoding);
    putText(out, "eager_reason", sample.eagerReason);
    putText(out, "prompts", sample.prompts);
    if (sample.predictedBytes)
        out["predicted_bytes"] = *sample.predictedBytes;
    if (sample.depth > 0)
        out["depth"] = sample.depth;
    if (sample.state != DeviceState())
        out["state"] = toJson(sample.state);
    for (const TimeShare &share : sample.shares)
        out["shares"].push_back(toJson(share));
    return out;
}

json toJson(const BenchRun &run)
{
    json out{{"header", toJson(run.header)},
             {"plan", toJson(run.plan)},
             {"loads", listToJson(run.loads, [](const LoadSample &load) { return toJson(load); })},
             {"samples", listToJson(run.samples, [](const MeasureSample &sample) { return toJson(sample); })}};
    if (!run.requests.empty())
        out["requests"] = requestColumns(run.requests);
    return out;
}

Result<RunHeader> runHeaderFromJson(const json &value)
{
    RunHeader header;
    std::string state;
    JsonFields fields(value);
    fields.read("id", header.id);
    fields.readWith("subject", header.subject, subjectFromJson);
    fields.readWith("environment", header.environment, environmentFromJson);
    fields.read("state", state);
    fields.read("started_at", header.startedAt);
    fields.read("finished_at", header.finishedAt);
    fields.read("error", header.error);
    fields.readIfThere("in_turn_with", header.inTurnWith);
    if (fields.has("series"))
        fields.readWith("series", header.series.emplace(), seriesFromJson);
    if (fields.has("ended_early"))
        fields.readWith("ended_early", header.endedEarly, endedEarlyFromJson);
    const auto *found =
        std::find_if(kStates.begin(), kStates.end(), [&](RunState known) { return state == runStateName(known); });
    if (found == kStates.end())
        fields.fail("state");
    else
        header.state = *found;
    return fields.finish(header);
}

Result<BenchPlan> benchPlanFromJson(const json &value)
{
    BenchPlan plan;
    JsonFields fields(value);
    fields.read("prompt_tokens", plan.promptTokens);
    fields.read("output_tokens", plan.outputTokens);
    fields.read("batches", plan.batches);
    fields.readIfThere("passes", plan.passes);
    fields.readIfThere("inputs", plan.inputs);
    fields.read("runs", plan.runs);
    fields.read("warmup", plan.warmup);
    fields.read("loads", plan.loads);
    fields.read("device", plan.device);
    fields.read("dtype", plan.dtype);
    fields.read("seed", plan.seed);
    fields.readIfThere("decoding", plan.decoding);
    fields.readIfThere("prompts", plan.prompts);
    fields.readIfThere("streamed", plan.streamed);
    fields.readIfThere("cold_loads", plan.coldLoads);
    fields.readIfThere("machine_limits", plan.machineLimits);
    fields.readIfThere("depths", plan.depths);
    if (fields.has("load"))
        fields.readWith("load", plan.load.emplace(), endpointLoadFromJson);
    return fields.finish(plan);
}

Result<LoadSample> loadSampleFromJson(const json &value)
{
    LoadSample sample;
    JsonFields fields(value);
    fields.read("seconds", sample.seconds);
    fields.read("weight_bytes", sample.weightBytes);
    fields.read("pages_cached", sample.pagesCached);
    fields.readWith("memory", sample.memory, memoryFromJson);
    fields.read("held_bytes", sample.heldBytes);
    fields.read("dropped", sample.dropped);
    return fields.finish(sample);
}

Result<MeasureSample> measureSampleFromJson(const json &value)
{
    MeasureSample sample;
    JsonFields fields(value);
    fields.read("index", sample.index);
    fields.read("warmup", sample.warmup);
    fields.read("prompt_tokens", sample.promptTokens);
    fields.read("output_tokens", sample.outputTokens);
    fields.read("batch", sample.batch);
    fields.readIfThere("inputs", sample.inputs);
    fields.readIfThere("output", sample.output);
    fields.readIfThere("not_finite", sample.notFinite);
    fields.read("first_token", sample.firstToken);
    fields.read("gaps", sample.gaps);
    fields.read("total", sample.total);
    fields.readWith("memory", sample.memory, memoryFromJson);
    fields.read("load1", sample.load1);
    fields.readIfThere("decoding", sample.decoding);
    fields.readIfThere("eager_reason", sample.eagerReason);
    fields.readIfThere("prompts", sample.prompts);
    fields.read("predicted_bytes", sample.predictedBytes);
    fields.readIfThere("depth", sample.depth);
    if (fields.has("state"))
        fields.readWith("state", sample.state, deviceStateFromJson);
    if (fields.has("shares"))
        fields.readList("shares", sample.shares, timeShareFromJson);
    return fields.finish(sample);
}

namespace {

/// Columns, or what older programs wrote: an object a request.
Result<RequestLog> requestsFromJson(const json &value)
{
    if (!value.is_array())
        return requestsFromColumns(value);
    RequestLog log;
    for (const json &each : value) {
        const Result<RequestRecord> record = requestRecordFromJson(each);
        if (!record)
            return tl::unexpected(record.error());
        log.append(*record);
    }
    return log;
}

} // namespace

Result<BenchRun> benchRunFromJson(const json &value)
{
    BenchRun run;
    JsonFields fields(value);
    fields.readWith("header", run.header, runHeaderFromJson);
    fields.readWith("plan", run.plan, benchPlanFromJson);
    fields.readList("loads", run.loads, loadSampleFromJson);
    fields.readList("samples", run.samples, measureSampleFromJson);
    if (fields.has("requests"))
        fields.readWith("requests", run.requests, requestsFromJson);
    return fields.finish(run);
}

} // namespace assay
