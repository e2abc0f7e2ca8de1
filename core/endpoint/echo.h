// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What a completions API tells of a prompt's own tokens where it is asked to echo it with log-probabilities ("echo", "logprobs", one token
/// more; OpenAI's form, as vLLM and SGLang have it).
struct EchoedPrompt
{
    std::vector<double> logProbabilities; ///< natural, one each token of the prompt; NaN: not told, as of the first one
    std::vector<uint8_t> likeliest;       ///< whether it is the likeliest token of its place; empty where that is not told
    std::string first;                    ///< text of the first token: a begin token that the server put there, or the prompt's own
};

/// The echo, or why there is none, in words (translation context "Reason"): a server that does not know "echo" answers well and tells of the
/// token alone that it wrote, and sums of nothing would look like figures.
struct EchoReading
{
    std::optional<EchoedPrompt> prompt;
    const char *why = nullptr;
};
/// Reads an answer's body; bounded by it, never throws.
EchoReading readEcho(std::string_view body);
/// The question: greedy, one token.
std::string echoBody(const std::string &model, const std::string &prompt);

/// A continuation's likelihood.
struct EchoScore
{
    double logLikelihood = 0, squares = 0; ///< sums over its tokens
    int64_t tokens = 0;
    bool greedy = false; ///< each of its tokens is the likeliest one; false where that is not told
};
/// By the tokens that are more than those of the context alone: lm-evaluation-harness's rule. why as above where there is no such token, or one
/// has no log-probability.
struct EchoScoring
{
    std::optional<EchoScore> score;
    const char *why = nullptr;
};
EchoScoring scoreBehind(const EchoedPrompt &whole, size_t contextTokens);
/// Tokens that stand before a text by itself: one that the server put there, or none.
size_t tokensBefore(const EchoedPrompt &text, std::string_view asked);

} // namespace assay
