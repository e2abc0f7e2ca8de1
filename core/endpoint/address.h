// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>

namespace assay {

/// Where a path of an endpoint is, below what the user entered:
///   http://host:8000            + /v1/models           -> http://host:8000/v1/models
///   http://host/v1              + /v1/models           -> http://host/v1/models
///   https://host/api/paas/v4    + /v1/chat/completions -> https://host/api/paas/v4/chat/completions
///   http://host:11434/v1        + /api/chat            -> http://host:11434/api/chat
///   https://host/v1/chat/completions, entered whole, stays as it is for that path.
/// "{model}" in the path is the model's name, encoded; a query that was entered is kept. Error: UrlInvalid (not http or https,
/// no host, user name or password in it, control characters).
Result<std::string> endpointAddress(const std::string &entered, std::string_view path, std::string_view model = {});

/// "https://host:port", in lower case, the port always told; empty when it has none.
std::string endpointOrigin(const std::string &url);
/// Whether the URL leads to this machine: no proxy may be asked for it.
bool leadsToThisMachine(const std::string &url);
/// Whether its host is a name that somebody must be asked for.
bool needsLookUp(const std::string &url);

} // namespace assay
