// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/claimmodel.h"

#include "core/compare/identity/identitytext.h"
#include "core/service/translation.h"
#include "widgets/common/columns.h"
#include "widgets/verify/verdictbanner.h"

#include <QGuiApplication>

namespace assay {
namespace {

bool isVerdict(int column)
{
    return std::string_view(claimColumns()[size_t(column)].id) == "verdict";
}

} // namespace

void ClaimModel::setRows(const std::vector<ClaimRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    m_texts.clear();
    const Translate translate = qtTranslate();
    for (const ClaimRow &row : m_rows) {
        QStringList cells;
        for (const ClaimColumn &column : claimColumns())
            cells << toQString(column.text(row, translate)).replace(u'\n', u' '); // one line a row; the tooltip would be no better with more
        m_texts.push_back(std::move(cells));
    }
    endResetModel();
}

int ClaimModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ClaimModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(claimColumns().size());
}

QVariant ClaimModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const size_t row = size_t(index.row());
    switch (role) {
    case Qt::DisplayRole: return m_texts[row][index.column()];
    case Qt::ToolTipRole: return m_texts[row][index.column()].toHtmlEscaped(); // plain text: sheets come from strangers
    // The worst first, whatever the words are.
    case kSortRole: return isVerdict(index.column()) ? QVariant(int(m_rows[row].verdict)) : QVariant(m_texts[row][index.column()]);
    case Qt::ForegroundRole: return isVerdict(index.column()) ? QVariant(judgedColor(judgedOf(m_rows[row].verdict), QGuiApplication::palette())) : QVariant();
    default: return {};
    }
}

QVariant ClaimModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const ClaimColumn &column = claimColumns()[size_t(section)];
    const Translate translate = qtTranslate();
    if (role == Qt::DisplayRole)
        return toQString(translate("Compare", column.title));
    if (role == Qt::ToolTipRole)
        return toQString(translate("Compare", column.meaning));
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace assay
