// SPDX-License-Identifier: GPL-3.0-or-later
// Layout of version 1, numbers of variable length, signed ones zigzag, moments as differences:
//   version, flags, point, attempt, round, failure, sent (unless never);
//   index, scheduled and the other moments that were reached; asked tokens, status, HTTP, retry-after, bytes;
//   detail, finish, model; usage, times, local tokens where there are any;
//   count of pieces, pieces (ChunkReader), text.
#include "core/bench/recordwire.h"

#include "core/bench/requestlog.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr uint8_t kVersion = 1;
constexpr const char *kEndsEarly = ASSAY_TEXT("Reason", "a request's record ends early");
constexpr const char *kOtherVersion = ASSAY_TEXT("Reason", "a request's record is of another version");
constexpr const char *kOutOfRange = ASSAY_TEXT("Reason", "a number in a request's record is out of range");

/// Bits of the flags.
constexpr uint64_t kWarmup = 1, kSent = 2, kConnected = 4, kHeaders = 8, kFirstByte = 16, kEnded = 32, kLocalTokens = 64;
constexpr uint64_t kFirstUsage = 128, kFirstTimes = 2048, kBeyond = 32768; // four of each

struct Moment
{
    uint64_t flag;
    int64_t RecordView::*inView;
    int64_t RequestRecord::*inRecord;
};
constexpr std::array kMoments{Moment{kConnected, &RecordView::connected, &RequestRecord::connected},
                              Moment{kHeaders, &RecordView::headers, &RequestRecord::headers},
                              Moment{kFirstByte, &RecordView::firstByte, &RequestRecord::firstByte},
                              Moment{kEnded, &RecordView::ended, &RequestRecord::ended}};
constexpr std::array kCounts{&ServerCounts::prompt, &ServerCounts::completion, &ServerCounts::reasoning,
                             &ServerCounts::cached};
constexpr std::array kTimes{&ServerTimes::queue, &ServerTimes::prompt, &ServerTimes::decode, &ServerTimes::total};

class WireWriter
{
public:
    void number(uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            m_out.push_back(char(value | 0x80));
        m_out.push_back(char(value));
    }
    void signedNumber(int64_t value) { number((uint64_t(value) << 1) ^ uint64_t(value >> 63)); }
    /// Differences wrap, so that any two moments have one.
    void difference(int64_t value, int64_t from) { signedNumber(int64_t(uint64_t(value) - uint64_t(from))); }
    void byte(uint8_t value) { m_out.push_back(char(value)); }
    void string(std::string_view text)
    {
        number(text.size());
        m_out.append(text);
    }
    void real(double value)
    {
        const auto word = std::bit_cast<uint64_t>(value);
        for (int i = 0; i < 8; ++i)
            m_out.push_back(char(word >> (8 * i)));
    }
    void reserve(size_t bytes) { m_out.reserve(bytes); }
    std::string take() { return std::move(m_out); }

private:
    std::string m_out;
};

uint64_t flagsOf(const RequestRecord &record)
{
    uint64_t flags = (record.warmup ? kWarmup : 0) | (record.sent != kNever ? kSent : 0)
                     | (record.localTokens ? kLocalTokens : 0);
    for (const Moment &moment : kMoments)
        flags |= record.*moment.inRecord != kNever ? moment.flag : 0;
    for (size_t i = 0; i < kCounts.size(); ++i)
        flags |= record.usage.*kCounts[i] ? kFirstUsage << i : 0;
    for (size_t i = 0; i < kTimes.size(); ++i)
        flags |= record.times.*kTimes[i] ? kFirstTimes << i : 0;
    return flags;
}

