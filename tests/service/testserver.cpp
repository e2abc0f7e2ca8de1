// SPDX-License-Identifier: GPL-3.0-or-later
#include "testserver.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <sys/socket.h>

TestServer::TestServer(Handler handler) : m_handler(std::move(handler))
{
    m_server = new QTcpServer;
    m_server->setMaxPendingConnections(100);
    QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] {
        while (QTcpSocket *socket = m_server->nextPendingConnection())
            serve(socket);
    });
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_server->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_server,
        [this] {
            m_server->listen(QHostAddress::LocalHost);
            m_port = m_server->serverPort();
        },
        Qt::BlockingQueuedConnection);
}

TestServer::~TestServer()
{
    m_thread.quit();
    m_thread.wait();
}

QString TestServer::url(const QString &path) const
{
    return QStringLiteral("http://127.0.0.1:%1/%2").arg(m_port).arg(path);
}

QList<TestRequest> TestServer::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

qint64 TestServer::bytesSent() const
{
    const QMutexLocker lock(&m_mutex);
    return m_sent;
}

int TestServer::largestAtOnce() const
{
    const QMutexLocker lock(&m_mutex);
    return m_largest;
}

int TestServer::openNow() const
{
    const QMutexLocker lock(&m_mutex);
    return m_open;
}

void TestServer::serve(QTcpSocket *socket)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_largest = std::max(m_largest, ++m_open);
    }
    QObject::connect(socket, &QTcpSocket::disconnected, socket, [this, socket] {
        const QMutexLocker lock(&m_mutex);
        --m_open;
        socket->deleteLater();
    });
    QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
        QByteArray waiting = socket->property("waiting").toByteArray() + socket->readAll();
        for (qsizetype end = waiting.indexOf("\r\n\r\n"); end >= 0; end = waiting.indexOf("\r\n\r\n")) {
            const QByteArray head = waiting.left(end);
            waiting.remove(0, end + 4);
            answer(socket, head);
        }
        socket->setProperty("waiting", waiting);
    });
}

void TestServer::answer(QTcpSocket *socket, const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QByteArray target = lines.first().split(' ').value(1);
    const qsizetype question = target.indexOf('?');
    TestRequest request;
    request.path = QByteArray::fromPercentEncoding(question < 0 ? target : target.left(question));
    request.query = question < 0 ? QByteArray() : target.mid(question + 1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers[line.left(colon).trimmed().toLower()] = line.mid(colon + 1).trimmed();
    }
    {
        const QMutexLocker lock(&m_mutex);
        m_requests.append(request);
    }
    send(socket, m_handler(request));
}

void TestServer::send(QTcpSocket *socket, const TestReply &reply)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(reply.status) + " Answer\r\n";
    text += "Content-Length: " + QByteArray::number(reply.declaredLength.value_or(reply.body.size())) + "\r\n";
    for (auto it = reply.headers.begin(); it != reply.headers.end(); ++it)
        text += it.key() + ": " + it.value() + "\r\n";
    text += "\r\n";
    {
        const QMutexLocker lock(&m_mutex);
        m_sent += text.size() + reply.body.size();
    }
    socket->write(text);
    if (reply.dripMilliseconds > 0) {
        auto *timer = new QTimer(socket);
        QObject::connect(timer, &QTimer::timeout, socket, [socket, left = reply.body]() mutable {
            socket->write(left.left(1));
            left.remove(0, 1);
        });
        timer->start(reply.dripMilliseconds);
        return;
    }
    socket->write(reply.body);
    if (reply.reset) {
        const linger atOnce{1, 0};
        socket->flush();
        ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        socket->abort();
    } else if (reply.closeAfter)
        socket->disconnectFromHost();
}

TestReply refused(int status)
{
    TestReply reply;
    reply.status = status;
    reply.body = "no";
    reply.headers["Content-Type"] = "text/plain";
    return reply;
}

namespace {

/// first and last of "bytes=A-B", the last bounded by the size; nothing when there is none.
std::optional<std::pair<qint64, qint64>> rangeOf(const TestRequest &request, qint64 size)
{
    const QByteArray range = request.headers.value("range");
    if (!range.startsWith("bytes="))
        return std::nullopt;
    const QList<QByteArray> ends = range.mid(6).split('-');
    return std::pair(ends.value(0).toLongLong(), std::min(ends.value(1).toLongLong(), size - 1));
}

QByteArray contentRange(qint64 first, qint64 last, qint64 size)
{
    return "bytes " + QByteArray::number(first) + "-" + QByteArray::number(last) + "/" + QByteArray::number(size);
}

} // namespace

TestReply ranged(const TestRequest &request, const QByteArray &body)
{
    TestReply reply;
    const auto range = rangeOf(request, body.size());
    reply.body = range ? body.mid(range->first, range->second - range->first + 1) : body;
    if (range) {
        reply.status = 206;
        reply.headers["Content-Range"] = contentRange(range->first, range->second, body.size());
    }
    return reply;
}

TestReply TestSite::list() const
{
    TestReply reply;
    reply.headers["Content-Type"] = "text/html; charset=utf-8";
    reply.body = listing == Listing::Nginx ? "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr><pre><a href=\"../\">../</a>\n"
                                           : "<!DOCTYPE HTML><html><head><title>Directory listing</title></head><body><ul>\n";
    for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QByteArray name = QUrl::toPercentEncoding(file.fileName()) + (file.isDir() ? "/" : "");
        reply.body += listing == Listing::Nginx ? "<a href=\"" + name + "\">" + name + "</a>   22-Nov-2026 00:00   " + QByteArray::number(file.size()) + "\n"
                                                : "<li><a href=\"" + name + "\">" + name + "</a></li>\n";
    }
    reply.body += listing == Listing::Nginx ? "</pre><hr></body></html>" : "</ul></body></html>";
    return reply;
}

TestReply TestSite::operator()(const TestRequest &request) const
{
    const QByteArray start = prefix.isEmpty() ? QByteArray("/") : "/" + prefix.toUtf8() + "/";
    if (!request.path.startsWith(start))
        return refused(404);
    const QString name = QString::fromUtf8(request.path.mid(start.size()));
    if (name.isEmpty())
        return listing == Listing::None ? refused(403) : list();
    QFile file(folder + u'/' + name);
    if (name.contains(QLatin1String("..")) || !file.open(QIODevice::ReadOnly))
        return refused(404);
    TestReply reply;
    reply.headers["ETag"] = "\"" + QByteArray::number(file.size()) + "\"";
    const auto range = ranges ? rangeOf(request, file.size()) : std::nullopt;
    if (!range) {
        // Of a large file the start is enough: nobody may read more of it.
        reply.declaredLength = file.size();
        reply.body = file.read(4'000'000);
        reply.closeAfter = reply.body.size() < file.size();
        return reply;
    }
    file.seek(range->first);
    reply.status = 206;
    reply.body = file.read(range->second - range->first + 1);
    reply.headers["Content-Range"] = contentRange(range->first, range->second, file.size());
    return reply;
}
