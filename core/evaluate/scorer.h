// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/answer.h"
#include "core/evaluate/judgement.h"
#include "core/evaluate/suite.h"

namespace assay {

/// How the answers' scores become the one figure of a run.
enum class Aggregate : uint8_t {
    Mean,            ///< mean of the items' scores
    Matthews,        ///< Matthews correlation of classes
    F1Positive,      ///< F1 of class 1
    Pearson, Spearman, ///< of numbers given and expected
    Perplexity, BitsPerByte, WordPerplexity,
};

/// Whether the figure is taken over all answers together, so that none of them is right or wrong by itself: the outcome Right then
/// says that there is something to measure, and the score is the item's own figure (NaN where one item has none).
bool measures(Aggregate aggregate);

/// One way to judge answers, declared once: the list below is the documentation, too. Every one of them is a rule: no model judges.
/// A graded answer is right when its score is 1 and wrong below.
struct Scorer
{
    const char *name;    ///< for files and the command line: "acc_norm"
    const char *title;   ///< translation context "Scorer"
    const char *definition; ///< a sentence or two, for tooltips and docs/SCORERS.md; translation context "Scorer"
    Asking asking;       ///< what it needs
    Aggregate aggregate;
    bool lowerIsBetter;
    const char *matches; ///< which tool and version it gives the same figures as; empty: none
    const char *differs; ///< where it differs from that on purpose; translation context "Scorer"; empty: nowhere
    int version;         ///< of our rule: raised when its judgement of any answer changes
    Judgement (*judge)(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice);
};
const std::vector<Scorer> &scorers();
const Scorer *findScorer(std::string_view name); ///< null when there is none
std::string scorerId(const Scorer &scorer); ///< name and version, for a run's protocol: "exact_match 2"
std::string scorersMarkdown();              ///< docs/SCORERS.md
/// What judges where the suite names nothing that fits.
const Scorer &scorerFor(const Suite &suite, const SuiteItem &item);

/// Why an answer cannot be judged, as a sentence: its error, a prompt that was cut, log-likelihoods that are none. Empty: it can.
std::string whyNotJudged(const SuiteItem &item, const Answer &answer);

/// Judges one answer by the suite's scorer. What every scorer shares is decided before it is asked: one that cannot be
/// judged is an Error, one that the subject refused is Refused.
Judgement judge(const Suite &suite, const SuiteItem &item, const Answer &answer);
/// The same by another scorer, which asks what the item asks.
Judgement judge(const Suite &suite, const SuiteItem &item, const Answer &answer, const Scorer &scorer);

} // namespace assay
