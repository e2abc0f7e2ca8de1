// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/groupmodel.h"

#include <QFont>

namespace assay {
namespace {

constexpr quintptr kGroup = 0; ///< internal id of a group; a row's is its group's number plus one

} // namespace

int GroupModel::rowTotal() const
{
    int rows = 0;
    for (int group = 0; group < groupCount(); ++group)
        rows += rowsOf(group);
    return rows;
}

QModelIndex GroupModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : kGroup);
}

QModelIndex GroupModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == kGroup)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, kGroup);
}

int GroupModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return groupCount();
    return parent.internalId() == kGroup && parent.column() == 0 ? rowsOf(parent.row()) : 0;
}

QVariant GroupModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() != kGroup)
        return rowData(int(index.internalId()) - 1, index.row(), index.column(), role);
    if (role == Qt::DisplayRole && index.column() == 0)
        return titleOf(index.row());
    if (role == Qt::FontRole) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    return {};
}

void GroupFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void GroupFilter::setDifferencesOnly(bool only)
{
    m_differencesOnly = only;
    invalidateFilter();
}

int GroupFilter::shownRows() const
{
    int rows = 0;
    for (int group = 0; group < rowCount(); ++group)
        rows += rowCount(index(group, 0));
    return rows;
}

bool GroupFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (parent.isValid())
        return acceptsChild(parent, row);
    const QModelIndex group = sourceModel()->index(row, 0, parent); // it is there for its rows
    for (int child = 0; child < sourceModel()->rowCount(group); ++child) {
        if (acceptsChild(group, child))
            return true;
    }
    return false;
}

bool GroupFilter::acceptsChild(const QModelIndex &parent, int row) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_differencesOnly && !index.data(GroupModel::kDifferentRole).toBool())
        return false;
    if (m_text.isEmpty() || parent.data().toString().contains(m_text, Qt::CaseInsensitive))
        return true;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
        if (index.siblingAtColumn(column).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

bool GroupFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (!left.parent().isValid())
        return sortOrder() == Qt::AscendingOrder ? left.row() < right.row() : left.row() > right.row();
    return rowLess(left, right);
}

bool GroupFilter::rowLess(const QModelIndex &left, const QModelIndex &right) const
{
    return QString::localeAwareCompare(left.data().toString(), right.data().toString()) < 0;
}

} // namespace assay
