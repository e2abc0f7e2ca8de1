// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/mmd.h"

#include <optional>
#include <span>

namespace assay {

/// How a power is found by simulation: runs of the whole test, each with its own draws.
struct PowerSimulation
{
    double alpha = 0.01;
    size_t runs = 200, draws = 499;
    uint64_t seed = kStatisticsSeed;
};

/// What the MMD test would be made with.
struct MmdPlan
{
    size_t first = 10, second = 10; ///< answers a prompt
    double share = 1;               ///< of the second side's answers that come from the alternative, the rest from the claimed model
    AnswerKernel kernel = AnswerKernel::Hamming;
    size_t length = 50;
};
/// Share of simulated tests that reject, with Wilson's interval. `pools`: by prompt many answers of the claimed model (first) and of an
/// alternative (second), dealt without replacement; prompts with too few for the plan are left out. Nothing when none is left.
std::optional<Estimate> mmdPower(std::span<const PromptAnswers> pools, const MmdPlan &plan, const PowerSimulation &how = {});
/// The smallest share of the alternative, in steps of 1/20, that is found with this power; nothing when not even all of it is.
std::optional<double> detectableShare(std::span<const PromptAnswers> pools, MmdPlan plan, double power = 0.8, const PowerSimulation &how = {});

/// Power of one-sided sign flips over `prompts` prompts whose differences spread as those given (their mean taken off) and have the
/// mean `effect`. Of greedy mismatch the differences are those of the test itself or of two honest runs. Nothing of fewer than 2.
std::optional<Estimate> signFlipPower(std::span<const double> differences, double effect, size_t prompts, const PowerSimulation &how = {});
/// The effect that is found with this power, to 1 %; in the differences' unit.
std::optional<double> detectableEffect(std::span<const double> differences, size_t prompts, double power = 0.8, const PowerSimulation &how = {});

/// Exact power of mcnemarOneSided over `items` items, of which the reference alone has `referenceOnly` right and the subject alone
/// `subjectOnly`, as shares. At most 100,000 items: more count as so many.
double mcnemarPower(size_t items, double referenceOnly, double subjectOnly, double alpha = 0.01);
/// The same where it is known what the reference answered: each item that it has right is missed with a probability of its own, each that it has wrong
/// is answered rightly with one. Items differ, so the numbers spread less than binomial ones of the same mean, and small powers are smaller
/// than mcnemarPower() says. Exact; at most 4,000 items of either kind: what is beyond them is left out.
double pairedPower(std::span<const double> missed, std::span<const double> gained, double alpha = 0.01);
/// Items from which on the power stays reached, as far as an exact test's steps allow (to one part in 100). Nothing where the reference
/// is not better or 100,000 are too few.
std::optional<size_t> mcnemarItemsNeeded(double referenceOnly, double subjectOnly, double alpha = 0.01, double power = 0.8);
/// The gap of accuracies that is found over m paired items of which a share is answered differently: (z_alpha + z_power) sqrt(share / m)
/// (arXiv 2605.28873), one-sided.
double detectableGap(double discordant, size_t items, double alpha = 0.01, double power = 0.8);

/// Items at which a pass rate below the claimed one is told from it, one-sided: ((z_alpha sqrt(p q) + z_power sqrt(p' q')) / (p - p'))^2.
/// Nothing where the rates are equal or not within (0, 1).
std::optional<size_t> itemsToTell(double claimed, double alternative, double alpha = 0.01, double power = 0.95);

} // namespace assay
