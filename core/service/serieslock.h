// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QLockFile>
#include <memory>

namespace assay {

/// That a process of this machine measures a series of sessions, the waits between them included: two of them would measure twice. A file
/// beside the store, which counts as nobody's when its process has gone.
class SeriesLock
{
public:
    /// Held until it is destroyed. BadUsage where another process has it, in a sentence for the user. An empty store, or a folder that nobody
    /// can write to, keeps no series that another process could go on with: then nothing is held.
    static Result<std::unique_ptr<SeriesLock>> take(const QString &storeFile, const std::string &series);
    /// What take() would say, without holding anything.
    static Result<void> look(const QString &storeFile, const std::string &series);

private:
    explicit SeriesLock(const QString &file);
    QLockFile m_file;
};

/// The sentence for somebody who would go on with what another process measures; process 0: not known.
Error measuredElsewhere(qint64 process = 0);

} // namespace assay
