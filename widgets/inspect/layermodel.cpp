// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/layermodel.h"

#include "core/base/naturalorder.h"
#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/columns.h"
#include "widgets/common/tablecopy.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 7> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Name"),
     QT_TRANSLATE_NOOP("Column", "Module or tensor; identical neighbours are one row")},
    {QT_TRANSLATE_NOOP("Column", "Repeats"),
     QT_TRANSLATE_NOOP("Column", "How many identical modules the row stands for"), true},
    {QT_TRANSLATE_NOOP("Column", "Shape"),
     QT_TRANSLATE_NOOP("Column", "Logical elements, row-major, as the file declares them")},
    {QT_TRANSLATE_NOOP("Column", "Dtype"), QT_TRANSLATE_NOOP("Column", "Element type in the file")},
    {QT_TRANSLATE_NOOP("Column", "Parameters"),
     QT_TRANSLATE_NOOP("Column", "Elements of the row, all its repeats counted"), true},
    {QT_TRANSLATE_NOOP("Column", "Bytes"),
     QT_TRANSLATE_NOOP("Column", "Bytes of the row, all its repeats counted"), true},
    {QT_TRANSLATE_NOOP("Column", "Share"),
     QT_TRANSLATE_NOOP("Column", "Part of all bytes, all occurrences counted"), true},
}};

} // namespace

LayerModel::LayerModel(QObject *parent) : QAbstractItemModel(parent)
{
    rebuild();
}

void LayerModel::setInspection(std::shared_ptr<const Inspection> inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    m_selection =
        m_inspection && !m_query.empty() ? selectLayers(m_inspection->tree, m_query) : LayerSelection();
    rebuild();
    endResetModel();
}

void LayerModel::setQuery(const LayerQuery &query)
{
    beginResetModel();
    m_query = query;
    m_selection =
        m_inspection && !m_query.empty() ? selectLayers(m_inspection->tree, m_query) : LayerSelection();
    rebuild();
    endResetModel();
}

uint64_t LayerModel::totalTensors() const
{
    return m_inspection ? m_inspection->tree.tensors : 0;
}

const TensorRecord *LayerModel::tensorAt(const QModelIndex &index) const
{
    const int64_t tensor = tensorIndexAt(index);
    return tensor < 0 ? nullptr : &m_inspection->directory.checkpoint.tensors[size_t(tensor)];
}

int64_t LayerModel::tensorIndexAt(const QModelIndex &index) const
{
    return index.isValid() ? rowOf(index)->node->tensor : -1;
}

void LayerModel::rebuild()
{
    m_rows.clear();
    m_rows.emplace_back();
    m_rows.front().node = m_inspection ? &m_inspection->tree : nullptr;
}

bool LayerModel::isShown(const LayerNode &node) const
{
    return m_query.empty() || m_selection.nodes.contains(&node);
}

LayerModel::Row *LayerModel::rowOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Row *>(index.internalPointer()) : &m_rows.front();
}

void LayerModel::fill(Row &row) const
{
    if (row.filled || !row.node)
        return;
    row.filled = true;
    const uint64_t times = row.times * uint64_t(std::max(row.node->repeats, 1));
    for (const LayerNode &child : row.node->children) {
        if (!isShown(child))
            continue;
        Row made{&child, &row, 0, times, {}, false, {}};
        while (made.node->children.size() == 1 && made.node->repeats == 1) {
            made.modules += made.node->name + ".";
            made.node = &made.node->children.front();
        }
        row.children.push_back(&m_rows.emplace_back(std::move(made)));
    }
    if (m_sortColumn >= 0) {
        const auto less = [this](const Row *a, const Row *b) {
            switch (m_sortColumn) {
            case Name:
                return naturalLess(a->node->name, b->node->name);
            case Repeats:
                return a->node->repeats < b->node->repeats;
            case Shape:
                return naturalLess(a->node->shape, b->node->shape);
            case Type:
                return a->node->dtype < b->node->dtype;
            case Parameters:
                return a->node->elements < b->node->elements;
            default:
                return a->node->bytes < b->node->bytes;
            }
        };
        std::stable_sort(row.children.begin(), row.children.end(), less);
        if (m_sortOrder == Qt::DescendingOrder)
            std::reverse(row.children.begin(), row.children.end());
    }
    for (size_t i = 0; i < row.children.size(); ++i)
        row.children[i]->position = int(i);
}

QModelIndex LayerModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCount() || parent.column() > 0)
        return {};
    Row *above = rowOf(parent);
    fill(*above);
    return size_t(row) < above->children.size() ? createIndex(row, column, above->children[size_t(row)])
                                                : QModelIndex();
}

QModelIndex LayerModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    Row *above = rowOf(child)->parent;
    return above == &m_rows.front() ? QModelIndex() : createIndex(above->position, 0, above);
}

int LayerModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    Row *row = rowOf(parent);
    fill(*row);
    return int(row->children.size());
}

int LayerModel::columnCount(const QModelIndex &) const
{
    return int(kColumns.size());
}

bool LayerModel::hasChildren(const QModelIndex &parent) const
{
    const LayerNode *node = parent.column() > 0 ? nullptr : rowOf(parent)->node;
    // A module is only shown when something below it is, so its own children need no look here.
    return node && !node->children.empty() && isShown(*node);
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? columnHeader(kColumns, section, role) : QVariant();
}

QVariant LayerModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = *rowOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case Qt::TextAlignmentRole:
        return columnAlignment(kColumns, index.column());
    case kCopyRole:
        if (index.column() == Name)
            return toQString(row.node->path);
        return {};
    case kShareRole: {
        if (index.column() != Share)
            return {};
        const double total = double(m_inspection->tree.bytes);
        return total > 0 ? double(row.node->bytes) * double(row.times) / total : 0.0;
    }
    default:
        return {};
    }
}

QString LayerModel::text(const Row &row, int column) const
{
    const LayerNode &node = *row.node;
    switch (column) {
    case Name:
        return toQString(row.modules + node.label());
    case Repeats:
        return node.repeats > 1 ? QString::number(node.repeats) : QString();
    case Shape:
        return toQString(node.shape);
    case Type:
        return toQString(node.dtype);
    case Parameters:
        return toQString(formatCount(double(node.elements)));
    case Bytes:
        return toQString(formatBytes(double(node.bytes)));
    case Share: {
        const double total = double(m_inspection->tree.bytes);
        return total > 0 ? shareText(double(node.bytes) * double(row.times) / total) : QStringLiteral("-");
    }
    default:
        return {};
    }
}

QString LayerModel::toolTip(const Row &row, int column) const
{
    const LayerNode &node = *row.node;
    switch (column) {
    case Parameters:
        return toQString(groupedDigits(int64_t(node.elements)));
    case Bytes:
        return tr("%1 bytes").arg(toQString(groupedDigits(int64_t(node.bytes))));
    case Share:
        return row.times > 1 ? tr("The row occurs %1 times").arg(row.times) : QString();
    default:
        break;
    }
    if (node.tensor < 0)
        return toQString(node.path);
    const Checkpoint &checkpoint = m_inspection->directory.checkpoint;
    const TensorRecord &tensor = checkpoint.tensors[size_t(node.tensor)];
    const QString file = tensor.file < checkpoint.files.size()
                             ? toQString(checkpoint.files[tensor.file].name)
                             : QString();
    return tr("%1\nin %2 at byte %3")
        .arg(toQString(tensor.name), file, toQString(groupedDigits(int64_t(tensor.offset))));
}

void LayerModel::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild();
    endResetModel();
}

} // namespace assay
