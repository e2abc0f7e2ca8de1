// SPDX-License-Identifier: GPL-3.0-or-later
// Classification by label words, as GLUE's tasks: which class an answer names.
#include "core/evaluate/scorers/labels.h"

#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/numbers.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>

namespace assay {

const std::vector<std::string> &labelWords(const Suite &suite, const SuiteItem &item)
{
    return item.choices.empty() ? suite.classes : item.choices;
}

namespace judges {
namespace {

using Words = std::vector<std::string>;

/// "not_entailment" and "not-entailment" are two words.
Words labelParts(std::string_view text)
{
    std::string spaced(text);
    std::ranges::replace_if(spaced, [](char c) { return c == '_' || c == '-'; }, ' ');
    return words::answerWords(spaced);
}

/// Whether the words stand in the text, in this order and together, at a place that is not taken; takes it.
bool takeAll(std::vector<bool> &taken, const Words &text, const Words &label)
{
    bool hit = false;
    for (size_t at = 0; !label.empty() && at + label.size() <= text.size(); ++at) {
        if (!std::equal(label.begin(), label.end(), text.begin() + std::ptrdiff_t(at)))
            continue;
        const auto place = taken.begin() + std::ptrdiff_t(at);
        hit = hit || std::find(place, place + std::ptrdiff_t(label.size()), true) == place + std::ptrdiff_t(label.size());
        std::fill(place, place + std::ptrdiff_t(label.size()), true);
    }
    return hit;
}

/// The labels a text names. Longer ones are looked for first, so that "not entailment" does not name "entailment", too.
std::vector<size_t> namedLabels(const Words &text, const std::vector<std::string> &labels)
{
    std::vector<std::pair<Words, size_t>> order;
    for (size_t i = 0; i < labels.size(); ++i)
        order.emplace_back(labelParts(labels[i]), i);
    std::ranges::stable_sort(order, [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    std::vector<bool> taken(text.size(), false);
    std::vector<size_t> out;
    for (const auto &[label, index] : order) {
        if (takeAll(taken, text, label))
            out.push_back(index);
    }
    return out;
}

} // namespace

Judgement label(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    const std::vector<std::string> &known = labelWords(suite, item);
    const std::vector<std::string> &labels = known.empty() ? item.answers : known;
    const std::vector<size_t> named = namedLabels(labelParts(part.text), labels);
    if (named.empty() && known.empty()) // the other classes' words are not known
        return scored(part.judgement, 0, part.open);
    if (named.size() > 1)
        return undecided(part.judgement, "several classes are named");
    if (named.empty())
        return notFound(part, "no class is named");
    Judgement judgement = part.judgement;
    judgement.extracted = labels[named.front()];
    judgement.rule = "label word";
    const bool byIndex = !known.empty() && item.answerIndex >= 0;
    const auto same = [&](const std::string &gold) { return labelParts(gold) == labelParts(judgement.extracted); };
    const bool right = byIndex ? int(named.front()) == item.answerIndex : std::ranges::any_of(item.answers, same);
    return scored(judgement, right ? 1 : 0);
}

Judgement givenNumber(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    const std::optional<WrittenNumber> number = lastNumber(part.text);
    if (!number || (part.open && number->text.end() == part.text.end()))
        return notFound(part);
    Judgement judgement = found(part, number->text, "last number");
    judgement.outcome = Outcome::Right;
    return judgement;
}

} // namespace judges
} // namespace assay
