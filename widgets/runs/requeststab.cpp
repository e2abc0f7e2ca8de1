// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/requeststab.h"

#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/runs/requestmodel.h"
#include "widgets/runs/requesttimeline.h"

#include <QHeaderView>
#include <QScrollArea>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {
constexpr int kWidestColumn = 320, kLookedAt = 60; ///< rows that tell how wide a column is
}

RequestsTab::RequestsTab(QWidget *parent)
    : QWidget(parent), m_model(new RequestModel(this)), m_filter(new FilterBar(tr("Number, point or error"), this))
{
    auto *splitter = new QSplitter(Qt::Vertical, this);
    m_view = makeTreeView(tr("Requests"), false, splitter);
    m_view->setModel(m_model);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(RequestModel::Number, Qt::AscendingOrder);
    m_view->header()->setResizeContentsPrecision(kLookedAt);
    m_timeline = new RequestTimeline(splitter);
    auto *scroll = new QScrollArea(splitter); // for low windows
    scroll->setWidget(m_timeline);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    splitter->addWidget(m_view);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 0);
    layout->addWidget(m_filter);
    layout->addWidget(splitter, 1);
    connect(m_filter, &FilterBar::filterChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        showCount();
        showChosen();
    });
    connect(m_filter, &FilterBar::leftDown, m_view, [this] { m_view->setFocus(); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RequestsTab::showChosen);
}

void RequestsTab::setDetails(std::shared_ptr<const RunDetails> details)
{
    const bool same = details && details->line.header().id == m_run;
    const QModelIndex current = m_view->currentIndex();
    const bool keeps = same && current.isValid();
    const size_t chosen = keeps ? m_model->logIndex(current.row()) : 0;
    m_run = details ? details->line.header().id : std::string();
    m_details = std::move(details);
    m_model->setDetails(m_details);
    if (!same)
        fitColumns(m_view, kWidestColumn);
    const int row = keeps ? m_model->rowOfLog(chosen) : m_model->rowCount() > 0 ? 0 : -1;
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row, 0));
    showCount();
    showChosen();
}

void RequestsTab::showCount()
{
    m_filter->setCount(m_model->rowCount(), m_model->total());
}

void RequestsTab::showChosen()
{
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid() || !m_details)
        return m_timeline->setRecord({});
    m_timeline->setRecord(m_details->line.bench->requests.at(m_model->logIndex(current.row())));
}

} // namespace assay
