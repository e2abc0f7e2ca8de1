// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/commandregistry.h"

#include "widgets/common/svgicon.h"

#include <QCoreApplication>

namespace assay {

CommandRegistry::CommandRegistry(QObject *parent) : QObject(parent)
{
    for (const CommandDefinition &definition : commandTable()) {
        auto *action = new QAction(this);
        action->setObjectName(QLatin1String(definition.id));
        if (definition.icon)
            action->setIcon(themedIcon(definition.icon));
        if (definition.shortcut)
            action->setShortcut(QKeySequence(QLatin1String(definition.shortcut), QKeySequence::PortableText));
        m_actions << action;
        m_connections << QMetaObject::Connection();
    }
    retranslate();
}

void CommandRegistry::retranslate()
{
    for (int i = 0; i < m_actions.size(); ++i) {
        const CommandDefinition &definition = commandTable()[size_t(i)];
        m_actions[i]->setText(QCoreApplication::translate("Action", definition.text));
        m_actions[i]->setIconText({}); // then it follows from the text, without three dots; Chinese has one character
        m_actions[i]->setIconText(m_actions[i]->iconText().remove(u'\u2026'));
        m_actions[i]->setStatusTip(QCoreApplication::translate("Action", definition.tip));
        m_actions[i]->setToolTip(commandToolTip(*m_actions[i]));
    }
}

QAction *CommandRegistry::action(const char *id) const
{
    for (QAction *action : m_actions) {
        if (action->objectName() == QLatin1String(id))
            return action;
    }
    return nullptr;
}

QList<QAction *> CommandRegistry::actions(CommandMenu menu) const
{
    QList<QAction *> found;
    for (int i = 0; i < m_actions.size(); ++i) {
        if (commandTable()[size_t(i)].menu == menu)
            found << m_actions[i];
    }
    return found;
}

void CommandRegistry::setHandler(const char *id, QObject *context, std::function<void()> handler)
{
    QAction *command = action(id);
    Q_ASSERT(command);
    QMetaObject::Connection &connection = m_connections[m_actions.indexOf(command)];
    disconnect(connection);
    connection =
        connect(command, &QAction::triggered, context, [handler = std::move(handler)] { handler(); });
}

bool CommandRegistry::hasHandler(const char *id) const
{
    QAction *command = action(id);
    return command && m_connections[m_actions.indexOf(command)];
}

void CommandRegistry::setEnabled(const char *id, bool enabled)
{
    if (QAction *command = action(id))
        command->setEnabled(enabled);
}

QString commandToolTip(const QAction &action)
{
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? action.statusTip() : QStringLiteral("%1 (%2)").arg(action.statusTip(), keys);
}

} // namespace assay
