// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/mixture.h"

namespace assay {
namespace {

// Far above any model there is: each expert of each layer is three matrices that are listed by name.
constexpr int64_t kExperts = 1 << 14, kAllExperts = 1 << 19;

} // namespace

ExpertsSpec routedExperts(ConfigReader &config, int64_t defaultCount, int64_t defaultActive, int64_t defaultIntermediate)
{
    const ExpertsConfig declared = config.config().experts.value_or(ExpertsConfig());
    const auto given = [](int64_t value, int64_t otherwise) {
        return value != 0 ? std::optional(value) : otherwise > 0 ? std::optional(otherwise) : std::nullopt;
    };
    ExpertsSpec out;
    out.count = config.required("num_experts", given(declared.routed, defaultCount), kExperts);
    out.active = config.required("num_experts_per_tok", given(declared.active, defaultActive), kExperts);
    out.intermediate = config.required("moe_intermediate_size", given(declared.intermediateSize, defaultIntermediate));
    if (!config.failed() && out.active > out.count)
        config.outOfRange("num_experts_per_tok", std::to_string(out.active));
    return out;
}

ExpertScores expertScores(ConfigReader &config, ExpertScores otherwise)
{
    if (config.gguf()) {
        // llama.cpp's llama_expert_gating_func_type.
        const int64_t function = config.integer("scoring_func", 0);
        if (function == 0)
            return otherwise;
        if (function < 1 || function > 3)
            config.unsupported("expert_gating_func " + std::to_string(function));
        return function == 1 ? ExpertScores::Softmax : function == 2 ? ExpertScores::Sigmoid : ExpertScores::ChosenSoftmax;
    }
    const std::string function = config.text("scoring_func");
    if (function.empty())
        return otherwise;
    if (function != "softmax" && function != "sigmoid")
        config.unsupported("scoring_func " + function);
    return function == "sigmoid" ? ExpertScores::Sigmoid : ExpertScores::Softmax;
}

void limitToGroups(ConfigReader &config, ExpertsSpec &experts, GroupScores scores)
{
    experts.groupScores = scores;
    experts.groups = config.checked("n_group", config.integer("n_group", 1), experts.count);
    experts.activeGroups = config.checked("topk_group", config.integer("topk_group", experts.groups), experts.groups);
    if (config.failed())
        return;
    const int64_t each = experts.count / experts.groups, least = scores == GroupScores::BestTwo && experts.groups > 1 ? 2 : 1;
    if (experts.count % experts.groups != 0 || each < least)
        return config.outOfRange("n_group", std::to_string(experts.groups));
    if (experts.active > each * experts.activeGroups)
        config.outOfRange("topk_group", std::to_string(experts.activeGroups));
}

void placeExperts(ConfigReader &config, DecoderSpec &spec, const ExpertsSpec &experts, const std::function<bool(int64_t layer)> &sparse)
{
    int64_t all = 0;
    for (int64_t layer = 0; layer < spec.layerCount() && !config.failed(); ++layer) {
        if (!sparse(layer))
            continue;
        spec.layers[size_t(layer)].feedForward.experts = experts;
        all += experts.count;
        if (all > kAllExperts)
            config.outOfRange("num_experts", std::to_string(experts.count));
    }
}

} // namespace assay
