// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/mergetable.h"

#include <array>
#include <string>

namespace assay {

/// The fields of a BPE model beside vocabulary and merges, as tokenizer.json names them.
struct BpeOptions
{
    std::string unknown;   ///< unk_token; empty: what is unknown gives no id
    std::string prefix;    ///< continuing_subword_prefix
    std::string suffix;    ///< end_of_word_suffix
    bool fuseUnknown = false;
    bool byteFallback = false; ///< unknown characters become pieces <0x00> ... <0xFF>
    bool ignoreMerges = false; ///< a word that is in the vocabulary is one token
    bool byteLevel = false;    ///< words are bytes that the vocabulary spells in GPT-2's alphabet
};

/// Byte-pair encoding with ranked merges, over characters or over bytes.
class Bpe final : public TokenModel
{
public:
    Bpe(Vocabulary vocabulary, BpeOptions options);

    /// Merges in the order of their ranks. Errors: TokenizerDamaged when a piece is not in the vocabulary.
    void reserveMerges(size_t count) { m_merges.reserve(count); }
    Result<void> addMerge(std::string_view left, std::string_view right, const std::string &where);
    /// After the last merge.
    void finish();

    void encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const override;
    const Vocabulary &vocabulary() const override { return m_vocabulary; }
    bool wordsBeginWithMetaspace() const override { return m_wordsBeginWithMetaspace; }
    bool byteLevel() const override { return m_options.byteLevel; }

private:
    void bytes(std::string_view word, std::vector<uint32_t> &symbols) const;
    void characters(std::string_view word, ModelScratch &scratch) const;
    /// The piece of a character where it stands; -1 when the vocabulary lacks it.
    int32_t pieceOf(std::string_view c, bool first, bool last, std::string &spelt) const;
    bool addFallback(std::string_view spelt, std::vector<uint32_t> &symbols) const;

    Vocabulary m_vocabulary;
    Vocabulary m_words; ///< by their bytes, for ignoreMerges at byte level
    BpeOptions m_options;
    MergeTable m_merges;
    uint32_t m_rank = 0;
    std::string m_merged; ///< used again from merge to merge
    std::array<int32_t, 256> m_bytes{};     ///< the piece of each byte at byte level; -1: not there
    std::array<int32_t, 256> m_fallbacks{}; ///< <0xNN>
    int32_t m_unknown = -1;
    bool m_wordsBeginWithMetaspace = false;
};

/// Ids of the pieces <0x00> ... <0xFF>; -1 where they are missing.
std::array<int32_t, 256> byteFallbackPieces(const Vocabulary &vocabulary);

} // namespace assay
