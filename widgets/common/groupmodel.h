// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QSortFilterProxyModel>

namespace assay {

/// A tree of two levels: groups at the top, in the first column named, and below each its rows.
class GroupModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    static constexpr int kDifferentRole = Qt::UserRole + 1; ///< of a row: whether its cells differ

    using QAbstractItemModel::QAbstractItemModel;
    int rowTotal() const; ///< without groups

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

protected:
    virtual int groupCount() const = 0;
    virtual int rowsOf(int group) const = 0;
    virtual QString titleOf(int group) const = 0;
    virtual QVariant rowData(int group, int row, int column, int role) const = 0;
};

/// Of such a tree: search in titles and cells, and only rows that differ. Groups keep their order.
class GroupFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString &text);
    void setDifferencesOnly(bool only);
    int shownRows() const; ///< without groups

protected:
    /// Of two rows of a group; by their text unless this is overridden.
    virtual bool rowLess(const QModelIndex &left, const QModelIndex &right) const;

private:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    bool acceptsChild(const QModelIndex &parent, int row) const;
    QString m_text;
    bool m_differencesOnly = false;
};

} // namespace assay
