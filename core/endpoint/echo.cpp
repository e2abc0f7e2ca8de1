// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/echo.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

const json &at(const json &object, const char *name)
{
    static const json kNothing;
    if (!object.is_object())
        return kNothing;
    const auto found = object.find(name);
    return found == object.end() ? kNothing : *found;
}

EchoReading without(const char *why)
{
    return {std::nullopt, why};
}

/// A token's place where the likeliest ones are told by their texts.
bool isLikeliest(const json &top, double own)
{
    return top.is_object() && std::ranges::none_of(top, [own](const json &other) { return other.is_number() && other.get<double>() > own; });
}

constexpr const char *kOnlyAnswer = ASSAY_TEXT("Reason", "it tells log-probabilities of the tokens that it writes, not of the prompt's");

} // namespace

EchoReading readEcho(std::string_view body)
{
    const json answer = json::parse(body, nullptr, false);
    const json &choices = at(answer, "choices");
    if (!choices.is_array() || choices.empty())
        return without(ASSAY_TEXT("Reason", "its answer is not that of a completions API"));
    const json &logprobs = at(choices.front(), "logprobs"), &values = at(logprobs, "token_logprobs"), &tokens = at(logprobs, "tokens");
    const json &top = at(logprobs, "top_logprobs"), &told = at(at(answer, "usage"), "prompt_tokens");
    if (!values.is_array() || values.empty())
        return without(ASSAY_TEXT("Reason", "it tells no log-probabilities"));
    const size_t count = values.size(), counted = told.is_number_unsigned() ? told.get<size_t>() : count - 1;
    // One token was written behind the prompt, where it was not the end.
    if (counted > count || count <= 1)
        return without(kOnlyAnswer);
    if (count - counted > 1)
        return without(ASSAY_TEXT("Reason", "it tells other numbers of tokens and of log-probabilities"));
    EchoedPrompt prompt;
    for (size_t i = 0; i < counted; ++i) {
        const double value = values[i].is_number() ? values[i].get<double>() : NAN;
        if (i > 0 && !(value <= 1e-3)) // a little above 0 is rounding
            return without(ASSAY_TEXT("Reason", "a token of the prompt has no log-probability"));
        prompt.logProbabilities.push_back(value);
        if (top.is_array() && top.size() == count)
            prompt.likeliest.push_back(isLikeliest(top[i], value));
    }
    if (tokens.is_array() && !tokens.empty() && tokens.front().is_string())
        prompt.first = tokens.front().get<std::string>();
    return {std::move(prompt), nullptr};
}

std::string echoBody(const std::string &model, const std::string &prompt)
{
    json body{{"prompt", prompt}, {"max_tokens", 1}, {"temperature", 0}, {"echo", true}, {"logprobs", 1}};
    if (!model.empty())
        body["model"] = model;
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

EchoScoring scoreBehind(const EchoedPrompt &whole, size_t contextTokens)
{
    if (contextTokens >= whole.logProbabilities.size())
        return {std::nullopt, ASSAY_TEXT("Reason", "behind its context the text has no token of its own")};
    EchoScore score;
    score.greedy = !whole.likeliest.empty();
    for (size_t i = contextTokens; i < whole.logProbabilities.size(); ++i) {
        const double value = whole.logProbabilities[i];
        if (std::isnan(value))
            return {std::nullopt, ASSAY_TEXT("Reason", "the first token of a text has no log-probability, since the server puts no begin token before it")};
        score.logLikelihood += value;
        score.squares += value * value;
        ++score.tokens;
        score.greedy = score.greedy && whole.likeliest[i] != 0;
    }
    return {score, nullptr};
}

size_t tokensBefore(const EchoedPrompt &text, std::string_view asked)
{
    return text.first.empty() || asked.starts_with(text.first) || !std::isnan(text.logProbabilities.front()) ? 0 : 1;
}

} // namespace assay
