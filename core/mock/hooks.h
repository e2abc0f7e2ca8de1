// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// A token of an answer that a hook makes.
struct MockToken
{
    std::string text; ///< UTF-8: a token that ends within a character comes together with its next ones
    int64_t id = 0;
    double logprob = -0.5;
    bool reasoning = false;
    std::vector<std::pair<std::string, double>> top = {}; ///< what top_logprobs tells: the likeliest tokens
    std::string bytes = {}; ///< that log-probabilities tell of it; empty: those of the text. A token within a character has others.
};

/// What a request asks, for hooks.
struct MockAsked
{
    int64_t number = 0; ///< of the request, in the order of arrival
    std::string model;
    std::string prompt; ///< all its texts, a line each
    std::string last;   ///< the last of them
    std::string body;   ///< as it came
};

/// How a mock counts and answers where words will not do: with a real tokenizer, a real model. Called on the mock's thread, so they must
/// not wait. Empty ones leave the mock as its script has it.
struct MockHooks
{
    /// Tokens of a text as usage tells them: called with each text of the request, and with the answer where recount is set.
    std::function<int64_t(std::string_view text)> countTokens;
    /// The whole answer; max_tokens cuts it.
    std::function<std::vector<MockToken>(const MockAsked &asked)> answer;
    bool recount = false; ///< completion_tokens by countTokens of the text, not by the tokens of the answer
};

} // namespace assay
