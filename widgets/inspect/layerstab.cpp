// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/layerstab.h"

#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/inspect/layermodel.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {
// So many rows unfold by themselves: the outline of a model at first, more of what a filter found.
constexpr int kRowsAtFirst = 40, kRowsFound = 400;
} // namespace

LayersTab::LayersTab(QWidget *parent)
    : InspectTab(parent),
      m_filter(new FilterBar(tr("Filter: words of the name, dtype:bf16, shape:4096x1024"), this)),
      m_model(new LayerModel(this)), m_splitter(new QSplitter(this)),
      m_view(makeTreeView(tr("Layers"), true, m_splitter))
{
    m_view->setModel(m_model);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_view->setIndentation(14);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_filter);
    layout->addWidget(m_splitter, 1);
    m_splitter->setChildrenCollapsible(false);
    connect(m_filter, &FilterBar::filterChanged, this, &LayersTab::filter);
    connect(m_filter, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_model, &QAbstractItemModel::modelReset, this, &LayersTab::unfold, Qt::QueuedConnection);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &LayersTab::tellCurrent);
    // A model that starts anew drops the current row without a word.
    connect(m_model, &QAbstractItemModel::modelReset, this, &LayersTab::tellCurrent);
}

void LayersTab::focusFilter()
{
    m_filter->focusField();
}

void LayersTab::setDetail(QWidget *panel)
{
    m_splitter->addWidget(panel);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(m_splitter->indexOf(panel), 2);
}

void LayersTab::tellCurrent()
{
    const qint64 tensor = m_model->tensorIndexAt(m_view->currentIndex());
    if (std::exchange(m_currentTensor, tensor) != tensor)
        emit currentTensorChanged(tensor);
}

void LayersTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    m_model->setInspection(inspection);
    unfold();
    fitColumns(m_view, 360);
    m_filter->setCount(qint64(m_model->shownTensors()), qint64(m_model->totalTensors()));
}

void LayersTab::filter(const QString &text)
{
    m_model->setQuery(parseLayerQuery(text));
    m_filter->setCount(qint64(m_model->shownTensors()), qint64(m_model->totalTensors()));
}

void LayersTab::unfold()
{
    // Level by level while there is room: the whole of a small model, the outline of a large one.
    QModelIndexList level{QModelIndex()};
    const int most = m_filter->text().isEmpty() ? kRowsAtFirst : kRowsFound;
    int rows = 0;
    while (!level.isEmpty()) {
        QModelIndexList next;
        for (const QModelIndex &above : level) {
            const int count = m_model->rowCount(above);
            rows += count;
            if (rows > most)
                return;
            if (above.isValid())
                m_view->expand(above);
            for (int row = 0; row < count; ++row) {
                const QModelIndex child = m_model->index(row, 0, above);
                if (m_model->hasChildren(child))
                    next << child;
            }
        }
        level = next;
    }
}

} // namespace assay
