// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"
#include "core/identify/bundle/bundle.h"
#include "core/protocol/messages.h"

#include <memory>

namespace assay {

/// A question of a suite and the group that it counts for.
struct AskedItem
{
    std::shared_ptr<const Suite> suite;
    size_t item = 0;
    std::string group; ///< "knowledge" or "reasoning"

    const SuiteItem &question() const { return suite->items[item]; }
};

/// Everything that a subject is asked for T4 and T6; the same for a reference that is recorded and for a subject that is held against it.
struct Questionnaire
{
    std::vector<std::string> prompts; ///< the first `sampled` are answered `samples` times; all once at temperature 0
    int64_t sampled = 25, samples = 10;
    BundleSampling sampling;
    std::vector<AskedItem> items;
    int64_t repeats = 1;              ///< answers to each item
    double itemTemperature = 1;
};

/// Sizes of identity.md, section 10: 25 prompts x 10 samples, 50 at temperature 0, 40 + 60 items; quick: none of them; deep: 25 x 40, 200, 200 + 60.
struct QuestionCounts
{
    int64_t sampled = 25, samples = 10, greedy = 50, knowledge = 40, reasoning = 60;
    int64_t context = 0; ///< questions with long contexts, of a bundle that has them
};

/// Beginnings of the suites' questions, drawn by the seed: ordinary text of the kind that the model answers, each once.
std::vector<std::string> promptsFrom(const std::vector<std::shared_ptr<const Suite>> &suites, int64_t count, uint64_t seed);
/// Questions that are answered with text, drawn by the seed; fewer where the suite has no more.
std::vector<AskedItem> itemsFrom(const std::shared_ptr<const Suite> &suite, const std::string &group, int64_t count, uint64_t seed);
/// The most bytes that a prompt of promptsFrom() has, and those of the longest questions with their tokens of answers: what drawing costs
/// at most, whatever the seed.
int64_t mostPromptBytes(const std::vector<std::shared_ptr<const Suite>> &suites);
struct ItemsMost
{
    int64_t items = 0, promptBytes = 0, outputTokens = 0;
};
ItemsMost mostOfItems(const Suite &suite, int64_t count);
/// What a bundle was asked, to be asked again. suites: those that its items come of; items whose suite is not among them, or is another by
/// its fingerprint, are left out.
Questionnaire questionnaireOf(const ReferenceBundle &bundle, const std::vector<std::shared_ptr<const Suite>> &suites);

/// One answer that is asked for.
struct QuestionRow
{
    enum class Kind : uint8_t { Sample, Greedy, Item };
    Kind kind = Kind::Sample;
    size_t index = 0; ///< of prompts or items
    int64_t draw = 0;
};
/// All of them, in an order that the seed shuffles.
std::vector<QuestionRow> rowsOf(const Questionnaire &questions, uint64_t seed);
protocol::GenerateItem requestOf(const Questionnaire &questions, const QuestionRow &row, uint64_t seed);
/// SHA-256 of everything that is asked: what an interrupted verification is resumed with must be the same.
std::string questionsHash(const Questionnaire &questions, uint64_t seed);

/// What came back for a row.
struct KeptAnswer
{
    std::string text, finish;
    std::vector<int64_t> ids; ///< empty where the subject tells none
    int64_t promptTokens = 0;
    double firstToken = 0, lastToken = 0; ///< seconds
};
/// By the row's place in rowsOf().
using KeptAnswers = std::map<size_t, KeptAnswer>;

/// {"schema": "assay-answers/1", ...}: the raw answers of a verification, to resume it and to judge them anew.
std::string keptAnswersText(const KeptAnswers &answers, const std::string &questionsHash);
/// Errors: BundleDamaged; BundleUnfit where they answer other questions.
Result<KeptAnswers> readKeptAnswers(std::string_view text, const std::string &name, const std::string &questionsHash, size_t rows);

} // namespace assay
