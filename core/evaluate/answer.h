// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/failure.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// What a subject gives a choice, raw: every way to norm it is computed from these (evaluation.md 3.1).
struct ChoiceLikelihood
{
    double logLikelihood = NAN;   ///< natural logarithm, summed over the choice's tokens, after the prompt
    double unconditional = NAN;   ///< the same after nothing but the prefix token; NaN where it was not asked
    int64_t tokens = 0;           ///< of the choice
    bool greedy = false;          ///< each of its tokens is the likeliest one
    bool operator==(const ChoiceLikelihood &) const = default;
};

/// What a subject gives a whole text: perplexity and bits per byte come of these (evaluation.md 3.2).
struct TextLikelihood
{
    double logLikelihood = NAN;         ///< natural logarithm, summed over the scored tokens
    double squares = NAN;               ///< sum of the squares of the tokens' log-likelihoods: for the standard error
    int64_t tokens = 0, bytes = 0, words = 0; ///< that were scored
    bool operator==(const TextLikelihood &) const = default;
};

/// How a program that a subject wrote came through its tests; it ran in the sandbox or not at all.
struct Execution
{
    enum class End { NotExecuted, Passed, Failed, TimedOut, OutOfMemory, Killed };
    End end = End::NotExecuted;
    std::string told;   ///< the end of what it printed; or why it was not executed
    double seconds = 0;
    bool operator==(const Execution &) const = default;
};

/// What an earlier part of the run asked for and did not get: the row was asked for again when the run went on.
struct EarlierFailure
{
    Failure failure = Failure::None;
    std::string error; ///< a sentence
    int64_t tries = 0;
    bool operator==(const EarlierFailure &) const = default;
};

/// One answer of a subject to one item: what came back, before any judgement, so that judging anew never asks anew.
struct Answer
{
    std::string output;    ///< everything generated, thinking included where the subject does not tell it apart
    std::string reasoning; ///< where an endpoint tells it apart
    std::string finish;    ///< "stop", "length", "refused" (content filter, refusal field); empty: not told
    std::vector<ChoiceLikelihood> choices; ///< for Asking::Choice, in the item's order
    TextLikelihood text;                   ///< for Asking::Text
    std::vector<int64_t> classes;          ///< for Asking::Image: indices, likeliest first
    std::vector<double> probabilities;     ///< of these classes
    Execution execution;                   ///< for items that are tested by running code
    double seconds = 0;
    int64_t promptTokens = 0, outputTokens = 0;
    bool contextCut = false;    ///< the prompt did not fit and was cut: such an answer is never judged
    Failure failure = Failure::None; ///< of an endpoint
    int64_t tries = 0;          ///< requests that were sent for it, those that failed among them; 0: it was no endpoint
    std::vector<EarlierFailure> earlier; ///< oldest first; their tries are among `tries`
    std::string error;          ///< a sentence; not empty: there is no answer
    bool operator==(const Answer &) const = default;
};

} // namespace assay
