// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/workerbackend.h"

#include <QTest>

namespace assay {

/// The command that starts the fake worker with these ways of misbehaving.
inline WorkerCommand fakeWorker(const QStringList &options = {})
{
    return {QStringLiteral(ASSAY_BINARY_DIR "/tests/fakeworker"), options};
}

/// Whether a process with this id exists and is no zombie.
inline bool processLives(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    if (pid <= 0 || !status.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = status.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
}

/// Whether there is anything with this id, zombies too.
inline bool processKnown(qint64 pid)
{
    return QFile::exists(QStringLiteral("/proc/%1").arg(pid));
}

} // namespace assay
