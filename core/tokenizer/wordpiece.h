// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/prefixtable.h"
#include "core/tokenizer/tokenmodel.h"

namespace assay {

/// Words of the vocabulary as they are; every other one is the unknown token.
class WordLevel final : public TokenModel
{
public:
    WordLevel(Vocabulary vocabulary, int32_t unknown) : m_vocabulary(std::move(vocabulary)), m_unknown(unknown) {}
    void encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const override;
    const Vocabulary &vocabulary() const override { return m_vocabulary; }

private:
    Vocabulary m_vocabulary;
    int32_t m_unknown; ///< -1: unknown words give no id
};

/// The longest piece that a word begins with, then the longest that goes on, ... (Schuster and Nakajima 2012 as BERT
/// uses it); a word that does not come out even is one unknown token.
class WordPiece final : public TokenModel
{
public:
    /// `prefix` marks pieces that go on ("##"), `start` those that begin a word (GGUF's "\u2581"). A word of more
    /// characters than `longest` is unknown.
    /// `usable`, where given, by index of the vocabulary: control tokens stand in no word.
    WordPiece(Vocabulary vocabulary, int32_t unknown, std::string prefix, std::string start, uint64_t longest,
              const std::vector<bool> &usable = {});
    void encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const override;
    const Vocabulary &vocabulary() const override { return m_vocabulary; }

private:
    Vocabulary m_vocabulary;
    PrefixTable m_beginning, m_going; ///< without their marks
    int32_t m_unknown;
    uint64_t m_longest;
};

} // namespace assay
