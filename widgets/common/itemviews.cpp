// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/itemviews.h"

#include "widgets/common/columns.h"
#include "widgets/common/tablecopy.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QTreeView>

#include <algorithm>

namespace assay {
namespace {
constexpr int kRowPadding = 4, kLeastColumn = 48;
}

void ShareBarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const QVariant share = index.data(kShareRole);
    if (!share.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem background(option);
    initStyleOption(&background, index);
    background.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);
    const QRect inner = option.rect.adjusted(4, 3, -4, -3);
    QRect bar = inner;
    bar.setWidth(int(inner.width() * std::clamp(share.toDouble(), 0.0, 1.0)));
    const bool selected = option.state & QStyle::State_Selected;
    const QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor fill = selected ? mixedColor(text, option.palette.color(QPalette::Highlight), 0.6)
                                 : barColor(option.palette);
    painter->save();
    painter->fillRect(
        bar.width() > 0 || share.toDouble() <= 0 ? bar : QRect(inner.topLeft(), QSize(1, inner.height())),
        fill);
    painter->setPen(text);
    painter->drawText(option.rect.adjusted(6, 0, -6, 0), Qt::AlignRight | Qt::AlignVCenter,
                      index.data().toString());
    painter->restore();
}

QSize ShareBarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), std::max(size.height(), option.fontMetrics.height() + kRowPadding)};
}

QTreeView *makeTreeView(const QString &accessibleName, bool rooted, QWidget *parent)
{
    auto *view = new QTreeView(parent);
    view->setAccessibleName(accessibleName);
    view->setRootIsDecorated(rooted);
    view->setUniformRowHeights(true);
    view->setAlternatingRowColors(true);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setAllColumnsShowFocus(true);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setItemDelegate(new ShareBarDelegate(view));
    view->setTabKeyNavigation(false);
    view->header()->setStretchLastSection(true);
    view->header()->setMinimumSectionSize(kLeastColumn);
    installTableCopy(view);
    return view;
}

void fitColumns(QTreeView *view, int most)
{
    for (int column = 0; column < view->header()->count(); ++column) {
        if (!view->isColumnHidden(column))
            view->setColumnWidth(column, view->header()->minimumSectionSize());
    }
    widenColumns(view, most);
}

void widenColumns(QTreeView *view, int most)
{
    const QHeaderView *header = view->header();
    int last = header->count() - 1;
    while (last > 0 && header->isSectionHidden(header->logicalIndex(last)))
        --last;
    const int fitted = header->stretchLastSection() ? last : last + 1;
    const QAbstractItemView *cells = view; // where the hint is public
    for (int visual = 0; visual < fitted; ++visual) {
        const int column = header->logicalIndex(visual);
        if (view->isColumnHidden(column))
            continue;
        const int wanted = std::max(cells->sizeHintForColumn(column), header->sectionSizeHint(column));
        view->setColumnWidth(column, std::max(view->columnWidth(column), std::min(wanted + 8, most)));
    }
}

} // namespace assay
