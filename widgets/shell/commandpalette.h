// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLineEdit;
class QTreeWidget;

namespace assay {

class CommandRegistry;

/// A field over the window that finds any command by the beginnings of its words and runs it.
class CommandPalette : public QFrame
{
    Q_OBJECT
public:
    CommandPalette(CommandRegistry *commands, QWidget *window);
    void open();
    QStringList shownCommands() const; ///< ids, best first

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void list(const QString &text);
    void runCurrent();
    CommandRegistry *m_commands;
    QLineEdit *m_field;
    QTreeWidget *m_list;
};

/// How well a command's text answers what was typed: 0 not at all; all words must occur, beginnings count
/// more.
int matchQuality(const QString &text, const QString &typed);

} // namespace assay
