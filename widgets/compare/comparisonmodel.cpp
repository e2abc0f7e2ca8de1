// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/comparisonmodel.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/rolechip.h"

#include <algorithm>

namespace assay {
namespace {

QString joinedLines(const QStringList &lines)
{
    QStringList filled = lines;
    filled.removeAll(QString());
    return filled.join(u'\n');
}

} // namespace

std::vector<ComparisonModel::Group> ComparisonModel::groupsOf(const std::vector<ComparisonRow> &rows)
{
    std::vector<Group> groups;
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto found = std::find_if(groups.begin(), groups.end(), [&](const Group &g) { return g.name == rows[i].group; });
        Group &group = found == groups.end() ? groups.emplace_back(Group{rows[i].group, {}}) : *found;
        group.rows.push_back(i);
    }
    return groups;
}

bool ComparisonModel::sameShape(const ComparisonView &view) const
{
    const auto sameRow = [](const ComparisonRow &a, const ComparisonRow &b) {
        return a.id == b.id && a.group == b.group && a.cells.size() == b.cells.size();
    };
    return view.subjects.size() == m_subjects.size()
           && std::equal(m_rows.begin(), m_rows.end(), view.rows.begin(), view.rows.end(), sameRow);
}

void ComparisonModel::setView(const ComparisonView &view)
{
    if (!sameShape(view)) {
        beginResetModel();
        m_subjects = view.subjects;
        m_reference = view.reference;
        m_rows = view.rows;
        m_groups = groupsOf(m_rows);
        endResetModel();
        return;
    }
    m_subjects = view.subjects;
    m_reference = view.reference;
    m_rows = view.rows;
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex parent = index(group, 0);
        emit dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, columnCount() - 1, parent));
    }
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

int ComparisonModel::columnCount(const QModelIndex &) const
{
    return 1 + int(m_subjects.size());
}

QString ComparisonModel::titleOf(int group) const
{
    return toQString(m_groups[size_t(group)].name);
}

QVariant ComparisonModel::rowData(int group, int row, int column, int role) const
{
    const ComparisonRow &shown = m_rows[m_groups[size_t(group)].rows[size_t(row)]];
    return column == 0 ? labelData(shown, role) : cellData(shown, size_t(column) - 1, role);
}

QVariant ComparisonModel::labelData(const ComparisonRow &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case kSortRole: return toQString(row.label);
    case Qt::ToolTipRole: return row.tooltip.empty() ? QVariant() : toQString(row.tooltip);
    case kDifferentRole: return row.different();
    default: return {};
    }
}

QVariant ComparisonModel::cellData(const ComparisonRow &row, size_t subject, int role) const
{
    if (subject >= row.cells.size())
        return {};
    const ComparisonCell &cell = row.cells[subject];
    const bool ratio = cell.ratio && subject != m_reference;
    switch (role) {
    case Qt::DisplayRole: {
        const QString text = toQString(cell.text);
        return ratio ? tr("%1   %2 x", "value and ratio to the reference").arg(text, toQString(threeDigits(*cell.ratio)))
                     : text;
    }
    case Qt::ToolTipRole: {
        const QString times = ratio && m_reference < m_subjects.size()
                                  ? tr("%1 times %2").arg(toQString(threeDigits(*cell.ratio)),
                                                          toQString(m_subjects[m_reference].name))
                                  : QString();
        return joinedLines({toQString(cell.detail), times});
    }
    case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
    case kSortRole: return cell.ratio ? QVariant(*cell.ratio) : cell.value ? QVariant(*cell.value) : QVariant();
    case kDifferentRole: return row.different();
    default: return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (section == 0)
        return role == Qt::DisplayRole ? QVariant(tr("What")) : QVariant();
    const ComparedColumn &subject = m_subjects[size_t(section) - 1];
    switch (role) {
    case Qt::DisplayRole: return toQString(subject.name);
    case Qt::DecorationRole: return roleIcon(subject.role, subject.order);
    case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole: return joinedLines({roleText(subject.role), toQString(subject.path)});
    default: return {};
    }
}

bool ComparisonFilter::rowLess(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(ComparisonModel::kSortRole), b = right.data(ComparisonModel::kSortRole);
    if (a.isValid() != b.isValid())
        return !a.isValid();
    if (left.column() == 0)
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    return a.toDouble() < b.toDouble();
}

} // namespace assay
