// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/session.h"

#include "app/worker/parameters.h"
#include "core/base/units.h"
#include "core/engine/machine.h"

namespace assay::worker {

Session::Answer Session::machine(const Request &request)
{
    const bool named = request.params.contains("device");
    const auto device = named ? textParameter(request.params, "device") : Result<std::string>("cpu");
    if (!device)
        return tl::unexpected(device.error());
    auto limits = engine::measureMachine(*device, request.stop.get_token());
    if (!limits)
        return tl::unexpected(limits.error());
    limits->measuredAt = utcNow();
    return protocol::toJson(*limits);
}

} // namespace assay::worker
