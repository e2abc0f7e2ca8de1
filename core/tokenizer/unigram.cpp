// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/unigram.h"

#include "core/tokenizer/bpe.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kUnknownPenalty = 10; // SentencePiece's kUnkPenalty: below the worst piece

} // namespace

Unigram::Unigram(Vocabulary vocabulary, std::vector<double> scores, int32_t unknown, bool byteFallback)
    : Unigram(std::move(vocabulary), std::move(scores), unknown, byteFallback, {})
{
}

Unigram::Unigram(Vocabulary vocabulary, std::vector<double> scores, int32_t unknown, bool byteFallback,
                 const std::vector<bool> &usable)
    : m_vocabulary(std::move(vocabulary)), m_scores(std::move(scores)), m_fallbacks(byteFallbackPieces(m_vocabulary)),
      m_unknown(unknown), m_byteFallback(byteFallback)
{
    m_scores.resize(m_vocabulary.size(), 0);
    double lowest = m_scores.empty() ? 0 : m_scores.front();
    for (size_t i = 0; i < m_vocabulary.size(); ++i) {
        if (i < usable.size() && !usable[i])
            continue;
        m_pieces.add(m_vocabulary.pieceAt(i), int32_t(i));
        lowest = std::min(lowest, m_scores[i]);
    }
    m_pieces.finish();
    m_unknownScore = lowest - kUnknownPenalty;
}

void Unigram::findBest(std::string_view word, std::vector<ModelScratch::Step> &steps) const
{
    steps.assign(word.size() + 1, {});
    const auto offer = [&](size_t end, size_t from, double score, int32_t index) {
        ModelScratch::Step &step = steps[end];
        if (!step.reached || score > step.score)
            step = {score, uint32_t(from), index, true};
    };
    for (size_t at = 0; at < word.size();) {
        size_t next = at;
        nextCodePoint(word, next);
        bool covered = false;
        m_pieces.walk(word.substr(at), [&](size_t length, int32_t index) {
            offer(at + length, at, m_scores[size_t(index)] + steps[at].score, index);
            covered |= at + length == next;
        });
        if (!covered)
            offer(next, at, m_unknownScore + steps[at].score, -1);
        at = next;
    }
}

void Unigram::addUnknown(std::string_view text, std::vector<int64_t> &ids) const
{
    // Neighbours that no piece covers are one unknown token, unless together they are a piece.
    if (const int32_t whole = m_vocabulary.find(text); whole >= 0) {
        ids.push_back(whole);
        return;
    }
    const bool bytes = m_byteFallback && std::all_of(text.begin(), text.end(), [&](char c) { return m_fallbacks[uint8_t(c)] >= 0; });
    // The path is walked backwards, so bytes are added backwards, too.
    for (size_t i = text.size(); bytes && i > 0; --i)
        ids.push_back(m_fallbacks[uint8_t(text[i - 1])]);
    if (!bytes && m_unknown >= 0)
        ids.push_back(m_unknown);
}

void Unigram::encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const
{
    findBest(word, scratch.steps);
    const size_t before = ids.size();
    size_t unknownEnd = 0; // 0: none waits
    for (size_t end = word.size(); end > 0;) {
        const ModelScratch::Step &step = scratch.steps[end];
        const bool unknown = step.id < 0 || m_vocabulary.idAt(size_t(step.id)) == m_unknown;
        if (unknown && unknownEnd == 0)
            unknownEnd = end;
        if (!unknown) {
            if (unknownEnd != 0)
                addUnknown(word.substr(end, std::exchange(unknownEnd, 0) - end), ids);
            ids.push_back(m_vocabulary.idAt(size_t(step.id)));
        }
        end = step.from;
    }
    if (unknownEnd != 0)
        addUnknown(word.substr(0, unknownEnd), ids);
    std::reverse(ids.begin() + std::ptrdiff_t(before), ids.end());
}

} // namespace assay
