// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/barmodel.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr ColumnDefinition kShare{QT_TRANSLATE_NOOP("Column", "Share"),
                                  QT_TRANSLATE_NOOP("Column", "Part of the whole"), true};
constexpr std::array<ColumnDefinition, 3> kComponents{{
    {QT_TRANSLATE_NOOP("Column", "Component"),
     QT_TRANSLATE_NOOP("Column", "Part of the network, told by the tensors' names")},
    {QT_TRANSLATE_NOOP("Column", "Elements"),
     QT_TRANSLATE_NOOP("Column", "Stored numbers, counted from the tensors' shapes"), true},
    kShare,
}};
constexpr std::array<ColumnDefinition, 3> kDtypes{{
    {QT_TRANSLATE_NOOP("Column", "Dtype"), QT_TRANSLATE_NOOP("Column", "Element type in the file")},
    {QT_TRANSLATE_NOOP("Column", "Bytes"), QT_TRANSLATE_NOOP("Column", "Bytes of the tensors of this type"),
     true},
    kShare,
}};

} // namespace

std::span<const ColumnDefinition> componentColumns()
{
    return kComponents;
}

std::span<const ColumnDefinition> dtypeColumns()
{
    return kDtypes;
}

BarModel::BarModel(std::span<const ColumnDefinition> columns, QObject *parent)
    : ColumnTableModel(columns, parent)
{
}

void BarModel::setParts(std::vector<BarPart> parts)
{
    beginResetModel();
    m_parts = std::move(parts);
    std::stable_sort(m_parts.begin(), m_parts.end(),
                     [](const BarPart &a, const BarPart &b) { return a.amount > b.amount; });
    m_total = 0;
    for (const BarPart &part : m_parts)
        m_total += part.amount;
    endResetModel();
}

int BarModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_parts.size());
}

QVariant BarModel::cell(int row, int column, int role) const
{
    const BarPart &part = m_parts[size_t(row)];
    const double share = m_total > 0 ? part.amount / m_total : 0;
    if (role == Qt::ToolTipRole)
        return part.exact;
    if (role == kShareRole && column == Share)
        return share;
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Name:
        return part.name;
    case Value:
        return part.value;
    case Share:
        return shareText(share);
    default:
        return {};
    }
}

} // namespace assay
