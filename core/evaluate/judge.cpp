// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr std::string_view kThinkStart = "<think>";
constexpr std::string_view kThinkEnd = "</think>";
constexpr std::string_view kBlank = " \t\r\n\f\v";

std::string trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

/// The answer part of the output: after the last end of thinking. Nothing while the thinking is still open.
/// Templates often supply the start themselves, so an end without a start is normal (evaluation.md 3.4).
std::optional<std::string> withoutThinking(const std::string &output)
{
    const size_t end = output.rfind(kThinkEnd);
    const std::string rest = end == std::string::npos ? output : output.substr(end + kThinkEnd.size());
    if (rest.find(kThinkStart) != std::string::npos)
        return std::nullopt;
    return rest;
}

struct Cut
{
    std::string text;
    bool ended = false; ///< `until` was there
};

std::optional<Cut> cutOut(const ExtractRule &rule, const std::string &output)
{
    size_t from = 0;
    if (!rule.after.empty()) {
        const size_t mark = output.rfind(rule.after);
        if (mark == std::string::npos)
            return std::nullopt;
        from = mark + rule.after.size();
    } else if (!rule.until.empty() && trimmed(rule.until).empty()) {
        // With nothing to look for before the answer, a blank first line must not end it.
        from = std::min(output.find_first_not_of(kBlank), output.size());
    }
    const size_t to = rule.until.empty() ? std::string::npos : output.find(rule.until, from);
    const std::string text = trimmed(std::string_view(output).substr(from, to == std::string::npos ? to : to - from));
    if (text.empty())
        return std::nullopt;
    return Cut{text, to != std::string::npos};
}

ItemResult blankResult(const SuiteItem &item)
{
    ItemResult result;
    result.itemId = item.id;
    result.task = item.task;
    result.expected = item.answer;
    result.axes = item.axes;
    return result;
}

} // namespace

const char *outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Right: return ASSAY_TEXT("Outcome", "right");
    case Outcome::Wrong: return ASSAY_TEXT("Outcome", "wrong");
    case Outcome::Unparsed: return ASSAY_TEXT("Outcome", "unparsed");
    case Outcome::Truncated: return ASSAY_TEXT("Outcome", "truncated");
    case Outcome::Error: return ASSAY_TEXT("Outcome", "error");
    }
    return "";
}

std::optional<std::string> extractAnswer(const ExtractRule &rule, const std::string &output)
{
    const std::optional<Cut> cut = cutOut(rule, output);
    return cut ? std::optional(cut->text) : std::nullopt;
}

ItemResult judgeGenerated(const Suite &suite, const SuiteItem &item, const std::string &output, const std::string &finish)
{
    ItemResult result = blankResult(item);
    result.output = output;
    const bool cutOff = finish == "length";
    const std::optional<std::string> text = withoutThinking(output);
    if (!text) {
        result.outcome = Outcome::Truncated;
        return result;
    }
    const ExtractRule &rule = item.extract ? *item.extract : suite.extract;
    const std::optional<Cut> cut = cutOut(rule, *text);
    if (!cut) {
        result.outcome = cutOff ? Outcome::Truncated : Outcome::Unparsed;
        return result;
    }
    result.answer = cut->text;
    const std::string expected = trimmed(item.answer);
    // Where nothing marks the end, an answer whose beginning already differs is wrong whatever would have followed.
    const bool couldBecomeRight = !cut->ended && (!rule.until.empty() || expected.starts_with(cut->text));
    if (cut->text == expected)
        result.outcome = Outcome::Right;
    else
        result.outcome = cutOff && couldBecomeRight ? Outcome::Truncated : Outcome::Wrong;
    return result;
}

ItemResult judgeChoice(const SuiteItem &item, const std::vector<double> &logLikelihoods)
{
    ItemResult result = blankResult(item);
    result.logLikelihoods = logLikelihoods;
    const auto broken = [](double value) { return std::isnan(value) || value == INFINITY; };
    if (logLikelihoods.size() != item.choices.size() || logLikelihoods.empty()) {
        result.error = "there are " + std::to_string(logLikelihoods.size()) + " log-likelihoods for "
                       + std::to_string(item.choices.size()) + " choices";
        return result;
    }
    if (std::any_of(logLikelihoods.begin(), logLikelihoods.end(), broken)) {
        result.error = "a log-likelihood is not a number";
        return result;
    }
    const auto best = std::max_element(logLikelihoods.begin(), logLikelihoods.end());
    if (*best == -INFINITY) {
        result.error = "no choice has a finite log-likelihood";
        return result;
    }
    const auto index = best - logLikelihoods.begin();
    result.answer = item.choices[size_t(index)];
    result.outcome = index == item.answerIndex ? Outcome::Right : Outcome::Wrong;
    return result;
}

} // namespace assay
