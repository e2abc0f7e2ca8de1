// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/modelfolders.h"

#include "core/format/cachefiles.h"
#include "core/format/ollamastore.h"
#include "core/format/shardindex.h"
#include "core/format/weightformat.h"
#include "core/service/subjectfiles.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace assay {
namespace {

const QString kSingle = QStringLiteral("*.gguf"); ///< each file of this kind is a model of its own

std::filesystem::path pathOf(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}

QStringList weightEndings()
{
    QStringList endings;
    for (const WeightFormat &format : weightFormats()) {
        for (const std::string_view ending : format.extensions)
            endings << QString::fromLatin1(ending.data(), qsizetype(ending.size()));
    }
    return endings;
}

bool isWeightFile(const QString &name)
{
    const QStringList endings = weightEndings();
    return std::any_of(endings.begin(), endings.end(),
                       [&](const QString &ending) { return name.endsWith(ending, Qt::CaseInsensitive); });
}

bool hasConfig(const QDir &folder)
{
    return folder.exists(QStringLiteral("config.json"));
}

/// Whether a file's folder is meant: what is not weights, and weights as a model with a config has them.
bool standsForFolder(const QFileInfo &file)
{
    if (!isWeightFile(file.fileName()))
        return true;
    if (!hasConfig(file.absoluteDir()))
        return false;
    const std::string name = file.fileName().toStdString();
    const auto shard = parseShardName(name);
    const std::string stem = shard ? shard->prefix : file.completeBaseName().toStdString();
    return stem == "model" || stem == "pytorch_model";
}

/// GGUF files, of a split model its first part; sidecars belong to the others.
QStringList singleModels(const QDir &folder)
{
    QStringList models;
    for (const QString &name : folder.entryList({kSingle}, QDir::Files, QDir::Name)) {
        const auto shard = parseShardName(name.toStdString());
        if ((!shard || shard->number == 1) && !name.startsWith(QLatin1String("mmproj")))
            models << folder.filePath(name);
    }
    return models;
}

bool holdsModel(const QString &path)
{
    const QDir folder(path);
    QStringList marks{QStringLiteral("config.json"), QStringLiteral("*.index.json")};
    for (const QString &ending : weightEndings())
        marks << u'*' + ending;
    return !folder.entryList(marks, QDir::Files).isEmpty() || currentSnapshot(pathOf(path)) ||
           isOllamaModel(pathOf(path));
}

} // namespace

QString weightFilePatterns()
{
    QStringList patterns;
    for (const QString &ending : weightEndings())
        patterns << u'*' + ending;
    return patterns.join(u' ');
}

QStringList modelFolders(const QString &path)
{
    if (isRemoteSubject(path.toStdString()))
        return {path};
    const QFileInfo info(path);
    if (info.isFile() && !isOllamaModel(pathOf(path)))
        return {standsForFolder(info) ? info.absolutePath() : path};
    if (!info.isDir())
        return {path};
    const QDir folder(path);
    if (const QStringList singles = singleModels(folder); singles.size() > 1 && !hasConfig(folder))
        return singles;
    if (holdsModel(path))
        return {folder.path()};
    QStringList models;
    const QStringList below = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &name : below) {
        if (const QString model = folder.filePath(name); holdsModel(model))
            models << model;
    }
    return models.isEmpty() ? QStringList{folder.path()} : models;
}

} // namespace assay
