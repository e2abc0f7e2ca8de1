// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace assay::test {

/// Fields of protobuf's wire format (protobuf.dev, "Encoding"), to be joined with +.
inline QByteArray varint(quint64 value)
{
    QByteArray out;
    for (; value >= 0x80; value >>= 7)
        out.append(char(value | 0x80));
    return out + char(value);
}

inline QByteArray number(int field, quint64 value)
{
    return varint(quint64(field) << 3) + varint(value);
}

/// A text or a message; `length` to lie about it.
inline QByteArray message(int field, const QByteArray &content, qint64 length = -1)
{
    return varint(quint64(field) << 3 | 2) + varint(length >= 0 ? quint64(length) : quint64(content.size())) + content;
}

/// StringStringEntryProto
inline QByteArray entry(int field, const QByteArray &key, const QByteArray &value)
{
    return message(field, message(1, key) + message(2, value));
}

} // namespace assay::test
