// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/tabletab.h"

#include "widgets/common/columns.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {

TableTab::TableTab(const QString &name, QAbstractItemModel *model, QWidget *parent)
    : InspectTab(parent), m_filter(new FilterBar(tr("Filter"), this)),
      m_proxy(new QSortFilterProxyModel(this)), m_view(makeTreeView(name, false, this)),
      m_empty(new QLabel(this)), m_bar(new QHBoxLayout), m_column(new QVBoxLayout(this))
{
    model->setParent(this);
    m_proxy->setSourceModel(model);
    m_proxy->setSortRole(kSortRole);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_proxy);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_bar->addWidget(m_filter, 1);
    m_column->setContentsMargins(0, 6, 0, 0);
    m_column->addLayout(m_bar);
    m_column->addWidget(m_empty);
    m_column->addWidget(m_view, 1);
    connect(m_filter, &FilterBar::filterChanged, this, &TableTab::filter);
    connect(m_filter, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { emit currentRowChanged(currentRow()); });
}

void TableTab::focusFilter()
{
    m_filter->focusField();
}

void TableTab::addBesideFilter(QWidget *widget)
{
    m_bar->addWidget(widget);
}

void TableTab::addBelow(QWidget *widget)
{
    m_column->addWidget(widget);
}

int TableTab::currentRow() const
{
    return m_proxy->mapToSource(m_view->currentIndex()).row();
}

void TableTab::selectRow(int row)
{
    const QModelIndex index = m_proxy->mapFromSource(m_proxy->sourceModel()->index(row, 0));
    if (index.isValid())
        m_view->setCurrentIndex(index);
}

void TableTab::showRows(const QString &whenEmpty, int total)
{
    m_total = total;
    m_empty->setText(whenEmpty);
    m_empty->setVisible(m_proxy->sourceModel()->rowCount() == 0);
    fitColumns(m_view, 420);
    filter(m_filter->text());
}

void TableTab::filter(const QString &text)
{
    m_proxy->setFilterFixedString(text);
    m_filter->setCount(m_proxy->rowCount(), m_total >= 0 ? m_total : m_proxy->sourceModel()->rowCount());
    emit currentRowChanged(currentRow());
}

} // namespace assay
