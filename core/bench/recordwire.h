// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestrecord.h"

#include <bit>
#include <cstring>
#include <string_view>

namespace assay {

/// Reads variable-length numbers (seven bits a byte, the lowest first) and never beyond the end. After a number that does not
/// end, or is longer than 64 bits, everything reads as 0 and ok() is false.
class WireReader
{
public:
    explicit WireReader(std::string_view bytes) : m_at(bytes.data()), m_end(bytes.data() + bytes.size()) {}

    uint64_t number()
    {
        // Most numbers have a few bytes and more follow: eight are read at once, which spares a branch for each byte.
        if (std::endian::native == std::endian::little && m_end - m_at >= 8) {
            uint64_t word = 0;
            std::memcpy(&word, m_at, 8);
            const uint64_t last = ~word & 0x8080808080808080u;
            if (last != 0) {
                m_at += std::countr_zero(last) / 8 + 1;
                word &= (last & (~last + 1)) - 1; // up to the mark of the last byte
                word = (word & 0x007f007f007f007fu) | ((word & 0x7f007f007f007f00u) >> 1);
                word = (word & 0x00003fff00003fffu) | ((word & 0x3fff00003fff0000u) >> 2);
                return (word & 0x000000000fffffffu) | ((word & 0x0fffffff00000000u) >> 4);
            }
        }
        return slowNumber();
    }
    int64_t signedNumber()
    {
        const uint64_t value = number();
        return int64_t((value >> 1) ^ (~(value & 1) + 1));
    }
    uint8_t byte()
    {
        if (m_at < m_end)
            return uint8_t(*m_at++);
        fail();
        return 0;
    }
    std::string_view bytes(uint64_t count)
    {
        if (count > uint64_t(m_end - m_at)) {
            fail();
            return {};
        }
        const std::string_view out(m_at, size_t(count));
        m_at += count;
        return out;
    }
    std::string_view string() { return bytes(number()); }
    double real()
    {
        const std::string_view eight = bytes(8);
        uint64_t word = 0;
        for (size_t i = 0; i < eight.size(); ++i)
            word |= uint64_t(uint8_t(eight[i])) << (8 * i);
        return std::bit_cast<double>(word);
    }
    size_t left() const { return size_t(m_end - m_at); }
    bool ok() const { return m_ok; }
    void fail()
    {
        m_ok = false;
        m_at = m_end;
    }

private:
    uint64_t slowNumber();

    const char *m_at;
    const char *m_end;
    bool m_ok = true;
};

/// A record within its bytes: everything but the pieces, nothing copied. Its views live as long as the bytes.
struct RecordView
{
    int64_t index = 0;
    int32_t point = 0, attempt = 0, round = 0;
    bool warmup = false;
    Failure failure = Failure::None;
    int64_t sent = kNever, scheduled = 0, connected = kNever, headers = kNever, firstByte = kNever, ended = kNever;
    int64_t promptTokens = 0, outputTokens = 0;
    int32_t status = 0, httpVersion = 0;
    int64_t retryAfterMs = 0;
    uint64_t receivedBytes = 0;
    std::string_view detail, finish, model;
    ServerCounts usage;
    ServerTimes times;
    std::optional<int64_t> localTokens;
    uint64_t chunkCount = 0;
    std::string_view rest; ///< the pieces, then the text
};

/// Which point, go and try a record belongs to and when it was sent, without reading more of it.
struct RecordHead
{
    int32_t point = 0, attempt = 0, round = 0;
    bool warmup = false;
    Failure failure = Failure::None;
    int64_t sent = kNever;
};

/// Whether the bytes begin as a record of a known version does.
bool readHead(std::string_view bytes, RecordHead &head);
/// Everything up to the pieces. An empty reason: read. Else what is wrong.
const char *readView(std::string_view bytes, RecordView &view);

/// Reads the pieces of a view one after the other.
class ChunkReader
{
public:
    explicit ChunkReader(const RecordView &view) : m_wire(view.rest), m_left(view.chunkCount), m_previous{view.sent, 0} {}

    /// False at the end and where the bytes are damaged.
    bool next(ChunkRecord &chunk)
    {
        if (m_left == 0)
            return false;
        --m_left;
        const uint8_t shape = m_wire.byte();
        m_current.read = m_previous.read;
        m_current.at = m_previous.at;
        const uint8_t how = shape & kReadMask;
        if (how != kSameRead) {
            m_current.read += how == kNextRead ? 1 : uint32_t(m_wire.number());
            m_gap += uint64_t(m_wire.signedNumber());
            m_current.at = int64_t(uint64_t(m_previous.at) + m_gap);
        }
        m_current.bytes = (shape & kBytesMask) == kBytesMask ? uint32_t(m_wire.number()) : uint32_t(shape & kBytesMask);
        if (shape & kOtherKind)
            readKind();
        chunk = m_current;
        m_previous.read = m_current.read;
        m_previous.at = m_current.at;
        return m_wire.ok();
    }
    bool ok() const { return m_wire.ok(); }
    /// What follows the pieces; the whole record is read when it is followed by nothing.
    WireReader &wire() { return m_wire; }

    /// The first byte of a piece: bytes of text below 15; same read, next read or a told one; channel and tokens as before.
    static constexpr uint8_t kBytesMask = 0x0f, kReadMask = 0x30, kOtherKind = 0x40;
    static constexpr uint8_t kNextRead = 0x00, kSameRead = 0x10, kToldRead = 0x20;

private:
    void readKind();
    struct Place
    {
        int64_t at;
        uint32_t read;
    };

    WireReader m_wire;
    uint64_t m_left;
    Place m_previous;
    uint64_t m_gap = 0; ///< the gap before; wraps, so that every number comes back
    ChunkRecord m_current;
};

} // namespace assay
