// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/claimwidths.h"

#include "core/compare/identity/identitytext.h"

#include <QEvent>
#include <QHeaderView>
#include <QTreeView>

#include <algorithm>
#include <numeric>

namespace assay {
namespace {

constexpr int kLeastCharacters = 8, kReasonCharacters = 24, kPadding = 8;

int columnOf(std::string_view id)
{
    const auto &columns = claimColumns();
    return int(std::ranges::find_if(columns, [id](const ClaimColumn &one) { return id == one.id; }) - columns.begin());
}

} // namespace

std::vector<int> sharedWidths(const std::vector<int> &wanted, int least, int available)
{
    std::vector<size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::sort(order, {}, [&](size_t i) { return wanted[i]; });
    std::vector<int> out(wanted.size());
    int left = available;
    for (size_t i = 0; i < order.size(); ++i) {
        const int share = left / int(order.size() - i);
        out[order[i]] = std::min(wanted[order[i]], std::max(share, least));
        left -= out[order[i]];
    }
    return out;
}

ClaimWidths::ClaimWidths(QTreeView *view) : QObject(view), m_view(view)
{
    view->setTextElideMode(Qt::ElideRight);
    view->viewport()->installEventFilter(this);
}

void ClaimWidths::fit()
{
    m_fitted = m_view->viewport()->width();
    const QAbstractItemView *cells = m_view; // where the hint is public
    const int verdict = columnOf("verdict"), reason = columnOf("reason");
    const int letter = m_view->fontMetrics().averageCharWidth();
    const auto wantedBy = [&](int column) { return std::max(cells->sizeHintForColumn(column), m_view->header()->sectionSizeHint(column)) + kPadding; };
    std::vector<int> columns, wanted;
    for (int column = 0; column < m_view->model()->columnCount(); ++column) {
        if (column == verdict || column == reason)
            continue;
        columns.push_back(column);
        wanted.push_back(wantedBy(column));
    }
    m_view->setColumnWidth(verdict, wantedBy(verdict));
    const int rest = std::min(wantedBy(reason), kReasonCharacters * letter);
    const std::vector<int> widths = sharedWidths(wanted, kLeastCharacters * letter, m_fitted - m_view->columnWidth(verdict) - rest);
    for (size_t i = 0; i < columns.size(); ++i)
        m_view->setColumnWidth(columns[i], widths[i]);
}

bool ClaimWidths::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && m_view->viewport()->width() != m_fitted)
        fit();
    return QObject::eventFilter(watched, event);
}

} // namespace assay
