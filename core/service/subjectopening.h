// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/endpointfacts.h"
#include "core/endpoint/target.h"
#include "core/model/facts.h"
#include "core/service/httpclient.h"

#include <memory>

namespace assay {

/// A subject, whatever it is.
struct OpenedSubject
{
    std::shared_ptr<const Inspection> inspection; ///< of an endpoint: what it tells, and nothing else
    std::shared_ptr<const EndpointFacts> endpoint; ///< null: files
};

/// Whether the first question there goes to an API, so that its key is needed.
bool asksEndpointFirst(const std::string &pathOrUrl);

/// Opens files here or on a server, or asks an endpoint; an address that may be either is tried as both. The key goes to an
/// endpoint alone, and `transport` says how that is reached. Errors: those of openSubjectFiles(), inspectModel() and probeEndpoint().
Result<OpenedSubject> openSubject(const std::string &pathOrUrl, const Secret &key = {}, std::stop_token stop = {},
                                  const FetchProgress &progress = {}, const Transport &transport = {});

} // namespace assay
