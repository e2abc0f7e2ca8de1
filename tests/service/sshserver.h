// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace assay {

/// A real sshd on a free port of 127.0.0.1, with a host key and a user's key of its own; gone with the object.
class SshServer
{
public:
    /// Empty when it listens, else why it cannot.
    QString start();
    ~SshServer();

    /// ssh to it with the user's key, which knows the server's; no word of a command yet.
    QStringList prefix() const;
    /// The same with another key of the user, unknown to the server.
    QStringList prefixOfStranger() const;
    /// The same while the file of known hosts holds no key, or another one than the server's.
    QStringList prefixToUnknownHost() const;
    QStringList prefixToChangedHost() const;
    int port() const { return m_port; }
    /// Ends all sessions, as when the machine at the other end dies.
    void killSessions() const;

private:
    QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QStringList prefixWith(const char *key, const char *known) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
};

} // namespace assay
