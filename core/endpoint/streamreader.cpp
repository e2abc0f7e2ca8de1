// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/streamreader.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr uint64_t kLongestEvent = uint64_t(16) << 20;
constexpr size_t kLongestHead = size_t(64) << 10; // blanks before whatever it is

/// A count as servers write it; nothing where it cannot be one.
std::optional<int64_t> countOf(double value)
{
    constexpr double kMost = 9e15; // exact in a double
    if (!(value >= 0) || value > kMost)
        return std::nullopt;
    return int64_t(std::llround(value));
}

std::optional<double> secondsOf(double value)
{
    return std::isfinite(value) && value >= 0 ? std::optional(value) : std::nullopt;
}

} // namespace

StreamReader::StreamReader(EventReader &events, StreamLimits limits) : m_events(&events), m_limits(limits) {}

bool StreamReader::fail(Failure failure, std::string_view words, RequestRecord &record) const
{
    record.failure = failure;
    record.detail = shortWords(words);
    return false;
}

bool StreamReader::read(std::string_view bytes, int64_t at, uint32_t read, RequestRecord &record)
{
    if (record.failure != Failure::None)
        return false;
    m_at = at;
    m_read = read;
    record.receivedBytes += bytes.size();
    if (record.receivedBytes > m_limits.bytes)
        return fail(Failure::Endless, ASSAY_TEXT("Failure", "more bytes than an answer may have"), record);
    if (m_mode == Mode::Unknown) {
        bytes = m_head.append(bytes);
        if (!sniff(bytes, record))
            return record.failure == Failure::None;
    }
    if (m_mode == Mode::Whole) {
        m_whole.append(bytes);
        return true;
    }
    m_splitter.feed(bytes);
    return takeEvents(record);
}

/// False: nothing but blanks yet, or a failure.
bool StreamReader::sniff(std::string_view bytes, RequestRecord &record)
{
    const size_t first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos)
        return bytes.size() <= kLongestHead ? false
                                            : fail(Failure::NotTheProtocol, ASSAY_TEXT("Failure", "nothing but blanks"), record);
    const char begin = bytes[first];
    const size_t longest = size_t(std::min(m_limits.bytes, kLongestEvent));
    if (begin == '{' || begin == '[') {
        const bool lines = m_events->dialect().framing == Framing::JsonLines;
        m_mode = lines ? Mode::Events : Mode::Whole;
        m_splitter = StreamSplitter(Framing::JsonLines, longest);
        return true;
    }
    if (std::string_view("deir:").find(begin) == std::string_view::npos)
        return fail(Failure::NotTheProtocol, wordsOfError(bytes), record);
    m_mode = Mode::Events;
    m_splitter = StreamSplitter(Framing::Sse, longest);
    return true;
}

bool StreamReader::takeEvents(RequestRecord &record)
{
    for (std::string_view data; m_splitter.next(data);)
        if (!takeEvent(data, record))
            return false;
    if (m_splitter.tooLong())
        return fail(Failure::Endless, ASSAY_TEXT("Failure", "a line without end"), record);
    return true;
}

bool StreamReader::takeEvent(std::string_view data, RequestRecord &record)
{
    const char *endMark = m_events->dialect().endMark;
    if (m_done || data.empty())
        return true;
    if (endMark != nullptr && data == endMark) {
        m_done = true;
        return true;
    }
    if (m_splitter.saysError())
        return fail(Failure::ErrorInStream, wordsOfError(data), record);
    if (const auto wrong = m_events->read(data, m_event))
        return fail(Failure::Malformed, *wrong, record);
    if (m_event.error) {
        const std::string_view words = m_event.errorWords;
        return fail(Failure::ErrorInStream, words.empty() ? data : words, record);
    }
    if (!m_event.model.empty() && record.model.empty())
        record.model = shortWords(m_event.model);
    if (!m_event.texts.empty() && !m_event.hidden && !takeTexts(record))
        return false;
    m_refused = m_refused || m_event.refused;
    if (!m_event.finish.empty() && m_event.finish != "none") { // llama.cpp's word for "not yet"
        record.finish = m_refused ? "refusal" : shortWords(m_event.finish);
        m_finished = true;
    }
    m_done = m_done || m_event.end;
    if (!m_event.numbers.empty())
        takeNumbers(record);
    return true;
}

