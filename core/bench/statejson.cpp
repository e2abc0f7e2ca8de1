// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/statejson.h"

#include "core/base/text.h"
#include "core/bench/jsonfields.h"

#include <array>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array<JsonMember<DeviceState, std::optional<double>>, 4> kStateFields{
    {{"joules", &DeviceState::joules},
     {"temperature", &DeviceState::temperature},
     {"clock_hertz", &DeviceState::clockHertz},
     {"memory_clock_hertz", &DeviceState::memoryClockHertz}}};

json cacheWorkToJson(const CacheWork &cache)
{
    return {{"window", cache.window}, {"bytes", cache.bytes}, {"flops", finiteOrNull(cache.flops)}};
}

Result<CacheWork> cacheWorkFromJson(const json &value)
{
    CacheWork cache;
    JsonFields fields(value);
    fields.read("window", cache.window);
    fields.read("bytes", cache.bytes);
    fields.read("flops", cache.flops);
    return fields.finish(cache);
}

} // namespace

json toJson(const ModelWork &work)
{
    return {{"dense_bytes", work.denseBytes},
            {"expert_bytes", work.expertBytes},
            {"experts", work.experts},
            {"active_experts", work.activeExperts},
            {"matrix_flops", finiteOrNull(work.matrixFlops)},
            {"head_flops", finiteOrNull(work.headFlops)},
            {"cache", listToJson(work.cache, cacheWorkToJson)}};
}

json toJson(const DeviceState &state)
{
    json out = json::object();
    putMembers(out, state, kStateFields);
    putTexts(out, "throttled", state.throttled);
    return out;
}

json toJson(const TimeShare &share)
{
    return {{"part", validUtf8(share.part)}, {"seconds", finiteOrNull(share.seconds)}};
}

Result<ModelWork> modelWorkFromJson(const json &value)
{
    ModelWork work;
    JsonFields fields(value);
    fields.read("dense_bytes", work.denseBytes);
    fields.read("expert_bytes", work.expertBytes);
    fields.read("experts", work.experts);
    fields.read("active_experts", work.activeExperts);
    fields.read("matrix_flops", work.matrixFlops);
    fields.read("head_flops", work.headFlops);
    fields.readList("cache", work.cache, cacheWorkFromJson);
    return fields.finish(work);
}

Result<DeviceState> deviceStateFromJson(const json &value)
{
    DeviceState state;
    JsonFields fields(value);
    fields.readMembers(state, kStateFields);
    fields.readIfThere("throttled", state.throttled);
    return fields.finish(state);
}

Result<TimeShare> timeShareFromJson(const json &value)
{
    TimeShare share;
    JsonFields fields(value);
    fields.read("part", share.part);
    fields.read("seconds", share.seconds);
    return fields.finish(share);
}

} // namespace assay
