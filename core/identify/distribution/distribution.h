// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/distribution/answers.h"
#include "core/identify/evidence.h"
#include "core/identify/statistics/greedymismatch.h"
#include "core/identify/statistics/logprobdistance.h"
#include "core/identify/statistics/mmd.h"
#include "core/identify/statistics/ranktest.h"

namespace assay {

/// Unicode characters of a text, for the kernels of answers.
Symbols symbolsOf(std::string_view text);

/// T4b, null N1 "the same distribution": MMD of texts over their first `length` characters, labels dealt anew within each prompt. The
/// detectable effect and the power against alternatives are those of a statistic that leans as the permutations do and varies with the prompts, too.
/// Without two samples a side of any prompt: a note that says so.
Evidence textEvidence(std::span<const SampledPrompt> prompts, size_t length, std::span<const KnownEffect> alternatives, const TestPlan &plan);
/// Mean MMD over prompts, without a test, and its standard deviation over prompts: what a bundle keeps of honest stacks and alternatives.
KnownEffect textEffect(std::span<const SampledPrompt> prompts, size_t length, const std::string &name);

/// What a greedy comparison may suppose of the subject's stack.
enum class StackKnown : uint8_t {
    Same,    ///< it is the reference's own: null N1, sign flips over prompts
    Unknown, ///< any honest one: null N2, against the scores of known honest stacks; never mixed with N1
};
/// T4a. Of an unknown stack no p-value is given below 19 honest stacks (the smallest one possible, 1/(S + 1), would be above 5 %): the
/// effect stands beside those of honest stacks and of known alternatives.
Evidence greedyEvidence(std::span<const GreedyPrompt> prompts, StackKnown stack, std::span<const double> honest, std::span<const KnownEffect> alternatives,
                        const TestPlan &plan);
/// What else the plan could see and would need: of each alternative the share of requests from which on it is found with a power of 80 %, and
/// how many prompts find one request in ten.
std::vector<Told> mixtureNotes(std::span<const GreedyPrompt> prompts, std::span<const KnownEffect> alternatives, const TestPlan &plan);
/// Mean over prompts of the margin a token beyond the reference's own, and its standard deviation over prompts; nats.
KnownEffect greedyEffect(std::span<const GreedyPrompt> prompts, const std::string &name);

/// RUT, where the reference scores the subject's answers. Exploratory: it sees what MMD sees, on the same answers.
Evidence rankEvidence(std::span<const ScoredPrompt> prompts, const TestPlan &plan);
/// Log-probability distance at the first token. Exploratory: another honest stack differs, too.
Evidence logprobEvidence(std::span<const LogprobPrompt> prompts, const TestPlan &plan);

/// A service that sends one request in ten to an alternative: "10 % distilled" (VerdictRules::mixtures).
inline constexpr double kMixtureShare = 0.1;
std::string mixtureName(const std::string &alternative);

inline constexpr size_t kLeastStacks = 19; ///< honest stacks below which N2 gives no p-value

} // namespace assay
