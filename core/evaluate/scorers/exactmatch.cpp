// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/thinking.h"

#include <algorithm>

namespace assay::judges {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

} // namespace

std::optional<Cut> cutOut(const ExtractRule &rule, std::string_view output, size_t from)
{
    if (!rule.after.empty()) {
        const size_t mark = output.rfind(rule.after);
        if (mark == std::string_view::npos || mark < from)
            return std::nullopt;
        from = mark + rule.after.size();
    } else if (!rule.until.empty() && trimmed(rule.until).empty()) {
        // With nothing to look for before the answer, a blank first line must not end it.
        from = std::min(output.find_first_not_of(kBlank, from), output.size());
    }
    const size_t to = rule.until.empty() ? std::string_view::npos : output.find(rule.until, from);
    const std::string_view text = trimmed(output.substr(from, to == std::string_view::npos ? to : to - from));
    if (text.empty())
        return std::nullopt;
    return Cut{size_t(text.data() - output.data()), text.size(), to != std::string_view::npos};
}

Judgement exactMatch(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    Judgement judgement;
    const bool cutOff = answer.finish == "length";
    const ExtractRule &rule = item.extract ? *item.extract : choice.extract;
    const std::optional<size_t> start = answerStart(answer.output);
    const std::optional<Cut> cut = start ? cutOut(rule, answer.output, *start) : std::nullopt;
    if (!cut) {
        judgement.outcome = cutOff || !start ? Outcome::Truncated : Outcome::Unparsed;
        return judgement;
    }
    judgement.extracted = answer.output.substr(cut->from, cut->length);
    judgement.from = cut->from;
    judgement.length = cut->length;
    judgement.rule = rule.after.empty() ? std::string() : "after: " + rule.after;
    const auto equals = [&](const std::string &gold) { return judgement.extracted == trimmed(gold); };
    // Where nothing marks the end, an answer whose beginning already differs is wrong whatever would have followed.
    const auto couldBecome = [&](const std::string &gold) { return trimmed(gold).starts_with(judgement.extracted); };
    const bool open = !cut->ended && (!rule.until.empty() || std::ranges::any_of(item.answers, couldBecome));
    if (std::ranges::any_of(item.answers, equals))
        judgement.outcome = Outcome::Right;
    else
        judgement.outcome = cutOff && open ? Outcome::Truncated : Outcome::Wrong;
    judgement.score = judgement.outcome == Outcome::Right ? 1 : 0;
    return judgement;
}

} // namespace assay::judges
