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

/// One way to judge answers, declared once: the list below is the documentation, too.
struct Scorer
{
    const char *name;    ///< for files and the command line: "acc_norm"
    const char *title;   ///< translation context "Scorer"
    Asking asking;       ///< what it needs
    Aggregate aggregate;
    const char *matches; ///< which tool and version it gives the same figures as; empty: none
    const char *differs; ///< where it differs from that on purpose; translation context "Scorer"; empty: nowhere
    int version;         ///< of our rule: raised when its judgement of any answer changes
    Judgement (*judge)(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice);
};
const std::vector<Scorer> &scorers();
const Scorer *findScorer(std::string_view name); ///< null when there is none
/// What judges where the suite names nothing.
const Scorer &scorerFor(const Suite &suite, const SuiteItem &item);

/// Why an answer cannot be judged, as a sentence: its error, a prompt that was cut, log-likelihoods that are none. Empty: it can.
std::string whyNotJudged(const SuiteItem &item, const Answer &answer);

/// Judges one answer by the suite's scorer. What every scorer shares is decided before it is asked: one that cannot be
/// judged is an Error, one that the subject refused is Refused.
Judgement judge(const Suite &suite, const SuiteItem &item, const Answer &answer);

} // namespace assay
