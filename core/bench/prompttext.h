// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"

#include <optional>
#include <string>

namespace assay {

struct RequestRecord;

/// How a server's tokens of a prompt follow from its words: overhead (chat template, nonce, closing request) + words *
/// perWord. Until a pilot has asked the server, the usual rule of thumb for English, 4 tokens for 3 words.
struct PromptScale
{
    double overhead = 0, perWord = 4.0 / 3;
    bool measured = false;
    bool operator==(const PromptScale &) const = default;
};

/// The text of a prompt: sentences of ordinary English words, seeded, so that routing, speculation and tokenizers see language
/// and not noise (benchmarking.md 4, pitfall 18). It ends with a request to go on at length, since hosted models cannot be
/// told to ignore their end (pitfall 10).
std::string promptText(int64_t words, uint64_t seed, const std::string &nonce, int64_t depthWords = 0, uint64_t depthSeed = 0);
/// Words of a text as promptText counts them: without nonce and closing request.
std::string proseText(int64_t words, uint64_t seed);

/// The prompts of a plan. Cold: each begins with a nonce of its own, made of the run's and its index, so that no prefix of it
/// was ever seen (pitfall 9). Warm: what stands before the prompt (the depth) is the same for a whole point, and without a
/// depth so is the prompt itself. Safe from several threads.
class PromptMaker
{
public:
    PromptMaker(const BenchPlan &plan, std::string runId, PromptScale scale = {});
    std::string prompt(const BenchPoint &point, size_t pointNumber, int64_t index) const;
    int64_t wordsFor(int64_t tokens) const; ///< at least 1
    const PromptScale &scale() const { return m_scale; }

private:
    uint64_t m_seed;
    CachePolicy m_cache;
    std::string m_runId;
    PromptScale m_scale;
};

/// The scale that two pilot requests show: words that were sent and tokens that the server counted. Nothing when they cannot
/// tell (no counts, the same length).
std::optional<PromptScale> measuredScale(int64_t wordsA, int64_t tokensA, int64_t wordsB, int64_t tokensB);

} // namespace assay
