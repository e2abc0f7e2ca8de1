// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/filemodel.h"

#include "core/base/units.h"
#include "core/format/weightformat.h"
#include "core/service/translation.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/tablecopy.h"
#include "widgets/common/theme.h"

#include <QGuiApplication>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr qsizetype kShownDigits = 12;

constexpr std::array<ColumnDefinition, 9> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "File"), QT_TRANSLATE_NOOP("Column", "Name in the model's folder")},
    {QT_TRANSLATE_NOOP("Column", "Kind"), QT_TRANSLATE_NOOP("Column", "Format of weights, or what the file is for")},
    {QT_TRANSLATE_NOOP("Column", "Size"), QT_TRANSLATE_NOOP("Column", "Bytes on the disk"), true},
    {QT_TRANSLATE_NOOP("Column", "Header"), QT_TRANSLATE_NOOP("Column", "Bytes before the first tensor"),
     true},
    {QT_TRANSLATE_NOOP("Column", "Tensors"), QT_TRANSLATE_NOOP("Column", "Tensors that the file holds"),
     true},
    {QT_TRANSLATE_NOOP("Column", "State"), QT_TRANSLATE_NOOP("Column", "Whether the file is there")},
    {QT_TRANSLATE_NOOP("Column", "Hash"),
     QT_TRANSLATE_NOOP("Column", "Whether the content has the hash that it should have")},
    {QT_TRANSLATE_NOOP("Column", "Expected hash"),
     QT_TRANSLATE_NOOP("Column", "The hash that the file should have, and who says so")},
    {QT_TRANSLATE_NOOP("Column", "Pickle"),
     QT_TRANSLATE_NOOP("Column", "What loading the file with Python would do; nothing was executed to tell")},
}};

bool endsWithOneOf(std::string_view name, std::span<const std::string_view> ends)
{
    return std::any_of(ends.begin(), ends.end(), [name](std::string_view end) { return name.ends_with(end); });
}

bool isWeights(std::string_view name)
{
    const auto formats = weightFormats();
    return std::any_of(formats.begin(), formats.end(), [name](const WeightFormat &format) {
        return endsWithOneOf(name, format.extensions);
    });
}

/// The gravest of a file's pickles.
const PickleReport *worstPickle(const std::vector<PickleReport> &pickles)
{
    const auto rank = [](const PickleReport &report) {
        switch (report.verdict) {
        case PickleVerdict::Clean:
            return 0;
        case PickleVerdict::Damaged:
            return 1;
        case PickleVerdict::NotAnalysable:
            return 2;
        case PickleVerdict::RunsCode:
            return 3;
        }
        return 0;
    };
    const auto worst = std::max_element(pickles.begin(), pickles.end(),
                                        [&](const auto &a, const auto &b) { return rank(a) < rank(b); });
    return worst == pickles.end() ? nullptr : &*worst;
}

QString pickleLines(const PickleReport &report)
{
    QString lines = QStringLiteral("%1: %2").arg(toQString(validUtf8(report.file)), pickleVerdictText(report.verdict));
    if (!report.reason.empty())
        lines += QStringLiteral(" (%1)").arg(
            QCoreApplication::translate("Reason", validUtf8(report.reason).c_str()));
    for (const std::string &name : report.globals) {
        const bool runs = std::find(report.suspicious.begin(), report.suspicious.end(), name) != report.suspicious.end();
        lines += QStringLiteral("\n    %1%2").arg(
            toQString(validUtf8(name)),
            runs ? QStringLiteral("   \u2190 ") + FileModel::tr("would run on load") : QString());
    }
    return lines;
}

} // namespace

QString hashStateText(HashState state)
{
    switch (state) {
    case HashState::NothingToCompare:
        return FileModel::tr("nothing to compare with");
    case HashState::Unchecked:
        return FileModel::tr("unchecked");
    case HashState::Checking:
        return FileModel::tr("being checked");
    case HashState::Right:
        return FileModel::tr("right");
    case HashState::Wrong:
        return FileModel::tr("wrong");
    case HashState::Failed:
        return FileModel::tr("could not be checked");
    }
    return {};
}

