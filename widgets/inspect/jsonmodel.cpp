// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/jsonmodel.h"

#include "core/base/finding.h"
#include "core/model/fieldexplanations.h"
#include "widgets/common/columns.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"

#include <QGuiApplication>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 4> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Field"), QT_TRANSLATE_NOOP("Column", "Name in the file")},
    {QT_TRANSLATE_NOOP("Column", "Value"), QT_TRANSLATE_NOOP("Column", "As it stands in the file")},
    {QT_TRANSLATE_NOOP("Column", "Remark"), QT_TRANSLATE_NOOP("Column", "What the tensors say against it")},
    {QT_TRANSLATE_NOOP("Column", "Meaning"), QT_TRANSLATE_NOOP("Column", "What the field is for")},
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

bool JsonModel::hasRemarks() const
{
    return std::any_of(m_tree.nodes.begin(), m_tree.nodes.end(),
                       [this](const JsonTree::Node &node) { return !contradiction(node).isEmpty(); });
}

QString JsonModel::contradiction(const JsonTree::Node &node) const
{
    if (m_contradictions.isEmpty() || (node.value.isEmpty() && !node.children.empty()))
        return {};
    const auto whole = m_contradictions.constFind(node.key);
    if (whole != m_contradictions.constEnd())
        return *whole;
    const qsizetype dot = node.key.indexOf(u'.'); // "llama.block_count"
    return dot < 0 ? QString() : m_contradictions.value(node.key.mid(dot + 1));
}

QString JsonModel::meaning(const JsonTree::Node &node)
{
    const char *text = fieldExplanation(node.key.toStdString());
    return text ? QCoreApplication::translate("ConfigField", text) : QString();
}

QVariant JsonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JsonTree::Node &node = nodeOf(index);
    const int column = index.column();
    if (role == Qt::DecorationRole && column == Remark && !contradiction(node).isEmpty())
        return coloredIcon("warning", severityColor(Severity::Warning, QGuiApplication::palette()));
    if (role == Qt::ForegroundRole && column == Meaning)
        return mutedColor(QGuiApplication::palette());
    if (role == Qt::ToolTipRole && column == Key)
        return meaning(node);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (column) {
    case Key:
        return node.key;
    case Value:
        return role == Qt::ToolTipRole ? node.value : node.value + node.summary;
    case Remark:
        return contradiction(node);
    default:
        return meaning(node);
    }
}

} // namespace assay
