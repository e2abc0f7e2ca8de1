// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/thinking.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>

namespace assay::judges {

std::optional<Cut> cutOut(const ExtractRule &rule, std::string_view output, size_t from)
{
    if (!rule.after.empty()) {
        const size_t mark = output.rfind(rule.after);
        if (mark == std::string_view::npos || mark < from)
            return std::nullopt;
        from = mark + rule.after.size();
    } else if (!rule.until.empty() && words::trimmed(rule.until).empty()) {
        // With nothing to look for before the answer, a blank first line must not end it.
        from = std::min(output.find_first_not_of(" \t\r\n\f\v", from), output.size());
    }
    const size_t to = rule.until.empty() ? std::string_view::npos : output.find(rule.until, from);
    const std::string_view text = words::trimmed(output.substr(from, to == std::string_view::npos ? to : to - from));
    if (text.empty())
        return std::nullopt;
    return Cut{size_t(text.data() - output.data()), text.size(), to != std::string_view::npos};
}

Part partOf(const SuiteItem &item, const Answer &answer, const ScorerChoice &choice, Empty empty)
{
    Part part;
    const bool cutOff = answer.finish == "length";
    const ExtractRule &rule = item.extract ? *item.extract : choice.extract;
    const std::string_view output = answer.output;
    const std::optional<size_t> start = answerStart(answer);
    const std::optional<Cut> cut = start ? cutOut(rule, output, *start) : std::nullopt;
    const size_t mark = start && !rule.after.empty() ? output.rfind(rule.after) : 0;
    const bool marked = start && (rule.after.empty() || (mark != std::string_view::npos && mark >= *start));
    part.there = cut || (empty == Empty::IsAnswer && marked && !cutOff);
    if (!part.there) {
        part.judgement.outcome = cutOff || !start ? Outcome::Truncated : Outcome::Unparsed;
        return part;
    }
    part.judgement.outcome = Outcome::Unparsed;
    part.judgement.rule = rule.after.empty() ? std::string() : "after: " + rule.after;
    part.open = cutOff && !(cut && cut->ended);
    if (cut) {
        part.text = output.substr(cut->from, cut->length);
        part.judgement.extracted = part.text;
        part.judgement.from = cut->from;
        part.judgement.length = cut->length;
    }
    return part;
}

Judgement found(const Part &part, std::string_view piece, std::string rule)
{
    Judgement judgement = part.judgement;
    judgement.extracted = piece;
    judgement.rule = std::move(rule);
    judgement.from += size_t(piece.data() - part.text.data());
    judgement.length = piece.size();
    return judgement;
}

Judgement notFound(const Part &part, std::string why)
{
    Judgement judgement;
    judgement.outcome = part.open ? Outcome::Truncated : Outcome::Unparsed;
    judgement.rule = std::move(why);
    return judgement;
}

Judgement scored(Judgement judgement, double score, bool open)
{
    judgement.score = score;
    judgement.outcome = score >= 1 ? Outcome::Right : open ? Outcome::Truncated : Outcome::Wrong;
    return judgement;
}

Judgement undecided(Judgement judgement, std::string why)
{
    judgement.outcome = Outcome::Unparsed;
    judgement.score = NAN;
    judgement.undecided = true;
    judgement.rule = std::move(why);
    return judgement;
}

} // namespace assay::judges