QString pickleVerdictText(PickleVerdict verdict)
{
    switch (verdict) {
    case PickleVerdict::Clean:
        return FileModel::tr("clean");
    case PickleVerdict::RunsCode:
        return FileModel::tr("runs code on load");
    case PickleVerdict::NotAnalysable:
        return FileModel::tr("not analysable");
    case PickleVerdict::Damaged:
        return FileModel::tr("damaged");
    }
    return {};
}

FileModel::FileModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

FileModel::File &FileModel::fileNamed(const std::string &name)
{
    const QString wanted = toQString(validUtf8(name));
    const auto found =
        std::find_if(m_files.begin(), m_files.end(), [&](const File &file) { return file.name == wanted; });
    if (found != m_files.end()) {
        found->beside = false;
        return *found;
    }
    m_files.emplace_back();
    m_files.back().name = wanted;
    return m_files.back();
}

void FileModel::addEntries(const FileSet &files)
{
    for (const FileEntry &entry : files.files()) {
        File file;
        file.name = toQString(validUtf8(entry.name));
        file.beside = true;
        file.kind = isWeights(entry.name) ? tr("weights, not of this model") : tr("other");
        file.bytes = entry.bytes;
        file.present = entry.present;
        file.expected = entry.expected;
        if (entry.expected && !entry.expected->hash.empty())
            file.hash = HashState::Unchecked;
        m_files.push_back(std::move(file));
    }
}

void FileModel::addSmallFiles(const ModelDirectory &directory)
{
    const auto add = [this](const char *name, const std::optional<std::string> &text) {
        if (!text)
            return;
        File &file = fileNamed(name);
        file.kind = tr("configuration");
        file.bytes = text->size();
    };
    add("config.json", directory.configText);
    add("generation_config.json", directory.generationConfigText);
    for (const std::string &name : directory.tokenizerFiles)
        fileNamed(name).kind = tr("tokenizer");
}

void FileModel::addWeights(const Checkpoint &checkpoint)
{
    std::vector<uint64_t> tensors(checkpoint.files.size());
    for (const TensorRecord &tensor : checkpoint.tensors) {
        if (tensor.file < tensors.size())
            ++tensors[tensor.file];
    }
    for (size_t i = 0; i < checkpoint.files.size(); ++i) {
        const CheckpointFile &file = checkpoint.files[i];
        File &row = fileNamed(file.name);
        row.kind = checkpoint.format.empty() ? tr("weights") : toQString(checkpoint.format);
        row.present = file.present;
        if (!file.present)
            continue;
        row.bytes = file.bytes;
        row.header = file.headerBytes;
        row.tensors = tensors[i];
    }
}

void FileModel::addPickles(const Checkpoint &checkpoint)
{
    for (const PickleReport &report : checkpoint.pickles) {
        const QString name = toQString(validUtf8(report.file)); // "model.bin/archive/data.pkl"
        for (File &file : m_files) {
            if (name == file.name || name.startsWith(file.name + u'/')) {
                file.pickles.push_back(report);
                break;
            }
        }
    }
}

void FileModel::setDirectory(const ModelDirectory &directory)
{
    beginResetModel();
    m_files.clear();
    if (directory.files)
        addEntries(*directory.files);
    addSmallFiles(directory);
    addWeights(directory.checkpoint);
    addPickles(directory.checkpoint);
    // What lies beside the one file that was chosen is none of the model's, but for config and tokenizer.
    if (directory.files && !directory.files->chosenFile().empty())
        std::erase_if(m_files, [](const File &file) { return file.beside; });
    endResetModel();
}

void FileModel::setHash(const QString &name, HashState state, const QString &detail)
{
    for (size_t i = 0; i < m_files.size(); ++i) {
        if (m_files[i].name != name)
            continue;
        m_files[i].hash = state;
        m_files[i].hashDetail = detail;
        emit dataChanged(index(int(i), Hash), index(int(i), Hash));
        return;
    }
}

int FileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_files.size());
}

bool FileModel::hasHashes() const
{
    return std::any_of(m_files.begin(), m_files.end(),
                       [](const File &file) { return file.expected && !file.expected->hash.empty(); });
}

