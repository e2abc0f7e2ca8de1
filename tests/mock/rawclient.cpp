// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawclient.h"

#include <QJsonDocument>

namespace {

/// Takes whole chunks off `bytes`; true at the last one.
bool takeChunks(QByteArray &bytes, QByteArray &body)
{
    for (;;) {
        const qsizetype line = bytes.indexOf("\r\n");
        if (line < 0)
            return false;
        const qsizetype size = bytes.left(line).toLongLong(nullptr, 16);
        if (bytes.size() < line + 2 + size + 2)
            return false;
        body += bytes.mid(line + 2, size);
        bytes.remove(0, line + 2 + size + 2);
        if (size == 0)
            return true;
    }
}

} // namespace

QByteArray RawAnswer::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

QList<QJsonObject> RawAnswer::events() const
{
    QList<QJsonObject> out;
    for (QByteArray line : body.split('\n')) {
        if (line.startsWith("data:"))
            line = line.mid(5).trimmed();
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            out.append(document.object());
    }
    return out;
}

QByteArray post(const QByteArray &path, const QByteArray &body, const QByteArray &headers)
{
    return "POST " + path + " HTTP/1.1\r\nHost: mock\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray get(const QByteArray &path, const QByteArray &headers)
{
    return "GET " + path + " HTTP/1.1\r\nHost: mock\r\n" + headers + "\r\n";
}

QByteArray chat(const QByteArray &further, const QByteArray &headers)
{
    return post("/v1/chat/completions",
                "{\"model\":\"mock-model\",\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]" + (further.isEmpty() ? "" : "," + further) + "}",
                headers);
}

RawClient::RawClient(quint16 port)
{
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    socket.waitForConnected();
}

void RawClient::send(const QByteArray &bytes)
{
    socket.write(bytes);
    socket.flush();
}

RawAnswer RawClient::ask(const QByteArray &bytes, int quietMs)
{
    send(bytes);
    return read(quietMs);
}

QByteArray RawClient::rest()
{
    return m_bytes + socket.readAll();
}

RawAnswer RawClient::read(int quietMs)
{
    RawAnswer answer;
    qsizetype length = -1;
    bool chunked = false, haveHead = false;
    for (;;) {
        m_bytes += socket.readAll();
        qsizetype end = 0;
        if (!haveHead && (end = m_bytes.indexOf("\r\n\r\n")) >= 0) {
            const QList<QByteArray> lines = m_bytes.left(end).split('\n');
            m_bytes.remove(0, end + 4);
            answer.status = lines.first().split(' ').value(1).toInt();
            for (const QByteArray &line : lines.mid(1))
                answer.headers.append({line.left(line.indexOf(':')).toLower(), line.mid(line.indexOf(':') + 1).trimmed()});
            chunked = answer.header("transfer-encoding") == "chunked";
            length = answer.status == 100 ? 0 : chunked || answer.header("content-length").isEmpty() ? -1 : answer.header("content-length").toLongLong();
            haveHead = true;
        }
        if (haveHead && chunked)
            answer.ended = takeChunks(m_bytes, answer.body);
        if (haveHead && !chunked && length >= 0) {
            const qsizetype wanted = length - answer.body.size();
            answer.body += m_bytes.left(wanted);
            m_bytes.remove(0, wanted);
            answer.ended = answer.body.size() == length;
        }
        if (answer.ended)
            return answer;
        if (socket.state() != QTcpSocket::ConnectedState && socket.bytesAvailable() == 0) {
            answer.closed = true;
            return answer;
        }
        if (!socket.waitForReadyRead(quietMs) && socket.error() == QAbstractSocket::SocketTimeoutError)
            return answer;
    }
}
