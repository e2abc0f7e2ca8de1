// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mock/httpreader.h"
#include "core/mock/script.h"

#include <optional>
#include <string>

namespace assay {

/// An answer that generates nothing.
struct MockFact
{
    int status = 200;
    std::string type = "application/json", body;
};
/// What the server that the script names says at this path (models, properties, versions, tokens); 404 and 405 in its own
/// words for everything else.
MockFact factOf(const MockScript &script, const MockHttpRequest &request);

/// Whether the request must carry the key: servers leave some routes open.
bool asksForKey(MockServer server, const MockHttpRequest &request);
/// Whether it does, in any of the three headers in use: Authorization: Bearer, api-key, x-api-key.
bool bringsKey(const MockScript &script, const MockHttpRequest &request);
/// The server's own words for a missing key, status 401.
std::string keyError(const MockScript &script);

} // namespace assay
