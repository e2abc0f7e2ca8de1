// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"
#include "core/service/backend.h"
#include "core/service/suiteprompts.h"
#include "core/service/verify/questionnaire.h"

#include <functional>
#include <stop_token>

namespace assay {

/// What a questionnaire may cost; 0: no limit.
struct AskLimits
{
    int64_t requests = 0, outputTokens = 0;
    double seconds = 0;
    bool nothing = false; ///< no request at all: what is there is everything that will be
};

using AskProgress = std::function<void(const char *stage, double done, double total)>; ///< stage: translation context "Identity"

struct AskPlan
{
    Questionnaire questions;
    uint64_t seed = 1;
    int64_t together = 8; ///< requests at a time
    AskLimits limits;
    SuitePrompts prompts; ///< what becomes of a prompt before it goes to the subject
    KeptAnswers there;    ///< of an earlier session: not asked again
    std::function<void(const KeptAnswers &)> keep; ///< after every few answers; may be empty
};

/// A questionnaire with what came back.
class Answers
{
public:
    Answers() = default;
    Answers(Questionnaire questions, uint64_t seed);

    const Questionnaire &questions() const { return m_questions; }
    const std::vector<QuestionRow> &rows() const { return m_rows; }
    KeptAnswers kept;
    Spending spent;           ///< of this session
    std::optional<Error> end; ///< why it ended before its time; a stop is none
    bool complete() const { return kept.size() == m_rows.size(); }

    std::vector<std::string> samplesOf(size_t prompt) const; ///< in the order of drawing; those that did not come are left out
    const KeptAnswer *answerOf(QuestionRow::Kind kind, size_t index, int64_t draw = 0) const; ///< null: it did not come
    /// Whether the answer of this draw is right; nothing where there is none or it could not be judged.
    std::optional<bool> isRight(size_t item, int64_t draw) const;

private:
    Questionnaire m_questions;
    std::vector<QuestionRow> m_rows;
    std::map<std::tuple<QuestionRow::Kind, size_t, int64_t>, size_t> m_places;
};

/// Asks an open backend, rows in an order that the seed shuffles. Blocks; a stop, a spent limit or an error ends it with what is there.
Answers askQuestions(Backend &backend, const AskPlan &plan, const AskProgress &progress = {}, std::stop_token stop = {});

/// An answer read by a reference that predicts each of its tokens from those before it.
struct ForcedAnswer
{
    std::vector<int64_t> promptIds, ids;
    std::vector<double> margins;      ///< one each of ids
    std::vector<uint32_t> ranks;      ///< likewise, from 1
    std::vector<BundleChance> first;  ///< the likeliest at the first place
};
struct ForcedText
{
    std::string prompt, text;
    std::vector<int64_t> ids = {}; ///< used instead of text where the subject tells them and the tokenizer is the same
};
/// Errors: those of the backend (an endpoint reads no given texts), Cancelled.
Result<std::vector<ForcedAnswer>> teacherForce(Backend &reference, const std::vector<ForcedText> &texts, int64_t top, const SuitePrompts &prompts,
                                               const AskProgress &progress = {}, std::stop_token stop = {});

} // namespace assay
