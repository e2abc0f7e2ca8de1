// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/memorytable.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <QFont>

#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 4> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Term"), QT_TRANSLATE_NOOP("Column", "What takes memory")},
    {QT_TRANSLATE_NOOP("Column", "At least"), QT_TRANSLATE_NOOP("Column", "Lower end of the estimate"), true},
    {QT_TRANSLATE_NOOP("Column", "At most"), QT_TRANSLATE_NOOP("Column", "Upper end of the estimate"), true},
    {QT_TRANSLATE_NOOP("Column", "How it comes about"),
     QT_TRANSLATE_NOOP("Column", "The formula with its numbers, or the source of an assumption")},
}};

QString bytesText(uint64_t bytes)
{
    return toQString(formatBytes(double(bytes)));
}

QString exactText(uint64_t bytes)
{
    return filled(MemoryTable::tr("%1 {1:byte|bytes}"), {toQString(groupedDigits(int64_t(bytes)))});
}

} // namespace

MemoryTable::MemoryTable(QObject *parent) : ColumnTableModel(kColumns, parent) {}

MemoryTable::Row MemoryTable::rangeRow(const QString &name, const MemoryRange &bytes, const QString &evidence, bool sum)
{
    return {name, bytesText(bytes.low), bytesText(bytes.high), evidence, exactText(bytes.low), exactText(bytes.high), sum};
}

std::vector<MemoryTable::Row> MemoryTable::rowsOf(const MemorySheet &sheet)
{
    std::vector<Row> rows;
    for (const MemoryTerm &term : sheet.plan.terms)
        rows.push_back(rangeRow(QCoreApplication::translate("Memory", term.label), term.bytes, toQString(term.formula)));
    rows.push_back(rangeRow(tr("Total"), sheet.plan.total(), {}, true));
    if (sheet.plan.devices > 1)
        rows.push_back(rangeRow(tr("Each device"), sheet.plan.perDevice(),
                                tr("weights and cache divided evenly by %1, the rest on each").arg(sheet.plan.devices), true));
    if (sheet.usable) {
        QString evidence = toQString(memoryEvidence(*sheet.request.device, true, qtTranslate()));
        if (sheet.request.runtime->deviceShare < 1)
            evidence += tr("; %1 allows itself %2 of it")
                            .arg(QString::fromLatin1(sheet.request.runtime->name), toQString(formatPercent(sheet.request.runtime->deviceShare)));
        rows.push_back(rangeRow(tr("The device offers"), {*sheet.usable, *sheet.usable}, evidence, true));
    }
    if (sheet.floor)
        rows.push_back({tr("Decode step, an estimate"), toQString(formatSeconds(sheet.floor->seconds)), QString(),
                        toQString(sheet.floor->formula), QString(), QString(), false});
    for (const MeasuredMemory &point : sheet.measured)
        rows.push_back(rangeRow(filled(tr("Measured with %1 {1:token|tokens} x %2"), {QString::number(point.context), QString::number(point.batch)}), {point.bytes, point.bytes},
                                filled(tr("the estimate says %1 - %2: off by %3; %4 {4:run|runs} in Assay's engine"),
                                       {bytesText(point.estimate.low), bytesText(point.estimate.high),
                                        toQString(formatPercent(point.error())), QString::number(point.n)})));
    for (const RuntimeAssumption &assumption : sheet.request.runtime->assumptions)
        rows.push_back({tr("Taken for granted"), {}, {},
                        QStringLiteral("%1 [%2]").arg(QCoreApplication::translate("Runtime", assumption.text),
                                                      QString::fromLatin1(assumption.source)),
                        {}, {}, false});
    return rows;
}

void MemoryTable::setSheet(const MemorySheet &sheet)
{
    std::vector<Row> rows = rowsOf(sheet);
    if (rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int MemoryTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant MemoryTable::cell(int row, int column, int role) const
{
    const Row &line = m_rows[size_t(row)];
    const std::array<const QString *, 4> shown{&line.name, &line.low, &line.high, &line.evidence};
    const std::array<const QString *, 4> exact{&line.name, &line.lowExact, &line.highExact, &line.evidence};
    switch (role) {
    case Qt::DisplayRole:
        return *shown[size_t(column)];
    case Qt::ToolTipRole:
        return exact[size_t(column)]->isEmpty() ? *shown[size_t(column)] : *exact[size_t(column)];
    case Qt::FontRole: {
        QFont font;
        font.setBold(line.sum);
        return line.sum ? QVariant(font) : QVariant();
    }
    default:
        return {};
    }
}

} // namespace assay
