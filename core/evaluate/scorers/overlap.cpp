// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/overlap.h"

#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>
#include <array>
#include <set>

namespace assay {
namespace {

// As the words of answers: no case, no ASCII punctuation, no articles. The Chinese ones as characters with spaces.
constexpr std::array<std::string_view, 34> kNone{
    "unanswerable", "answer unanswerable", "answer is unanswerable", "question is unanswerable", "this question is unanswerable", "it is unanswerable",
    "not answerable", "question is not answerable", "no answer", "there is no answer", "no answer is given", "no answer found", "na",
    "cannot be answered", "question cannot be answered", "this question cannot be answered", "cannot answer", "i cannot answer this question",
    "cannot be determined", "it cannot be determined", "not enough information", "there is not enough information", "insufficient information",
    "not mentioned", "not mentioned in passage", "passage does not say", "i do not know", "i dont know",
    "无 法 回 答", "无 法 确 定", "没 有 答 案", "无 答 案", "不 知 道", "文 中 未 提 及"};

double harmonic(size_t common, size_t given, size_t gold)
{
    if (common == 0)
        return 0;
    const double precision = double(common) / double(given), recall = double(common) / double(gold);
    return 2 * precision * recall / (precision + recall);
}

size_t shared(std::vector<std::string> &a, std::vector<std::string> &b)
{
    std::ranges::sort(a);
    std::ranges::sort(b);
    std::vector<std::string> both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    return both.size();
}

void makeSet(std::vector<std::string> &words)
{
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end()); // clang 14 knows no std::ranges::unique of GCC 12's library
}

} // namespace

double multisetF1(std::vector<std::string> given, std::vector<std::string> gold)
{
    if (given.empty() || gold.empty())
        return given.empty() && gold.empty() ? 1 : 0;
    return harmonic(shared(given, gold), given.size(), gold.size());
}

double setF1Of(std::vector<std::string> given, std::vector<std::string> gold)
{
    makeSet(given);
    makeSet(gold);
    return harmonic(shared(given, gold), given.size(), gold.size());
}

bool saysThereIsNone(const std::vector<std::string> &said)
{
    constexpr size_t kLongest = 8; // words of the phrases
    return said.size() <= kLongest && std::ranges::find(kNone, std::string_view(words::joined(said))) != kNone.end();
}

namespace judges {
namespace {

using Words = std::vector<std::string>;
using Split = Words(std::string_view);

/// Right answers as words; of those that leave nothing, SQuAD's script keeps none, and "" where no other is left.
std::vector<Words> goldWords(const SuiteItem &item, Split split)
{
    std::vector<Words> golds;
    for (const std::string &gold : item.answers) {
        if (Words said = split(gold); !said.empty())
            golds.push_back(std::move(said));
    }
    if (golds.empty())
        golds.emplace_back();
    return golds;
}

double exactScore(Words given, Words gold)
{
    return given == gold ? 1 : 0;
}

Judgement squad(const SuiteItem &item, const Answer &answer, const ScorerChoice &choice, Split split, double score(Words, Words))
{
    const Part part = partOf(item, answer, choice, Empty::IsAnswer);
    if (!part.there)
        return part.judgement;
    Judgement judgement = part.judgement;
    const std::vector<Words> golds = goldWords(item, split);
    Words given = split(part.text);
    // A right answer may well be such a phrase itself.
    if (saysThereIsNone(words::answerCharacters(part.text)) && std::ranges::find(golds, given) == golds.end()) {
        given.clear();
        judgement.rule = "says that there is no answer";
    }
    double best = 0;
    for (const Words &gold : golds)
        best = std::max(best, score(given, gold));
    return scored(std::move(judgement), best, part.open);
}

} // namespace

Judgement squadExact(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    return squad(item, answer, choice, words::answerWords, exactScore);
}

Judgement squadF1(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    return squad(item, answer, choice, words::answerWords, multisetF1);
}

Judgement squadCharactersExact(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    return squad(item, answer, choice, words::answerCharacters, exactScore);
}

Judgement squadCharactersF1(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    return squad(item, answer, choice, words::answerCharacters, multisetF1);
}

Judgement setF1(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    double best = 0;
    for (const std::string &gold : item.answers)
        best = std::max(best, setF1Of(words::answerWords(part.text), words::answerWords(gold)));
    return scored(part.judgement, best, part.open);
}

} // namespace judges
} // namespace assay
