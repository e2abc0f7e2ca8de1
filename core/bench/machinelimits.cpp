// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/machinelimits.h"

#include "core/base/text.h"
#include "core/bench/jsonfields.h"

#include <array>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array<JsonMember<MachineLimits, std::optional<double>>, 3> kReadings{{{"clock_hertz", &MachineLimits::clockHertz},
                                                                                     {"temperature", &MachineLimits::temperature},
                                                                                     {"idle_watts", &MachineLimits::idleWatts}}};

json rateToJson(const MatrixRate &rate)
{
    return {{"dtype", validUtf8(rate.dtype)}, {"flops", finiteOrNull(rate.flops)}};
}

Result<MatrixRate> rateFromJson(const json &value)
{
    MatrixRate rate;
    JsonFields fields(value);
    fields.read("dtype", rate.dtype);
    fields.read("flops", rate.flops);
    return fields.finish(rate);
}

} // namespace

std::optional<double> MachineLimits::flopsIn(const std::string &dtype) const
{
    const std::string computed = dtype.substr(0, dtype.find('+')); // "f32+prune50": zeros are multiplied like all numbers
    for (const MatrixRate &rate : matrixRates) {
        if (rate.dtype == computed)
            return rate.flops;
    }
    return std::nullopt;
}

json toJson(const MachineLimits &limits)
{
    json out{{"device", validUtf8(limits.device)},
             {"name", validUtf8(limits.name)},
             {"measured_at", validUtf8(limits.measuredAt)},
             {"read_bandwidth", finiteOrNull(limits.readBandwidth)},
             {"matrix_rates", listToJson(limits.matrixRates, rateToJson)},
             {"memory_bytes", limits.memoryBytes},
             {"cores", limits.cores},
             {"threads", limits.threads},
             {"caches", limits.caches},
             {"load1", finiteOrNull(limits.load1)}};
    putText(out, "driver", limits.driver);
    putText(out, "governor", limits.governor);
    putMembers(out, limits, kReadings);
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
    fields.read("caches", limits.caches);
    fields.read("load1", limits.load1);
    fields.readIfThere("driver", limits.driver);
    fields.readIfThere("governor", limits.governor);
    fields.readMembers(limits, kReadings);
    return fields.finish(limits);
}

} // namespace assay
