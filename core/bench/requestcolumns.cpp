// SPDX-License-Identifier: GPL-3.0-or-later
// Columns are declared once, for writing and for reading; a record is put together column by column.
#include "core/bench/requestcolumns.h"

#include "core/base/text.h"
#include "core/bench/columntext.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace assay {
namespace {

using nlohmann::json;

constexpr const char *kLayout = "columns";
constexpr int kVersion = 1;
constexpr uint64_t kMostShared = 256u << 20; ///< bytes that words told once may grow to

// Differences of moments wrap, so that whatever a record holds comes back.
int64_t minus(int64_t a, int64_t b) { return int64_t(uint64_t(a) - uint64_t(b)); }
int64_t plus(int64_t a, int64_t b) { return int64_t(uint64_t(a) + uint64_t(b)); }

enum class Told { Plain, AfterBefore, AfterSent }; ///< as it is; less the record's before; less the same record's sending

template <class T>
struct Column
{
    const char *name;
    T RequestRecord::*member;
    Told told = Told::Plain;
};
// "sent" comes first: others are told from it, and having no runs it bounds how many records there are.
constexpr std::array<Column<int64_t>, 10> kNumbers{{{"sent", &RequestRecord::sent, Told::AfterBefore},
                                                    {"index", &RequestRecord::index, Told::AfterBefore},
                                                    {"scheduled", &RequestRecord::scheduled, Told::AfterSent},
                                                    {"connected", &RequestRecord::connected, Told::AfterSent},
                                                    {"headers", &RequestRecord::headers, Told::AfterSent},
                                                    {"first_byte", &RequestRecord::firstByte, Told::AfterSent},
                                                    {"ended", &RequestRecord::ended, Told::AfterSent},
                                                    {"prompt_tokens", &RequestRecord::promptTokens},
                                                    {"output_tokens", &RequestRecord::outputTokens},
                                                    {"retry_after_ms", &RequestRecord::retryAfterMs}}};
constexpr std::array<Column<int32_t>, 5> kSmall{{{"point", &RequestRecord::point},
                                                 {"attempt", &RequestRecord::attempt},
                                                 {"round", &RequestRecord::round},
                                                 {"status", &RequestRecord::status},
                                                 {"http", &RequestRecord::httpVersion}}};
constexpr std::array<Column<std::string>, 3> kWords{{{"detail", &RequestRecord::detail},
                                                     {"finish", &RequestRecord::finish},
                                                     {"model", &RequestRecord::model}}};

using Count = std::optional<int64_t> &(*)(RequestRecord &);
using Time = std::optional<double> &(*)(RequestRecord &);
constexpr std::array<std::pair<const char *, Count>, 5> kCounts{
    {{"usage_prompt", [](RequestRecord &r) -> std::optional<int64_t> & { return r.usage.prompt; }},
     {"usage_completion", [](RequestRecord &r) -> std::optional<int64_t> & { return r.usage.completion; }},
     {"usage_reasoning", [](RequestRecord &r) -> std::optional<int64_t> & { return r.usage.reasoning; }},
     {"usage_cached", [](RequestRecord &r) -> std::optional<int64_t> & { return r.usage.cached; }},
     {"local_tokens", [](RequestRecord &r) -> std::optional<int64_t> & { return r.localTokens; }}}};
constexpr std::array<std::pair<const char *, Time>, 4> kTimes{
    {{"server_queue", [](RequestRecord &r) -> std::optional<double> & { return r.times.queue; }},
     {"server_prompt", [](RequestRecord &r) -> std::optional<double> & { return r.times.prompt; }},
     {"server_decode", [](RequestRecord &r) -> std::optional<double> & { return r.times.decode; }},
     {"server_total", [](RequestRecord &r) -> std::optional<double> & { return r.times.total; }}}};

/// Words of which few differ: each once, and a column that says which.
class WordsWriter
{
public:
    void put(const std::string &word)
    {
        const auto [found, isNew] = m_places.try_emplace(word, int64_t(m_places.size()));
        if (isNew)
            m_words.push_back(validUtf8(word));
        m_which.put(found->second);
    }
    json take() { return {{"values", std::move(m_words)}, {"which", m_which.take()}}; }

private:
    std::map<std::string, int64_t> m_places;
    json m_words = json::array();
    ColumnWriter m_which;
};

struct Writer
{
    std::array<ColumnWriter, kNumbers.size()> numbers;
    std::array<ColumnWriter, kSmall.size()> small;
    std::array<ColumnWriter, kCounts.size()> counts;
    std::array<ColumnWriter, kTimes.size()> times;
    std::array<WordsWriter, kWords.size()> words;
    WordsWriter failures;
    ColumnWriter warmup, received, pieces, gap{false}, read, channel, bytes, tokens;
    json texts = json::array();
    bool anyText = false;
    RequestRecord before; ///< 0 for all that is told from the record before
    size_t pieceCount = 0;

