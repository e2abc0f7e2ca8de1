// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/service/sshserver.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <csignal>

namespace assay {
namespace {

int freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost, 0);
    return server.serverPort();
}

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// "TYPE KEY" of a file of ssh-keygen's.
QByteArray publicKey(const QString &path)
{
    return read(path + QStringLiteral(".pub")).split(' ').mid(0, 2).join(' ');
}

bool answers(int port)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(port));
    return socket.waitForConnected(1000);
}

QList<qint64> childrenOf(qint64 process)
{
    QList<qint64> out;
    for (const QByteArray &id : read(QStringLiteral("/proc/%1/task/%1/children").arg(process)).split(' ')) {
        if (const qint64 child = id.trimmed().toLongLong(); child > 0)
            out << child;
    }
    return out;
}

void killBelow(qint64 process)
{
    for (const qint64 child : childrenOf(process)) {
        killBelow(child);
        ::kill(pid_t(child), SIGKILL);
    }
}

} // namespace

QString SshServer::start()
{
    const QString sshd = QStandardPaths::findExecutable(QStringLiteral("sshd"), {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin")});
    const QString keygen = QStandardPaths::findExecutable(QStringLiteral("ssh-keygen"));
    if (sshd.isEmpty() || keygen.isEmpty() || QStandardPaths::findExecutable(QStringLiteral("ssh")).isEmpty())
        return QStringLiteral("sshd is not installed (openssh-server)");
    for (const char *key : {"host", "user", "stranger"}) {
        if (QProcess::execute(keygen, {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"), QStringLiteral("-N"), QString(),
                                       QStringLiteral("-f"), file(key)}) != 0)
            return QStringLiteral("ssh-keygen makes no key");
    }
    QDir().mkpath(QStringLiteral("/run/sshd")); // where root's sshd wants it; others need none
    m_port = freePort();
    const QByteArray host = "[127.0.0.1]:" + QByteArray::number(m_port) + ' ';
    const QByteArray config = "Port " + QByteArray::number(m_port) + "\nListenAddress 127.0.0.1\nHostKey " + file("host").toUtf8() +
                              "\nAuthorizedKeysFile " + file("user.pub").toUtf8() +
                              "\nUsePAM no\nStrictModes no\nPidFile none\nPermitRootLogin yes\nPasswordAuthentication yes\n";
    if (!write(file("config"), config) || !write(file("known"), host + publicKey(file("host")) + '\n') ||
        !write(file("changed"), host + publicKey(file("stranger")) + '\n') || !write(file("none"), {}))
        return QStringLiteral("the temporary folder cannot be written");
    m_process.setStandardErrorFile(file("log"));
    m_process.start(sshd, {QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"), file("config")});
    for (int i = 0; i < 100 && m_process.state() != QProcess::NotRunning; ++i) {
        if (answers(m_port))
            return {};
        QTest::qWait(50);
    }
    return QStringLiteral("sshd does not start here: ") + QString::fromUtf8(read(file("log")));
}

SshServer::~SshServer()
{
    killSessions();
    m_process.terminate();
    m_process.waitForFinished(3000);
}

QStringList SshServer::prefixWith(const char *key, const char *known) const
{
    const auto option = [](const QString &text) { return QStringList{QStringLiteral("-o"), text}; };
    return QStringList{QStringLiteral("ssh"), QStringLiteral("-F"), QStringLiteral("none"), QStringLiteral("-p"), QString::number(m_port),
                       QStringLiteral("-i"), file(key)} +
           option(QStringLiteral("IdentitiesOnly=yes")) + option(QStringLiteral("IdentityAgent=none")) +
           option(QStringLiteral("GlobalKnownHostsFile=/dev/null")) + option(QStringLiteral("UserKnownHostsFile=") + file(known)) +
           QStringList{QStringLiteral("127.0.0.1")};
}

QStringList SshServer::prefix() const { return prefixWith("user", "known"); }
QStringList SshServer::prefixOfStranger() const { return prefixWith("stranger", "known"); }
QStringList SshServer::prefixToUnknownHost() const { return prefixWith("user", "none"); }
QStringList SshServer::prefixToChangedHost() const { return prefixWith("user", "changed"); }

void SshServer::killSessions() const
{
    if (m_process.processId() > 0)
        killBelow(m_process.processId());
}

} // namespace assay
