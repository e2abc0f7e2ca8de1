// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/factmodel.h"

#include "core/service/translation.h"
#include "widgets/common/columns.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 4> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Fact"), QT_TRANSLATE_NOOP("Column", "What is told")},
    {QT_TRANSLATE_NOOP("Column", "Value"),
     QT_TRANSLATE_NOOP("Column", "Three significant digits; the tooltip has the exact value")},
    {QT_TRANSLATE_NOOP("Column", "Source"),
     QT_TRANSLATE_NOOP("Column",
                       "Declared in a file, counted from the tensors, derived by a formula, or measured")},
    {QT_TRANSLATE_NOOP("Column", "Evidence"),
     QT_TRANSLATE_NOOP("Column", "The field, the file or the formula with its numbers")},
}};

} // namespace

QString provenanceText(Provenance provenance)
{
    return QCoreApplication::translate("Provenance", provenanceName(provenance));
}

void FactModel::setRows(std::vector<FactRow> rows)
{
    beginResetModel();
    m_groups.clear();
    for (const FactRow &row : rows) {
        const auto same = [&row](const Group &group) { return qstrcmp(group.name, row.group) == 0; };
        auto group = std::find_if(m_groups.begin(), m_groups.end(), same);
        if (group == m_groups.end())
            group = m_groups.insert(m_groups.end(), Group{row.group});
        ++group->count;
    }
    m_rows.clear();
    for (Group &group : m_groups) {
        group.first = m_rows.size();
        for (FactRow &row : rows) {
            if (qstrcmp(row.group, group.name) == 0)
                m_rows.push_back(row);
        }
    }
    endResetModel();
}

int FactModel::columnCount(const QModelIndex &) const
{
    return int(kColumns.size());
}

QVariant FactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? columnHeader(kColumns, section, role) : QVariant();
}

QString FactModel::titleOf(int group) const
{
    return QCoreApplication::translate("Fact", m_groups[size_t(group)].name);
}

QVariant FactModel::rowData(int group, int row, int column, int role) const
{
    const FactRow &fact = m_rows[m_groups[size_t(group)].first + size_t(row)];
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole) {
        const QString exact = toQString(fact.exact.empty() ? fact.value : fact.exact);
        return tr("%1\n%2: %3").arg(exact, provenanceText(fact.provenance),
                                         toQString(fact.shownEvidence(qtTranslate())));
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Fact:
        return QCoreApplication::translate("Fact", fact.label);
    case Value:
        return toQString(fact.shownValue(qtTranslate()));
    case Source:
        return provenanceText(fact.provenance);
    case Evidence:
        return toQString(fact.shownEvidence(qtTranslate()));
    default:
        return {};
    }
}

} // namespace assay
