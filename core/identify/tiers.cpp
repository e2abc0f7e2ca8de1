// SPDX-License-Identifier: GPL-3.0-or-later
// The tiers of evidence and how much a likelihood ratio of each may weigh (identity.md, sections 6 and 8).
#include "core/identify/evidence.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr std::array<TierDefinition, size_t(Tier::Count_)> kTiers{{
    {Tier::Physics, "T0", ASSAY_TEXT("Identity", "Physics"),
     ASSAY_TEXT("Identity", "Claimed parameters against the stated memory, bandwidth, file size and speed."),
     ASSAY_TEXT("Identity", "Anything served by hardware that is not known."), 0, 0},
    {Tier::Declared, "T1", ASSAY_TEXT("Identity", "Declared metadata"),
     ASSAY_TEXT("Identity", "Config, headers of weight files, model lists: what files and servers say of themselves."),
     ASSAY_TEXT("Identity", "Any deliberate lie: what is declared costs nothing to forge, so agreement weighs nothing."), 1, 1},
    {Tier::Fields, "T2", ASSAY_TEXT("Identity", "Response fields and headers"),
     ASSAY_TEXT("Identity", "Model names, fingerprints, usage fields and marks of the serving software in answers."),
     ASSAY_TEXT("Identity", "A proxy that rewrites them. They tell the software that serves, not the weights, and never decide."), 3, 1},
    {Tier::Tokenizer, "T3", ASSAY_TEXT("Identity", "Tokenizer"),
     ASSAY_TEXT("Identity", "How many tokens known strings become, over at least two independent channels."),
     ASSAY_TEXT("Identity", "Models that share a tokenizer: versions of one family, quantised ones, fine-tunes of one base."), 20, 2},
    {Tier::Distribution, "T4", ASSAY_TEXT("Identity", "Distribution against a reference"),
     ASSAY_TEXT("Identity", "Tokens, log-probabilities or texts of the subject beside those of a reference."),
     ASSAY_TEXT("Identity", "Differences as small as those between honest servers; without a reference nothing at all."), 0, 3},
    {Tier::Timing, "T5", ASSAY_TEXT("Identity", "Timing"),
     ASSAY_TEXT("Identity", "Slope of the first token's delay, least delay between tokens, throughput."),
     ASSAY_TEXT("Identity", "Most substitutions: a server can be slowed down at will, so it counts against a claim only and never decides."), 3, 4},
    {Tier::Capability, "T6", ASSAY_TEXT("Identity", "Capability"),
     ASSAY_TEXT("Identity", "Paired items by difficulty, rare knowledge, what is found in long contexts."),
     ASSAY_TEXT("Identity", "Models of like strength, and routing of known test questions to another model."), 1000, 5},
    {Tier::Weights, "T7", ASSAY_TEXT("Identity", "Weights"),
     ASSAY_TEXT("Identity", "Hashes, shapes, values and lineage of the tensors themselves."),
     ASSAY_TEXT("Identity", "Anything remote. Without a manifest: versions that share every shape."), 0, 0},
}};

/// Of the distribution the cap is the resolution of its calibration: S honest stacks tell odds up to S + 1.
double capOf(const Evidence &evidence)
{
    if (evidence.tier != Tier::Distribution)
        return tierDefinition(evidence.tier).cap;
    const auto stacks = evidence.numbers.is_object() ? evidence.numbers.find(kHonestStacks) : evidence.numbers.end();
    if (!evidence.numbers.is_object() || stacks == evidence.numbers.end() || !stacks->is_number_integer() || *stacks < 0)
        return 1;
    return stacks->get<double>() + 1;
}

} // namespace

const std::array<TierDefinition, size_t(Tier::Count_)> &tierDefinitions()
{
    return kTiers;
}

const TierDefinition &tierDefinition(Tier tier)
{
    return kTiers[std::min(size_t(tier), kTiers.size() - 1)];
}

bool tierDecides(Tier tier)
{
    return tier != Tier::Fields && tier != Tier::Timing;
}

double countedLogRatio(const Evidence &evidence)
{
    if (!evidence.logRatio || std::isnan(*evidence.logRatio) || evidence.kind == Evidence::Kind::Note
        || tierDefinition(evidence.tier).group == 0)
        return 0;
    const double most = std::log(capOf(evidence));
    const double counted = std::clamp(*evidence.logRatio, -most, most);
    return evidence.tier == Tier::Timing ? std::min(counted, 0.0) : counted;
}

} // namespace assay
