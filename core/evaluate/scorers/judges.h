// SPDX-License-Identifier: GPL-3.0-or-later
// The judging functions of the scorers, one a row of the table in scorers.cpp. Each is asked only for answers that stand: no error, not
// refused, nothing cut off the prompt.
#pragma once

#include "core/evaluate/scorer.h"

namespace assay::judges {

/// A piece of an output.
struct Cut
{
    size_t from = 0, length = 0; ///< in bytes of the output
    bool ended = false;          ///< what marks its end was there
};
/// What follows the last `after`, up to `until`, trimmed; looked for from this place on. Nothing when it is not there or empty.
std::optional<Cut> cutOut(const ExtractRule &rule, std::string_view output, size_t from = 0);

/// The part of an output that a scorer looks at: behind the thinking, within the extract rule.
struct Part
{
    bool there = false;
    Judgement judgement; ///< there: with text, place and rule, still to be decided; else what the answer is without it
    std::string_view text;
    bool open = false;   ///< the limit cut the output off, and nothing marks the part's end
};
enum class Empty { IsNone, IsAnswer }; ///< IsAnswer: saying nothing may be right
Part partOf(const SuiteItem &item, const Answer &answer, const ScorerChoice &choice, Empty empty = Empty::IsNone);
/// What was found in the part; a piece of its text has its place told.
Judgement found(const Part &part, std::string_view piece, std::string rule);
/// Nothing was found: truncated where more could have come.
Judgement notFound(const Part &part, std::string why = {});
/// Right when the score is 1, else wrong; truncated when more could have come and would have mattered.
Judgement scored(Judgement judgement, double score, bool open = false);
/// Found, but equal or not cannot be told.
Judgement undecided(Judgement judgement, std::string why);

using Judge = Judgement(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice);

// exactmatch.cpp
Judge exactMatch, quasiExactMatch;
// overlap.cpp
Judge squadExact, squadF1, squadCharactersExact, squadCharactersF1, setF1;
// numbers.cpp
Judge gsm8kStrict, gsm8kFlexible, number;
// mathjudges.cpp
Judge mathAnswer, mathHendrycks;
// letters.cpp
Judge letter;
// labels.cpp
Judge label, givenNumber;
// recall.cpp
Judge rulerAll, rulerPart, facts;
// code.cpp
Judge code;
// likelihood.cpp
Judge accuracy, accuracyByCharacters, accuracyByAllCharacters, accuracyByBytes, accuracyByTokens, accuracyByInformation, brier;
Judge perplexity, wordPerplexity, bitsPerByte;
// images.cpp
Judge topOne, topFive;

} // namespace assay::judges
