// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/protoreader.h"

#include <algorithm>

namespace assay {

bool ProtoReader::fail()
{
    m_damaged = true;
    return false;
}

bool ProtoReader::varint(uint64_t &value)
{
    value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const int byte = m_stream.position() < m_end ? m_stream.byte() : -1;
        if (byte < 0)
            return false;
        value |= uint64_t(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

bool ProtoReader::next()
{
    if (m_damaged || m_next >= m_end)
        return false;
    m_stream.seek(m_next);
    uint64_t tag = 0;
    if (!varint(tag) || tag >> 3 == 0 || tag >> 32 != 0)
        return fail();
    m_field = uint32_t(tag >> 3);
    m_wire = Wire(tag & 7);
    m_length = 0;
    switch (m_wire) {
    case Varint:
        if (!varint(m_value))
            return fail();
        break;
    case Fixed64:
    case Fixed32: {
        const int bytes = m_wire == Fixed64 ? 8 : 4;
        const auto value = m_end - m_stream.position() >= uint64_t(bytes) ? m_stream.number(bytes) : std::nullopt;
        if (!value)
            return fail();
        m_value = *value;
        break;
    }
    case Bytes:
        if (!varint(m_length) || m_length > UINT64_MAX - m_stream.position())
            return fail();
        break;
    default: return fail();
    }
    m_position = m_stream.position();
    m_next = m_position + m_length;
    // Only the end of the file can cut a field off; a message within another one that does is forged.
    return m_next <= m_end || m_end == m_stream.position() + m_stream.left() || fail();
}

std::string ProtoReader::text(uint64_t limit)
{
    if (m_wire != Bytes || m_length > limit || cutOff())
        return {};
    m_stream.seek(m_position);
    return m_stream.text(m_length).value_or(std::string());
}

bool ProtoReader::packedVarint(uint64_t &value)
{
    return m_stream.position() < m_end && varint(value);
}

} // namespace assay
