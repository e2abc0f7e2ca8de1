// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/statejson.h"

#include "core/base/text.h"
#include "core/bench/jsonfields.h"

#include <array>

namespace assay {
namespace {

using nlohmann::json;

struct StateField
{
    const char *name;
    std::optional<double> DeviceState::*member;
};
constexpr std::array<StateField, 4> kStateFields{{{"joules", &DeviceState::joules},
                                                  {"temperature", &DeviceState::temperature},
                                                  {"clock_hertz", &DeviceState::clockHertz},
                                                  {"memory_clock_hertz", &DeviceState::memoryClockHertz}}};

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
    json cache = json::array();
    for (const CacheWork &each : work.cache)
        cache.push_back({{"window", each.window}, {"bytes", each.bytes}, {"flops", finiteOrNull(each.flops)}});
    return {{"dense_bytes", work.denseBytes},
            {"expert_bytes", work.expertBytes},
            {"experts", work.experts},
            {"active_experts", work.activeExperts},
            {"matrix_flops", finiteOrNull(work.matrixFlops)},
            {"head_flops", finiteOrNull(work.headFlops)},
            {"cache", std::move(cache)}};
}

json toJson(const DeviceState &state)
{
    json out = json::object();
    for (const StateField &field : kStateFields) {
        if (state.*field.member)
            out[field.name] = finiteOrNull(*(state.*field.member));
    }
    for (const std::string &reason : state.throttled)
        out["throttled"].push_back(validUtf8(reason));
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
    for (const StateField &field : kStateFields) {
        if (fields.has(field.name))
            fields.read(field.name, (state.*field.member).emplace());
    }
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
