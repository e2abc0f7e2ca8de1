// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/endpointplan.h"
#include "core/service/verify/timesasking.h"

namespace assay {

/// What T5 asks of a plan's endpoint; nothing of the quick size. The floor is that of the hardware that the user states, else of what the claim sheet states,
/// for the claimed model that reads least.
std::optional<TimesPlan> plannedTimes(const EndpointVerificationPlan &plan);
/// The same of a plan without a reference: asked only where a floor is known, since nothing else could be told of times then.
std::optional<TimesPlan> timesAlone(const EndpointVerificationPlan &plan);

} // namespace assay
