// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/difference.h"

#include <QAbstractItemModel>
#include <QSortFilterProxyModel>

namespace assay {

/// A difference as a tree: groups at the top ("Config: Positions"), their rows below; the first column names the row,
/// then one a subject, the last says whether they agree.
class DifferenceModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    static constexpr int kStateRole = Qt::UserRole + 1; ///< of a row: RowState as a number

    using QAbstractItemModel::QAbstractItemModel;
    void setDifference(Difference difference);
    const Difference &difference() const { return m_difference; }
    int rowTotal() const; ///< without groups

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group
    {
        QString title;
        std::vector<const DifferenceRow *> rows; ///< into m_difference
    };
    QVariant rowData(const DifferenceRow &row, int column, int role) const;
    Difference m_difference;
    std::vector<Group> m_groups;
};

/// Search in names and cells, and only rows that differ.
class DifferenceFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit DifferenceFilter(QObject *parent = nullptr);
    void setText(const QString &text);
    void setDifferencesOnly(bool only);
    int shownRows() const; ///< without groups

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    bool acceptsChild(const QModelIndex &parent, int row) const;
    QString m_text;
    bool m_differencesOnly = true;
};

} // namespace assay
