// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <zlib.h>

namespace assay::test {

/// A member of an archive that is put together by hand, with whatever lies its two headers are to tell.
struct ZipMember
{
    QByteArray name, data;
    bool deflated = false;
    QByteArray localName = {};       ///< instead of the name
    qint64 declaredSize = -1;        ///< in both headers, instead of the true one
    quint16 flags = 0;
    bool wrongChecksum = false;
    int localMethod = -1;            ///< instead of the method
    int sameHeaderAs = -1;           ///< no local header of its own: that of this member
    QByteArray before = {};          ///< bytes before its local header
};

inline QByteArray littleEndian(quint64 value, int bytes)
{
    QByteArray out;
    for (int i = 0; i < bytes; ++i)
        out.append(char(value >> (8 * i) & 0xff));
    return out;
}

inline QByteArray deflated(const QByteArray &data)
{
    // qCompress puts 4 bytes of length and a header of 2 before, and a checksum of 4 after the raw stream.
    const QByteArray wrapped = qCompress(data);
    return wrapped.mid(6, wrapped.size() - 10);
}

/// An archive of these members (PKWARE's APPNOTE, 4.3); `wide` writes the end record of ZIP64 as PyTorch does.
inline QByteArray zipArchive(const QList<ZipMember> &members, bool wide = false, const QByteArray &prefix = {})
{
    QByteArray out = prefix, directory;
    QList<qsizetype> headers;
    for (const ZipMember &member : members) {
        const QByteArray packed = member.deflated ? deflated(member.data) : member.data;
        const quint64 size = member.declaredSize >= 0 ? quint64(member.declaredSize) : quint64(member.data.size());
        const quint32 crc = quint32(crc32(0, reinterpret_cast<const Bytef *>(member.data.constData()), uInt(member.data.size())))
                            + (member.wrongChecksum ? 1 : 0);
        const int method = member.deflated ? 8 : 0;
        const bool extended = size > 0xfffffffe;
        const QByteArray sizes = littleEndian(crc, 4) + littleEndian(quint64(packed.size()), 4)
                                 + littleEndian(extended ? 0xffffffff : size, 4);
        const QByteArray extra = extended ? littleEndian(1, 2) + littleEndian(8, 2) + littleEndian(size, 8) : QByteArray();
        const QByteArray name = member.localName.isEmpty() ? member.name : member.localName;
        out += member.before;
        headers.append(member.sameHeaderAs >= 0 ? headers[member.sameHeaderAs] : out.size());
        if (member.sameHeaderAs < 0)
            out += "PK\x03\x04" + littleEndian(20, 2) + littleEndian(member.flags, 2)
                   + littleEndian(quint64(member.localMethod >= 0 ? member.localMethod : method), 2) + QByteArray(4, '\0')
                   + sizes + littleEndian(quint64(name.size()), 2) + littleEndian(quint64(extra.size()), 2) + name + extra
                   + packed;
        directory += "PK\x01\x02" + littleEndian(20, 2) + littleEndian(20, 2) + littleEndian(member.flags, 2)
                     + littleEndian(quint64(method), 2) + QByteArray(4, '\0') + sizes
                     + littleEndian(quint64(member.name.size()), 2) + littleEndian(quint64(extra.size()), 2)
                     + QByteArray(12 - 2, '\0') + littleEndian(quint64(headers.back()), 4) + member.name + extra;
    }
    const qsizetype begin = out.size();
    out += directory;
    const quint64 count = quint64(members.size()), bytes = quint64(directory.size()), at = quint64(begin);
    if (wide) {
        const quint64 record = quint64(out.size());
        out += "PK\x06\x06" + littleEndian(44, 8) + littleEndian(45, 2) + littleEndian(45, 2) + QByteArray(8, '\0')
               + littleEndian(count, 8) + littleEndian(count, 8) + littleEndian(bytes, 8) + littleEndian(at, 8);
        out += "PK\x06\x07" + QByteArray(4, '\0') + littleEndian(record, 8) + littleEndian(1, 4);
    }
    const auto small = [wide](quint64 value, int width) { return littleEndian(wide ? ~quint64(0) : value, width); };
    return out + "PK\x05\x06" + QByteArray(4, '\0') + small(count, 2) + small(count, 2) + small(bytes, 4) + small(at, 4)
           + QByteArray(2, '\0');
}

} // namespace assay::test
