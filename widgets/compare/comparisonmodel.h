// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/comparisonview.h"

#include <QAbstractItemModel>
#include <QSortFilterProxyModel>

namespace assay {

/// The table of everything: groups at the top, their rows below; the first column names the row, then one a subject.
class ComparisonModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    static constexpr int kSortRole = Qt::UserRole + 1;      ///< ratio, else value, else text
    static constexpr int kDifferentRole = Qt::UserRole + 2; ///< of a row: whether its cells differ

    using QAbstractItemModel::QAbstractItemModel;
    /// New values of the same rows and columns keep selection and folding.
    void setView(const ComparisonView &view);
    size_t rowTotal() const { return m_rows.size(); } ///< without groups

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group
    {
        std::string name;
        std::vector<size_t> rows; ///< into m_rows
    };
    static std::vector<Group> groupsOf(const std::vector<ComparisonRow> &rows);
    bool sameShape(const ComparisonView &view) const;
    const ComparisonRow *rowAt(const QModelIndex &index) const; ///< null for a group
    QVariant labelData(const ComparisonRow &row, int role) const;
    QVariant cellData(const ComparisonRow &row, size_t subject, int role) const;

    std::vector<ComparedColumn> m_subjects;
    size_t m_reference = 0;
    std::vector<ComparisonRow> m_rows;
    std::vector<Group> m_groups;
};

/// Search in names and cells, and only rows whose cells differ.
class ComparisonFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit ComparisonFilter(QObject *parent = nullptr);
    void setText(const QString &text);
    void setDifferencesOnly(bool only);
    int shownRows() const; ///< without groups

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QString m_text;
    bool m_differencesOnly = false;
};

} // namespace assay
