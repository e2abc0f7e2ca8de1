// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/groupmodel.h"
#include "widgets/compare/comparisonview.h"

namespace assay {

/// The table of everything: groups at the top, their rows below; the first column names the row, then one a subject.
class ComparisonModel : public GroupModel
{
    Q_OBJECT
public:
    static constexpr int kSortRole = Qt::UserRole + 2; ///< ratio, else value, else text

    using GroupModel::GroupModel;
    /// New values of the same rows and columns keep selection and folding.
    void setView(const ComparisonView &view);
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group
    {
        std::string name;
        std::vector<size_t> rows; ///< into m_rows
    };
    static std::vector<Group> groupsOf(const std::vector<ComparisonRow> &rows);
    bool sameShape(const ComparisonView &view) const;
    int groupCount() const override { return int(m_groups.size()); }
    int rowsOf(int group) const override { return int(m_groups[size_t(group)].rows.size()); }
    QString titleOf(int group) const override;
    QVariant rowData(int group, int row, int column, int role) const override;
    QVariant labelData(const ComparisonRow &row, int role) const;
    QVariant cellData(const ComparisonRow &row, size_t subject, int role) const;

    std::vector<ComparedColumn> m_subjects;
    size_t m_reference = 0;
    std::vector<ComparisonRow> m_rows;
    std::vector<Group> m_groups;
};

/// Its rows sorted by ratio, else value, else text.
class ComparisonFilter : public GroupFilter
{
    Q_OBJECT
public:
    using GroupFilter::GroupFilter;

private:
    bool rowLess(const QModelIndex &left, const QModelIndex &right) const override;
};

} // namespace assay
