// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tablecopy.h"

#include "widgets/common/svgicon.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace assay {
namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("TableCopy", source);
}

const QHeaderView *headerOf(const QAbstractItemView &view)
{
    if (const auto *tree = qobject_cast<const QTreeView *>(&view))
        return tree->header();
    if (const auto *table = qobject_cast<const QTableView *>(&view))
        return table->horizontalHeader();
    return nullptr;
}

QList<int> shownColumns(const QAbstractItemView &view)
{
    QList<int> columns;
    const int count = view.model()->columnCount(view.rootIndex());
    const QHeaderView *header = headerOf(view);
    for (int visual = 0; visual < count; ++visual) {
        const int logical = header ? header->logicalIndex(visual) : visual;
        if (!header || !header->isSectionHidden(logical))
            columns << logical;
    }
    return columns;
}

/// First-column indexes of all rows that are unfolded, top to bottom.
QModelIndexList unfoldedRows(const QAbstractItemView &view)
{
    QModelIndexList rows;
    if (const auto *tree = qobject_cast<const QTreeView *>(&view)) {
        for (QModelIndex row = view.model()->index(0, 0, view.rootIndex()); row.isValid();
             row = tree->indexBelow(row))
            rows << row;
        return rows;
    }
    for (int row = 0; row < view.model()->rowCount(view.rootIndex()); ++row)
        rows << view.model()->index(row, 0, view.rootIndex());
    return rows;
}

QModelIndexList rowsToCopy(const QAbstractItemView &view)
{
    QModelIndexList selected;
    const QModelIndexList cells =
        view.selectionModel() ? view.selectionModel()->selectedIndexes() : QModelIndexList();
    for (const QModelIndex &cell : cells)
        selected << cell.siblingAtColumn(0);
    if (selected.isEmpty())
        return unfoldedRows(view);
    // By position on the screen: the selection's own order is the order of clicking.
    std::sort(selected.begin(), selected.end(), [&view](const QModelIndex &a, const QModelIndex &b) {
        return view.visualRect(a).top() < view.visualRect(b).top();
    });
    selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
    return selected;
}

QString cellText(const QModelIndex &cell)
{
    const QVariant better = cell.data(kCopyRole);
    return (better.isValid() ? better : cell.data(Qt::DisplayRole)).toString();
}

QString escaped(QString cell, CopyFormat format)
{
    switch (format) {
    case CopyFormat::Tsv:
        return cell.replace(u'\t', u' ').replace(u'\n', u' ');
    case CopyFormat::Csv: // RFC 4180
        if (cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n'))
            return u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
        return cell;
    case CopyFormat::Markdown:
        return cell.replace(u'|', QStringLiteral("\\|")).replace(u'\n', u' ');
    }
    return cell;
}

QString joined(const QStringList &cells, CopyFormat format)
{
    switch (format) {
    case CopyFormat::Tsv:
        return cells.join(u'\t') + u'\n';
    case CopyFormat::Csv:
        return cells.join(u',') + u'\n';
    case CopyFormat::Markdown:
        return QStringLiteral("| %1 |\n").arg(cells.join(QStringLiteral(" | ")));
    }
    return {};
}

/// Watches one view; lives as its child.
class TableCopier : public QObject
{
public:
    explicit TableCopier(QAbstractItemView *view) : QObject(view), m_view(view)
    {
        view->installEventFilter(this);
        view->viewport()->installEventFilter(this);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
        if (watched == m_view && key && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
            if (event->type() == QEvent::KeyPress)
                copy(CopyFormat::Tsv);
            event->accept();
            return true;
        }
        if (event->type() == QEvent::ContextMenu) {
            popUp(*static_cast<QContextMenuEvent *>(event));
            return true;
        }
        return false;
    }

private:
    void copy(CopyFormat format) { QGuiApplication::clipboard()->setText(tableText(*m_view, format)); }
    void popUp(const QContextMenuEvent &event)
    {
        auto *menu = new QMenu(m_view);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        const QModelIndex cell = m_view->currentIndex();
        QAction *copyRows = menu->addAction(themedIcon("copy"), text(QT_TRANSLATE_NOOP("TableCopy", "Copy")),
                                            this, [this] { copy(CopyFormat::Tsv); });
        copyRows->setShortcut(QKeySequence::Copy); // shown only: the event filter acts on it
        copyRows->setShortcutContext(Qt::WidgetShortcut);
        QAction *one = menu->addAction(text(QT_TRANSLATE_NOOP("TableCopy", "Copy cell")), this,
                                       [cell] { QGuiApplication::clipboard()->setText(cellText(cell)); });
        one->setEnabled(cell.isValid());
        menu->addAction(text(QT_TRANSLATE_NOOP("TableCopy", "Copy as CSV")), this,
                        [this] { copy(CopyFormat::Csv); });
        menu->addAction(text(QT_TRANSLATE_NOOP("TableCopy", "Copy as Markdown")), this,
                        [this] { copy(CopyFormat::Markdown); });
        menu->popup(event.globalPos());
    }
    QAbstractItemView *m_view;
};

} // namespace

QString tableText(const QAbstractItemView &view, CopyFormat format)
{
    const QAbstractItemModel *model = view.model();
    const QList<int> columns = shownColumns(view);
    QStringList header, rule;
    for (const int column : columns) {
        header << escaped(model->headerData(column, Qt::Horizontal).toString(), format);
        const bool right =
            model->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
        rule << (right ? QStringLiteral("---:") : QStringLiteral("---"));
    }
    QString all = joined(header, format);
    if (format == CopyFormat::Markdown)
        all += joined(rule, format);
    const QModelIndexList rows = rowsToCopy(view);
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (const int column : columns)
            cells << escaped(cellText(row.siblingAtColumn(column)), format);
        all += joined(cells, format);
    }
    return all;
}

void installTableCopy(QAbstractItemView *view)
{
    new TableCopier(view);
}

} // namespace assay
