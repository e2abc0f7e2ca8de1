// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"

class QAbstractItemModel;
class QHBoxLayout;
class QLabel;
class QSortFilterProxyModel;
class QTreeView;
class QVBoxLayout;

namespace assay {

class FilterBar;

/// A sortable table with a filter bar; those derived from it say what is in it, and what stands beside the bar and
/// below the table.
class TableTab : public InspectTab
{
    Q_OBJECT
public:
    TableTab(const QString &name, QAbstractItemModel *model, QWidget *parent);
    void focusFilter() override;

protected:
    /// total: rows of the whole, of which the model may show a part; -1: as many as the model has.
    void showRows(const QString &whenEmpty, int total = -1);
    void addBesideFilter(QWidget *widget);
    void addBelow(QWidget *widget);
    QTreeView *view() const { return m_view; }
    /// The model's row that is current; -1 when there is none.
    int currentRow() const;
    void selectRow(int row);

signals:
    void currentRowChanged(int row);

private:
    void filter(const QString &text);
    FilterBar *m_filter;
    QSortFilterProxyModel *m_proxy;
    QTreeView *m_view;
    QLabel *m_empty;
    QHBoxLayout *m_bar;
    QVBoxLayout *m_column;
    int m_total = -1;
};

} // namespace assay
