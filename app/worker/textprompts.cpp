// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/textprompts.h"

#include "core/bench/prompttext.h"

#include <algorithm>
#include <random>

namespace assay::worker {
namespace {

/// A word is at least one token of nearly every tokenizer; one that makes fewer of them is asked for more words.
constexpr int64_t kMostWordsOfToken = 16;
/// Words that have every word of the sentences among them.
constexpr int64_t kTriedWords = 2000;

/// A seed of its own for each prompt.
uint64_t seedOf(uint64_t seed, int64_t run, int64_t sequence)
{
    std::seed_seq sequenceOfSeeds{uint32_t(seed), uint32_t(seed >> 32), uint32_t(run), uint32_t(sequence)};
    uint32_t words[2];
    sequenceOfSeeds.generate(std::begin(words), std::end(words));
    return uint64_t(words[0]) << 32 | words[1];
}

std::vector<int64_t> textIds(const Tokenizer &tokenizer, uint64_t seed, int64_t tokens, bool special)
{
    std::vector<int64_t> ids;
    for (int64_t words = tokens; int64_t(ids.size()) < tokens && words <= tokens * kMostWordsOfToken; words *= 2)
        ids = tokenizer.encode(proseText(words, seed), special);
    ids.resize(std::min(ids.size(), size_t(tokens)));
    return ids;
}

bool knowsText(const Tokenizer &tokenizer, const engine::Description &model)
{
    const std::vector<int64_t> ids = tokenizer.encode(proseText(kTriedWords, 1), true);
    return int64_t(ids.size()) * kMostWordsOfToken >= kTriedWords &&
           std::ranges::all_of(ids, [&](int64_t id) { return id >= 0 && id < model.vocabularySize; });
}

} // namespace

Result<engine::PromptIds> promptIdsOf(const protocol::MeasureRequest &request, const Result<std::shared_ptr<const Tokenizer>> &tokenizer,
                                      const engine::Description &model)
{
    const bool asked = request.prompts == "text";
    if (!asked && request.prompts != "auto" && request.prompts != "random")
        return failure(ErrorCode::BadParameters, {"prompts", request.prompts});
    if (asked && !tokenizer)
        return tl::unexpected(tokenizer.error());
    const bool experts = model.work && model.work->experts > 0;
    const bool text = asked || (request.prompts == "auto" && experts && tokenizer && knowsText(**tokenizer, model));
    if (!text)
        return engine::PromptIds();
    // What a tokenizer puts before a text stands once, where the context begins.
    return engine::PromptIds([tokenizer = *tokenizer, seed = request.seed, depth = request.depth](int64_t run, int64_t sequence, int64_t tokens) {
        return textIds(*tokenizer, seedOf(seed, run, sequence), tokens, depth == 0 || run < 0);
    });
}

} // namespace assay::worker
