// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/structurematch.h"

#include "core/model/grammar.h"

#include <algorithm>

namespace assay {
namespace {

/// How badly a family fits: names too few and too many.
struct Fit
{
    const ArchitectureFamily *family = nullptr;
    uint64_t wrong = ~uint64_t(0);
    size_t asked = 0; ///< patterns that must be there: of two that fit, the one that asks for more is meant
    size_t all = 0;   ///< and of those the one that allows less

    bool betterThan(const Fit &other) const
    {
        if (wrong != other.wrong)
            return wrong < other.wrong;
        return asked != other.asked ? asked > other.asked : all < other.all;
    }
};

Fit fitOf(const ArchitectureFamily &family, const std::vector<LeafGroup> &weights, int64_t layers)
{
    const auto patterns = parsePatterns(family.tensors);
    const NameComparison names = compareNames(patterns, weights, layers, 0);
    const auto asked = std::count_if(patterns.begin(), patterns.end(), [](const NamePattern &p) { return !p.optional; });
    return {&family, names.missing + names.unexpected, size_t(asked), patterns.size()};
}

/// Biases of queries and keys where the config promises none are Qwen2's, even though Llama's grammar allows them.
bool hasForeignBiases(const CountedModel &model, const ModelConfig &config)
{
    if (!model.family || config.attentionBias.value_or(false)
        || std::string_view(model.family->classStem) != "Llama")
        return false;
    const auto has = [&model](std::string_view ending) {
        return std::any_of(model.groups.begin(), model.groups.end(),
                           [&](const CountedGroup &counted) { return counted.group.endsWith(ending); });
    };
    return has("self_attn.q_proj.bias") && has("self_attn.k_proj.bias") && !has("self_attn.o_proj.bias");
}

MatchReason evidenceOf(const Fit &own, const Fit &best, uint64_t all)
{
    return {ASSAY_TEXT("Reason", "names that do not fit: %1 %2, %3 %4 (of %5)"),
            {own.family->classStem, std::to_string(own.wrong), best.family->classStem, std::to_string(best.wrong),
             std::to_string(all)}};
}

} // namespace

std::vector<LeafGroup> grammarWeights(const CountedModel &model)
{
    std::vector<LeafGroup> weights;
    for (const CountedGroup &counted : model.groups) {
        if (counted.kind.role == TensorRole::Weight && counted.kind.purpose != TensorPurpose::Head
            && !counted.kind.nextToken)
            weights.push_back(counted.group);
    }
    return weights;
}

StructureMatch matchStructure(const CountedModel &model, const ModelConfig &config, bool complete)
{
    StructureMatch out{model.family, false, {}};
    const std::vector<LeafGroup> weights = grammarWeights(model);
    uint64_t all = 0;
    for (const LeafGroup &group : weights)
        all += group.copies;
    // Each family is held against all groups: too many of them are no folded model.
    constexpr size_t kMostGroups = 5000;
    if (!complete || weights.empty() || model.layers == 0 || weights.size() > kMostGroups)
        return out;
    const Fit own = model.family ? fitOf(*model.family, weights, model.layers) : Fit();
    const bool foreign = hasForeignBiases(model, config);
    if (model.family && own.wrong == 0 && !foreign)
        return out;
    Fit best;
    for (const ArchitectureFamily &family : architectureFamilies()) {
        if (foreign && &family == model.family)
            continue;
        const Fit fit = fitOf(family, weights, model.layers);
        if (!best.family || fit.betterThan(best))
            best = fit;
    }
    // A family that is not known here may have tensors of its own beside a usual structure: all must fit.
    if (!model.family) {
        out.family = best.wrong == 0 ? best.family : nullptr;
        return out;
    }
    // A few odd tensors are told one by one; another family's structure is most of them.
    const bool clear = foreign ? best.wrong == 0 : best.wrong * 10 <= own.wrong && own.wrong * 4 >= all;
    if (!clear || std::string_view(best.family->tensors) == model.family->tensors)
        return out;
    return {best.family, true, evidenceOf(own, best, all)};
}

} // namespace assay
