// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/filemodel.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 6> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "File"), QT_TRANSLATE_NOOP("Column", "Name in the model's folder")},
    {QT_TRANSLATE_NOOP("Column", "Kind"), QT_TRANSLATE_NOOP("Column", "What the file is for")},
    {QT_TRANSLATE_NOOP("Column", "Size"), QT_TRANSLATE_NOOP("Column", "Bytes on the disk"), true},
    {QT_TRANSLATE_NOOP("Column", "Header"), QT_TRANSLATE_NOOP("Column", "Bytes before the first tensor"),
     true},
    {QT_TRANSLATE_NOOP("Column", "Tensors"), QT_TRANSLATE_NOOP("Column", "Tensors that the file holds"),
     true},
    {QT_TRANSLATE_NOOP("Column", "State"), QT_TRANSLATE_NOOP("Column", "Whether the file is there")},
}};

} // namespace

FileModel::FileModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

void FileModel::setDirectory(const ModelDirectory &directory)
{
    beginResetModel();
    m_files.clear();
    const auto addSmall = [this](const char *name, const QString &kind,
                                 const std::optional<std::string> &text) {
        if (text)
            m_files.push_back({QString::fromLatin1(name), kind, text->size(), {}, {}, true});
    };
    addSmall("config.json", tr("configuration"), directory.configText);
    addSmall("generation_config.json", tr("configuration"), directory.generationConfigText);
    for (const std::string &name : directory.tokenizerFiles)
        m_files.push_back({toQString(name), tr("tokenizer"), {}, {}, {}, true});
    const Checkpoint &checkpoint = directory.checkpoint;
    std::vector<uint64_t> tensors(checkpoint.files.size());
    for (const TensorRecord &tensor : checkpoint.tensors) {
        if (tensor.file < tensors.size())
            ++tensors[tensor.file];
    }
    for (size_t i = 0; i < checkpoint.files.size(); ++i) {
        const CheckpointFile &file = checkpoint.files[i];
        File row{toQString(file.name), tr("weights"), {}, {}, {}, file.present};
        if (file.present) {
            row.bytes = file.bytes;
            row.header = file.headerBytes;
            row.tensors = tensors[i];
        }
        m_files.push_back(row);
    }
    endResetModel();
}

int FileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_files.size());
}

std::optional<uint64_t> FileModel::number(const File &file, int column)
{
    switch (column) {
    case Size:
        return file.bytes;
    case Header:
        return file.header;
    case Tensors:
        return file.tensors;
    default:
        return {};
    }
}

QVariant FileModel::cell(int row, int column, int role) const
{
    const File &file = m_files[size_t(row)];
    const std::optional<uint64_t> value = number(file, column);
    if (role == kSortRole && (column == Size || column == Header || column == Tensors))
        return value ? QVariant(qulonglong(*value)) : QVariant(-1);
    if (role == Qt::ToolTipRole && value && column != Tensors)
        return tr("%1 bytes").arg(toQString(groupedDigits(int64_t(*value))));
    if (role != Qt::DisplayRole && role != kSortRole)
        return {};
    switch (column) {
    case Name:
        return file.name;
    case Kind:
        return file.kind;
    case State:
        return file.present ? tr("present") : tr("missing");
    case Tensors:
        return value ? toQString(groupedDigits(int64_t(*value))) : QStringLiteral("-");
    default:
        return value ? toQString(formatBytes(double(*value))) : QStringLiteral("-");
    }
}

} // namespace assay
