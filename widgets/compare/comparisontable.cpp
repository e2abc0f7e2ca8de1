// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/comparisontable.h"

#include "core/service/translation.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/rolechip.h"
#include "widgets/common/settings.h"
#include "widgets/compare/comparisonmodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {

namespace {

constexpr int kWidestColumn = 320;

} // namespace

void fitTreeHeight(QTreeView *view)
{
    int rows = 0;
    for (QModelIndex row = view->model()->index(0, 0); row.isValid(); row = view->indexBelow(row))
        ++rows;
    const int rowHeight = rows > 0 ? view->sizeHintForRow(0) : 0;
    const int bar = view->horizontalScrollBar()->sizeHint().height();
    view->setFixedHeight(view->header()->sizeHint().height() + rows * rowHeight + 2 * view->frameWidth() + bar);
}

ComparisonTable::ComparisonTable(QWidget *parent)
    : QWidget(parent), m_model(new ComparisonModel(this)), m_filter(new ComparisonFilter(this)),
      m_search(new FilterBar(tr("Search the table"), this)), m_differences(new QCheckBox(tr("Differences only"), this)),
      m_dtypesApart(new QCheckBox(tr("Each dtype"), this)),
      m_reference(new QComboBox(this)), m_view(makeTreeView(tr("Table of everything"), true, this))
{
    m_filter->setSourceModel(m_model);
    m_view->setModel(m_filter);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->header()->setStretchLastSection(false);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_reference->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_reference->setAccessibleName(tr("Reference of the ratios"));
    m_dtypesApart->setToolTip(tr("A column for each dtype that a model was measured in; else only the newest measurement."));
    m_dtypesApart->setChecked(settings::kDtypesApart.get());
    auto *referenceLabel = new QLabel(tr("Ratios to"), this);
    referenceLabel->setBuddy(m_reference);

    auto *tools = new QHBoxLayout;
    tools->addWidget(m_search, 1);
    tools->addWidget(m_dtypesApart);
    tools->addWidget(m_differences);
    tools->addWidget(referenceLabel);
    tools->addWidget(m_reference);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(tools);
    layout->addWidget(m_view);

    connect(m_search, &FilterBar::filterChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        m_view->expandAll();
        showCount();
    });
    connect(m_search, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_differences, &QCheckBox::toggled, this, [this](bool only) {
        m_filter->setDifferencesOnly(only);
        m_view->expandAll();
        showCount();
    });
    connect(m_dtypesApart, &QCheckBox::toggled, this, &ComparisonTable::dtypesApartChosen);
    connect(m_reference, &QComboBox::activated, this, &ComparisonTable::referenceChosen);
    connect(m_view, &QTreeView::expanded, this, &ComparisonTable::fitHeight);
    connect(m_view, &QTreeView::collapsed, this, &ComparisonTable::fitHeight);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        const QRect cell = m_view->visualRect(current);
        emit currentMoved(QRect(m_view->viewport()->mapTo(this, cell.topLeft()), cell.size()));
    });
}

void ComparisonTable::setView(const ComparisonView &view)
{
    bool wasReset = false;
    const auto note = connect(m_model, &QAbstractItemModel::modelReset, this, [&wasReset] { wasReset = true; });
    m_model->setView(view);
    disconnect(note);
    fillReferences(view);
    if (wasReset) {
        m_view->expandAll();
        fitColumns(m_view, kWidestColumn);
    } else {
        widenColumns(m_view, kWidestColumn);
    }
    showCount();
}

void ComparisonTable::fillReferences(const ComparisonView &view)
{
    const QSignalBlocker blocker(m_reference);
    m_reference->clear();
    for (const ComparedColumn &subject : view.subjects)
        m_reference->addItem(roleIcon(subject.role, subject.order), toQString(subject.name));
    m_reference->setCurrentIndex(int(view.reference));
}

void ComparisonTable::showCount()
{
    m_search->setCount(m_filter->shownRows(), m_model->rowTotal());
    fitHeight();
}

void ComparisonTable::fitHeight()
{
    fitTreeHeight(m_view);
}

} // namespace assay
