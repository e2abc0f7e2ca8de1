// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QMutex>
#include <QString>
#include <QStringList>
#include <QThread>
#include <functional>
#include <memory>
#include <optional>

class QTcpServer;
class QTcpSocket;

/// One request as it came.
struct TestRequest
{
    QByteArray path; ///< decoded, without the query
    QByteArray query;
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
};

/// What is sent back, and how honestly.
struct TestReply
{
    int status = 200;
    QMap<QByteArray, QByteArray> headers;
    QByteArray body;
    std::optional<qint64> declaredLength; ///< instead of the body's size
    bool closeAfter = false;              ///< the connection
    bool reset = false;                   ///< the connection is torn down after what is sent
    int dripMilliseconds = 0;             ///< a byte at a time, with this pause; 0: all at once
};

/// A small HTTP/1.1 server on 127.0.0.1, on a thread of its own, that answers as a function says.
class TestServer
{
public:
    using Handler = std::function<TestReply(const TestRequest &)>;

    explicit TestServer(Handler handler);
    ~TestServer();
    QString url(const QString &path = {}) const; ///< http://127.0.0.1:PORT/PATH
    int port() const { return m_port; }
    QList<TestRequest> requests() const;
    qint64 bytesSent() const;
    int largestAtOnce() const; ///< connections
    int openNow() const;       ///< connections

private:
    void serve(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &head);
    void send(QTcpSocket *socket, const TestReply &reply);

    Handler m_handler;
    QThread m_thread;
    QTcpServer *m_server = nullptr;
    int m_port = 0;
    mutable QMutex m_mutex;
    QList<TestRequest> m_requests;
    qint64 m_sent = 0;
    int m_open = 0, m_largest = 0;
};

/// A folder as a web server shows it, with switchable faults.
struct TestSite
{
    enum class Listing { None, Python, Nginx };
    QString folder;
    Listing listing = Listing::Python;
    bool ranges = true;
    QString prefix; ///< of the path, without slashes: "models/r1"

    TestReply operator()(const TestRequest &request) const;

private:
    TestReply list() const;
};

/// A plain answer.
TestReply refused(int status);
/// The bytes that a request's Range asks of a body, as 206; the body itself, when it asks for none.
TestReply ranged(const TestRequest &request, const QByteArray &body);
