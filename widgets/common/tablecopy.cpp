// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tablecopy.h"

#include "widgets/common/svgicon.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPointer>
#include <QSet>
#include <QTableView>
#include <QTimer>
#include <QTreeView>

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

/// Walks the unfolded rows from top to bottom; only the selected ones when some are.
class RowWalk
{
public:
    explicit RowWalk(const QAbstractItemView &view)
        : m_view(view), m_tree(qobject_cast<const QTreeView *>(&view)), m_next(view.model()->index(0, 0, view.rootIndex()))
    {
        const QItemSelection ranges = view.selectionModel() ? view.selectionModel()->selection() : QItemSelection();
        for (const QItemSelectionRange &range : ranges) {
            for (int row = range.top(); row <= range.bottom(); ++row)
                m_selected.insert(view.model()->index(row, 0, range.parent()));
        }
        m_all = m_selected.isEmpty();
    }

    /// One step: whether a row is there; `row` is invalid when it is to be left out.
    bool step(QModelIndex &row)
    {
        if (!m_next.isValid())
            return false;
        row = m_all || m_selected.contains(m_next) ? m_next : QModelIndex();
        m_next = m_tree ? m_tree->indexBelow(m_next) : m_view.model()->index(m_next.row() + 1, 0, m_view.rootIndex());
        return true;
    }

private:
    const QAbstractItemView &m_view;
    const QTreeView *m_tree;
    QModelIndex m_next;
    QSet<QModelIndex> m_selected;
    bool m_all = true;
};

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

/// The text of a table, made row by row.
class TextMaker
{
public:
    TextMaker(const QAbstractItemView &view, CopyFormat format)
        : m_format(format), m_columns(shownColumns(view)), m_walk(view)
    {
        const QAbstractItemModel *model = view.model();
        QStringList header;
        QList<bool> right;
        for (const int column : m_columns) {
            header << model->headerData(column, Qt::Horizontal).toString();
            right << bool(model->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        }
        m_text = tableHead(header, right, format);
    }
    /// False when all rows are done.
    bool step()
    {
        QModelIndex row;
        if (!m_walk.step(row))
            return false;
        if (!row.isValid())
            return true;
        QStringList cells;
        for (const int column : m_columns)
            cells << cellText(row.siblingAtColumn(column));
        m_text += tableLine(cells, m_format);
        return true;
    }
    const QString &text() const { return m_text; }

private:
    CopyFormat m_format;
    QList<int> m_columns;
    RowWalk m_walk;
    QString m_text;
};

/// Copies a table a few milliseconds at a time, so that the window answers meanwhile; gives up when the table changes.
class CopyJob : public QObject
{
public:
    CopyJob(QAbstractItemView *view, CopyFormat format) : QObject(view), m_maker(*view, format)
    {
        connect(view->model(), &QAbstractItemModel::modelAboutToBeReset, this, &QObject::deleteLater);
        connect(view->model(), &QAbstractItemModel::rowsAboutToBeRemoved, this, &QObject::deleteLater);
        connect(view->model(), &QAbstractItemModel::layoutAboutToBeChanged, this, &QObject::deleteLater);
        work();
    }

private:
    void work()
    {
        constexpr qint64 kSlice = 12; // milliseconds
        QElapsedTimer clock;
        clock.start();
        while (m_maker.step()) {
            if (clock.elapsed() >= kSlice) {
                QTimer::singleShot(0, this, [this] { work(); });
                return;
            }
        }
        QGuiApplication::clipboard()->setText(m_maker.text());
        deleteLater();
    }
    TextMaker m_maker;
};

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
    void copy(CopyFormat format)
    {
        delete m_job; // a new copy replaces one that is still being made
        m_job = new CopyJob(m_view, format);
    }
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
    QPointer<CopyJob> m_job;
};

} // namespace

QString tableLine(const QStringList &cells, CopyFormat format)
{
    QStringList out;
    for (const QString &cell : cells)
        out << escaped(cell, format);
    switch (format) {
    case CopyFormat::Tsv:
        return out.join(u'\t') + u'\n';
    case CopyFormat::Csv:
        return out.join(u',') + u'\n';
    case CopyFormat::Markdown:
        return QStringLiteral("| %1 |\n").arg(out.join(QStringLiteral(" | ")));
    }
    return {};
}

QString tableHead(const QStringList &titles, const QList<bool> &right, CopyFormat format)
{
    QString out = tableLine(titles, format);
    if (format != CopyFormat::Markdown)
        return out;
    QStringList rule;
    for (const bool numbers : right)
        rule << (numbers ? QStringLiteral("---:") : QStringLiteral("---"));
    return out + tableLine(rule, format);
}

QString tableText(const QAbstractItemView &view, CopyFormat format)
{
    TextMaker maker(view, format);
    while (maker.step()) {
    }
    return maker.text();
}

void installTableCopy(QAbstractItemView *view)
{
    new TableCopier(view);
}

} // namespace assay
