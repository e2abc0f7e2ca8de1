// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/resources.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace assay {
namespace {

bool holdsResources(const QString &folder)
{
    return QFileInfo(folder + QStringLiteral("/suites")).isDir() ||
           QFileInfo(folder + QStringLiteral("/samples")).isDir();
}

QString findRoot()
{
    const QString chosen = qEnvironmentVariable("ASSAY_RESOURCES");
    if (!chosen.isEmpty())
        return QDir::cleanPath(chosen);
    const QDir program(QCoreApplication::applicationDirPath());
    const QString installed = QDir::cleanPath(program.filePath(QStringLiteral("../share/assay")));
    if (holdsResources(installed))
        return installed;
    // Run from a build folder: the source tree is somewhere above it.
    for (QDir folder = program;;) {
        const QString candidate = folder.filePath(QStringLiteral("resources"));
        if (holdsResources(candidate))
            return candidate;
        if (!folder.cdUp())
            return installed;
    }
}

} // namespace

QString resourcePath(const QString &relative)
{
    return QDir::cleanPath(findRoot() + QLatin1Char('/') + relative);
}

QStringList sampleModels()
{
    QStringList models;
    for (const char *name : {"base", "full", "distilled"}) {
        const QString path = resourcePath(QStringLiteral("samples/") + QLatin1String(name));
        if (QFileInfo(path).isDir())
            models.append(path);
    }
    return models;
}

QString findSuite(const QString &nameOrFile)
{
    if (nameOrFile.isEmpty())
        return {};
    // A shipped suite's name is meant before a folder that happens to be called so.
    if (!QFileInfo(nameOrFile).isFile() && suiteNames().contains(nameOrFile))
        return resourcePath(QStringLiteral("suites/%1.jsonl").arg(nameOrFile));
    return QFileInfo::exists(nameOrFile) ? nameOrFile : QString();
}

QStringList suiteNames()
{
    QStringList names;
    const QDir folder(resourcePath(QStringLiteral("suites")));
    for (const QFileInfo &file : folder.entryInfoList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name))
        names.append(file.completeBaseName());
    return names;
}

QString storeFile()
{
    QString folder = qEnvironmentVariable("ASSAY_DATA");
    if (folder.isEmpty())
        folder =
            QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/assay");
    return QDir::cleanPath(folder + QStringLiteral("/runs.sqlite"));
}

} // namespace assay