bool StreamReader::takeTexts(RequestRecord &record)
{
    uint32_t tokens = m_event.tokens;
    for (const StreamEvent::Text &piece : m_event.texts) {
        if (piece.channel == Channel::Answer) {
            addAnswer(piece.text, tokens, record);
        } else {
            if (piece.channel == Channel::Reasoning && m_tags.stop())
                relabel(Channel::Reasoning, Channel::Answer, record);
            m_hasReasoning = m_hasReasoning || piece.channel == Channel::Reasoning;
            addPiece(piece.channel, piece.text, tokens, record);
        }
        tokens = 0; // they were of the event; nobody tells how they divide
    }
    if (record.chunks.size() > m_limits.chunks)
        return fail(Failure::Endless, ASSAY_TEXT("Failure", "more pieces than were asked for by far"), record);
    return true;
}

void StreamReader::addAnswer(std::string_view text, uint32_t tokens, RequestRecord &record)
{
    const ThinkTags::Split split = m_tags.take(text);
    if (split.correction == ThinkTags::Correction::HeadIsAnswer)
        relabel(Channel::Reasoning, Channel::Answer, record);
    else if (split.correction == ThinkTags::Correction::AllIsReasoning)
        relabel(Channel::Answer, Channel::Reasoning, record);
    if (addPiece(Channel::Reasoning, split.reasoning, tokens, record))
        tokens = 0;
    addPiece(Channel::Answer, split.answer, tokens, record);
}

void StreamReader::relabel(Channel from, Channel to, RequestRecord &record) const
{
    for (ChunkRecord &chunk : record.chunks)
        if (chunk.channel == from)
            chunk.channel = to;
}

bool StreamReader::addPiece(Channel channel, std::string_view text, uint32_t tokens, RequestRecord &record)
{
    if (text.empty())
        return false;
    m_hasText = true;
    record.chunks.push_back({m_at, m_read, channel, uint32_t(std::min<size_t>(text.size(), UINT32_MAX)), tokens});
    if (m_limits.keepText)
        record.text.append(text);
    return true;
}

void StreamReader::takeNumbers(RequestRecord &record)
{
    for (const auto &[field, value] : m_event.numbers) {
        switch (field) {
        case EventField::PromptTokens:
            m_counts.prompt = countOf(value);
            break;
        case EventField::CompletionTokens:
            m_counts.completion = countOf(value);
            break;
        case EventField::ReasoningTokens:
            m_counts.reasoning = countOf(value);
            break;
        case EventField::CachedTokens:
            m_counts.cached = countOf(value);
            break;
        case EventField::UncachedTokens:
            m_uncached = countOf(value);
            break;
        case EventField::CacheWrittenTokens:
            m_cacheWritten = countOf(value);
            break;
        case EventField::EngineCompletion:
            m_engineCompletion = countOf(value);
            break;
        case EventField::QueueTime:
            record.times.queue = secondsOf(value);
            break;
        case EventField::PromptTime:
            record.times.prompt = secondsOf(value);
            break;
        case EventField::DecodeTime:
            record.times.decode = secondsOf(value);
            break;
        case EventField::TotalTime:
            record.times.total = secondsOf(value);
            break;
        default:
            break;
        }
    }
}

void StreamReader::tellCounts(RequestRecord &record) const
{
    record.usage = m_counts;
    if (!record.usage.prompt && m_uncached)
        record.usage.prompt = *m_uncached + m_counts.cached.value_or(0) + m_cacheWritten.value_or(0);
    if (!record.usage.completion)
        record.usage.completion = m_engineCompletion;
}

void StreamReader::finish(int64_t at, uint32_t read, RequestRecord &record)
{
    m_at = at;
    m_read = read;
    std::string_view data;
    bool left = false;
    if (m_mode == Mode::Whole) {
        data = m_whole;
        left = true;
    } else if (m_mode == Mode::Events && record.failure == Failure::None) {
        left = m_splitter.last(data);
    }
    if (left && record.failure == Failure::None)
        takeEvent(data, record);
    m_done = m_done || (m_mode == Mode::Whole && m_hasText);
    if (m_tags.stop())
        relabel(Channel::Reasoning, Channel::Answer, record);
    tellCounts(record);
    if (record.failure != Failure::None)
        return;
    if (m_mode == Mode::Events && m_splitter.halfLine())
        fail(Failure::Malformed, ASSAY_TEXT("Failure", "half a line at the end"), record);
    else if (m_mode == Mode::Events && m_events->dialect().framing == Framing::Sse && !m_splitter.looksRight())
        fail(Failure::NotTheProtocol, ASSAY_TEXT("Failure", "no events"), record);
    else if (m_mode == Mode::Whole && !m_finished && !m_hasText)
        fail(Failure::NotTheProtocol, m_whole, record);
    else if (!m_done && !m_finished)
        fail(Failure::CutShort, ASSAY_TEXT("Failure", "the stream ends without its end mark"), record);
    else if (!m_hasText)
        fail(Failure::NoText, {}, record);
}

} // namespace assay
