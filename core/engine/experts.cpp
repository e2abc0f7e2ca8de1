// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/feedforward.h"

#include "core/engine/linear.h"

#include <limits>

namespace assay::engine {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

/// Experts of groups that are not among the best are struck out (DeepSeek-V2, section 2.1.3).
at::Tensor withinGroups(const ExpertsSpec &spec, const at::Tensor &scores, double outside)
{
    if (spec.groups <= 1 || spec.activeGroups >= spec.groups)
        return scores;
    const at::Tensor grouped = scores.unflatten(-1, {spec.groups, spec.count / spec.groups});
    const at::Tensor best = spec.groupScores == GroupScores::Best ? std::get<0>(grouped.max(-1))
                                                                   : std::get<0>(grouped.topk(2, -1)).sum(-1);
    const at::Tensor chosen = std::get<1>(best.topk(spec.activeGroups, -1));
    const at::Tensor kept = at::zeros_like(best).scatter(-1, chosen, 1).unsqueeze(-1).expand_as(grouped).reshape(scores.sizes());
    return scores.masked_fill(kept == 0, outside);
}

struct Routing
{
    at::Tensor experts; ///< [tokens, active] int64
    at::Tensor weights; ///< [tokens, active] f32
};

Routing route(const ExpertsSpec &spec, const LayerWeights &layer, const at::Tensor &x)
{
    const at::Tensor logits = linear(x.to(at::kFloat), layer[Part::Router]).to(at::kFloat);
    if (spec.scores == ExpertScores::ChosenSoftmax) {
        const auto [best, experts] = logits.topk(spec.active, -1);
        return {experts, at::softmax(best, -1)};
    }
    const at::Tensor scores = spec.scores == ExpertScores::Sigmoid ? at::sigmoid(logits) : at::softmax(logits, -1);
    const bool corrected = spec.correction;
    const at::Tensor choice = corrected ? scores + layer[Part::RouterCorrection].weight.to(at::kFloat) : scores;
    const at::Tensor experts = std::get<1>(withinGroups(spec, choice, corrected ? double(kNever) : 0.0).topk(spec.active, -1));
    at::Tensor weights = scores.gather(-1, experts);
    if (spec.normalised)
        weights = weights / (weights.sum(-1, true) + 1e-20);
    return {experts, weights * spec.scale};
}

at::Tensor runExpert(const FeedForwardSpec &spec, const ExpertWeights &expert, const at::Tensor &x)
{
    const at::Tensor gate = spec.gated ? linear(x, expert.gate) : at::Tensor();
    return linear(activate(spec, gate, linear(x, expert.up)), expert.down);
}

at::Tensor shared(const FeedForwardSpec &spec, const LayerWeights &layer, const at::Tensor &x)
{
    const auto both = linearOfEach(x, layer.sharedGateUp, {&layer[Part::SharedGate], &layer[Part::SharedUp]});
    const at::Tensor out = linear(activate(spec, both[0], both[1]), layer[Part::SharedDown]);
    return spec.experts->sharedGate ? at::sigmoid(linear(x, layer[Part::SharedScale])) * out : out;
}

} // namespace

at::Tensor mixExperts(const FeedForwardSpec &spec, const LayerWeights &layer, const at::Tensor &x)
{
    const at::Tensor rows = x.reshape({-1, x.size(-1)});
    const Routing routing = route(*spec.experts, layer, rows);
    // Which (token, place) pairs each expert serves, by the order of the experts.
    const at::Tensor flat = routing.experts.reshape({-1}).to(at::kCPU);
    const at::Tensor order = at::argsort(flat);
    const at::Tensor counts = at::bincount(flat, {}, spec.experts->count);
    at::Tensor out = at::zeros_like(rows);
    const at::Tensor weights = routing.weights.reshape({-1, 1}).to(rows.scalar_type());
    int64_t at = 0;
    for (int64_t expert = 0; expert < spec.experts->count; ++expert) {
        const int64_t count = counts[expert].item<int64_t>();
        if (count == 0)
            continue;
        const at::Tensor pairs = order.narrow(0, at, count).to(rows.device());
        const at::Tensor tokens = pairs.div(spec.experts->active, "floor");
        const at::Tensor result = runExpert(spec, layer.experts[size_t(expert)], rows.index_select(0, tokens));
        out = out.index_add(0, tokens, result * weights.index_select(0, pairs));
        at += count;
    }
    if (spec.experts->sharedIntermediate > 0)
        out = out + shared(spec, layer, rows);
    return out.view(x.sizes());
}

} // namespace assay::engine
