// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"

#include <QAbstractItemModel>

namespace assay {

/// "declared", "counted", ... in the user's language.
QString provenanceText(Provenance provenance);

/// The facts table: groups, and below each its facts with value, provenance and evidence.
class FactModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Fact, Value, Source, Evidence };
    explicit FactModel(QObject *parent = nullptr);
    void setRows(std::vector<FactRow> rows);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group
    {
        const char *name;
        size_t first = 0, count = 0; ///< into m_rows
    };
    QVariant groupData(const Group &group, int column, int role) const;
    QVariant factData(const FactRow &fact, int column, int role) const;
    std::vector<FactRow> m_rows; ///< sorted by group, in the order in which the groups first come
    std::vector<Group> m_groups;
};

} // namespace assay
