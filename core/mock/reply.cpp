// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mock/reply.h"

#include <algorithm>
#include <ctime>

namespace assay {

namespace {

int64_t toNs(double seconds)
{
    return seconds <= 0 ? 0 : seconds > 1e9 ? MockReply::kNever / 4 : int64_t(seconds * 1e9);
}

/// splitmix64: the same number for the same place, whoever asks and when.
uint64_t mixed(uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

} // namespace

MockReply::MockReply(std::shared_ptr<const MockScript> script, const MockHooks &hooks, MockQuery query, int64_t number, bool faulty, bool keepAlive, int64_t came,
                     int64_t start)
    : m_script(std::move(script)), m_writer(&writerOf(query.dialect)), m_faulty(faulty), m_keepAlive(keepAlive),
      m_random(mixed(m_script->seed * 1'000'003u + uint64_t(number))), m_start(start), m_due(start)
{
    m_answer.script = m_script.get();
    m_answer.query = std::move(query);
    m_answer.id = "mock-" + std::to_string(number);
    m_answer.created = std::time(nullptr);
    planPieces();
    planTold(hooks, number);
    planPrompt(hooks, number);
    planTimes(came, start);
    if (hit(MockFault::Silent))
        m_due = kNever;
    else if (hit(MockFault::Drip))
        prepareDrip();
}

void MockReply::planPieces()
{
    const MockScript &script = *m_script;
    const int64_t perPiece = std::max<int64_t>(script.tokensPerPiece, 1);
    const bool tools = m_answer.query.dialect == MockDialect::Chat || m_answer.query.dialect == MockDialect::Messages;
    const bool noText = hit(MockFault::NoText);
    int64_t reasoning = noText ? 0 : script.reasoningPieces, content = noText ? 0 : script.pieces;
    int64_t calls = noText || !tools ? 0 : script.toolPieces;
    int64_t tokens = (reasoning + content + calls) * perPiece;
    if (script.obeyLimit && m_answer.query.limit && *m_answer.query.limit < tokens) {
        m_answer.limited = true;
        tokens = *m_answer.query.limit;
        int64_t left = (tokens + perPiece - 1) / perPiece;
        reasoning = std::min(reasoning, left);
        content = std::min(content, left -= reasoning);
        calls = std::min(calls, left - content);
    }
    m_hidden = script.hideReasoning ? reasoning : 0;
    m_reasoning = reasoning - m_hidden;
    m_content = content;
    m_tools = calls;
    m_total = m_reasoning + m_content + m_tools;
    const bool needsPiece = hit(MockFault::BadUtf8) || hit(MockFault::HalfLine);
    m_faultAt = std::clamp<int64_t>(script.faultAfter, 0, std::max<int64_t>(m_total - needsPiece, 0));
    m_answer.reasoningTokens = std::min(reasoning * perPiece, tokens);
    m_answer.outputTokens = tokens;
    m_answer.usesTool = calls > 0 && !m_answer.limited;
    const bool thinkTags = script.reasoningField.empty();
    m_answer.blocks = (m_reasoning > 0 && !thinkTags) + (m_content > 0 || (thinkTags && m_reasoning > 0)) + (m_tools > 0);
    m_answer.promptTokens = m_answer.query.promptTokens;
    m_answer.cachedTokens = std::clamp<int64_t>(script.cachedTokens.value_or(0), 0, m_answer.promptTokens);
    m_answer.toldUsage = script.usage == MockScript::Usage::Always || script.usage == MockScript::Usage::Wrong
                         || (script.usage == MockScript::Usage::AsAsked && m_answer.query.wantsUsage);
}

void MockReply::planTimes(int64_t came, int64_t start)
{
    m_answer.queueNs = start - came;
    m_answer.promptNs = toNs(m_script->ttft + m_script->perPromptToken * double(m_answer.promptTokens));
    m_firstPiece = start + m_answer.promptNs;
    for (int64_t i = 0; i < m_hidden; ++i)
        m_firstPiece += gap(i);
    m_answer.decodeNs = m_firstPiece - start - m_answer.promptNs;
    for (int64_t i = 1; i < m_total; ++i)
        m_answer.decodeNs += gap(m_hidden + i - 1);
}

/// Between piece `index` and the next one.
int64_t MockReply::gap(int64_t index) const
{
    const double value = m_script->gaps.empty() ? m_script->gap : m_script->gaps[size_t(index) % m_script->gaps.size()];
    const double share = double(mixed(m_random + uint64_t(index)) >> 11) * 0x1p-53; // [0, 1)
    return toNs(value * (1 + m_script->jitter * (2 * share - 1)));
}

MockPiece MockReply::pieceAt(int64_t index) const
{
    if (m_isTold && size_t(index) < m_told.size())
        return m_told[size_t(index)];
    MockPiece piece;
    piece.index = index;
    const bool thinkTags = m_script->reasoningField.empty();
    if (index < m_reasoning) {
        piece.kind = thinkTags ? PieceKind::Answer : PieceKind::Reasoning;
        piece.firstOfBlock = index == 0;
        piece.text = (thinkTags && index == 0 ? "<think>\n" : "") + std::string(index > 0 ? " " : "") + "thought" + std::to_string(index);
        return piece;
    }
    const bool afterThoughts = m_reasoning > 0;
    index -= m_reasoning;
    if (index < m_content || m_tools == 0) { // an endless answer goes on as such
        piece.firstOfBlock = index == 0 && !(afterThoughts && thinkTags);
        piece.block = afterThoughts && !thinkTags;
        const std::string word = m_script->words.empty() ? (index > 0 ? " word" : "word") + std::to_string(index)
                                                         : m_script->words[size_t(index) % m_script->words.size()];
        piece.text = (afterThoughts && thinkTags && index == 0 ? "\n</think>\n\n" : "") + word;
    } else {
        index -= m_content;
        piece.kind = PieceKind::Tool;
        piece.firstOfBlock = index == 0;
        piece.block = m_answer.blocks - 1;
        piece.text = (index == 0 ? "{\"words\":\"" : " ") + std::string("part") + std::to_string(index) + (index + 1 == m_tools ? "\"}" : "");
    }
    return piece;
}

void MockReply::frame(std::string_view body, bool last, std::string &out) const
{
    if (!m_chunked) {
        out += body;
        return;
    }
    if (!body.empty()) {
        static const char kHex[] = "0123456789abcdef";
        char digits[16];
        int count = 0;
        for (size_t rest = body.size(); rest > 0; rest >>= 4)
            digits[count++] = kHex[rest & 15];
        while (count > 0)
            out += digits[--count];
        out += "\r\n";
        out += body;
        out += "\r\n";
    }
    if (last)
        out += "0\r\n\r\n";
}

std::string MockReply::head(std::string_view contentType, std::optional<size_t> length) const
{
    std::string further;
    for (const auto &[name, value] : m_script->furtherHeaders)
        further += name + ": " + value + "\r\n";
    if (hit(MockFault::BadGzip))
        further += "Content-Encoding: gzip\r\n";
    if (m_script->server == MockServer::Tgi && !m_answer.query.stream) {
        const auto ms = [](int64_t ns) { return std::to_string(ns / 1'000'000); };
        further += "x-prompt-tokens: " + std::to_string(m_answer.promptTokens)
                   + "\r\nx-generated-tokens: " + std::to_string(m_answer.outputTokens) + "\r\nx-queue-time: " + ms(m_answer.queueNs)
                   + "\r\nx-inference-time: " + ms(m_answer.promptNs + m_answer.decodeNs)
                   + "\r\nx-total-time: " + ms(m_answer.queueNs + m_answer.promptNs + m_answer.decodeNs) + "\r\n";
    }
    return headOf(*m_script, 200, contentType, length, m_keepAlive, further);
}

/// What comes before any text.
void MockReply::appendOpening(std::string &body)
{
    const bool chat = m_answer.query.dialect == MockDialect::Chat;
    if (m_writer->open != nullptr && (!chat || m_script->roleOnlyFirst))
        m_writer->open(m_answer, body);
    for (int64_t i = 0; i < m_script->keepAlives && m_answer.query.dialect < MockDialect::OllamaChat; ++i)
        body += ": keep-alive\n\n";
    for (int64_t i = 0; i < m_script->emptyChunks && m_writer->empty != nullptr; ++i)
        m_writer->empty(m_answer, body);
}

void MockReply::openStream(Step &step)
{
    m_body.clear();
    appendOpening(m_body);
    std::optional<size_t> length;
    if (hit(MockFault::ShortLength) || hit(MockFault::LongLength)) {
        m_chunked = false;
        const size_t whole = wholeBody().size();
        length = hit(MockFault::ShortLength) ? whole + 64 : whole - std::min<size_t>(whole, 64);
    }
    step.bytes = head(m_writer->streamType, length);
    frame(m_body, false, step.bytes);
    m_phase = Phase::Pieces;
    m_due = m_firstPiece;
}

/// All bytes of the body that a stream consists of, or that is sent without streaming.
std::string MockReply::wholeBody()
{
    std::string out;
    if (!m_answer.query.stream) {
        for (int64_t i = 0; i < m_total; ++i)
            m_answer.pieces.push_back(pieceAt(i));
        if (hit(MockFault::BadUtf8) && !m_answer.pieces.empty())
            m_answer.pieces.back().text += "\xff\xfe\xc3";
        m_writer->whole(m_answer, out);
        return out;
    }
    appendOpening(out);
    for (int64_t i = 0; i < m_total; ++i)
        m_writer->piece(m_answer, pieceAt(i), out);
    m_writer->close(m_answer, out);
    return out;
}

void MockReply::next(Step &step)
{
    step.bytes.clear();
    step.pieces = 0;
    step.then = Then::Wait;
    switch (m_phase) {
    case Phase::Held: m_due = kNever; return;
    case Phase::Bytes: dripByte(step); return;
    case Phase::Pieces: writePieces(step); return;
    case Phase::Head: break;
    }
    const MockFault fault = m_faulty ? m_script->fault : MockFault::None;
    if (fault == MockFault::Status || fault == MockFault::Html || fault == MockFault::ErrorAtOnce || fault == MockFault::Redirect
        || (fault == MockFault::ErrorInStream && !m_answer.query.stream)) {
        answerEarly(step);
    } else if (m_answer.query.stream) {
        m_body.clear();
        appendOpening(m_body);
        if (m_body.empty() && m_due < m_firstPiece) { // nothing to say yet: the head goes with the first piece
            m_due = m_firstPiece;
            return;
        }
        openStream(step);
    } else {
        answerWhole(step);
    }
}

void MockReply::writePieces(Step &step)
{
    m_body.clear();
    const int64_t several = std::max<int64_t>(m_script->piecesPerWrite, 1);
    const bool endless = hit(MockFault::Endless);
    for (int64_t i = 0; i < several; ++i) {
        if (isFaultHere()) {
            breakStream(step);
            if (step.then != Then::Wait || m_phase == Phase::Held)
                return;
        }
        if (m_next >= m_total && !endless)
            break;
        MockPiece piece = pieceAt(m_next);
        if (hit(MockFault::BadUtf8) && isFaultHere())
            piece.text += "\xff\xfe\xc3";
        m_writer->piece(m_answer, piece, m_body);
        ++m_next;
        ++step.pieces;
    }
    frame(m_body, false, step.bytes);
    if (m_next >= m_total && !endless && step.pieces == 0) {
        writeEnd(step);
        return;
    }
    if (m_next >= m_total && !endless)
        return; // the end is a write of its own, at once
    for (int64_t i = 0; i < several; ++i)
        m_due += gap(m_hidden + m_next - several + i);
}

/// Does at its place what breaks a stream; faults that only change bytes leave the step as it is.
void MockReply::breakStream(Step &step)
{
    switch (m_script->fault) {
    case MockFault::ErrorInStream:
        m_writer->error(m_answer, 500, "the mock was told to fail here", true, m_body);
        step.then = Then::End;
        break;
    case MockFault::NoEndMark: step.then = Then::End; break;
    case MockFault::HalfLine: {
        std::string event;
        m_writer->piece(m_answer, pieceAt(m_next), event);
        m_body.append(event, 0, event.size() / 2);
        step.then = Then::End;
        break;
    }
    case MockFault::BadJson:
        m_body += m_answer.query.dialect == MockDialect::OllamaChat || m_answer.query.dialect == MockDialect::OllamaGenerate
                      ? "{\"model\": nonsense}\n"
                      : "data: {\"id\": nonsense}\n\n";
        return;
    case MockFault::Reset: step.then = Then::Reset; break;
    case MockFault::CloseEarly: step.then = Then::Close; break;
    case MockFault::StallInStream:
        m_phase = Phase::Held;
        m_due = kNever;
        break;
    default: return;
    }
    frame(m_body, step.then == Then::End, step.bytes);
    if (step.then == Then::End && !m_keepAlive)
        step.then = Then::Close;
}

void MockReply::writeEnd(Step &step)
{
    m_body.clear();
    m_writer->close(m_answer, m_body);
    frame(m_body, true, step.bytes);
    step.then = m_keepAlive && !hit(MockFault::ShortLength) ? Then::End : Then::Close;
}

} // namespace assay
