// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/vocabulary.h"

namespace assay {

/// Working memory of one encoding at a time; models keep nothing in it between words.
struct ModelScratch
{
    struct Step ///< the best way to a place of a word (Unigram)
    {
        double score = 0;
        uint32_t from = 0;
        int32_t id = -1;
        bool reached = false;
    };
    struct Part ///< a symbol of a word that merges by score (SentencePiece's BPE)
    {
        uint32_t begin = 0, end = 0;
        int32_t previous = -1, next = -1;
    };
    struct Join ///< two neighbouring parts that are a piece
    {
        double score = 0;
        int32_t left = 0, right = 0;
        uint32_t length = 0; ///< of both, as it was
    };
    std::vector<uint32_t> symbols, next, previous;
    std::vector<uint64_t> pairs, queue;
    std::vector<Step> steps;
    std::vector<Part> parts;
    std::vector<Join> joins;
    std::string text;
};

/// The model section: turns one word into ids.
class TokenModel
{
public:
    virtual ~TokenModel() = default;
    /// Appends the ids of a non-empty word of valid UTF-8 (of any bytes for byte-level BPE).
    virtual void encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const = 0;
    virtual const Vocabulary &vocabulary() const = 0;
    /// Whether a text may be cut before each run of U+2581 without a change of its ids: words then repeat, and
    /// what is known of them is used again.
    virtual bool wordsBeginWithMetaspace() const { return false; }
    /// Whether words are raw bytes that the vocabulary spells in the byte-level alphabet.
    virtual bool byteLevel() const { return false; }
};

inline constexpr std::string_view kMetaspace = "\xE2\x96\x81"; // U+2581

} // namespace assay
