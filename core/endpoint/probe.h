// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/endpoint/endpointfacts.h"
#include "core/endpoint/target.h"

#include <functional>
#include <stop_token>

namespace assay {

/// What is being asked: "GET /props".
using ProbeProgress = std::function<void(const std::string &question)>;

/// Asks the endpoint what it is. Only questions that change nothing, and only of the host that the user entered; the first
/// that cannot reach it ends the probing, and no question waits longer than ten seconds.
/// Errors: UrlInvalid; ServerUnreachable with the reason; EndpointWantsKey; NoEndpointThere when nothing there is an API.
Result<EndpointFacts> probeEndpoint(const EndpointTarget &target, std::stop_token stop = {}, const ProbeProgress &progress = {});

/// The dialect in which a server's software is asked: its own where it has one, else OpenAI's chat.
std::string dialectOf(const std::string &server);

} // namespace assay
