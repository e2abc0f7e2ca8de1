// SPDX-License-Identifier: GPL-3.0-or-later
// Likelihood ratios of named alternatives: capped, of each group of dependent tiers the strongest once (identity.md, section 8).
#include "core/identify/judgement.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace assay {
namespace {

/// The strongest for and against the claim in one group.
struct Strongest
{
    double plus = 0, minus = 0;
    /// One of both counts; equally strong ones say nothing together, in whatever order they came.
    double counted() const { return plus == -minus ? 0 : plus > -minus ? plus : minus; }
};

} // namespace

std::vector<AlternativeOdds> oddsOf(std::span<const Evidence> evidence, const std::optional<double> &priorOdds)
{
    std::map<std::string, std::map<int, Strongest>> byAlternative;
    for (const Evidence &one : evidence) {
        if (one.alternative.empty() || !one.logRatio || one.kind == Evidence::Kind::Note)
            continue;
        const double ratio = countedLogRatio(one);
        Strongest &group = byAlternative[one.alternative][tierDefinition(one.tier).group];
        group.plus = std::max(group.plus, ratio);
        group.minus = std::min(group.minus, ratio);
    }
    std::vector<AlternativeOdds> out;
    for (const auto &[alternative, groups] : byAlternative) {
        AlternativeOdds odds{alternative, 0, {}};
        for (const auto &[group, strongest] : groups)
            odds.logRatio += strongest.counted();
        if (priorOdds && *priorOdds > 0)
            odds.posterior = *priorOdds * std::exp(odds.logRatio);
        out.push_back(std::move(odds));
    }
    std::stable_sort(out.begin(), out.end(), [](const AlternativeOdds &a, const AlternativeOdds &b) { return a.logRatio < b.logRatio; });
    return out;
}

} // namespace assay
