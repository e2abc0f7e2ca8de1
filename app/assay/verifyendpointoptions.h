// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/service/verify/endpointplan.h"

namespace assay {

/// --raw, --limit-..., --prices, --currency: what a verification keeps of an endpoint's answers and may cost.
void addVerifyEndpointOptions(Arguments &options);
/// Error: BadUsage.
Result<void> takeVerifyEndpointOptions(const Arguments &options, EndpointVerificationPlan &plan);
/// "at most 39 requests, 3,100 tokens of prompts, 700 of answers, 0.02 USD", told before the start.
QString worstCaseText(const EndpointVerificationPlan &plan);

} // namespace assay
