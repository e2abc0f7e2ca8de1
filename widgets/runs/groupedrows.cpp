// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/groupedrows.h"

namespace assay {

GroupedRows::GroupedRows(std::span<const ColumnDefinition> columns, QObject *parent) : GroupModel(parent), m_columns(columns) {}

void GroupedRows::setGroups(std::vector<RowGroup> groups)
{
    beginResetModel();
    m_groups = std::move(groups);
    endResetModel();
}

int GroupedRows::columnCount(const QModelIndex &) const
{
    return int(m_columns.size());
}

QVariant GroupedRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? columnHeader(m_columns, section, role) : QVariant();
}

QVariant GroupedRows::rowData(int group, int row, int column, int role) const
{
    const GroupedRow &shown = m_groups[size_t(group)].rows[size_t(row)];
    switch (role) {
    case Qt::DisplayRole: return shown.cells.value(column);
    case Qt::ToolTipRole: return shown.tip;
    case Qt::TextAlignmentRole: return columnAlignment(m_columns, column);
    default: return {};
    }
}

} // namespace assay
