// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/modelfolders.h"

#include <QDir>
#include <QFileInfo>

namespace assay {
namespace {

bool holdsModel(const QDir &folder)
{
    const QStringList marks{QStringLiteral("config.json"), QStringLiteral("*.safetensors"),
                            QStringLiteral("*.safetensors.index.json")};
    return !folder.entryList(marks, QDir::Files).isEmpty();
}

} // namespace

QStringList modelFolders(const QString &path)
{
    const QFileInfo info(path);
    const QDir folder(info.isFile() ? info.absolutePath() : path);
    if (!info.isDir() || holdsModel(folder))
        return {folder.path()};
    QStringList models;
    const QStringList below = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &name : below) {
        if (const QString model = folder.filePath(name); holdsModel(QDir(model)))
            models << model;
    }
    return models.isEmpty() ? QStringList{folder.path()} : models;
}

} // namespace assay
