// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/figure.h"

#include "core/evaluate/scorers/labels.h"
#include "core/evaluate/scorers/numbers.h"
#include "core/evaluate/statistics/classification.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

namespace assay {
namespace {

/// What a figure is taken from.
struct JudgedRow
{
    std::string itemId;
    Judgement judged;
    TextLikelihood text;
};
using Rows = std::vector<JudgedRow>;
using Items = std::unordered_map<std::string_view, const SuiteItem *>;

Items itemsOf(const Suite &suite)
{
    Items out;
    for (const SuiteItem &item : suite.items)
        out.emplace(item.id, &item);
    return out;
}

/// Over items, each the mean of its samples.
void takeMean(RunFigure &figure, const Rows &rows)
{
    struct Sum
    {
        double score = 0;
        size_t count = 0;
    };
    std::unordered_map<std::string_view, Sum> items;
    for (const JudgedRow &row : rows) {
        if (row.judged.outcome == Outcome::Error)
            continue;
        Sum &sum = items[row.itemId];
        sum.score += std::isnan(row.judged.score) ? 0 : row.judged.score;
        ++sum.count;
    }
    // In the order of the rows, so that the sum's last bits do not depend on the hash.
    double total = 0;
    for (const JudgedRow &row : rows) {
        if (const auto one = items.find(row.itemId); one != items.end() && one->second.count > 0) {
            total += one->second.score / double(one->second.count);
            one->second.count = 0;
            ++figure.items;
        }
    }
    if (figure.items > 0)
        figure.value = total / double(figure.items);
}

/// Classes as numbers: places in the list of labels, else of the words in the order in which they occur.
class Classes
{
public:
    int64_t of(const std::vector<std::string> &labels, const std::string &word)
    {
        if (const auto place = std::ranges::find(labels, word); place != labels.end())
            return place - labels.begin();
        if (!labels.empty())
            return -1;
        return m_words.emplace(word, int64_t(m_words.size())).first->second;
    }

private:
    std::unordered_map<std::string, int64_t> m_words;
};

void takeClassification(RunFigure &figure, Aggregate aggregate, const Suite &suite, const Rows &rows)
{
    const Items items = itemsOf(suite);
    Classes classes;
    std::vector<int64_t> expected, given;
    for (const JudgedRow &row : rows) {
        const auto item = items.find(row.itemId);
        if (row.judged.outcome == Outcome::Error || item == items.end())
            continue;
        const std::vector<std::string> &labels = labelWords(suite, *item->second);
        const int64_t right = item->second->answerIndex >= 0 ? item->second->answerIndex : classes.of(labels, item->second->answer());
        const bool told = row.judged.outcome == Outcome::Right || row.judged.outcome == Outcome::Wrong;
        expected.push_back(right);
        given.push_back(told ? classes.of(labels, row.judged.extracted) : -1);
    }
    figure.items = expected.size();
    figure.value = (aggregate == Aggregate::Matthews ? matthews(expected, given) : f1Of(expected, given)).value_or(NAN);
}

void takeCorrelation(RunFigure &figure, Aggregate aggregate, const Suite &suite, const Rows &rows)
{
    const Items items = itemsOf(suite);
    std::vector<double> expected, given;
    for (const JudgedRow &row : rows) {
        const auto item = items.find(row.itemId);
        const auto right = item == items.end() ? std::nullopt : lastNumber(item->second->answer());
        const auto told = row.judged.outcome == Outcome::Right ? lastNumber(row.judged.extracted) : std::nullopt;
        if (!right || !told)
            continue;
        expected.push_back(right->value.approximate());
        given.push_back(told->value.approximate());
    }
    figure.items = expected.size();
    figure.value = (aggregate == Aggregate::Pearson ? pearson(expected, given) : spearman(expected, given)).value_or(NAN);
}

void takeTexts(RunFigure &figure, Aggregate aggregate, const Rows &rows)
{
    double sum = 0, count = 0;
    for (const JudgedRow &row : rows) {
        if (row.judged.outcome != Outcome::Right)
            continue;
        const TextLikelihood &text = row.text;
        sum -= text.logLikelihood;
        count += double(aggregate == Aggregate::Perplexity ? text.tokens : aggregate == Aggregate::WordPerplexity ? text.words : text.bytes);
        ++figure.items;
    }
    if (count > 0)
        figure.value = aggregate == Aggregate::BitsPerByte ? sum / (count * std::numbers::ln2) : std::exp(sum / count);
}

RunFigure figureOfRows(const Scorer &scorer, const Suite &suite, const Rows &rows)
{
    RunFigure figure{&scorer};
    switch (scorer.aggregate) {
    case Aggregate::Mean: takeMean(figure, rows); break;
    case Aggregate::Matthews:
    case Aggregate::F1Positive: takeClassification(figure, scorer.aggregate, suite, rows); break;
    case Aggregate::Pearson:
    case Aggregate::Spearman: takeCorrelation(figure, scorer.aggregate, suite, rows); break;
    case Aggregate::Perplexity:
    case Aggregate::BitsPerByte:
    case Aggregate::WordPerplexity: takeTexts(figure, scorer.aggregate, rows); break;
    }
    const bool correlation = scorer.aggregate == Aggregate::Pearson || scorer.aggregate == Aggregate::Spearman;
    const auto isError = [](const JudgedRow &row) { return row.judged.outcome == Outcome::Error; };
    figure.leftOut = correlation ? rows.size() - figure.items : size_t(std::ranges::count_if(rows, isError));
    return figure;
}

} // namespace

RunFigure figureOf(const Scorer &scorer, const Suite &suite, const ItemRows &rows)
{
    Rows judged;
    const auto add = [&](ItemResult row) { judged.push_back({std::move(row.itemId), std::move(row.judged), row.given.text}); };
    // What of the answer a figure needs is the likelihood of texts alone.
    if (scorer.asking == Asking::Text)
        std::ranges::for_each(rows.begin(), rows.end(), add);
    else
        std::ranges::for_each(rows.lightRows().begin(), rows.lightRows().end(), add);
    return figureOfRows(scorer, suite, judged);
}

std::vector<RunFigure> figuresOf(const Suite &suite, const ItemRows &rows)
{
    const Items items = itemsOf(suite);
    std::vector<std::string> names = suite.alsoScored;
    names.insert(names.begin(), suite.items.empty() ? suite.scorer.name : scorerFor(suite, suite.items.front()).name);
    std::vector<const Scorer *> asked;
    for (const std::string &name : names) {
        const Scorer *scorer = findScorer(name);
        if (scorer && std::ranges::find(asked, scorer) == asked.end())
            asked.push_back(scorer);
    }
    std::vector<Rows> judged(asked.size());
    for (const ItemResult row : rows) {
        const auto item = items.find(row.itemId);
        for (size_t i = 0; item != items.end() && i < asked.size(); ++i) {
            if (item->second->asking == asked[i]->asking)
                judged[i].push_back({row.itemId, judge(suite, *item->second, row.given, *asked[i]), row.given.text});
        }
    }
    std::vector<RunFigure> out;
    for (size_t i = 0; i < asked.size(); ++i)
        out.push_back(figureOfRows(*asked[i], suite, judged[i]));
    return out;
}

} // namespace assay
