// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/findingmodel.h"

#include "core/service/translation.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"

#include <QGuiApplication>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 6> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Severity"), QT_TRANSLATE_NOOP("Column", "Problem, warning or info")},
    {QT_TRANSLATE_NOOP("Column", "Finding"), QT_TRANSLATE_NOOP("Column", "What was found")},
    {QT_TRANSLATE_NOOP("Column", "Evidence"), QT_TRANSLATE_NOOP("Column", "The numbers and fields behind it")},
    {QT_TRANSLATE_NOOP("Column", "Why it matters"), QT_TRANSLATE_NOOP("Column", "What follows from it")},
    {QT_TRANSLATE_NOOP("Column", "Where"), QT_TRANSLATE_NOOP("Column", "File, tensor or field")},
    {QT_TRANSLATE_NOOP("Column", "Acknowledged by"),
     QT_TRANSLATE_NOOP("Column", "Who knows of it and takes it on, with a note")},
}};

} // namespace

QString severityText(Severity severity)
{
    return QCoreApplication::translate("Severity", severityName(severity));
}

QString shownPlace(const Finding &finding)
{
    return toQString(validUtf8(qtTranslate()("Reason", finding.where.c_str())));
}

bool graver(const Finding &a, const Finding &b)
{
    // What runs code on whoever loads the file comes before all that is merely wrong.
    const auto rank = [](const Finding &finding) {
        return std::pair(definitionOf(finding.code).severity, finding.code == FindingCode::PickleRunsCode);
    };
    return rank(a) > rank(b);
}

FindingModel::FindingModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

void FindingModel::setFindings(std::vector<Finding> findings)
{
    std::vector<Row> rows;
    for (Finding &finding : findings)
        rows.push_back({std::move(finding), {}});
    setRows(std::move(rows));
}

void FindingModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) {
        return a.acknowledgement.has_value() != b.acknowledgement.has_value() ? b.acknowledgement.has_value()
                                                                              : graver(a.finding, b.finding);
    });
    endResetModel();
}

int FindingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString FindingModel::text(const Row &row, int column) const
{
    const FindingDefinition &definition = definitionOf(row.finding.code);
    switch (column) {
    case Grade:
        return severityText(definition.severity);
    case Sentence:
        return toQString(validUtf8(row.finding.sentence(qtTranslate())));
    case Evidence:
        return toQString(validUtf8(row.finding.shownEvidence(qtTranslate())));
    case Why:
        return QCoreApplication::translate("Finding", definition.why);
    case Where:
        return shownPlace(row.finding);
    case Acknowledged:
        if (!row.acknowledgement)
            return {};
        return row.acknowledgement->note.isEmpty()
                   ? row.acknowledgement->by
                   : QStringLiteral("%1: %2").arg(row.acknowledgement->by, row.acknowledgement->note);
    default:
        return {};
    }
}

QVariant FindingModel::cell(int row, int column, int role) const
{
    const Row &shown = m_rows[size_t(row)];
    const Severity severity = definitionOf(shown.finding.code).severity;
    if (column == Grade && role == Qt::DecorationRole)
        return coloredIcon(severityName(severity), severityColor(severity, QGuiApplication::palette()));
    if (column == Grade && role == kSortRole)
        return int(severity);
    if (role == Qt::ForegroundRole && shown.acknowledgement)
        return mutedColor(QGuiApplication::palette());
    if (role == Qt::ToolTipRole && column == Grade)
        return QString::fromLatin1(definitionOf(shown.finding.code).id);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != kSortRole)
        return {};
    return text(shown, column);
}

} // namespace assay