    Writer()
    {
        numbers.front() = ColumnWriter(false);
        before.sent = 0;
    }
    void put(RequestRecord record);
    void putPieces(const RequestRecord &record);
    json take(size_t count);
};

std::optional<int64_t> toldNumber(const Column<int64_t> &column, const RequestRecord &record, const RequestRecord &before)
{
    const int64_t value = record.*column.member;
    if (column.told == Told::AfterBefore)
        return minus(value, before.*column.member);
    if (column.told == Told::Plain)
        return value;
    return value == kNever ? std::nullopt : std::optional(minus(value, record.sent));
}

void Writer::put(RequestRecord record)
{
    for (size_t i = 0; i < kNumbers.size(); ++i)
        numbers[i].put(toldNumber(kNumbers[i], record, before));
    for (size_t i = 0; i < kSmall.size(); ++i)
        small[i].put(record.*kSmall[i].member);
    for (size_t i = 0; i < kCounts.size(); ++i)
        counts[i].put(kCounts[i].second(record));
    for (size_t i = 0; i < kTimes.size(); ++i)
        times[i].putReal(kTimes[i].second(record));
    for (size_t i = 0; i < kWords.size(); ++i)
        words[i].put(record.*kWords[i].member);
    failures.put(definitionOf(record.failure).id);
    warmup.put(record.warmup ? 1 : 0);
    received.put(int64_t(record.receivedBytes));
    putPieces(record);
    anyText = anyText || !record.text.empty();
    texts.push_back(validUtf8(record.text));
    before.sent = record.sent;
    before.index = record.index;
}

void Writer::putPieces(const RequestRecord &record)
{
    pieces.put(int64_t(record.chunks.size()));
    pieceCount += record.chunks.size();
    int64_t at = record.sent, lastRead = 0;
    for (const ChunkRecord &chunk : record.chunks) {
        gap.put(minus(chunk.at, at));
        read.put(int64_t(chunk.read) - lastRead);
        channel.put(int64_t(chunk.channel));
        bytes.put(chunk.bytes);
        tokens.put(chunk.tokens);
        at = chunk.at;
        lastRead = chunk.read;
    }
}

json Writer::take(size_t count)
{
    json requests = json::object();
    for (size_t i = 0; i < kNumbers.size(); ++i)
        requests[kNumbers[i].name] = numbers[i].take();
    for (size_t i = 0; i < kSmall.size(); ++i)
        requests[kSmall[i].name] = small[i].take();
    for (size_t i = 0; i < kCounts.size(); ++i)
        requests[kCounts[i].first] = counts[i].take();
    for (size_t i = 0; i < kTimes.size(); ++i)
        requests[kTimes[i].first] = times[i].take();
    for (size_t i = 0; i < kWords.size(); ++i)
        requests[kWords[i].name] = words[i].take();
    requests["failure"] = failures.take();
    requests["warmup"] = warmup.take();
    requests["received_bytes"] = received.take();
    requests["pieces"] = pieces.take();
    requests["text"] = anyText ? std::move(texts) : json::array();
    return {{"layout", kLayout},
            {"version", kVersion},
            {"count", count},
            {"piece_count", pieceCount},
            {"requests", std::move(requests)},
            {"pieces",
             {{"gap", gap.take()}, {"read", read.take()}, {"channel", channel.take()}, {"bytes", bytes.take()}, {"tokens", tokens.take()}}}};
}

class Reader
{
public:
    explicit Reader(const json &value);
    /// What was read before anything odd, whose name damage() then has.
    RequestLog all();
    const std::string &damage() const { return m_damage; }

private:
    /// The words that are told once, and which of them each record has.
    struct Words
    {
        const char *name;
        std::vector<std::string> values;
        ColumnReader which;
    };

