// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QCoreApplication>

#include <span>

namespace assay {

/// One column of a table or tree, declared once: its title, what it means, and whether it holds numbers.
struct ColumnDefinition
{
    const char *title;   ///< translation context "Column"
    const char *meaning; ///< the header's tooltip; translation context "Column"
    bool numeric = false;
};

/// Item data roles that the views of all pages share.
inline constexpr int kShareRole = Qt::UserRole + 101; ///< 0..1, drawn as a bar by ShareBarDelegate
inline constexpr int kSortRole = Qt::UserRole + 102;

/// A part of a whole as "43.5 %"; what would round to nothing as "< 0.1 %".
QString shareText(double share);

/// Title, tooltip and alignment of a header section from its declaration.
inline QVariant columnHeader(std::span<const ColumnDefinition> columns, int section, int role)
{
    if (section < 0 || size_t(section) >= columns.size())
        return {};
    const ColumnDefinition &column = columns[size_t(section)];
    switch (role) {
    case Qt::DisplayRole:
        return QCoreApplication::translate("Column", column.title);
    case Qt::ToolTipRole:
        return QCoreApplication::translate("Column", column.meaning);
    case Qt::TextAlignmentRole:
        return int((column.numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

inline QVariant columnAlignment(std::span<const ColumnDefinition> columns, int section)
{
    return columnHeader(columns, section, Qt::TextAlignmentRole);
}

/// A flat table of declared columns: a concrete model answers rowCount and cell only.
class ColumnTableModel : public QAbstractTableModel
{
public:
    ColumnTableModel(std::span<const ColumnDefinition> columns, QObject *parent)
        : QAbstractTableModel(parent), m_columns(columns)
    {
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_columns.size());
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return orientation == Qt::Horizontal ? columnHeader(m_columns, section, role) : QVariant();
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        if (role == Qt::TextAlignmentRole)
            return columnAlignment(m_columns, index.column());
        return cell(index.row(), index.column(), role);
    }

protected:
    virtual QVariant cell(int row, int column, int role) const = 0;

private:
    std::span<const ColumnDefinition> m_columns;
};

} // namespace assay
