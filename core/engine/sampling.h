// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"

namespace assay::engine {

/// A token that may still be chosen. Once filtered, scores are logits divided by the temperature, less the largest.
struct Candidate
{
    int64_t id = 0;
    double score = 0;
    bool operator==(const Candidate &) const = default;
};

// The filters in the order in which they are applied, which is that of transformers: penalty, temperature, top-k, top-p,
// min-p. Each keeps the order of the candidates and at least one of them.

/// Divides the positive and multiplies the other scores of tokens that came before (CTRL, Keskar and others, 2019,
/// section 4.1). Each token once, however often it came.
void penalise(std::span<float> logits, std::span<const int64_t> tokens, double penalty);
/// Keeps the k largest and what equals the last of them; 0 keeps all.
void keepTopK(std::vector<Candidate> &candidates, int64_t k);
/// Keeps the fewest likeliest tokens whose probabilities reach p together (Holtzman and others, 2019); of equals the
/// smaller ids.
void keepTopP(std::vector<Candidate> &candidates, double p);
/// Keeps what is at least p times as likely as the likeliest (Nguyen and others, 2024).
void keepMinP(std::vector<Candidate> &candidates, double p);

/// BadParameters when a value makes no sense: not a number, negative, top-p 0, ...
Result<void> checkSampling(const Sampling &options);

/// Chooses the tokens of one sequence. The number that decides depends on the seed and on how many were chosen before, on
/// nothing else: a sequence comes out the same alone and in any batch.
class Sampler
{
public:
    /// prompt: the tokens that the penalty counts besides the chosen ones; ids inside the vocabulary.
    Sampler(const Sampling &options, std::span<const int64_t> prompt, int64_t vocabulary);

    /// Whether it is the largest logit that is chosen, and nothing besides (the first of equals).
    bool takesLargest() const;
    /// logits [vocabulary] of one position. EngineFailed when they are no numbers.
    Result<int64_t> choose(std::span<const float> logits);
    /// Counts a token that somebody else chose.
    void add(int64_t id);

private:
    int64_t draw(std::span<const float> logits, float largest);

    Sampling m_options;
    uint64_t m_count = 0;
    std::vector<int64_t> m_tokens; ///< that the penalty counts, each once
    std::vector<bool> m_counted;   ///< by id; empty without a penalty
    std::vector<float> m_logits;
    std::vector<Candidate> m_candidates;
};

/// The index of the largest, the first of equals; nothing when one is not a number or the largest is not finite.
std::optional<size_t> largestOf(std::span<const float> logits);
/// The error for logits that are no numbers.
tl::unexpected<Error> noNumbers();

} // namespace assay::engine
