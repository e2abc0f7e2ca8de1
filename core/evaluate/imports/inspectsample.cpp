// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/imports/inspectsample.h"

#include "core/evaluate/imports/fields.h"
#include "core/evaluate/pairkey.h"

#include <algorithm>
#include <array>

namespace assay::imports {
namespace {

struct Word { std::string_view told, here; };
/// How Inspect says that generating ended, and how answers here do.
constexpr std::array<Word, 6> kEnds{{{"stop", "stop"},        {"max_tokens", "length"}, {"model_length", "length"},
                                     {"tool_calls", "stop"},  {"length", "length"},     {"content_filter", "refused"}}};

struct Grade { std::string_view letter; double score; };
/// Correct, partly correct, incorrect, no answer.
constexpr std::array<Grade, 4> kGrades{{{"C", 1}, {"P", 0.5}, {"I", 0}, {"N", 0}}};

std::optional<double> gradeOf(const Json *value)
{
    if (value && value->is_string()) {
        const auto grade = std::ranges::find(kGrades, value->get_ref<const std::string &>(), &Grade::letter);
        if (grade != kGrades.end())
            return grade->score;
    }
    return numberOf(value);
}

/// A score's value, or the parts of one that has several.
std::vector<Figure> figuresOf(const std::string &scorer, const Json &score)
{
    const Json *value = member(score, "value");
    std::vector<Figure> out;
    if (value && value->is_object()) {
        for (const auto &[name, part] : value->items())
            out.push_back({name, gradeOf(&part)});
    } else if (value && value->is_array() && !value->empty()) {
        out.push_back({scorer, gradeOf(&value->front())});
    } else {
        out.push_back({scorer, gradeOf(value)});
    }
    return out;
}

/// Reasoning that the provider tells apart is one kind of a message's parts.
std::string reasoningOf(const Json *content)
{
    std::string out;
    if (content && content->is_array())
        for (const Json &part : *content)
            if (textAt(part, "type") == "reasoning")
                out += onlyText(member(part, "reasoning"));
    return out;
}

void takeOutput(const Json &sample, Answer &answer)
{
    const Json *output = member(sample, "output");
    if (!output)
        return;
    const Json *choices = member(*output, "choices");
    const Json *choice = choices && choices->is_array() && !choices->empty() ? &choices->front() : nullptr;
    const Json *content = choice ? member(*choice, {"message", "content"}) : nullptr;
    answer.output = content ? spokenText(content) : onlyText(member(*output, "completion"));
    answer.reasoning = reasoningOf(content);
    const std::string told = choice ? textAt(*choice, "stop_reason") : std::string();
    if (const auto end = std::ranges::find(kEnds, told, &Word::told); end != kEnds.end())
        answer.finish = end->here;
    answer.promptTokens = countOf(member(*output, {"usage", "input_tokens"}), 0);
    answer.outputTokens = countOf(member(*output, {"usage", "output_tokens"}), 0);
    const double seconds = numberOf(member(*output, "time")).value_or(0);
    answer.seconds = seconds >= 0 && seconds < 1e9 ? seconds : 0;
    answer.error = onlyText(member(*output, "error"));
}

void takeItem(const Json &sample, SuiteItem &item)
{
    item.id = textAt(sample, "id");
    item.prompt = conversationText(member(sample, "input"));
    item.answers = textsOf(member(sample, "target"));
    item.choices = textsOf(member(sample, "choices"));
    std::vector<std::string> right = item.answers;
    if (!item.choices.empty() && item.answers.size() == 1) {
        item.answerIndex = letterIndex(item.answers.front(), item.choices.size());
        if (item.answerIndex >= 0)
            right = {item.choices[size_t(item.answerIndex)]};
    }
    if (item.choices.empty() && right.size() == 1)
        right = {finalAnswer(right.front())};
    item.pairKey = pairKeyOf(item.prompt, right, item.choices);
}

} // namespace

InspectSample inspectSample(const Json &sample, const std::string &scorer, const std::string &metric)
{
    InspectSample out;
    AnsweredItem &answered = out.answered;
    takeItem(sample, answered.item);
    takeOutput(sample, answered.answer);
    answered.sample = std::max<int64_t>(countOf(member(sample, "epoch"), 1), 1) - 1;
    if (const std::string error = textOf(member(sample, {"error", "message"})); !error.empty())
        answered.answer.error = error;
    // A limit of tokens, time or messages that ended the sample is none of the answer's own.
    if (member(sample, "limit"))
        answered.answer.finish = "length";
    const Json *scores = member(sample, "scores");
    const Json *score = scores && !scorer.empty() ? member(*scores, scorer) : nullptr;
    out.scorer = scorer;
    if (!score && scores && scores->is_object() && !scores->empty()) {
        out.scorer = scores->begin().key();
        score = &scores->begin().value();
    }
    const std::vector<Figure> figures = score ? figuresOf(out.scorer, *score) : std::vector<Figure>();
    const Figure *figure = judging(figures, metric);
    const std::string extracted = score ? textAt(*score, "answer") : std::string();
    answered.judged = judgedByTool(figure, answered.answer, extracted, out.scorer);
    if (score && onlyText(member(*score, "value")) == "N" && answered.judged.outcome == Outcome::Wrong)
        answered.judged.outcome = Outcome::Unparsed;
    return out;
}

} // namespace assay::imports
