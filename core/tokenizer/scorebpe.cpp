// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/scorebpe.h"

#include "core/tokenizer/bpe.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace assay {
namespace {

/// Whether a mark stands behind something else than marks.
bool holdsInnerMetaspace(std::string_view piece)
{
    while (piece.starts_with(kMetaspace))
        piece.remove_prefix(kMetaspace.size());
    return piece.find(kMetaspace) != std::string_view::npos;
}

/// For a heap: the lowest score first, the rightmost of equal ones.
bool laterThan(const ModelScratch::Join &a, const ModelScratch::Join &b)
{
    return a.score != b.score ? a.score < b.score : a.left > b.left;
}

} // namespace

ScoreBpe::ScoreBpe(Vocabulary vocabulary, std::vector<double> scores, const std::vector<bool> &usable, int32_t unknown,
                   bool byteFallback)
    : m_vocabulary(std::move(vocabulary)), m_scores(std::move(scores)), m_fallbacks(byteFallbackPieces(m_vocabulary)),
      m_unknown(unknown), m_byteFallback(byteFallback)
{
    m_scores.resize(m_vocabulary.size(), 0);
    bool inner = false;
    for (size_t i = 0; i < m_vocabulary.size(); ++i) {
        if (i < usable.size() && !usable[i])
            continue;
        m_pieces.add(m_vocabulary.pieceAt(i), int64_t(i));
        inner = inner || holdsInnerMetaspace(m_vocabulary.pieceAt(i));
    }
    m_wordsBeginWithMetaspace = !inner && m_pieces.find(kMetaspace) >= 0;
}

void ScoreBpe::offer(std::string_view word, ModelScratch &scratch, int32_t left) const
{
    if (left < 0 || scratch.parts[size_t(left)].next < 0)
        return;
    const ModelScratch::Part &a = scratch.parts[size_t(left)], &b = scratch.parts[size_t(a.next)];
    const int32_t piece = m_pieces.find(word.substr(a.begin, b.end - a.begin));
    if (piece < 0)
        return;
    scratch.joins.push_back({m_scores[size_t(piece)], left, a.next, b.end - a.begin});
    std::push_heap(scratch.joins.begin(), scratch.joins.end(), laterThan);
}

void ScoreBpe::join(std::string_view word, ModelScratch &scratch) const
{
    auto &parts = scratch.parts;
    parts.clear();
    scratch.joins.clear();
    for (size_t offset = 0; offset < word.size();) {
        const size_t begin = offset;
        nextCodePoint(word, offset);
        const int32_t index = int32_t(parts.size());
        parts.push_back({uint32_t(begin), uint32_t(offset), index - 1, offset < word.size() ? index + 1 : -1});
    }
    for (size_t i = 0; i < parts.size(); ++i)
        offer(word, scratch, int32_t(i));
    while (!scratch.joins.empty()) {
        std::pop_heap(scratch.joins.begin(), scratch.joins.end(), laterThan);
        const ModelScratch::Join best = scratch.joins.back();
        scratch.joins.pop_back();
        ModelScratch::Part &a = parts[size_t(best.left)], &b = parts[size_t(best.right)];
        // Stale when either has grown or gone since.
        if (a.begin == a.end || b.begin == b.end || a.next != best.right || b.end - a.begin != best.length)
            continue;
        a.end = b.end;
        a.next = b.next;
        b.begin = b.end;
        if (a.next >= 0)
            parts[size_t(a.next)].previous = best.left;
        const int32_t previous = a.previous;
        offer(word, scratch, previous);
        offer(word, scratch, best.left);
    }
}

bool ScoreBpe::addBytes(std::string_view text, std::vector<int64_t> &ids) const
{
    if (!m_byteFallback || std::any_of(text.begin(), text.end(), [&](char c) { return m_fallbacks[uint8_t(c)] < 0; }))
        return false;
    for (const char c : text)
        ids.push_back(m_fallbacks[uint8_t(c)]);
    return true;
}

void ScoreBpe::encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const
{
    join(word, scratch);
    bool afterUnknown = false;
    for (int32_t at = scratch.parts.empty() ? -1 : 0; at >= 0; at = scratch.parts[size_t(at)].next) {
        const ModelScratch::Part &part = scratch.parts[size_t(at)];
        const std::string_view text = word.substr(part.begin, part.end - part.begin);
        const int32_t piece = m_pieces.find(text);
        if (piece >= 0)
            ids.push_back(m_vocabulary.idAt(size_t(piece)));
        const bool unknown = piece < 0 && !addBytes(text, ids);
        if (unknown && !afterUnknown && m_unknown >= 0)
            ids.push_back(m_unknown);
        afterUnknown = unknown;
    }
}

} // namespace assay
