// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/commandpalette.h"

#include "widgets/common/theme.h"
#include "widgets/shell/commandregistry.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPixmap>
#include <QStyle>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {
constexpr int kWidth = 560, kHeight = 360;
}

int matchQuality(const QString &text, const QString &typed)
{
    int quality = 1;
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return 0;
        const bool begins = at == 0 || !text[at - 1].isLetterOrNumber();
        quality += at == 0 ? 3 : begins ? 2 : 1;
    }
    return quality;
}

CommandPalette::CommandPalette(CommandRegistry *commands, QWidget *window)
    : QFrame(window, Qt::Popup), m_commands(commands), m_field(new QLineEdit(this)),
      m_list(new QTreeWidget(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Commands"));
    m_field->setPlaceholderText(tr("Type a command"));
    m_field->setAccessibleName(tr("Type a command"));
    m_field->installEventFilter(this);
    m_list->setAccessibleName(tr("Matching commands"));
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setColumnCount(2);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::list);
    connect(m_list, &QTreeWidget::itemClicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::open()
{
    const QWidget *window = parentWidget()->window();
    const int width = std::min(kWidth, window->width() - 40);
    setGeometry(QRect(window->mapToGlobal(QPoint((window->width() - width) / 2, 60)), QSize(width, kHeight)));
    m_field->clear();
    list({});
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

QStringList CommandPalette::shownCommands() const
{
    QStringList ids;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        ids << m_list->topLevelItem(i)->data(0, Qt::UserRole).toString();
    return ids;
}

void CommandPalette::list(const QString &text)
{
    std::vector<std::pair<int, QAction *>> found;
    for (QAction *action : m_commands->actions()) {
        const int quality = matchQuality(action->text(), text);
        if (quality > 0 && action->isEnabled() && action->objectName() != QLatin1String("palette"))
            found.emplace_back(quality, action);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    QPixmap empty(m_list->style()->pixelMetric(QStyle::PM_SmallIconSize), 1);
    empty.fill(Qt::transparent);
    const QIcon blank(empty); // so that all texts begin in one line
    m_list->clear();
    for (const auto &[quality, action] : found) {
        auto *item = new QTreeWidgetItem(
            m_list, {action->text(), action->shortcut().toString(QKeySequence::NativeText)});
        item->setIcon(0, action->icon().isNull() ? blank : action->icon());
        item->setToolTip(0, action->statusTip());
        item->setForeground(1, mutedColor(palette()));
        item->setData(0, Qt::UserRole, action->objectName());
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

void CommandPalette::runCurrent()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    hide();
    if (!item)
        return;
    // Once the popup is gone, so that the command finds the window as it was.
    QAction *action = m_commands->action(item->data(0, Qt::UserRole).toString().toLatin1().constData());
    QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int rows = m_list->topLevelItemCount();
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        m_list->setCurrentItem(m_list->topLevelItem(std::min(row + 1, rows - 1)));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentItem(m_list->topLevelItem(std::max(row - 1, 0)));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    default:
        return false;
    }
}

} // namespace assay
