// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/httpclient.h"

namespace assay {

/// Whether a subject is an address on a server, not a path on this machine.
bool isRemoteSubject(const std::string &pathOrUrl);

/// The files of a subject wherever it is: a folder, a file, a cache, an Ollama store, or an http or https address.
/// `progress` is told what is fetched, on the calling thread.
Result<std::shared_ptr<const FileSet>> openSubjectFiles(const std::string &pathOrUrl, std::stop_token stop = {},
                                                        FetchProgress progress = {});

} // namespace assay
