// SPDX-License-Identifier: GPL-3.0-or-later
// StarCoder 2, Falcon RW and the mixture of Qwen2. Sources are the papers and model cards named at each; tensor names are
// those of the published checkpoints.
#include "tests/engine/slow/parts.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace assay::slow {
namespace {

/// down(activation(up x)), both with biases.
Rows plainNetwork(Parts &parts, const Rows &x, const std::string &up, const std::string &down, int64_t inner, Parts::Activation activation)
{
    Rows middle = parts.project(up, x, inner, true);
    for (Vector &row : middle) {
        for (double &value : row)
            value = activation(value);
    }
    return parts.project(down, middle, int64_t(x[0].size()), true);
}

/// To the nearest number with eight bits, ties to even.
double inBfloat16(double value)
{
    const uint32_t bits = std::bit_cast<uint32_t>(float(value));
    return double(std::bit_cast<float>((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000));
}

/// Slopes of arXiv 2108.12409, section 3, for a power of two of heads.
double slopeOf(size_t head, int64_t heads)
{
    return std::exp2(-8 * double(head + 1) / double(heads));
}

/// One matrix to queries, keys and values: of each head one after the other (Falcon's RW).
Rows fusedAttention(Parts &parts, const std::string &name, const Rows &x, const Attending &how, int64_t headCount)
{
    const int64_t hidden = int64_t(x[0].size()), dim = hidden / headCount;
    std::vector<Rows> queries(static_cast<size_t>(headCount)), keys = queries, values = queries;
    for (const Vector &row : parts.project(name + "query_key_value", x, 3 * hidden, true)) {
        for (int64_t head = 0; head < headCount; ++head) {
            const auto begin = row.begin() + head * 3 * dim;
            queries[size_t(head)].emplace_back(begin, begin + dim);
            keys[size_t(head)].emplace_back(begin + dim, begin + 2 * dim);
            values[size_t(head)].emplace_back(begin + 2 * dim, begin + 3 * dim);
        }
    }
    return parts.project(name + "dense", attend(queries, keys, values, how), hidden, true);
}

/// Experts by softmax over all, and one that all tokens take part of, behind a gate (Qwen2-MoE).
Rows sharedMixture(Parts &parts, const std::string &name, const Rows &x)
{
    const int64_t experts = parts.size("num_experts"), inner = parts.size("moe_intermediate_size"), hidden = int64_t(x[0].size());
    const size_t active = size_t(parts.size("num_experts_per_tok"));
    const auto network = [&](const std::string &prefix, const Rows &rows, int64_t width) {
        Rows gate = parts.project(prefix + "gate_proj", rows, width);
        const Rows up = parts.project(prefix + "up_proj", rows, width);
        for (size_t t = 0; t < gate.size(); ++t) {
            for (size_t i = 0; i < gate[t].size(); ++i)
                gate[t][i] = silu(gate[t][i]) * up[t][i];
        }
        return parts.project(prefix + "down_proj", gate, hidden);
    };
    Rows out = network(name + "shared_expert.", x, parts.size("shared_expert_intermediate_size"));
    const Rows gates = parts.project(name + "shared_expert_gate", x, 1), scores = parts.project(name + "gate", x, experts, false, Kind::Choice);
    // Made in their order, whichever are chosen.
    std::vector<Rows> given;
    for (int64_t expert = 0; expert < experts; ++expert)
        given.push_back(network(name + "experts." + std::to_string(expert) + ".", x, inner));
    for (size_t t = 0; t < x.size(); ++t) {
        const Vector weights = softmax(scores[t]);
        const auto best = largest(scores[t], active + 1);
        parts.closestChoice = std::min(parts.closestChoice, scores[t][best[active - 1]] - scores[t][best[active]]);
        double chosen = 0;
        for (size_t i = 0; i < active; ++i)
            chosen += weights[best[i]];
        for (double &value : out[t])
            value *= sigmoid(gates[t][0]);
        for (size_t i = 0; i < active; ++i) {
            const double part = weights[best[i]] / (parts.flag("norm_topk_prob", false) ? chosen : 1);
            for (size_t j = 0; j < out[t].size(); ++j)
                out[t][j] += part * given[best[i]][t][j];
        }
    }
    return out;
}

} // namespace

/// StarCoder 2 (arXiv 2402.19173, section 6): layer norms and biases throughout, rotation, grouped keys, a window.
Rows starcoder2(Parts &parts, const Ids &ids)
{
    const double epsilon = parts.number("norm_epsilon", 1e-5);
    Rows x = parts.embed("model.embed_tokens", ids);
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = "model.layers." + std::to_string(layer) + ".";
        Parts::Attention a = parts.attention();
        a.bias = a.outputBias = true;
        a.rope = parts.rope(a.dim, parts.number("rope_theta", 10000), ids.size());
        a.how.window = parts.size("sliding_window", 0);
        x = sum(x, parts.attend(name + "self_attn.", parts.layer(name + "input_layernorm", x, epsilon, true), a));
        const Rows normed = parts.layer(name + "post_attention_layernorm", x, epsilon, true);
        x = sum(x, plainNetwork(parts, normed, name + "mlp.c_fc", name + "mlp.c_proj", parts.size("intermediate_size"), geluTanh));
    }
    return parts.head(parts.layer("model.norm", x, epsilon, true), parts.flag("tie_word_embeddings", true));
}

