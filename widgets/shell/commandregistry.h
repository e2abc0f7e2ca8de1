// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/shell/commandtable.h"

#include <QAction>
#include <QList>
#include <QObject>

#include <functional>

namespace assay {

/// The actions of the command table, with the handlers that the window gave them.
class CommandRegistry : public QObject
{
    Q_OBJECT
public:
    explicit CommandRegistry(QObject *parent = nullptr);
    /// The action of an id of the table; null for another.
    QAction *action(const char *id) const;
    const QList<QAction *> &actions() const { return m_actions; }
    QList<QAction *> actions(CommandMenu menu) const;
    /// Takes the place of an earlier handler; it is not called once context is gone.
    void setHandler(const char *id, QObject *context, std::function<void()> handler);
    bool hasHandler(const char *id) const;
    void setEnabled(const char *id, bool enabled);
    void retranslate();

private:
    QList<QAction *> m_actions;
    QList<QMetaObject::Connection> m_connections; ///< of the handlers, by the table's order
};

/// "Open a Model... (Ctrl+O)": what a button's tooltip says.
QString commandToolTip(const QAction &action);

} // namespace assay
