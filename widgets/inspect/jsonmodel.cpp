// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/jsonmodel.h"

#include "core/base/finding.h"
#include "widgets/common/columns.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"

#include <QGuiApplication>

#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 3> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Field"), QT_TRANSLATE_NOOP("Column", "Name in the file")},
    {QT_TRANSLATE_NOOP("Column", "Value"), QT_TRANSLATE_NOOP("Column", "As it stands in the file")},
    {QT_TRANSLATE_NOOP("Column", "Remark"), QT_TRANSLATE_NOOP("Column", "What the tensors say against it")},
}};

} // namespace

JsonModel::JsonModel(QObject *parent) : QAbstractItemModel(parent)
{
    m_tree.nodes.emplace_back();
}

void JsonModel::setTree(JsonTree tree, QHash<QString, QString> contradictions)
{
    beginResetModel();
    m_tree = std::move(tree);
    m_contradictions = std::move(contradictions);
    endResetModel();
}

int JsonModel::nodeCount() const
{
    return int(m_tree.nodes.size()) - 1;
}

const JsonTree::Node &JsonModel::nodeOf(const QModelIndex &index) const
{
    return m_tree.nodes[index.isValid() ? size_t(index.internalId()) : 0];
}

QModelIndex JsonModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, quintptr(nodeOf(parent).children[size_t(row)]));
}

QModelIndex JsonModel::parent(const QModelIndex &child) const
{
    const int above = child.isValid() ? nodeOf(child).parent : -1;
    return above <= 0 ? QModelIndex() : createIndex(m_tree.nodes[size_t(above)].position, 0, quintptr(above));
}

int JsonModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent).children.size());
}

int JsonModel::columnCount(const QModelIndex &) const
{
    return int(kColumns.size());
}

QVariant JsonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? columnHeader(kColumns, section, role) : QVariant();
}

QString JsonModel::contradiction(const JsonTree::Node &node) const
{
    return node.value.isEmpty() ? QString() : m_contradictions.value(node.key);
}

QVariant JsonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JsonTree::Node &node = nodeOf(index);
    const QString against = contradiction(node);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Key      ? node.key
               : index.column() == Remark ? against
                                          : node.value + node.summary;
    case Qt::ToolTipRole:
        return index.column() == Value ? node.value : index.column() == Remark ? against : QString();
    case Qt::DecorationRole:
        if (index.column() != Remark || against.isEmpty())
            return {};
        return coloredIcon("warning", severityColor(Severity::Warning, QGuiApplication::palette()));
    default:
        return {};
    }
}

} // namespace assay
