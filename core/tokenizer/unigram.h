// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/prefixtable.h"
#include "core/tokenizer/tokenmodel.h"

#include <array>

namespace assay {

/// The likeliest way to cut a word into pieces of known log-probability (Kudo 2018), by Viterbi's algorithm.
class Unigram final : public TokenModel
{
public:
    /// `scores` by index of the vocabulary; -1 as `unknown`: what no piece covers gives no id. A piece longer than
    /// PrefixTable::kLongest is never found.
    Unigram(Vocabulary vocabulary, std::vector<double> scores, int32_t unknown, bool byteFallback);
    /// Pieces that stand in the vocabulary but not in texts (control tokens of SentencePiece) are left out.
    Unigram(Vocabulary vocabulary, std::vector<double> scores, int32_t unknown, bool byteFallback,
            const std::vector<bool> &usable);
    void encode(std::string_view word, ModelScratch &scratch, std::vector<int64_t> &ids) const override;
    const Vocabulary &vocabulary() const override { return m_vocabulary; }

private:
    void findBest(std::string_view word, std::vector<ModelScratch::Step> &steps) const;
    void addUnknown(std::string_view text, std::vector<int64_t> &ids) const;

    Vocabulary m_vocabulary;
    std::vector<double> m_scores; ///< by index of the vocabulary
    PrefixTable m_pieces;         ///< leads to that index
    std::array<int32_t, 256> m_fallbacks{};
    int32_t m_unknown;
    bool m_byteFallback;
    double m_unknownScore = 0;
};

} // namespace assay
