// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/machinelimits.h"

#include "core/base/text.h"
#include "core/bench/jsonfields.h"

namespace assay {
namespace {

using nlohmann::json;

Result<MatrixRate> rateFromJson(const json &value)
{
    MatrixRate rate;
    JsonFields fields(value);
    fields.read("dtype", rate.dtype);
    fields.read("flops", rate.flops);
    return fields.finish(rate);
}

Result<uint64_t> bytesFromJson(const json &value)
{
    if (value.is_number_unsigned())
        return value.get<uint64_t>();
    return failure(ErrorCode::StoreDamaged, {"the record", "bytes"});
}

} // namespace

std::optional<double> MachineLimits::flopsIn(const std::string &dtype) const
{
    for (const MatrixRate &rate : matrixRates) {
        if (rate.dtype == dtype)
            return rate.flops;
    }
    return std::nullopt;
}

json toJson(const MachineLimits &limits)
{
    json rates = json::array();
    for (const MatrixRate &rate : limits.matrixRates)
        rates.push_back({{"dtype", validUtf8(rate.dtype)}, {"flops", finiteOrNull(rate.flops)}});
    json out{{"device", validUtf8(limits.device)},
             {"name", validUtf8(limits.name)},
             {"measured_at", validUtf8(limits.measuredAt)},
             {"read_bandwidth", finiteOrNull(limits.readBandwidth)},
             {"matrix_rates", std::move(rates)},
             {"memory_bytes", limits.memoryBytes},
             {"cores", limits.cores},
             {"threads", limits.threads},
             {"caches", limits.caches},
             {"load1", finiteOrNull(limits.load1)}};
    if (!limits.driver.empty())
        out["driver"] = validUtf8(limits.driver);
    if (!limits.governor.empty())
        out["governor"] = validUtf8(limits.governor);
    if (limits.clockHertz)
        out["clock_hertz"] = finiteOrNull(*limits.clockHertz);
    if (limits.temperature)
        out["temperature"] = finiteOrNull(*limits.temperature);
    if (limits.idleWatts)
        out["idle_watts"] = finiteOrNull(*limits.idleWatts);
    return out;
}

Result<MachineLimits> machineLimitsFromJson(const json &value)
{
    MachineLimits limits;
    JsonFields fields(value);
    fields.read("device", limits.device);
    fields.read("name", limits.name);
    fields.read("measured_at", limits.measuredAt);
    fields.read("read_bandwidth", limits.readBandwidth);
    fields.readList("matrix_rates", limits.matrixRates, rateFromJson);
    fields.read("memory_bytes", limits.memoryBytes);
    fields.read("cores", limits.cores);
    fields.read("threads", limits.threads);
    fields.readList("caches", limits.caches, bytesFromJson);
    fields.read("load1", limits.load1);
    fields.readIfThere("driver", limits.driver);
    fields.readIfThere("governor", limits.governor);
    if (fields.has("clock_hertz"))
        fields.read("clock_hertz", limits.clockHertz.emplace());
    if (fields.has("temperature"))
        fields.read("temperature", limits.temperature.emplace());
    if (fields.has("idle_watts"))
        fields.read("idle_watts", limits.idleWatts.emplace());
    return fields.finish(limits);
}

} // namespace assay
