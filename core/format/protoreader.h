// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/bytestream.h"

namespace assay {

/// Walks the fields of one protobuf message, which may be of any length: what is not asked for is skipped. Wire format:
/// protobuf.dev, "Encoding".
class ProtoReader
{
public:
    enum Wire { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

    /// The message from here on to `end`.
    ProtoReader(ByteStream &stream, uint64_t end) : m_stream(stream), m_end(end), m_next(stream.position()) {}

    /// Goes to the next field; false at the end of the message and when it is damaged.
    bool next();
    bool damaged() const { return m_damaged; }

    uint32_t field() const { return m_field; }
    Wire wire() const { return m_wire; }
    uint64_t value() const { return m_value; }       ///< of Varint, Fixed32 and Fixed64
    uint64_t position() const { return m_position; } ///< of Bytes: where they begin
    uint64_t length() const { return m_length; }     ///< of Bytes: as declared
    bool cutOff() const { return m_position + m_length > m_end; } ///< Bytes reach beyond the message
    /// Of Bytes; empty when they are longer than the limit or cut off.
    std::string text(uint64_t limit);
    /// A message within this field.
    ProtoReader message() { return ProtoReader(m_stream, std::min(m_end, m_position + m_length)); }
    /// The next number of packed ones, which are read like a message.
    bool packedVarint(uint64_t &value);

private:
    bool varint(uint64_t &value);
    bool fail();
    ByteStream &m_stream;
    uint64_t m_end, m_next;
    uint32_t m_field = 0;
    Wire m_wire = Varint;
    uint64_t m_value = 0, m_position = 0, m_length = 0;
    bool m_damaged = false;
};

} // namespace assay
