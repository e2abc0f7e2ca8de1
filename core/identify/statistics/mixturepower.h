// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/power.h"

namespace assay {

/// A service that answers a share of its requests with another model, as greedy mismatch would see it: one request a prompt.
struct MixtureOfPrompts
{
    std::vector<double> honest;      ///< differences by prompt that were measured; their signs are taken as a matter of chance
    std::vector<double> alternative; ///< differences by prompt where the other model answers
    size_t prompts = 0;
    double share = 1;                ///< of the prompts that the other model answers, each by itself
};

/// Share of simulated services that sign flips over prompts reject. Where nothing honest differs, p is 2^-k of k prompts that do: no test by prompts can
/// reject at alpha with fewer than log2(1/alpha) of them. Nothing without prompts or differences of the alternative.
std::optional<Estimate> mixturePower(const MixtureOfPrompts &mixture, const PowerSimulation &how);
/// The smallest share, in steps of 1/20, that is found with this power; nothing when not even all of it is.
std::optional<double> mixtureShareFound(MixtureOfPrompts mixture, double power, const PowerSimulation &how);
/// How many prompts find the mixture's share with this power, to one part in 20; nothing where 2,000 do not.
std::optional<size_t> mixturePromptsNeeded(MixtureOfPrompts mixture, double power, const PowerSimulation &how);

} // namespace assay
