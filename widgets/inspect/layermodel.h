// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "widgets/inspect/layerfilter.h"

#include <QAbstractItemModel>

#include <deque>
#include <memory>

namespace assay {

/// The folded layer tree. A row's children are made when the view asks for them, so that a model with
/// a hundred thousand tensors opens at once.
class LayerModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Repeats, Shape, Type, Parameters, Bytes, Share };
    explicit LayerModel(QObject *parent = nullptr);

    void setInspection(std::shared_ptr<const Inspection> inspection);
    void setQuery(const LayerQuery &query);
    uint64_t totalTensors() const;
    uint64_t shownTensors() const { return m_query.empty() ? totalTensors() : m_selection.tensors; }
    /// The tensor of a row (the first of a fold), or null for a module.
    const TensorRecord *tensorAt(const QModelIndex &index) const;
    /// Its index in the checkpoint; -1 for a module.
    int64_t tensorIndexAt(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Within each module; column -1 is the order of the file.
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Row
    {
        const LayerNode *node = nullptr;
        Row *parent = nullptr;
        int position = 0;
        uint64_t times = 1;  ///< how often the modules around it occur
        std::string modules; ///< "q_proj." in front of the name: modules with a single child take no row
        bool filled = false;
        std::vector<Row *> children;
    };
    Row *rowOf(const QModelIndex &index) const;
    void fill(Row &row) const;
    void rebuild();
    bool isShown(const LayerNode &node) const;
    QString text(const Row &row, int column) const;
    QString toolTip(const Row &row, int column) const;

    std::shared_ptr<const Inspection> m_inspection;
    LayerQuery m_query;
    LayerSelection m_selection;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    mutable std::deque<Row> m_rows; ///< the first is the root; filled while reading, as views ask
};

} // namespace assay
