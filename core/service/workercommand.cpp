// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/workerclient.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>

namespace assay {

WorkerCommand WorkerCommand::local()
{
    const QString chosen = qEnvironmentVariable("ASSAY_WORKER");
    if (!chosen.isEmpty()) {
        // A path with spaces is a program, anything else may be a whole command such as "ssh host
        // assay-worker".
        if (QFileInfo::exists(chosen))
            return {chosen, {}};
        QStringList parts = QProcess::splitCommand(chosen);
        if (!parts.isEmpty()) {
            const QString program = parts.takeFirst();
            return {program, parts};
        }
    }
    const QString name = QStringLiteral("assay-worker");
    const QString beside = QCoreApplication::applicationDirPath() + QLatin1Char('/') + name;
    if (QFileInfo(beside).isExecutable())
        return {beside, {}};
    const QString inPath = QStandardPaths::findExecutable(name);
    return {inPath.isEmpty() ? beside : inPath, {}};
}

} // namespace assay
