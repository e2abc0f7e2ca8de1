// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/httpclient.h"

namespace assay {

/// What a token for hubs may be sent to, and the token: of the environment's HF_TOKEN and HF_ENDPOINT.
HttpSettings settingsFromEnvironment();

/// The subject at an address: a weight file; a folder that holds config.json, with or without a page that lists it; a
/// repository of a hub. Fetches no weights. Errors: UrlInvalid, NoModelThere and those of servers.
Result<std::shared_ptr<const FileSet>> openRemoteFiles(const std::string &url, std::stop_token stop = {},
                                                       FetchProgress progress = {},
                                                       const HttpSettings &settings = settingsFromEnvironment());

} // namespace assay