    void fail(const char *name)
    {
        if (m_damage.empty())
            m_damage = name;
    }
    ColumnReader column(const json &part, const char *name, bool runs = true);
    Words words(const char *name);
    template <class T>
    T within(std::optional<int64_t> value, const char *name);
    const std::string &next(Words &words);
    int64_t number(size_t index, const RequestRecord &record);
    RequestRecord next();
    void readWords(RequestRecord &record);
    void readPieces(RequestRecord &record);
    void checkEnd();

    std::string m_damage;
    const json &m_requests, &m_pieces;
    std::vector<ColumnReader> m_numbers, m_small, m_counts, m_times;
    std::vector<Words> m_words;
    Words m_failures;
    ColumnReader m_warmup, m_received, m_pieceCounts, m_gap, m_read, m_channel, m_bytes, m_tokens;
    std::vector<std::string> m_texts;
    size_t m_done = 0;
    RequestRecord m_before;
    uint64_t m_shared = 0;
};

/// A part of an object; null where there is none.
const json &partOf(const json &value, const char *name)
{
    static const json kNone;
    return value.is_object() && value.contains(name) ? value[name] : kNone;
}

/// Nothing when it is no list of texts.
std::optional<std::vector<std::string>> textsOf(const json &list)
{
    if (!list.is_array() || !std::all_of(list.begin(), list.end(), [](const json &text) { return text.is_string(); }))
        return std::nullopt;
    return list.get<std::vector<std::string>>();
}

ColumnReader Reader::column(const json &part, const char *name, bool runs)
{
    const json &text = partOf(part, name);
    if (text.is_string())
        return ColumnReader(text.get_ref<const std::string &>(), runs);
    fail(name);
    return ColumnReader({});
}

Reader::Words Reader::words(const char *name)
{
    const json &part = partOf(m_requests, name);
    auto values = textsOf(partOf(part, "values"));
    if (!values)
        fail(name);
    return {name, values ? std::move(*values) : std::vector<std::string>{}, column(part, "which")};
}

Reader::Reader(const json &value)
    : m_requests(partOf(value, "requests")), m_pieces(partOf(value, "pieces")), m_failures(words("failure")),
      m_warmup(column(m_requests, "warmup")), m_received(column(m_requests, "received_bytes")),
      m_pieceCounts(column(m_requests, "pieces")), m_gap(column(m_pieces, "gap", false)), m_read(column(m_pieces, "read")),
      m_channel(column(m_pieces, "channel")), m_bytes(column(m_pieces, "bytes")), m_tokens(column(m_pieces, "tokens"))
{
    for (const auto &each : kNumbers)
        m_numbers.push_back(column(m_requests, each.name, !m_numbers.empty()));
    for (const auto &each : kSmall)
        m_small.push_back(column(m_requests, each.name));
    for (const auto &each : kCounts)
        m_counts.push_back(column(m_requests, each.first));
    for (const auto &each : kTimes)
        m_times.push_back(column(m_requests, each.first));
    for (const auto &each : kWords)
        m_words.push_back(words(each.name));
    if (auto texts = textsOf(partOf(m_requests, "text")))
        m_texts = std::move(*texts);
    else
        fail("text");
    m_before.sent = 0;
}

template <class T>
T Reader::within(std::optional<int64_t> value, const char *name)
{
    if (value && *value >= int64_t(std::numeric_limits<T>::min()) && *value <= int64_t(std::numeric_limits<T>::max()))
        return T(*value);
    fail(name);
    return 0;
}

const std::string &Reader::next(Words &words)
{
    static const std::string kNone;
    const std::optional<int64_t> which = words.which.next();
    const bool known = which && *which >= 0 && uint64_t(*which) < words.values.size();
    m_shared += known ? words.values[size_t(*which)].size() : 0;
    if (known && m_shared <= kMostShared)
        return words.values[size_t(*which)];
    fail(words.name);
    return kNone;
}

int64_t Reader::number(size_t index, const RequestRecord &record)
{
    const Column<int64_t> &told = kNumbers[index];
    const std::optional<int64_t> value = m_numbers[index].next();
    if (!m_numbers[index].ok() || (!value && told.told != Told::AfterSent))
        fail(told.name);
    if (told.told == Told::AfterBefore)
        return plus(value.value_or(0), m_before.*told.member);
    if (told.told == Told::Plain)
        return value.value_or(0);
    return value ? plus(*value, record.sent) : kNever;
}

void Reader::readWords(RequestRecord &record)
{
    for (size_t i = 0; i < kWords.size(); ++i)
        record.*kWords[i].member = next(m_words[i]);
    const std::string &failed = next(m_failures);
    record.failure = failureFromId(failed);
    if (record.failure == Failure::Count_) { // of a newer program
        record.failure = Failure::Malformed;
        record.detail = failed;
    }
    if (m_done < m_texts.size())
        record.text = std::move(m_texts[m_done]);
    else if (!m_texts.empty())
        fail("text");
}

void Reader::readPieces(RequestRecord &record)
{
    const std::optional<int64_t> count = m_pieceCounts.next();
    if (!count || *count < 0)
        fail("pieces");
    int64_t at = record.sent, lastRead = 0;
    // Each piece takes bytes of its own in the column of gaps, whatever the count says.
    for (int64_t i = 0; m_damage.empty() && i < *count; ++i) {
        const std::optional<int64_t> gap = m_gap.next(), read = m_read.next();
        if (!gap || !read) {
            fail(gap ? "read" : "gap");
            return;
        }
        ChunkRecord chunk;
        chunk.at = at = plus(at, *gap);
        chunk.read = within<uint32_t>(lastRead = plus(lastRead, *read), "read");
        chunk.channel = Channel(std::min(within<uint8_t>(m_channel.next(), "channel"), uint8_t(Channel::Tool)));
        chunk.bytes = within<uint32_t>(m_bytes.next(), "bytes");
        chunk.tokens = within<uint32_t>(m_tokens.next(), "tokens");
        record.chunks.push_back(chunk);
    }
}

RequestRecord Reader::next()
{
    RequestRecord record;
    for (size_t i = 0; i < kNumbers.size(); ++i)
        record.*kNumbers[i].member = number(i, record);
    for (size_t i = 0; i < kSmall.size(); ++i)
        record.*kSmall[i].member = within<int32_t>(m_small[i].next(), kSmall[i].name);
    for (size_t i = 0; i < kCounts.size(); ++i) {
        kCounts[i].second(record) = m_counts[i].next();
        if (!m_counts[i].ok())
            fail(kCounts[i].first);
    }
    for (size_t i = 0; i < kTimes.size(); ++i) {
        kTimes[i].second(record) = m_times[i].nextReal();
        if (!m_times[i].ok())
            fail(kTimes[i].first);
    }
    readWords(record);
    record.warmup = within<uint8_t>(m_warmup.next(), "warmup") != 0;
    const std::optional<int64_t> received = m_received.next();
    if (!received)
        fail("received_bytes");
    record.receivedBytes = uint64_t(received.value_or(0));
    readPieces(record);
    ++m_done;
    m_before.sent = record.sent;
    m_before.index = record.index;
    return record;
}

void Reader::checkEnd()
{
    const auto ended = [](const auto &readers) { return std::all_of(readers.begin(), readers.end(), [](const auto &r) { return r.atEnd(); }); };
    const bool words = std::all_of(m_words.begin(), m_words.end(), [](const Words &each) { return each.which.atEnd(); });
    const bool requests = ended(m_numbers) && ended(m_small) && ended(m_counts) && ended(m_times) && words && m_failures.which.atEnd()
                          && m_warmup.atEnd() && m_received.atEnd() && m_pieceCounts.atEnd() && (m_texts.empty() || m_texts.size() == m_done);
    if (!requests)
        fail("requests");
    if (!m_gap.atEnd() || !m_read.atEnd() || !m_channel.atEnd() || !m_bytes.atEnd() || !m_tokens.atEnd())
        fail("pieces");
}

RequestLog Reader::all()
{
    RequestLog log;
    while (m_damage.empty() && !m_numbers.front().atEnd())
        log.append(next());
    checkEnd();
    return log;
}

} // namespace

json requestColumns(const RequestLog &log)
{
    Writer writer;
    for (size_t i = 0; i < log.size(); ++i)
        writer.put(log.at(i));
    return writer.take(log.size());
}

Result<RequestLog> requestsFromColumns(const json &value)
{
    const auto damaged = [](const std::string &name) { return failure(ErrorCode::StoreDamaged, {"the record", name}); };
    if (partOf(value, "layout") != kLayout || partOf(value, "version") != kVersion)
        return damaged("version");
    Reader reader(value);
    RequestLog log = reader.all();
    if (!reader.damage().empty())
        return damaged(reader.damage());
    if (partOf(value, "count") != log.size())
        return damaged("count");
    return log;
}

} // namespace assay
