// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/layerview.h"

#include <QAbstractItemModel>

namespace assay {

/// The folded layer tree, as a LayerView has it. Sorting and filtering are asked for, not done: a new view follows.
class LayerModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    /// As LayerColumn has them.
    enum Column { Name, Repeats, Shape, Type, Parameters, Bytes, Share, File, Offset, BitsPerWeight, Role, Count_ };
    explicit LayerModel(QObject *parent = nullptr);

    /// Shows another view and gives the one before back: taking half a million rows down is not for the window.
    std::shared_ptr<const LayerView> setView(std::shared_ptr<const LayerView> view);
    const std::shared_ptr<const LayerView> &view() const { return m_view; }
    uint64_t totalTensors() const;
    uint64_t shownTensors() const;
    /// The tensor of a row (the first of a fold), or null for a module.
    const TensorRecord *tensorAt(const QModelIndex &index) const;
    /// Its index in the checkpoint; -1 for a module.
    int64_t tensorIndexAt(const QModelIndex &index) const;
    /// The row of a tensor; invalid when it has none of its own.
    QModelIndex indexOfTensor(int64_t tensor) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Emits sortWanted; column -1 is the order of the names.
    void sort(int column, Qt::SortOrder order) override;

signals:
    void sortWanted(int column, Qt::SortOrder order);

private:
    const LayerRow &rowOf(const QModelIndex &index) const;
    double share(const LayerRow &row) const;
    QString name(const LayerRow &row) const;
    QString text(const LayerRow &row, int column) const;
    QString tensorText(const TensorRecord &tensor, int column) const;
    QString toolTip(const LayerRow &row, int column) const;

    std::shared_ptr<const LayerView> m_view;
};

} // namespace assay
