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

constexpr std::array<ColumnDefinition, 4> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Severity"), QT_TRANSLATE_NOOP("Column", "Problem, warning or info")},
    {QT_TRANSLATE_NOOP("Column", "Finding"), QT_TRANSLATE_NOOP("Column", "What was found")},
    {QT_TRANSLATE_NOOP("Column", "Why it matters"), QT_TRANSLATE_NOOP("Column", "What follows from it")},
    {QT_TRANSLATE_NOOP("Column", "Where"), QT_TRANSLATE_NOOP("Column", "File, tensor or field")},
}};

} // namespace

QString severityText(Severity severity)
{
    return QCoreApplication::translate("Severity", severityName(severity));
}

bool graver(const Finding &a, const Finding &b)
{
    return definitionOf(a.code).severity > definitionOf(b.code).severity;
}

FindingModel::FindingModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

void FindingModel::setFindings(std::vector<Finding> findings)
{
    beginResetModel();
    m_findings = std::move(findings);
    std::stable_sort(m_findings.begin(), m_findings.end(), graver);
    endResetModel();
}

int FindingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_findings.size());
}

QVariant FindingModel::cell(int row, int column, int role) const
{
    const Finding &finding = m_findings[size_t(row)];
    const FindingDefinition &definition = definitionOf(finding.code);
    if (column == Grade && role == Qt::DecorationRole) {
        const QColor color = severityColor(definition.severity, QGuiApplication::palette());
        return coloredIcon(severityName(definition.severity), color);
    }
    if (column == Grade && role == kSortRole)
        return int(definition.severity);
    if (role == Qt::ToolTipRole && column == Grade)
        return QString::fromLatin1(definition.id);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != kSortRole)
        return {};
    switch (column) {
    case Grade:
        return severityText(definition.severity);
    case Sentence:
        return toQString(finding.sentence(qtTranslate()));
    case Why:
        return QCoreApplication::translate("Finding", definition.why);
    case Where:
        return toQString(finding.where);
    default:
        return {};
    }
}

} // namespace assay
