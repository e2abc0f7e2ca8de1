// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/layerstab.h"

#include "core/service/background.h"
#include "core/service/translation.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/settings.h"
#include "widgets/inspect/layermodel.h"
#include "widgets/inspect/tensortable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {
// So many rows unfold by themselves: the outline of a model at first, more of what a filter found.
constexpr int kRowsAtFirst = 40, kRowsFound = 400;
// Up to so many tensors the rows are made at once: it takes less than a frame.
constexpr size_t kAtOnce = 5000;
constexpr int kWidestColumn = 360;
constexpr int kTreeWidth = 640, kPanelWidth = 380; // at first; they grow as 3 to 2

/// Takes a view down where it does not hold up the window: it may be half a million rows.
void dropInBackground(std::shared_ptr<const LayerView> view)
{
    if (view)
        inBackground([view = std::move(view)]() mutable { view.reset(); });
}

} // namespace

LayersTab::LayersTab(QWidget *parent)
    : InspectTab(parent), m_filter(new FilterBar(tr("Filter: words, dtype:bf16, shape:[7168,*], >100MB, -without"), this)),
      m_model(new LayerModel(this)), m_splitter(new QSplitter(this)),
      m_view(makeTreeView(tr("Layers"), true, m_splitter))
{
    m_filter->setToolTip(tr("All terms must hold; * stands for anything, a minus turns a term round.\n"
                            "name:WORD  file:WORD  dtype:bf16,f32  role:scale\n"
                            "shape:[7168,*]  shape:4096x1024  >100MB  <2GiB  params:>1e9"));
    m_view->setModel(m_model);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    // Only the rows in sight decide how wide a column is.
    m_view->header()->setResizeContentsPrecision(0);
    m_view->setIndentation(14);
    createMenus();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_filter);
    layout->addWidget(m_splitter, 1);
    m_splitter->setChildrenCollapsible(false);
    connect(m_filter, &FilterBar::filterChanged, this, &LayersTab::filter);
    connect(m_filter, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_model, &LayerModel::sortWanted, this, &LayersTab::sort);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &LayersTab::tellCurrent);
}

LayersTab::~LayersTab()
{
    m_stop.request_stop();
}

void LayersTab::createMenus()
{
    auto *columns = new QToolButton(m_filter);
    columns->setText(tr("Columns"));
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setMenu(new QMenu(columns));
    connect(columns->menu(), &QMenu::aboutToShow, this, [this, columns] { fillColumnMenu(columns->menu()); });
    m_filter->addControl(columns);
    auto *copy = new QToolButton(m_filter);
    copy->setText(tr("Copy all"));
    copy->setToolTip(tr("Every tensor that the filter leaves, one a line"));
    copy->setPopupMode(QToolButton::InstantPopup);
    auto *formats = new QMenu(copy);
    formats->addAction(tr("As CSV"), this, [this] { copyAll(CopyFormat::Csv); });
    formats->addAction(tr("As Markdown"), this, [this] { copyAll(CopyFormat::Markdown); });
    copy->setMenu(formats);
    m_filter->addControl(copy);
    QHeaderView *header = m_view->header();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &place) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnMenu(menu);
        menu->popup(header->mapToGlobal(place));
    });
    const QStringList shown = settings::kLayerColumns.get();
    for (int column = LayerModel::Name + 1; column < LayerModel::Count_; ++column) {
        const bool first = column < LayerModel::File; // what is shown as long as nobody chose
        m_view->setColumnHidden(column, shown.isEmpty() ? !first : !shown.contains(QString::number(column)));
    }
}

void LayersTab::fillColumnMenu(QMenu *menu)
{
    menu->clear();
    for (int column = LayerModel::Name + 1; column < LayerModel::Count_; ++column) {
        QAction *action = menu->addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!m_view->isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setColumnShown(column, shown); });
    }
}

void LayersTab::setColumnShown(int column, bool shown)
{
    m_view->setColumnHidden(column, !shown);
    if (shown)
        widenColumns(m_view, kWidestColumn);
    QStringList all{QString::number(LayerModel::Name)};
    for (int other = LayerModel::Name + 1; other < LayerModel::Count_; ++other) {
        if (!m_view->isColumnHidden(other))
            all << QString::number(other);
    }
    settings::kLayerColumns.set(all);
}

void LayersTab::setDetail(QWidget *panel)
{
    m_splitter->addWidget(panel);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(m_splitter->indexOf(panel), 2);
    m_splitter->setSizes({kTreeWidth, kPanelWidth});
}

void LayersTab::focusFilter()
{
    m_filter->focusField();
}

void LayersTab::tellCurrent()
{
    const qint64 tensor = m_model->tensorIndexAt(m_view->currentIndex());
    if (std::exchange(m_currentTensor, tensor) != tensor)
        emit currentTensorChanged(tensor);
}

void LayersTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    // Numbers of another model's tensors mean nothing in this one.
    if (m_inspection && std::exchange(m_currentTensor, -1) >= 0)
        emit currentTensorChanged(-1);
    m_inspection = inspection;
    m_fit = true;
    request();
}

void LayersTab::filter(const QString &text)
{
    const auto query = parseTensorQuery(text.toStdString());
    m_filter->setProblem(query ? QString() : toQString(query.error().sentence(qtTranslate())));
    if (!query)
        return;
    m_request.query = *query;
    request();
}

void LayersTab::sort(int column, Qt::SortOrder order)
{
    m_request.sortBy = column < 0 ? std::nullopt : std::optional(LayerColumn(column));
    m_request.descending = order == Qt::DescendingOrder;
    request();
}

void LayersTab::request()
{
    if (!m_inspection)
        return;
    m_stop.request_stop();
    m_stop = std::stop_source();
    const quint64 number = ++m_requests;
    if (m_inspection->directory.checkpoint.tensors.size() <= kAtOnce) {
        display(LayerView::make(m_inspection, m_request));
        return;
    }
    inBackground(
        this,
        [inspection = m_inspection, wanted = m_request, stop = m_stop.get_token()] {
            return LayerView::make(inspection, wanted, stop);
        },
        [this, number](std::shared_ptr<const LayerView> view) {
            if (view && number == m_requests)
                display(std::move(view));
            else
                dropInBackground(std::move(view));
        });
}

void LayersTab::display(std::shared_ptr<const LayerView> view)
{
    const qint64 kept = m_currentTensor;
    dropInBackground(m_model->setView(std::move(view)));
    unfold();
    if (const QModelIndex again = m_model->indexOfTensor(kept); again.isValid())
        m_view->setCurrentIndex(again);
    tellCurrent();
    if (std::exchange(m_fit, false))
        fitColumns(m_view, kWidestColumn);
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

void LayersTab::copyAll(CopyFormat format)
{
    if (!m_model->view())
        return;
    inBackground(
        this, [view = m_model->view(), format] { return tensorTable(*view, format); },
        [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
}

} // namespace assay
