// SPDX-License-Identifier: GPL-3.0-or-later
// What other tools' figures mean here.
#include "core/evaluate/imports/fields.h"
#include "core/evaluate/imports/runbuilder.h"

#include <algorithm>
#include <array>

namespace assay::imports {
namespace {

/// Between 0 and 1 only by chance.
constexpr std::array<std::string_view, 9> kNoRates{"perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "bypass",
                                                   "loss",       "ppl",             "brier_score",     "likelihood"};
/// The names that datasets give a question, in the order in which they are believed.
constexpr std::array<std::string_view, 13> kQuestions{"question", "query",   "problem", "Question",    "goal",  "ctx",     "sentence",
                                                      "premise",  "prompt",  "input",   "instruction", "text",  "passage"};
constexpr std::string_view kBlank = " \t\r\n";
/// What lm-evaluation-harness' filters give where nothing matched.
constexpr std::string_view kNothingFound = "[invalid]";

bool isRate(const Figure &figure)
{
    return figure.value && *figure.value >= 0 && *figure.value <= 1 && std::ranges::find(kNoRates, figure.name) == kNoRates.end();
}

std::string trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

Outcome outcomeOf(const Figure *figure, const Answer &answer, const std::string &extracted)
{
    if (!answer.error.empty())
        return Outcome::Error;
    if (figure && *figure->value >= 1)
        return Outcome::Right;
    if (answer.finish == "length")
        return Outcome::Truncated;
    if (answer.finish == "refused")
        return Outcome::Refused;
    return figure && extracted != kNothingFound ? Outcome::Wrong : Outcome::Unparsed;
}

} // namespace

const Figure *judging(const std::vector<Figure> &figures, const std::string &wanted, const std::vector<std::string_view> &preferred)
{
    const auto named = [&](std::string_view name) -> const Figure * {
        const auto found = std::ranges::find_if(figures, [&](const Figure &figure) { return figure.name == name && figure.value; });
        return found == figures.end() ? nullptr : &*found;
    };
    if (const Figure *figure = wanted.empty() ? nullptr : named(wanted); figure && *figure->value >= 0 && *figure->value <= 1)
        return figure;
    for (const std::string_view name : preferred) {
        if (const Figure *figure = named(name); figure && isRate(*figure))
            return figure;
    }
    const auto first = std::ranges::find_if(figures, isRate);
    return first == figures.end() ? nullptr : &*first;
}

Judgement judgedByTool(const Figure *figure, const Answer &answer, std::string extracted, std::string rule)
{
    Judgement judged;
    judged.outcome = outcomeOf(figure, answer, extracted);
    judged.rule = std::move(rule);
    if (judged.outcome == Outcome::Error)
        return judged;
    judged.undecided = judged.outcome == Outcome::Unparsed && !figure;
    if (figure)
        judged.score = *figure->value;
    if (extracted == kNothingFound)
        return judged;
    judged.extracted = std::move(extracted);
    // The tools do not say where they found it: the last place is where answers stand.
    const size_t at = judged.extracted.empty() ? std::string::npos : answer.output.rfind(judged.extracted);
    if (at != std::string::npos) {
        judged.from = at;
        judged.length = judged.extracted.size();
    }
    return judged;
}

std::string questionOf(const Json &record)
{
    for (const std::string_view name : kQuestions) {
        if (const std::string question = onlyText(member(record, name)); !question.empty())
            return question;
    }
    // ARC and its kin put the question and its options into one object.
    if (const Json *question = member(record, "question"); question && question->is_object()) {
        if (const std::string stem = onlyText(member(*question, "stem")); !stem.empty())
            return stem;
    }
    return record.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string finalAnswer(const std::string &worked)
{
    if (const size_t mark = worked.rfind("####"); mark != std::string::npos)
        return trimmed(std::string_view(worked).substr(mark + 4));
    if (const size_t mark = worked.rfind("\nA:"); mark != std::string::npos)
        return trimmed(std::string_view(worked).substr(mark + 3));
    return trimmed(worked);
}

int letterIndex(std::string_view told, size_t options)
{
    std::string letter = trimmed(told);
    if (letter.size() > 1 && letter.front() == '(')
        letter.erase(0, 1);
    if (letter.size() == 2 && (letter[1] == ')' || letter[1] == '.'))
        letter.resize(1);
    if (letter.size() != 1)
        return -1;
    const char c = letter[0];
    const int index = c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' : -1;
    return index >= 0 && size_t(index) < options ? index : -1;
}

} // namespace assay::imports