bool FileModel::hasPickles() const
{
    return std::any_of(m_files.begin(), m_files.end(), [](const File &file) { return !file.pickles.empty(); });
}

QString FileModel::details(int row) const
{
    const File &file = m_files[size_t(row)];
    QStringList lines{file.name};
    if (file.bytes)
        lines << filled(tr("%1 {1:byte|bytes}"), {toQString(groupedDigits(int64_t(*file.bytes)))});
    if (file.expected && !file.expected->hash.empty())
        lines << tr("%1 should be %2, says %3")
                     .arg(file.expected->git ? tr("Git object id") : QStringLiteral("SHA-256"),
                          toQString(file.expected->hash), toQString(validUtf8(file.expected->source)));
    if (file.expected && file.expected->bytes && file.bytes && *file.expected->bytes != *file.bytes)
        lines << filled(tr("It should have %1 {1:byte|bytes}"), {toQString(groupedDigits(int64_t(*file.expected->bytes)))});
    if (!file.hashDetail.isEmpty())
        lines << QStringLiteral("%1: %2").arg(hashStateText(file.hash), file.hashDetail);
    for (const PickleReport &report : file.pickles)
        lines << tr("Pickle %1").arg(pickleLines(report));
    return lines.join(u'\n');
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

QString FileModel::text(const File &file, int column)
{
    const std::optional<uint64_t> value = number(file, column);
    switch (column) {
    case Name:
        return file.name;
    case Kind:
        return file.kind;
    case State:
        return file.present ? tr("present") : tr("missing");
    case Hash:
        return hashStateText(file.hash);
    case Expected:
        if (!file.expected || file.expected->hash.empty())
            return {};
        return QStringLiteral("%1\u2026 (%2)").arg(toQString(file.expected->hash).left(kShownDigits),
                                                   toQString(validUtf8(file.expected->source)));
    case Pickle: {
        const PickleReport *worst = worstPickle(file.pickles);
        if (!worst)
            return {};
        QStringList names;
        for (const std::string &name : worst->suspicious)
            names << toQString(validUtf8(name));
        const QString verdict = pickleVerdictText(worst->verdict);
        return names.isEmpty() ? verdict : QStringLiteral("%1: %2").arg(verdict, names.join(QStringLiteral(", ")));
    }
    case Tensors:
        return value ? toQString(groupedDigits(int64_t(*value))) : QStringLiteral("-");
    default:
        return value ? toQString(formatBytes(double(*value))) : QStringLiteral("-");
    }
}

std::optional<Severity> FileModel::severity(const File &file, int column)
{
    if (column == State && !file.present)
        return Severity::Problem;
    if (column == Hash && file.hash == HashState::Wrong)
        return Severity::Problem;
    if (column == Hash && file.hash == HashState::Failed)
        return Severity::Warning;
    const PickleReport *worst = column == Pickle ? worstPickle(file.pickles) : nullptr;
    if (!worst || worst->verdict == PickleVerdict::Clean)
        return {};
    return worst->verdict == PickleVerdict::RunsCode ? Severity::Problem : Severity::Warning;
}

QVariant FileModel::cell(int row, int column, int role) const
{
    const File &file = m_files[size_t(row)];
    const std::optional<uint64_t> value = number(file, column);
    if (role == kSortRole && (column == Size || column == Header || column == Tensors))
        return value ? QVariant(qulonglong(*value)) : QVariant(-1);
    if (role == kCopyRole && column == Expected && file.expected)
        return toQString(file.expected->hash);
    if (role == Qt::DecorationRole) {
        const std::optional<Severity> grade = severity(file, column);
        return grade ? QVariant(coloredIcon(severityName(*grade), severityColor(*grade, QGuiApplication::palette())))
                     : QVariant();
    }
    if (role == Qt::ToolTipRole) {
        if (value && column != Tensors)
            return filled(tr("%1 {1:byte|bytes}"), {toQString(groupedDigits(int64_t(*value)))});
        return column == Hash ? file.hashDetail : column == Pickle || column == Expected ? details(row) : QString();
    }
    return role == Qt::DisplayRole || role == kSortRole ? QVariant(text(file, column)) : QVariant();
}

} // namespace assay
