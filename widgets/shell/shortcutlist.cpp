// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/shortcutlist.h"

#include "widgets/common/columns.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/shell/commandregistry.h"

#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 3> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Command"), QT_TRANSLATE_NOOP("Column", "As it stands in the menus")},
    {QT_TRANSLATE_NOOP("Column", "Keys"), QT_TRANSLATE_NOOP("Column", "Keyboard shortcut")},
    {QT_TRANSLATE_NOOP("Column", "What it does"), QT_TRANSLATE_NOOP("Column", "One sentence")},
}};

class ShortcutModel : public ColumnTableModel
{
public:
    ShortcutModel(const CommandRegistry &commands, QObject *parent)
        : ColumnTableModel(kColumns, parent), m_commands(commands)
    {
    }
    int rowCount(const QModelIndex &parent) const override
    {
        return parent.isValid() ? 0 : int(m_commands.actions().size());
    }

protected:
    QVariant cell(int row, int column, int role) const override
    {
        const QAction *action = m_commands.actions().at(row);
        if (role == Qt::DecorationRole && column == 0)
            return action->icon();
        if (role != Qt::DisplayRole)
            return {};
        return column == 0   ? action->text()
               : column == 1 ? action->shortcut().toString(QKeySequence::NativeText)
                             : action->statusTip();
    }

private:
    const CommandRegistry &m_commands;
};

} // namespace

ShortcutList::ShortcutList(const CommandRegistry &commands, QWidget *parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto *filter = new FilterBar(tr("Search"), this);
    auto *proxy = new QSortFilterProxyModel(this);
    proxy->setSourceModel(new ShortcutModel(commands, this));
    proxy->setFilterKeyColumn(-1);
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    QTreeView *view = makeTreeView(windowTitle(), false, this);
    view->setModel(proxy);
    fitColumns(view, 400);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(filter);
    layout->addWidget(view);
    connect(filter, &FilterBar::filterChanged, proxy,
            [proxy](const QString &text) { proxy->setFilterFixedString(text); });
    connect(filter, &FilterBar::leftDown, view, qOverload<>(&QWidget::setFocus));
    resize(760, 520);
}

} // namespace assay