void writeChunks(WireWriter &out, const RequestRecord &record)
{
    ChunkRecord previous;
    previous.at = record.sent;
    uint64_t gapBefore = 0;
    for (const ChunkRecord &chunk : record.chunks) {
        const bool same = chunk.read == previous.read && chunk.at == previous.at;
        const bool next = chunk.read == previous.read + 1;
        const bool otherKind = chunk.channel != previous.channel || chunk.tokens != previous.tokens;
        out.byte(uint8_t((same ? ChunkReader::kSameRead : next ? ChunkReader::kNextRead : ChunkReader::kToldRead)
                         | (otherKind ? ChunkReader::kOtherKind : 0)
                         | std::min<uint32_t>(chunk.bytes, ChunkReader::kBytesMask)));
        if (!same) {
            if (!next)
                out.number(chunk.read - previous.read);
            const uint64_t gap = uint64_t(chunk.at) - uint64_t(previous.at);
            out.signedNumber(int64_t(gap - gapBefore));
            gapBefore = gap;
        }
        if (chunk.bytes >= ChunkReader::kBytesMask)
            out.number(chunk.bytes);
        if (otherKind) {
            out.byte(uint8_t(chunk.channel));
            out.number(chunk.tokens);
        }
        previous = chunk;
    }
}

template <class T>
bool narrow(int64_t value, T &out)
{
    out = T(value);
    return int64_t(out) == value;
}

/// The flags, for those who read on; nothing: another version, or too short.
std::optional<uint64_t> readStart(WireReader &wire, RecordHead &head)
{
    if (wire.byte() != kVersion)
        return std::nullopt;
    const uint64_t flags = wire.number();
    head.warmup = (flags & kWarmup) != 0;
    const bool fits = narrow(wire.signedNumber(), head.point) && narrow(wire.signedNumber(), head.attempt)
                      && narrow(wire.signedNumber(), head.round);
    const uint8_t failure = wire.byte();
    head.failure = Failure(failure);
    head.sent = (flags & kSent) ? wire.signedNumber() : kNever;
    if (!wire.ok() || !fits || failure >= uint8_t(Failure::Count_) || flags >= kBeyond)
        return std::nullopt;
    return flags;
}

void readMoments(WireReader &wire, uint64_t flags, RecordView &view)
{
    int64_t from = (flags & kSent) ? view.sent : 0;
    const auto next = [&] { return from = int64_t(uint64_t(from) + uint64_t(wire.signedNumber())); };
    view.scheduled = next();
    for (const Moment &moment : kMoments)
        view.*moment.inView = (flags & moment.flag) ? next() : kNever;
}

void readCounts(WireReader &wire, uint64_t flags, RecordView &view)
{
    for (size_t i = 0; i < kCounts.size(); ++i) {
        if (flags & (kFirstUsage << i))
            view.usage.*kCounts[i] = wire.signedNumber();
    }
    for (size_t i = 0; i < kTimes.size(); ++i) {
        if (flags & (kFirstTimes << i))
            view.times.*kTimes[i] = wire.real();
    }
    if (flags & kLocalTokens)
        view.localTokens = wire.signedNumber();
}

} // namespace

uint64_t WireReader::slowNumber()
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && m_at < m_end; shift += 7) {
        const uint8_t next = uint8_t(*m_at++);
        if (shift == 63 && next > 1)
            break;
        value |= uint64_t(next & 0x7f) << shift;
        if (next < 0x80)
            return value;
    }
    fail();
    return 0;
}

void ChunkReader::readKind()
{
    const uint8_t channel = m_wire.byte();
    if (channel > uint8_t(Channel::Tool))
        m_wire.fail();
    m_current.channel = Channel(channel);
    m_current.tokens = uint32_t(m_wire.number());
}

bool readHead(std::string_view bytes, RecordHead &head)
{
    WireReader wire(bytes);
    return readStart(wire, head).has_value();
}

