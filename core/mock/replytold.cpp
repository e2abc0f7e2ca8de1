// SPDX-License-Identifier: GPL-3.0-or-later
// Answers and counts that hooks make, and a proxy that cuts them anew.
#include "core/mock/reply.h"

#include <algorithm>

namespace assay {
namespace {

bool continuesCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// One piece a character.
void addCharacters(const MockPiece &piece, std::vector<MockPiece> &out)
{
    for (size_t at = 0; at < piece.text.size();) {
        size_t end = at + 1;
        while (end < piece.text.size() && continuesCharacter(piece.text[end]))
            ++end;
        MockPiece one;
        one.kind = piece.kind;
        one.text = piece.text.substr(at, end - at);
        out.push_back(std::move(one));
        at = end;
    }
}

} // namespace

std::vector<MockPiece> MockReply::cutAnew(std::vector<MockPiece> pieces) const
{
    constexpr size_t kMerged = 4;
    std::vector<MockPiece> out;
    if (m_script->rechunk == MockScript::Rechunk::None)
        return pieces;
    for (const MockPiece &piece : pieces) {
        const bool same = !out.empty() && out.back().kind == piece.kind;
        if (m_script->rechunk == MockScript::Rechunk::Characters) {
            addCharacters(piece, out);
        } else if (same && out.back().index % int64_t(kMerged) != 0) {
            out.back().text += piece.text;
            ++out.back().index;
        } else {
            out.push_back(piece);
            out.back().tokens.clear();
            out.back().index = 1;
        }
    }
    return out;
}

void MockReply::planTold(const MockHooks &hooks, int64_t number)
{
    if (!hooks.answer || hit(MockFault::NoText))
        return;
    MockAsked asked;
    asked.number = number;
    asked.model = m_answer.query.model;
    asked.body = m_answer.query.body;
    for (const std::string &text : m_answer.query.texts)
        asked.prompt += (asked.prompt.empty() ? "" : "\n") + text;
    asked.last = m_answer.query.texts.empty() ? std::string() : m_answer.query.texts.back();
    std::vector<MockToken> tokens = hooks.answer(asked);
    const auto limit = m_answer.query.limit;
    m_answer.limited = m_script->obeyLimit && limit && size_t(*limit) < tokens.size();
    if (m_answer.limited)
        tokens.resize(size_t(*limit));
    std::vector<MockPiece> pieces;
    std::string text;
    m_answer.reasoningTokens = 0;
    for (MockToken &token : tokens) {
        MockPiece piece;
        piece.kind = token.reasoning ? PieceKind::Reasoning : PieceKind::Answer;
        m_answer.reasoningTokens += token.reasoning;
        piece.text = token.text;
        text += token.text;
        m_answer.context.push_back(token.id);
        piece.tokens.push_back(std::move(token));
        pieces.push_back(std::move(piece));
    }
    m_told = cutAnew(std::move(pieces));
    m_isTold = true;
    for (size_t i = 0; i < m_told.size(); ++i) {
        m_told[i].index = int64_t(i);
        m_told[i].firstOfBlock = i == 0 || m_told[i].kind != m_told[i - 1].kind;
        m_told[i].block = i > 0 ? m_told[i - 1].block + m_told[i].firstOfBlock : 0;
    }
    m_hidden = m_tools = 0;
    m_reasoning = std::ranges::count(m_told, PieceKind::Reasoning, &MockPiece::kind);
    m_content = int64_t(m_told.size()) - m_reasoning;
    m_total = int64_t(m_told.size());
    m_faultAt = std::clamp<int64_t>(m_script->faultAfter, 0, m_total);
    m_answer.blocks = m_told.empty() ? 0 : m_told.back().block + 1;
    m_answer.outputTokens = hooks.recount && hooks.countTokens ? hooks.countTokens(text) : int64_t(tokens.size());
}

void MockReply::planPrompt(const MockHooks &hooks, int64_t number)
{
    if (hooks.countTokens) {
        m_answer.promptTokens = 0;
        for (const std::string &text : m_answer.query.texts)
            m_answer.promptTokens += hooks.countTokens(text);
    }
    m_answer.promptTokens += m_script->hiddenPromptTokens;
    if (m_script->countJitter > 0)
        m_answer.promptTokens += number % (m_script->countJitter + 1);
}

} // namespace assay
