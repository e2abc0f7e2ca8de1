// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/alltensors.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <array>
#include <cmath>
#include <numeric>

namespace assay {
namespace {

constexpr int kShowMilliseconds = 400;

constexpr std::array<ColumnDefinition, 7> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Tensor"), QT_TRANSLATE_NOOP("Column", "Its full name")},
    {QT_TRANSLATE_NOOP("Column", "Min"), QT_TRANSLATE_NOOP("Column", "Least finite value"), true},
    {QT_TRANSLATE_NOOP("Column", "Max"), QT_TRANSLATE_NOOP("Column", "Greatest finite value"), true},
    {QT_TRANSLATE_NOOP("Column", "Mean"), QT_TRANSLATE_NOOP("Column", "Over the finite values"), true},
    {QT_TRANSLATE_NOOP("Column", "Std"), QT_TRANSLATE_NOOP("Column", "Standard deviation of the finite values"), true},
    {QT_TRANSLATE_NOOP("Column", "Zeros"), QT_TRANSLATE_NOOP("Column", "Values that are exactly zero"), true},
    {QT_TRANSLATE_NOOP("Column", "NaN, Inf"), QT_TRANSLATE_NOOP("Column", "Values that are not finite"), true},
}};

} // namespace

AllTensorsModel::AllTensorsModel(QObject *parent) : ColumnTableModel(kColumns, parent)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kShowMilliseconds);
    connect(&m_soon, &QTimer::timeout, this, &AllTensorsModel::showNew);
}

void AllTensorsModel::setStore(StatisticsStore *store)
{
    if (store == m_store)
        return;
    if (m_store)
        m_store->disconnect(this);
    beginResetModel();
    m_store = store;
    m_tensors.clear();
    m_new.clear();
    endResetModel();
    if (!m_store)
        return;
    const auto count = uint32_t(m_store->weights()->catalog.count());
    for (uint32_t tensor = 0; m_store->count() > 0 && tensor < count; ++tensor) {
        if (m_store->find(tensor))
            m_new.push_back(tensor);
    }
    showNew();
    connect(m_store, &StatisticsStore::tensorDone, this, [this](quint32 tensor) {
        m_new.push_back(tensor);
        if (!m_soon.isActive())
            m_soon.start();
    });
}

void AllTensorsModel::showNew()
{
    if (m_new.empty())
        return;
    beginInsertRows({}, int(m_tensors.size()), int(m_tensors.size() + m_new.size()) - 1);
    m_tensors.insert(m_tensors.end(), m_new.begin(), m_new.end());
    m_new.clear();
    endInsertRows();
}

int AllTensorsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_store ? 0 : int(m_tensors.size());
}

double AllTensorsModel::number(const TensorStatistics &statistics, int column)
{
    const bool any = statistics.finite > 0;
    switch (column) {
    case Least:
        return any ? statistics.min : NAN;
    case Greatest:
        return any ? statistics.max : NAN;
    case Mean:
        return any ? statistics.mean : NAN;
    case Deviation:
        return any ? statistics.std : NAN;
    case Zeros:
        return double(statistics.zeros);
    default:
        return double(statistics.nans + statistics.infinities);
    }
}

QVariant AllTensorsModel::cell(int row, int column, int role) const
{
    const uint32_t tensor = m_tensors[size_t(row)];
    const TensorOutcome *outcome = m_store->find(tensor);
    if (column == Name) {
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != kSortRole)
            return {};
        return toQString(validUtf8(std::string(m_store->weights()->catalog.checkpoint().tensors[tensor].name)));
    }
    if (!outcome || !outcome->statistics) {
        if (role == Qt::ToolTipRole && outcome)
            return errorText(outcome->statistics.error());
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("-")) : QVariant();
    }
    const double value = number(*outcome->statistics, column);
    if (role == kSortRole)
        return value;
    if (role == Qt::ToolTipRole)
        return QString::number(value, 'g', 17);
    if (role != Qt::DisplayRole)
        return {};
    if (column == Zeros || column == NotFinite)
        return toQString(groupedDigits(int64_t(value)));
    const bool small = value != 0 && std::abs(value) < 1e-3;
    return small ? QString::number(value, 'e', 2) : toQString(threeDigits(value));
}

AllTensors::AllTensors(QWidget *parent)
    : QWidget(parent), m_model(new AllTensorsModel(this)), m_proxy(new QSortFilterProxyModel(this)),
      m_hint(new QLabel(this)), m_compute(new QPushButton(this)), m_filter(new FilterBar(tr("Filter tensors"), this)),
      m_view(makeTreeView(tr("Statistics of all tensors"), false, this))
{
    m_hint->setWordWrap(true);
    m_compute->setText(tr("Statistics of all tensors"));
    m_proxy->setSourceModel(m_model);
    m_proxy->setSortRole(kSortRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_proxy);
    m_view->setTextElideMode(Qt::ElideMiddle); // names differ at both ends
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_hint);
    layout->addWidget(m_compute, 0, Qt::AlignLeft);
    layout->addWidget(m_filter);
    layout->addWidget(m_view, 1);
    layout->addStretch();
    connect(m_compute, &QPushButton::clicked, this, &AllTensors::computeRequested);
    connect(m_filter, &FilterBar::filterChanged, this, [this](const QString &text) {
        m_proxy->setFilterFixedString(text);
        updateCount();
    });
    connect(m_filter, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        emit tensorChosen(m_model->tensorAt(m_proxy->mapToSource(index).row()));
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &AllTensors::updateCount);
}

void AllTensors::updateCount()
{
    m_filter->setCount(m_proxy->rowCount(), m_model->rowCount());
    if (!m_fitted && m_model->rowCount() > 0) {
        m_fitted = true;
        fitColumns(m_view, 180);
    }
}

void AllTensors::setState(const Inspection &inspection, StatisticsStore *store, bool running)
{
    const bool remote = inspection.directory.files && inspection.directory.files->remote();
    const QString size = toQString(formatBytes(double(inspection.facts.weightBytes)));
    m_model->setStore(store);
    m_view->setVisible(store);
    m_filter->setVisible(store);
    const bool none = inspection.directory.checkpoint.tensors.empty();
    m_compute->setVisible(!running && !remote && !none && inspection.directory.files);
    m_compute->setText(store ? tr("Compute again") : tr("Statistics of all tensors"));
    if (none)
        m_hint->setText(tr("There are no tensors here; the findings may say why."));
    else if (remote)
        m_hint->setText(tr("The weights are on a server. Choose a tensor to fetch its values alone."));
    else if (running)
        m_hint->setText(tr("Being computed; the tensors that are done are below. Enter opens one."));
    else if (store)
        m_hint->setText(tr("Enter opens a tensor."));
    else
        m_hint->setText(tr("Choose a tensor in the tree to see its values, or have the statistics of all tensors "
                           "computed: %1 are read in the background.")
                            .arg(size));
    updateCount();
}

} // namespace assay
