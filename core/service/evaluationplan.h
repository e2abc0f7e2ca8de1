// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"
#include "core/bench/failure.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/textwindows.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// How a suite is asked.
struct EvaluationPlan
{
    std::string device = "cpu", dtype = "auto";
    /// How many prompts are generated together at most. One by one an item gets exactly the answer that `generate` gives;
    /// together the sums of a product may be taken in another order, and of two tokens that are nearly alike the other one win.
    int64_t batch = 1;
    int64_t samples = 1;                 ///< answers to each item that is generated; log-likelihoods are asked once
    double temperature = 0, topP = 1;    ///< 0: greedy
    uint64_t seed = 0;                   ///< each sample of each item has one of its own made of this
    bool chat = false;                   ///< prompts are put into the model's chat template as a user's message
    std::string templateName = {};       ///< which of several; empty: the usual one
    TextCut text = {};
    int64_t items = 0;                   ///< only so many, the suite's first ones; 0: all
    int64_t maxTokens = 0;               ///< of each answer; 0: the suite's
    PlanLimits limits = {};              ///< what ends the run before; money and requests of endpoints only
    std::optional<Prices> prices = {};
    int64_t inFlight = 16;               ///< of an endpoint
    int64_t retries = 4;                 ///< of an endpoint's 429, 503 and lost connections; each is told
    std::string thinking = {};           ///< of an endpoint: "", "on", "off", "low", "medium", "high"
    int64_t pilot = 20;                  ///< answers after which it is told what the rest will take
};

/// One answer that is to be asked for.
struct AskedRow
{
    size_t item = 0; ///< of the suite
    int64_t sample = 0;
    bool operator==(const AskedRow &) const = default;
};

/// How many answers to this item there are to be.
int64_t samplesOf(const SuiteItem &item, const EvaluationPlan &plan);
/// An item's id and the sample.
using RowKey = std::pair<std::string, int64_t>;
/// What is still to be asked, in the order of asking: items with log-likelihoods, the largest first, so that memory fails early,
/// then the others as they stand. done: rows that are there already.
std::vector<AskedRow> rowsToAsk(const Suite &suite, const EvaluationPlan &plan, const std::set<RowKey> &done = {});
/// Whether an answer that failed so may come when it is asked for again: it was the way to the endpoint or what it had to do that
/// failed, not what was asked.
bool mayComeAgain(Failure failure);
/// Whether something may be missing of a run that is over: it was broken off, has too few rows, or rows that may come again. Items
/// that are asked once count as such only when they are answered.
bool mayMissRows(const EvaluationRun &run);
/// How many rows the finished run has.
int64_t rowCount(const Suite &suite, const EvaluationPlan &plan);

/// The seed of one sample, below 2^31, which every server takes.
uint64_t sampleSeed(uint64_t seed, const std::string &itemId, int64_t sample);

/// The card, as far as it is known before anything is asked.
EvaluationProtocol protocolOf(const Suite &suite, const EvaluationPlan &plan);
/// The plan with what the card of a run says, so that what is missing is asked in the same way.
EvaluationPlan planOf(const EvaluationProtocol &protocol, EvaluationPlan plan = {});

} // namespace assay
