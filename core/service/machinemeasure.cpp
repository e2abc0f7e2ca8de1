// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/machinemeasure.h"

#include "core/service/workercalls.h"

#include <algorithm>

namespace assay {
namespace {

using protocol::Json;

template <class T> Result<T> ask(const WorkerCalls &worker, const char *method, const Json &params, const std::stop_token &stop)
{
    const auto answer = worker.call(method, params, stop);
    T value;
    if (!answer)
        return tl::unexpected(answer.error());
    if (auto sound = protocol::fromJson(*answer, value); !sound)
        return tl::unexpected(sound.error());
    return value;
}

Result<std::vector<std::string>> devicesToMeasure(const protocol::Hello &hello, const std::string &device)
{
    std::vector<std::string> out;
    std::string offered;
    for (const protocol::DeviceInfo &each : hello.devices) {
        offered += (offered.empty() ? "" : ", ") + each.id;
        if (device.empty() || device == each.id || (device == "cuda" && each.id == "cuda:0"))
            out.push_back(each.id);
    }
    if (out.empty())
        return failure(ErrorCode::DeviceMissing, {device, offered});
    return out;
}

} // namespace

Result<MachineReport> askMachine(const Machine &machine, bool measure, const std::string &device, const std::stop_token &stop)
{
    const WorkerCalls worker(commandOf(machine));
    auto hello = ask<protocol::Hello>(worker, protocol::method::kHello, {{"protocol", protocol::kVersion}}, stop);
    if (!hello)
        return tl::unexpected(hello.error());
    MachineReport out{std::move(*hello), {}};
    const auto devices = devicesToMeasure(out.hello, device);
    if (!devices)
        return tl::unexpected(devices.error());
    for (const std::string &each : measure ? *devices : std::vector<std::string>()) {
        auto limits = ask<MachineLimits>(worker, protocol::method::kMachine, {{"device", each}}, stop);
        if (!limits)
            return tl::unexpected(limits.error());
        out.limits.push_back(std::move(*limits));
    }
    return out;
}

} // namespace assay
