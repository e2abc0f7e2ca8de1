// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/tabletab.h"

#include "widgets/common/columns.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/inspect/filemodel.h"
#include "widgets/inspect/findingmodel.h"

#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {

TableTab::TableTab(const QString &name, QAbstractItemModel *model, QWidget *parent)
    : InspectTab(parent), m_filter(new FilterBar(tr("Filter"), this)),
      m_proxy(new QSortFilterProxyModel(this)), m_view(makeTreeView(name, false, this)),
      m_empty(new QLabel(this))
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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_filter);
    layout->addWidget(m_empty);
    layout->addWidget(m_view, 1);
    connect(m_filter, &FilterBar::filterChanged, this, &TableTab::filter);
    connect(m_filter, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
}

void TableTab::focusFilter()
{
    m_filter->focusField();
}

void TableTab::showRows(const QString &whenEmpty)
{
    m_empty->setText(whenEmpty);
    m_empty->setVisible(m_proxy->sourceModel()->rowCount() == 0);
    fitColumns(m_view, 420);
    filter(m_filter->text());
}

void TableTab::filter(const QString &text)
{
    m_proxy->setFilterFixedString(text);
    m_filter->setCount(m_proxy->rowCount(), m_proxy->sourceModel()->rowCount());
}

FindingsTab::FindingsTab(QWidget *parent) : FindingsTab(new FindingModel, parent) {}

FindingsTab::FindingsTab(FindingModel *model, QWidget *parent)
    : TableTab(tr("Findings"), model, parent), m_model(model)
{
}

void FindingsTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    m_model->setFindings(inspection->facts.findings);
    showRows(tr("Nothing odd was found."));
}

FilesTab::FilesTab(QWidget *parent) : FilesTab(new FileModel, parent) {}

FilesTab::FilesTab(FileModel *model, QWidget *parent) : TableTab(tr("Files"), model, parent), m_model(model)
{
}

void FilesTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    m_model->setDirectory(inspection->directory);
    showRows(tr("The folder has no files that belong to a model."));
}

} // namespace assay