/// Falcon RW (model card of falcon-rw-1b; arXiv 2311.16867 describes its successors): ALiBi is added before the scores are
/// divided by the root of the head's width, and rounded to bfloat16.
Rows falcon(Parts &parts, const Ids &ids)
{
    const double epsilon = parts.number("layer_norm_epsilon", 1e-5);
    const int64_t hidden = parts.size("hidden_size"), headCount = parts.size("num_attention_heads");
    Rows x = parts.embed("transformer.word_embeddings", ids);
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = "transformer.h." + std::to_string(layer) + ".";
        Attending how;
        how.scale = 1 / std::sqrt(double(hidden / headCount));
        how.inner = [headCount](size_t head, size_t key) {
            return inBfloat16(inBfloat16(slopeOf(head, headCount)) * inBfloat16(double(key)));
        };
        const Rows normed = parts.layer(name + "input_layernorm", x, epsilon, true);
        x = sum(x, fusedAttention(parts, name + "self_attention.", normed, how, headCount));
        const Rows second = parts.layer(name + "post_attention_layernorm", x, epsilon, true);
        x = sum(x, plainNetwork(parts, second, name + "mlp.dense_h_to_4h", name + "mlp.dense_4h_to_h", 4 * hidden, gelu));
    }
    const Rows normed = parts.layer("transformer.ln_f", x, epsilon, true);
    return parts.project("transformer.word_embeddings", normed, parts.size("vocab_size"), false, Kind::Table);
}

/// Qwen2's mixture (arXiv 2407.10671, section 2.2.2).
Rows qwen2Moe(Parts &parts, const Ids &ids)
{
    const double epsilon = parts.number("rms_norm_eps", 1e-6);
    Rows x = parts.embed("model.embed_tokens", ids);
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = "model.layers." + std::to_string(layer) + ".";
        Parts::Attention a = parts.attention();
        a.bias = true;
        a.rope = parts.rope(a.dim, parts.number("rope_theta", 10000), ids.size());
        x = sum(x, parts.attend(name + "self_attn.", parts.rms(name + "input_layernorm", x, epsilon), a));
        const Rows normed = parts.rms(name + "post_attention_layernorm", x, epsilon);
        x = sum(x, parts.lists("mlp_only_layers", layer) ? parts.gated(name + "mlp.", normed, silu) : sharedMixture(parts, name + "mlp.", normed));
    }
    return parts.head(parts.rms("model.norm", x, epsilon), parts.flag("tie_word_embeddings", false));
}

} // namespace assay::slow
