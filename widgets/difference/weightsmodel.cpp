// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/difference/weightsmodel.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <array>
#include <cmath>

namespace assay {
namespace {

enum Column { Name, Relative, Cosine, Equal, Maximum, Elements, Remark };

constexpr std::array<ColumnDefinition, 7> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Weight"), QT_TRANSLATE_NOOP("Column", "Name in the first subject")},
    {QT_TRANSLATE_NOOP("Column", "Relative difference"),
     QT_TRANSLATE_NOOP("Column", "Norm of the difference / norm of the second: 0 for equal ones"), true},
    {QT_TRANSLATE_NOOP("Column", "Cosine"), QT_TRANSLATE_NOOP("Column", "1 for the same direction, near 0 for unrelated ones"), true},
    {QT_TRANSLATE_NOOP("Column", "Equal"), QT_TRANSLATE_NOOP("Column", "Share of elements that have the same value"), true},
    {QT_TRANSLATE_NOOP("Column", "Largest difference"), QT_TRANSLATE_NOOP("Column", "Of one element"), true},
    {QT_TRANSLATE_NOOP("Column", "Elements"), QT_TRANSLATE_NOOP("Column", "Numbers in the weight"), true},
    {QT_TRANSLATE_NOOP("Column", "Remark"), QT_TRANSLATE_NOOP("Column", "Its name in the other subject, or why it was not compared")},
}};

QString numberText(double value, int digits)
{
    return std::isfinite(value) ? QString::number(value, 'g', digits) : QStringLiteral("-");
}

} // namespace

WeightsModel::WeightsModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

void WeightsModel::setRows(std::vector<WeightRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int WeightsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant WeightsModel::cell(int row, int column, int role) const
{
    const WeightRow &line = m_rows[size_t(row)];
    const bool compared = line.error.empty();
    if (role == kSortRole) {
        switch (column) {
        case Relative: return compared ? line.relative : -1.0;
        case Cosine: return compared && std::isfinite(line.cosine) ? line.cosine : 2.0;
        case Equal: return compared ? line.equal : 2.0;
        case Maximum: return compared ? line.maximum : -1.0;
        case Elements: return qulonglong(line.elements);
        default: return cell(row, column, Qt::DisplayRole);
        }
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const int digits = role == Qt::ToolTipRole ? 10 : 3;
    if (!compared && column != Name && column != Remark)
        return QStringLiteral("-");
    switch (column) {
    case Name: return toQString(line.name);
    case Relative: return numberText(line.relative, digits);
    case Cosine: return numberText(line.cosine, role == Qt::ToolTipRole ? 12 : 6);
    case Equal: return toQString(formatPercent(line.equal));
    case Maximum: return numberText(line.maximum, digits);
    case Elements: return toQString(groupedDigits(int64_t(line.elements)));
    default: return toQString(compared ? (line.nameOther == line.name ? std::string() : line.nameOther) : line.error);
    }
}

} // namespace assay