const char *readView(std::string_view bytes, RecordView &view)
{
    if (bytes.empty())
        return kEndsEarly;
    if (uint8_t(bytes.front()) != kVersion)
        return kOtherVersion;
    WireReader wire(bytes);
    RecordHead head;
    const std::optional<uint64_t> flags = readStart(wire, head);
    if (!flags)
        return wire.ok() ? kOutOfRange : kEndsEarly;
    view = {};
    view.point = head.point;
    view.attempt = head.attempt;
    view.round = head.round;
    view.warmup = head.warmup;
    view.failure = head.failure;
    view.sent = head.sent;
    view.index = wire.signedNumber();
    readMoments(wire, *flags, view);
    view.promptTokens = wire.signedNumber();
    view.outputTokens = wire.signedNumber();
    const bool fits = narrow(wire.signedNumber(), view.status) && narrow(wire.signedNumber(), view.httpVersion);
    view.retryAfterMs = wire.signedNumber();
    view.receivedBytes = wire.number();
    view.detail = wire.string();
    view.finish = wire.string();
    view.model = wire.string();
    readCounts(wire, *flags, view);
    view.chunkCount = wire.number();
    if (!wire.ok() || view.chunkCount > wire.left())
        return kEndsEarly;
    view.rest = wire.bytes(wire.left());
    return fits ? nullptr : kOutOfRange;
}

std::string encodeRecord(const RequestRecord &record)
{
    WireWriter out;
    out.reserve(96 + 5 * record.chunks.size() + record.text.size());
    const uint64_t flags = flagsOf(record);
    out.byte(kVersion);
    out.number(flags);
    out.signedNumber(record.point);
    out.signedNumber(record.attempt);
    out.signedNumber(record.round);
    out.byte(uint8_t(record.failure));
    if (flags & kSent)
        out.signedNumber(record.sent);
    out.signedNumber(record.index);
    int64_t from = (flags & kSent) ? record.sent : 0;
    out.difference(record.scheduled, from);
    from = record.scheduled;
    for (const Moment &moment : kMoments) {
        if (flags & moment.flag) {
            out.difference(record.*moment.inRecord, from);
            from = record.*moment.inRecord;
        }
    }
    for (const int64_t value : {record.promptTokens, record.outputTokens, int64_t(record.status), int64_t(record.httpVersion),
                                record.retryAfterMs})
        out.signedNumber(value);
    out.number(record.receivedBytes);
    for (const std::string *text : {&record.detail, &record.finish, &record.model})
        out.string(*text);
    for (const auto count : kCounts) {
        if (record.usage.*count)
            out.signedNumber(*(record.usage.*count));
    }
    for (const auto time : kTimes) {
        if (record.times.*time)
            out.real(*(record.times.*time));
    }
    if (record.localTokens)
        out.signedNumber(*record.localTokens);
    out.number(record.chunks.size());
    writeChunks(out, record);
    out.string(record.text);
    return out.take();
}

Result<RequestRecord> decodeRecord(std::string_view bytes)
{
    const auto damaged = [](const char *reason) {
        return failure(ErrorCode::StoreDamaged, {ASSAY_TEXT("Reason", "the record of a request"), reason});
    };
    RecordView view;
    if (const char *reason = readView(bytes, view))
        return damaged(reason);
    RequestRecord record;
    record.index = view.index;
    record.point = view.point;
    record.attempt = view.attempt;
    record.round = view.round;
    record.warmup = view.warmup;
    record.promptTokens = view.promptTokens;
    record.outputTokens = view.outputTokens;
    record.scheduled = view.scheduled;
    record.sent = view.sent;
    for (const Moment &moment : kMoments)
        record.*moment.inRecord = view.*moment.inView;
    ChunkReader chunks(view);
    record.chunks.reserve(size_t(view.chunkCount)); // a byte each at least, so the bytes that are there bound it
    for (ChunkRecord chunk; chunks.next(chunk);)
        record.chunks.push_back(chunk);
    record.text = chunks.wire().string();
    if (!chunks.ok())
        return damaged(kEndsEarly);
    if (chunks.wire().left() > 0)
        return damaged(ASSAY_TEXT("Reason", "more follows a request's record"));
    record.failure = view.failure;
    record.status = view.status;
    record.detail = view.detail;
    record.finish = view.finish;
    record.model = view.model;
    record.usage = view.usage;
    record.times = view.times;
    record.localTokens = view.localTokens;
    record.receivedBytes = view.receivedBytes;
    record.retryAfterMs = view.retryAfterMs;
    record.httpVersion = view.httpVersion;
    return record;
}

} // namespace assay
