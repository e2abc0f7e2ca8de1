// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/difference.h"
#include "widgets/common/groupmodel.h"

namespace assay {

/// A difference as a tree: groups at the top ("Config: Positions"), their rows below; the first column names the row,
/// then one a subject, the last says whether they agree.
class DifferenceModel : public GroupModel
{
    Q_OBJECT
public:
    using GroupModel::GroupModel;
    void setDifference(Difference difference);
    const Difference &difference() const { return m_difference; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group
    {
        QString title;
        std::vector<const DifferenceRow *> rows; ///< into m_difference
    };
    int groupCount() const override { return int(m_groups.size()); }
    int rowsOf(int group) const override { return int(m_groups[size_t(group)].rows.size()); }
    QString titleOf(int group) const override { return m_groups[size_t(group)].title; }
    QVariant rowData(int group, int row, int column, int role) const override;
    Difference m_difference;
    std::vector<Group> m_groups;
};

} // namespace assay
