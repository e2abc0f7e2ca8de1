// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/layermodel.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/columns.h"
#include "widgets/common/tablecopy.h"

#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, LayerModel::Count_> kColumns{{
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
    {QT_TRANSLATE_NOOP("Column", "File"), QT_TRANSLATE_NOOP("Column", "Where the tensor lies; of repeats the first")},
    {QT_TRANSLATE_NOOP("Column", "Offset"),
     QT_TRANSLATE_NOOP("Column", "The tensor's first byte in its file; of repeats the first"), true},
    {QT_TRANSLATE_NOOP("Column", "Bits per weight"),
     QT_TRANSLATE_NOOP("Column", "Bytes times 8 by elements, as they are stored"), true},
    {QT_TRANSLATE_NOOP("Column", "Role"),
     QT_TRANSLATE_NOOP("Column", "Weight, scale of a quantisation, or buffer; told by name, dtype and shape")},
}};

} // namespace

LayerModel::LayerModel(QObject *parent) : QAbstractItemModel(parent) {}

std::shared_ptr<const LayerView> LayerModel::setView(std::shared_ptr<const LayerView> view)
{
    beginResetModel();
    m_view.swap(view);
    endResetModel();
    return view;
}

uint64_t LayerModel::totalTensors() const
{
    return m_view ? m_view->inspection().tree.tensors : 0;
}

uint64_t LayerModel::shownTensors() const
{
    return m_view ? m_view->shownTensors() : 0;
}

const TensorRecord *LayerModel::tensorAt(const QModelIndex &index) const
{
    return m_view && index.isValid() ? m_view->tensorOf(rowOf(index)) : nullptr;
}

int64_t LayerModel::tensorIndexAt(const QModelIndex &index) const
{
    return tensorAt(index) ? rowOf(index).node->tensor : -1;
}

QModelIndex LayerModel::indexOfTensor(int64_t tensor) const
{
    const uint32_t row = m_view ? m_view->rowOfTensor(tensor) : 0;
    return row == 0 ? QModelIndex() : createIndex(int(m_view->rows()[row].position), 0, quintptr(row));
}

const LayerRow &LayerModel::rowOf(const QModelIndex &index) const
{
    return m_view->rows()[index.isValid() ? size_t(index.internalId()) : 0];
}

QModelIndex LayerModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!m_view || row < 0 || column < 0 || column >= Count_ || parent.column() > 0)
        return {};
    const LayerRow &above = rowOf(parent);
    return uint32_t(row) < above.children ? createIndex(row, column, quintptr(above.firstChild + uint32_t(row)))
                                          : QModelIndex();
}

QModelIndex LayerModel::parent(const QModelIndex &child) const
{
    if (!m_view || !child.isValid())
        return {};
    const uint32_t above = rowOf(child).parent;
    return above == 0 ? QModelIndex() : createIndex(int(m_view->rows()[above].position), 0, quintptr(above));
}

int LayerModel::rowCount(const QModelIndex &parent) const
{
    return m_view && parent.column() <= 0 ? int(rowOf(parent).children) : 0;
}

int LayerModel::columnCount(const QModelIndex &) const
{
    return Count_;
}

bool LayerModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? columnHeader(kColumns, section, role) : QVariant();
}

double LayerModel::share(const LayerRow &row) const
{
    const double total = double(m_view->inspection().tree.bytes);
    return total > 0 ? double(m_view->totals(row).bytes) * double(row.times) / total : 0.0;
}

QVariant LayerModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const LayerRow &row = rowOf(index);
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::ToolTipRole: return toolTip(row, index.column());
    case Qt::TextAlignmentRole: return columnAlignment(kColumns, index.column());
    case kCopyRole: return index.column() == Name && row.node ? QVariant(toQString(row.node->path)) : QVariant();
    case kShareRole: return index.column() == Share ? QVariant(share(row)) : QVariant();
    default: return {};
    }
}

QString LayerModel::name(const LayerRow &row) const
{
    if (!row.node)
        return tr("%1 ... %2").arg(toQString(m_view->firstOf(row).label()), toQString(m_view->lastOf(row).label()));
    std::string modules; // "q_proj." in front of the name: modules with a single child take no row
    for (const LayerNode *above = row.top; above != row.node; above = &above->children.front())
        modules += above->label() + ".";
    return toQString(modules + row.node->label());
}

QString LayerModel::text(const LayerRow &row, int column) const
{
    const LayerView::Totals totals = m_view->totals(row);
    switch (column) {
    case Name: return name(row);
    case Repeats: return row.node && row.node->repeats > 1 ? QString::number(row.node->repeats) : QString();
    case Type: return row.node ? toQString(row.node->dtype) : QString();
    case Parameters: return toQString(formatCount(double(totals.elements)));
    case Bytes: return toQString(formatBytes(double(totals.bytes)));
    case Share: return m_view->inspection().tree.bytes > 0 ? shareText(share(row)) : QStringLiteral("-");
    case BitsPerWeight:
        return totals.elements > 0 ? toQString(threeDigits(8.0 * double(totals.bytes) / double(totals.elements)))
                                   : QStringLiteral("-");
    default: break;
    }
    const TensorRecord *tensor = m_view->tensorOf(row);
    return tensor ? tensorText(*tensor, column) : QString();
}

QString LayerModel::tensorText(const TensorRecord &tensor, int column) const
{
    const Inspection &inspection = m_view->inspection();
    const auto &files = inspection.directory.checkpoint.files;
    switch (column) {
    case Shape: return toQString(tensor.shape.text());
    case File: return tensor.file < files.size() ? toQString(files[tensor.file].name) : QString();
    case Offset:
        return tensor.offset == kNoOffset ? QStringLiteral("-") : toQString(groupedDigits(int64_t(tensor.offset)));
    case Role: {
        const char *role = tensorRoleName(roleOf(tensor, inspection.facts.config));
        return QCoreApplication::translate("Query", role);
    }
    default: return {};
    }
}

QString LayerModel::toolTip(const LayerRow &row, int column) const
{
    const LayerView::Totals totals = m_view->totals(row);
    switch (column) {
    case Parameters: return toQString(groupedDigits(int64_t(totals.elements)));
    case Bytes: return filled(tr("%1 {1:byte|bytes}"), {toQString(groupedDigits(int64_t(totals.bytes)))});
    case Share: return row.times > 1 ? tr("The row occurs %1 times").arg(row.times) : QString();
    default: break;
    }
    const TensorRecord *tensor = m_view->tensorOf(row);
    if (!row.node)
        return filled(tr("%1 {1:tensor|tensors}"), {toQString(groupedDigits(int64_t(totals.tensors)))});
    if (!tensor)
        return toQString(row.node->path);
    return tr("%1\nin %2 at byte %3").arg(toQString(tensor->name), tensorText(*tensor, File), tensorText(*tensor, Offset));
}

void LayerModel::sort(int column, Qt::SortOrder order)
{
    emit sortWanted(column, order);
}

} // namespace assay
