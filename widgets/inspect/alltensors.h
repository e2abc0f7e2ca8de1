// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/statisticsjob.h"
#include "widgets/common/columns.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace assay {

class FilterBar;

/// The statistics of all tensors that are known so far, a row each. New ones are shown some times a second.
class AllTensorsModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Least, Greatest, Mean, Deviation, Zeros, NotFinite };
    explicit AllTensorsModel(QObject *parent = nullptr);
    void setStore(StatisticsStore *store); ///< null: none
    uint32_t tensorAt(int row) const { return m_tensors[size_t(row)]; }
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    void showNew();
    static double number(const TensorStatistics &statistics, int column);
    QPointer<StatisticsStore> m_store;
    std::vector<uint32_t> m_tensors, m_new;
    QTimer m_soon;
};

/// The button that has them computed, and the table that fills meanwhile.
class AllTensors : public QWidget
{
    Q_OBJECT
public:
    explicit AllTensors(QWidget *parent = nullptr);
    /// What can be computed, what was, and whether it is being done.
    void setState(const Inspection &inspection, StatisticsStore *store, bool running);

signals:
    void computeRequested();
    void tensorChosen(qint64 tensor);

private:
    void updateCount();
    AllTensorsModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QLabel *m_hint;
    QPushButton *m_compute;
    FilterBar *m_filter;
    QTreeView *m_view;
    bool m_fitted = false;
};

} // namespace assay
