// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/textmodel.h"

#include "core/service/translation.h"

namespace assay {

void TextModel::setTable(IdentityTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int TextModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.rows.size());
}

int TextModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.header.size());
}

QVariant TextModel::alignment(int column) const
{
    return int((m_table.numeric[size_t(column)] ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QVariant TextModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QString text = toQString(m_table.rows[size_t(index.row())][size_t(index.column())]);
    switch (role) {
    case Qt::DisplayRole: return QString(text).replace(u'\n', u' ');
    case Qt::ToolTipRole: return text.toHtmlEscaped();
    case Qt::TextAlignmentRole: return alignment(index.column());
    default: return {};
    }
}

QVariant TextModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return toQString(m_table.header[size_t(section)]);
    return role == Qt::TextAlignmentRole ? alignment(section) : QVariant();
}

} // namespace assay
