// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/plannedtimes.h"

#include "core/identify/tokenfloor.h"
#include "core/service/devicetable.h"

namespace assay {

std::optional<TimesPlan> plannedTimes(const EndpointVerificationPlan &plan)
{
    if (plan.size == VerificationSize::Quick)
        return std::nullopt;
    TimesPlan out;
    const std::string hardware = plan.hardware.empty() ? statedHardware(plan.sheet, plan.version) : plan.hardware;
    const auto &devices = deviceTable();
    for (const Profile *claimed : claimedProfiles(plan)) {
        const auto floor = tokenFloor(claimed->facts, hardware, devices ? &*devices : nullptr);
        if (floor && (!out.floorSeconds || floor->seconds < *out.floorSeconds)) {
            out.floorSeconds = floor->seconds;
            out.hardware = floor->hardware;
        }
    }
    return out;
}

std::optional<TimesPlan> timesAlone(const EndpointVerificationPlan &plan)
{
    auto out = plan.reference ? std::nullopt : plannedTimes(plan);
    return out && out->floorSeconds ? out : std::nullopt;
}

} // namespace assay
