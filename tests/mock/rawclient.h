// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>
#include <QTcpSocket>

/// What came over a socket for one request, taken apart by these tests' own reading of RFC 9112: none of the program's code.
struct RawAnswer
{
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;          ///< with the chunked framing taken off
    bool ended = false;       ///< the framing's end came
    bool closed = false;      ///< the server closed it
    QByteArray header(const QByteArray &name) const;
    /// The objects of "data:" lines, or of lines of JSON.
    QList<QJsonObject> events() const;
};

QByteArray post(const QByteArray &path, const QByteArray &body, const QByteArray &headers = {});
QByteArray get(const QByteArray &path, const QByteArray &headers = {});
/// A chat request that streams.
QByteArray chat(const QByteArray &further = "\"stream\":true", const QByteArray &headers = {});

/// A socket to the mock that reads answer after answer.
class RawClient
{
public:
    explicit RawClient(quint16 port);
    void send(const QByteArray &bytes);
    /// Reads until the answer ends, the connection does, or nothing came for so long.
    RawAnswer read(int quietMs = 30'000);
    RawAnswer ask(const QByteArray &bytes, int quietMs = 30'000);
    /// What came beyond the answers that were read.
    QByteArray rest();
    QTcpSocket socket;

private:
    QByteArray m_bytes;
};
