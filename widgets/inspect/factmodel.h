// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "widgets/common/groupmodel.h"

namespace assay {

/// "declared", "counted", ... in the user's language.
QString provenanceText(Provenance provenance);

/// The facts table: groups, and below each its facts with value, provenance and evidence.
class FactModel : public GroupModel
{
    Q_OBJECT
public:
    enum Column { Fact, Value, Source, Evidence };
    using GroupModel::GroupModel;
    void setRows(std::vector<FactRow> rows);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group
    {
        const char *name;
        size_t first = 0, count = 0; ///< into m_rows
    };
    int groupCount() const override { return int(m_groups.size()); }
    int rowsOf(int group) const override { return int(m_groups[size_t(group)].count); }
    QString titleOf(int group) const override;
    QVariant rowData(int group, int row, int column, int role) const override;
    std::vector<FactRow> m_rows; ///< sorted by group, in the order in which the groups first come
    std::vector<Group> m_groups;
};

} // namespace assay
