// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>
#include <QStringList>

namespace assay {

/// How a command that leads to another machine ended.
struct MachineEnd
{
    QString machine; ///< as the user calls it
    QString worker;  ///< the worker's path there
    int exitCode = 0;
    bool greeted = false; ///< the worker had said hello
    QStringList log;      ///< the last lines of stderr, oldest first
};

/// Whether the end is the connection's and not the worker's, or there is no worker at the other end: WorkerNotThere,
/// MachineUnreachable, MachineRefused, MachineLost. ssh ends with 255 for all of its own reasons and tells them apart only
/// in words (ssh(1), "EXIT STATUS"; its messages are never translated); shells, env and docker end with 126 and 127 for
/// programs that cannot be started (POSIX, "Exit Status for Commands").
std::optional<Error> machineError(const MachineEnd &end);

} // namespace assay
