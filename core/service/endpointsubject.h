// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/endpointfacts.h"
#include "core/endpoint/probe.h"
#include "core/model/facts.h"

#include <memory>
#include <optional>

namespace assay {

/// What an address leads to, as far as it can be told without asking: "https://host/v1" to an API, a hub's address to files.
enum class AddressKind { Files, Endpoint, Either };
AddressKind addressKind(const std::string &url);

/// The endpoint and the model that a subject's address names: "http://host:8000/v1#model". What stands behind '#' is never sent.
EndpointTarget endpointTarget(const std::string &subject);
/// The other way round.
std::string endpointSubject(const std::string &url, const std::string &model);

/// What tells runs of this model at this endpoint from others: nobody knows its weights.
std::string endpointFingerprint(const EndpointFacts &facts);

/// Where and how to measure what was probed.
EndpointTarget targetOf(const EndpointFacts &facts, Secret key);

/// What the endpoint tells as the facts of a model; the rest of the inspection is empty.
Inspection inspectionOf(const EndpointFacts &facts);
/// The claims as rows: one a claim, the values of all sources joined; behind them what the server has reserved and what the model
/// needs (servermemory.h).
std::vector<FactRow> claimRows(const EndpointFacts &facts);

} // namespace assay
