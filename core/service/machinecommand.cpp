// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/machines.h"

#include <QFileInfo>
#include <algorithm>

namespace assay {
namespace {

const QString kSsh = QStringLiteral("ssh");
constexpr int kPatience = 180'000; // ms until the hello: a scheduler or a container may be slow to start

bool isSsh(const QString &word)
{
    return QFileInfo(word).fileName() == kSsh;
}

/// One word for a POSIX shell. A path below the home directory keeps its "~/", which only the shell knows.
QString quoted(const QString &word)
{
    const QString home = QStringLiteral("~/");
    if (word.startsWith(home))
        return home + quoted(word.mid(home.size()));
    const bool plain = !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || QStringLiteral("/._-+=:@%,").contains(c));
    });
    QString text = word;
    return plain ? text : u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

/// ssh(1) and ssh_config(5): nothing is asked; an unreachable host is given up after 15 s, a dead connection after 45 s.
struct SshOption
{
    const char *name, *value;
};
constexpr SshOption kSshOptions[] = {
    {"BatchMode", "yes"}, {"ConnectTimeout", "15"}, {"ServerAliveInterval", "15"}, {"ServerAliveCountMax", "3"}};

/// Ours come first and would win: what the user chose is left out of them.
QStringList sshOptions(const QStringList &prefix)
{
    const QString all = prefix.join(u' ');
    QStringList out;
    for (const SshOption &option : kSshOptions) {
        if (!all.contains(QLatin1String(option.name), Qt::CaseInsensitive))
            out << QStringLiteral("-o") << QLatin1String(option.name) + u'=' + QLatin1String(option.value);
    }
    return out;
}

} // namespace

WorkerCommand commandOf(const Machine &machine)
{
    if (machine.prefix.isEmpty())
        return machine.worker.isEmpty() ? WorkerCommand::local() : WorkerCommand{machine.worker, {}};
    WorkerCommand command;
    command.program = machine.prefix.first();
    command.arguments = machine.prefix.mid(1);
    command.machine = machine.name;
    command.worker = machine.worker.isEmpty() ? QStringLiteral("assay-worker") : machine.worker;
    command.patience = kPatience;
    if (isSsh(command.program))
        command.arguments = sshOptions(machine.prefix) + command.arguments;
    // Every ssh on the way hands what follows it to a shell.
    QString worker = command.worker;
    for (qsizetype shells = std::count_if(machine.prefix.begin(), machine.prefix.end(), isSsh); shells > 0; --shells)
        worker = quoted(worker);
    command.arguments << worker;
    return command;
}

WorkerCommand commandOf(QStringList words)
{
    WorkerCommand command;
    if (words.isEmpty())
        return command;
    if (isSsh(words.first())) {
        command.machine = words.join(u' ');
        command.worker = words.last();
        command.patience = kPatience;
    }
    const QStringList options = isSsh(words.first()) ? sshOptions(words) : QStringList();
    command.program = words.takeFirst();
    command.arguments = options + words;
    return command;
}

} // namespace assay
