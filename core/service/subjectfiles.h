// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/httpclient.h"

#include <QString>

namespace assay {

/// Whether a subject is an address on a server or a path on another machine (machines.h), not a path on this one.
bool isRemoteSubject(const std::string &pathOrUrl);

/// A subject's path, absolute and without detours, or its address. Looks at no disk.
QString subjectSpelling(const QString &path);

/// One spelling for each place, links followed; what does not exist keeps its own. Waits for the disk: not for the
/// window's thread.
QString subjectPlace(const QString &path);

/// The files of a subject wherever it is: a folder, a file, a cache, an Ollama store, or an http or https address.
/// `progress` is told what is fetched, on the calling thread.
Result<std::shared_ptr<const FileSet>> openSubjectFiles(const std::string &pathOrUrl, std::stop_token stop = {},
                                                        FetchProgress progress = {});

} // namespace assay
