// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/ledger.h"
#include "core/evaluate/protocolcard.h"
#include "core/evaluate/statistics/sampledrun.h"
#include "core/evaluate/statistics/significance.h"
#include "core/evaluate/statistics/standing.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// Two runs of one group, item by item.
struct AccuracyPair
{
    size_t first = 0, second = 0; ///< places in the group; the second is what the first is held against
    PairedResult paired;
    double adjustedP = 1;         ///< paired.p after Holm's correction over all pairs of all groups
    Standing standing = Standing::Undecided;
    std::optional<uint64_t> moreItems; ///< that would decide, where it is undecided
    FlipMatrix flips;             ///< rows: the second's outcome, columns: the first's
    GapWaterfall waterfall;       ///< what the first lacks to the second, by outcome
    std::vector<CardDifference> cards;
};

/// Runs that answered the same questions.
struct AccuracyGroup
{
    using Runs = std::vector<std::shared_ptr<const EvaluationRun>>;
    std::string suite;
    JoinBy by = JoinBy::ItemId;
    Runs runs;
    std::vector<Estimate> accuracy;      ///< one a run, over all of its own items
    std::vector<OutcomeCounts> outcomes; ///< one a run
    std::vector<SampledRun> samples;     ///< one a run; without counts where items were asked once
    std::vector<AccuracyPair> pairs;
};

struct AccuracyComparison
{
    std::vector<AccuracyGroup> groups; ///< of two runs or more
    AccuracyGroup::Runs alone;         ///< runs whose questions no other answered
    double margin = kDefaultMargin;
};

/// Puts runs with one suite's name together, and those that are left with runs that asked the same questions (pairKey), then holds each
/// against the first of its group, or against every one before it. margin: the loss that is acceptable, set before.
AccuracyComparison compareAccuracy(const AccuracyGroup::Runs &runs, double margin, bool everyPair, const Translate &translate = untranslated);

nlohmann::json toJson(const AccuracyComparison &comparison);
/// avg@k, pass@k, pass^k and cons@k of a run; null where items were asked once.
nlohmann::json samplesJson(const SampledRun &run);

} // namespace assay
