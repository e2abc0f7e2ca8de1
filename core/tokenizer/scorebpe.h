// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/tokenmodel.h"

#include <array>

namespace assay {

/// SentencePiece's byte-pair encoding: of all neighbours that together are a piece those of the highest score join
/// first, the leftmost of equal ones. There is no list of merges.
class ScoreBpe final : public TokenModel
{
public:
    /// `scores` and `usable` by index of the vocabulary; pieces that are not usable (control tokens, bytes) stand
    /// in no text. byteFallback: unknown characters become bytes, else neighbours are one unknown token.
    ScoreBpe(Vocabulary vocabulary, std::vector<double> scores, const std::vector<bool> &usable, int32_t unknown,
             bool byteFallback);
    void encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const override;
    const Vocabulary &vocabulary() const override { return m_vocabulary; }
    bool wordsBeginWithMetaspace() const override { return m_wordsBeginWithMetaspace; }

private:
    void join(std::string_view word, ModelScratch &scratch) const;
    void offer(std::string_view word, ModelScratch &scratch, int32_t left) const;
    bool addBytes(std::string_view text, std::vector<int64_t> &ids) const;

    Vocabulary m_vocabulary;
    Vocabulary m_pieces; ///< the usable ones; leads to indices
    std::vector<double> m_scores;
    std::array<int32_t, 256> m_fallbacks{};
    int32_t m_unknown;
    bool m_byteFallback;
    bool m_wordsBeginWithMetaspace = false;
};

} // namespace assay
