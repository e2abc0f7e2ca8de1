// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QTreeView;

namespace assay {

/// Draws kShareRole (0..1) as a bar behind the cell's text.
class ShareBarDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// A tree or list as every page has them: whole rows, many selectable, uniform height, copyable, named.
QTreeView *makeTreeView(const QString &accessibleName, bool rooted, QWidget *parent);
/// Column widths that fit what is there now, none wider than most pixels; a stretched last one takes what is left.
void fitColumns(QTreeView *view, int most);
/// The same for contents that arrive bit by bit: no column becomes narrower than it is.
void widenColumns(QTreeView *view, int most);

} // namespace assay
