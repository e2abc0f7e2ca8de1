// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/machines.h"
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
        if (const QStringList words = QProcess::splitCommand(chosen); !words.isEmpty())
            return commandOf(words);
    }
    const QString name = QStringLiteral("assay-worker");
    const QString beside = QCoreApplication::applicationDirPath() + QLatin1Char('/') + name;
    if (QFileInfo(beside).isExecutable())
        return {beside, {}};
    const QString inPath = QStandardPaths::findExecutable(name);
    return {inPath.isEmpty() ? beside : inPath, {}};
}

} // namespace assay
