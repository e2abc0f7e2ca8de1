// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/bpe.h"

#include "core/tokenizer/bytelevel.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <cstdio>

namespace assay {

std::array<int32_t, 256> byteFallbackPieces(const Vocabulary &vocabulary)
{
    std::array<int32_t, 256> pieces;
    for (unsigned byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", byte);
        pieces[byte] = vocabulary.find(name);
    }
    return pieces;
}

Bpe::Bpe(Vocabulary vocabulary, BpeOptions options) : m_vocabulary(std::move(vocabulary)), m_options(std::move(options))
{
    for (size_t byte = 0; byte < m_bytes.size(); ++byte)
        m_bytes[byte] = m_vocabulary.find(byteAlphabet()[byte]);
    m_fallbacks = byteFallbackPieces(m_vocabulary);
    if (!m_options.unknown.empty())
        m_unknown = m_vocabulary.find(m_options.unknown);
    m_wordsBeginWithMetaspace = !m_options.byteLevel && !m_options.ignoreMerges && m_options.prefix.empty()
                                && m_options.suffix.empty() && m_vocabulary.find(kMetaspace) >= 0;
}

Result<void> Bpe::addMerge(std::string_view left, std::string_view right, const std::string &where)
{
    m_merged.assign(left);
    // With a prefix for continued words the right side is written with it, the result without.
    m_merged += right.substr(std::min(right.size(), m_options.prefix.size()));
    const int32_t a = m_vocabulary.find(left), b = m_vocabulary.find(right), both = m_vocabulary.find(m_merged);
    if (a < 0 || b < 0 || both < 0)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a merge names a piece outside the vocabulary"),
                                "model.merges[" + std::to_string(m_rank) + "]");
    m_merges.add(uint32_t(a), uint32_t(b), m_rank++, uint32_t(both));
    if (right.starts_with(kMetaspace) && !left.ends_with(kMetaspace))
        m_wordsBeginWithMetaspace = false;
    return {};
}

void Bpe::finish()
{
    if (!m_options.byteLevel || !m_options.ignoreMerges)
        return;
    for (size_t i = 0; i < m_vocabulary.size(); ++i) {
        if (const auto word = bytesFromPiece(m_vocabulary.pieceAt(i)))
            m_words.add(*word, m_vocabulary.idAt(i));
    }
}

void Bpe::encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const
{
    if (m_options.ignoreMerges) {
        const int32_t whole = (m_options.byteLevel ? m_words : m_vocabulary).find(word);
        if (whole >= 0) {
            ids.push_back(whole);
            return;
        }
    }
    scratch.symbols.clear();
    if (m_options.byteLevel)
        bytes(word, scratch.symbols);
    else
        characters(word, scratch);
    m_merges.apply(scratch);
    ids.insert(ids.end(), scratch.symbols.begin(), scratch.symbols.end());
}

void Bpe::bytes(std::string_view word, std::vector<uint32_t> &symbols) const
{
    bool afterUnknown = false;
    for (const char c : word) {
        const int32_t id = m_bytes[uint8_t(c)];
        if (id >= 0)
            symbols.push_back(uint32_t(id));
        else if (m_unknown >= 0 && !(m_options.fuseUnknown && afterUnknown))
            symbols.push_back(uint32_t(m_unknown));
        afterUnknown = id < 0;
    }
}

int32_t Bpe::pieceOf(std::string_view c, bool first, bool last, std::string &spelt) const
{
    spelt.clear();
    if (!first)
        spelt += m_options.prefix;
    spelt += c;
    if (last)
        spelt += m_options.suffix;
    return m_vocabulary.find(spelt);
}

bool Bpe::addFallback(std::string_view spelt, std::vector<uint32_t> &symbols) const
{
    for (const char c : spelt) {
        if (m_fallbacks[uint8_t(c)] < 0)
            return false;
    }
    for (const char c : spelt)
        symbols.push_back(uint32_t(m_fallbacks[uint8_t(c)]));
    return true;
}

void Bpe::characters(std::string_view word, ModelScratch &scratch) const
{
    // An unknown character waits, so that the next one may join it; bytes of a later one overtake it. So does the
    // reference.
    bool waiting = false;
    for (size_t offset = 0; offset < word.size();) {
        const size_t begin = offset;
        nextCodePoint(word, offset);
        const int32_t id = pieceOf(word.substr(begin, offset - begin), begin == 0, offset == word.size(), scratch.text);
        if (id >= 0) {
            if (std::exchange(waiting, false))
                scratch.symbols.push_back(uint32_t(m_unknown));
            scratch.symbols.push_back(uint32_t(id));
        } else if (!(m_options.byteFallback && addFallback(scratch.text, scratch.symbols)) && m_unknown >= 0) {
            if (waiting && !m_options.fuseUnknown)
                scratch.symbols.push_back(uint32_t(m_unknown));
            waiting = true;
        }
    }
    if (waiting)
        scratch.symbols.push_back(uint32_t(m_unknown));
}

} // namespace assay
