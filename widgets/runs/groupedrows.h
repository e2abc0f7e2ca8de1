// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/columns.h"
#include "widgets/common/groupmodel.h"

#include <QStringList>

#include <vector>

namespace assay {

/// A row of texts within a group.
struct GroupedRow
{
    QStringList cells;
    QString tip; ///< of all cells
};
struct RowGroup
{
    QString title;
    std::vector<GroupedRow> rows;
};

/// Groups of rows of text as a tree with declared columns.
class GroupedRows : public GroupModel
{
    Q_OBJECT
public:
    GroupedRows(std::span<const ColumnDefinition> columns, QObject *parent);
    void setGroups(std::vector<RowGroup> groups);
    const std::vector<RowGroup> &groups() const { return m_groups; }
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    int groupCount() const override { return int(m_groups.size()); }
    int rowsOf(int group) const override { return int(m_groups[size_t(group)].rows.size()); }
    QString titleOf(int group) const override { return m_groups[size_t(group)].title; }
    QVariant rowData(int group, int row, int column, int role) const override;

private:
    std::span<const ColumnDefinition> m_columns;
    std::vector<RowGroup> m_groups;
};

} // namespace assay
