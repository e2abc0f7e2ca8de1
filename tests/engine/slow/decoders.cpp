// SPDX-License-Identifier: GPL-3.0-or-later
// How each architecture puts the parts together. Sources are the papers and model cards named at each; tensor names
// are those of the published checkpoints.
#include "tests/engine/slow/parts.h"

#include <cmath>

namespace assay::slow {
namespace {

std::string layerName(int64_t layer)
{
    return "model.layers." + std::to_string(layer) + ".";
}

void scaleAll(Rows &rows, double scale)
{
    for (Vector &row : rows) {
        for (double &value : row)
            value *= scale;
    }
}

/// cap tanh(x / cap)
void capAll(Rows &rows, double cap)
{
    for (Vector &row : rows) {
        for (double &value : row)
            value = cap * std::tanh(value / cap);
    }
}

/// Biases and windows of Llama's successors, layer by layer.
Parts::Attention llamaAttention(Parts &parts, int64_t layer, size_t tokens)
{
    const std::string type = parts.type();
    Parts::Attention a = parts.attention();
    const int64_t turning = int64_t(double(a.dim) * parts.number("partial_rotary_factor", 1));
    a.rope = parts.rope(turning, parts.number("rope_theta", 10000), tokens);
    a.inOne = type == "phi3";
    a.bias = type == "qwen2" || parts.flag("attention_bias", false);
    a.outputBias = type != "qwen2" && parts.flag("attention_bias", false);
    if (type == "mistral" || type == "phi3")
        a.how.window = parts.size("sliding_window", 0);
    if (type == "qwen2" && parts.flag("use_sliding_window", false) && layer >= parts.size("max_window_layers"))
        a.how.window = parts.size("sliding_window", 0);
    if (type == "granite") // Granite 3.0 model card: maximal update parametrisation (arXiv 2203.03466)
        a.how.scale = parts.number("attention_multiplier", 1);
    return a;
}

} // namespace

/// Llama (arXiv 2302.13971, section 2.2); Qwen3 (arXiv 2505.09388, section 2) norms each head of queries and keys.
Rows llamaFamily(Parts &parts, const Ids &ids)
{
    const double epsilon = parts.number("rms_norm_eps", 1e-6), residual = parts.number("residual_multiplier", 1);
    Rows x = parts.embed("model.embed_tokens", ids, parts.number("embedding_multiplier", 1));
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = layerName(layer);
        Parts::Attention a = llamaAttention(parts, layer, ids.size());
        if (parts.type() == "qwen3") {
            a.norm = [&](Rows &queries, Rows &keys) {
                for (auto [rows, which] : {std::pair(&queries, "q"), std::pair(&keys, "k")}) {
                    const Vector &weight = parts.vector(name + "self_attn." + which + "_norm.weight", a.dim, Kind::Norm);
                    *rows = Parts::eachHead(*rows, a.dim, [&](const Vector &head, size_t) { return rmsNorm(head, weight, epsilon); });
                }
            };
        }
        x = sum(x, parts.attend(name + "self_attn.", parts.rms(name + "input_layernorm", x, epsilon), a), residual);
        const Rows normed = parts.rms(name + "post_attention_layernorm", x, epsilon);
        x = sum(x, parts.type() == "phi3" ? parts.gatedInOne(name + "mlp.", normed, silu)
                                          : parts.gated(name + "mlp.", normed, silu, parts.flag("mlp_bias", false)), residual);
    }
    Rows out = parts.head(parts.rms("model.norm", x, epsilon), parts.flag("tie_word_embeddings", false));
    scaleAll(out, 1 / parts.number("logits_scaling", 1));
    return out;
}

/// OLMo 2 (arXiv 2501.00656, section 2.1): norms behind attention and network instead of before them, and over all
/// queries and all keys of a token before the rotation.
Rows olmo2(Parts &parts, const Ids &ids)
{
    const double epsilon = parts.number("rms_norm_eps", 1e-5);
    Rows x = parts.embed("model.embed_tokens", ids);
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = layerName(layer);
        Parts::Attention a = parts.attention();
        a.rope = parts.rope(a.dim, parts.number("rope_theta", 10000), ids.size());
        a.norm = [&](Rows &queries, Rows &keys) {
            queries = parts.rms(name + "self_attn.q_norm", queries, epsilon);
            keys = parts.rms(name + "self_attn.k_norm", keys, epsilon);
        };
        x = sum(x, parts.rms(name + "post_attention_layernorm", parts.attend(name + "self_attn.", x, a), epsilon));
        x = sum(x, parts.rms(name + "post_feedforward_layernorm", parts.gated(name + "mlp.", x, silu), epsilon));
    }
    return parts.head(parts.rms("model.norm", x, epsilon), parts.flag("tie_word_embeddings", false));
}

/// GLM-4 (arXiv 2406.12793, section 2): biases for queries, keys and values alone, rotation of half of each head in
/// neighbouring pairs; the models of 2025 (glm4) norm what attention and network give, too.
Rows glm(Parts &parts, const Ids &ids)
{
    const double epsilon = parts.number("rms_norm_eps", 1e-5);
    const bool normsBehind = parts.type() == "glm4";
    Rows x = parts.embed("model.embed_tokens", ids);
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = layerName(layer);
        Parts::Attention a = parts.attention();
        const int64_t turning = int64_t(double(a.dim) * parts.number("partial_rotary_factor", 0.5));
        a.rope = parts.rope(turning, parts.number("rope_theta", 10000), ids.size());
        a.partner = Partner::Next;
        a.bias = parts.flag("attention_bias", false);
        Rows added = parts.attend(name + "self_attn.", parts.rms(name + "input_layernorm", x, epsilon), a);
        x = sum(x, normsBehind ? parts.rms(name + "post_self_attn_layernorm", added, epsilon) : added);
        added = parts.gatedInOne(name + "mlp.", parts.rms(name + "post_attention_layernorm", x, epsilon), silu);
        x = sum(x, normsBehind ? parts.rms(name + "post_mlp_layernorm", added, epsilon) : added);
    }
    return parts.head(parts.rms("model.norm", x, epsilon), parts.flag("tie_word_embeddings", false));
}

/// Gemma 2 (arXiv 2408.00118, section 2): norms before and behind, soft caps, every other layer sees a window. Gemma 3
/// (arXiv 2503.19786, section 2): norms of queries and keys instead of caps, one layer in several sees everything and
/// has its own rotation.
Rows gemmaFamily(Parts &parts, const Ids &ids)
{
    const bool third = parts.type() == "gemma3_text";
    const double epsilon = parts.number("rms_norm_eps", 1e-6);
    Rows x = parts.embed("model.embed_tokens", ids, std::sqrt(double(parts.size("hidden_size"))));
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = layerName(layer);
        const bool slides = parts.layerIs(layer, "sliding_attention",
                                          (layer + 1) % parts.size("sliding_window_pattern", third ? 6 : 2) != 0);
        Parts::Attention a = parts.attention();
        a.how.scale = 1 / std::sqrt(parts.number("query_pre_attn_scalar", 256));
        a.how.softCap = parts.number("attn_logit_softcapping", 0);
        a.how.window = slides ? parts.size("sliding_window") : 0;
        a.rope = third && slides ? plainRope(a.dim, parts.number("rope_local_base_freq", 10000))
                                 : parts.rope(a.dim, parts.number("rope_theta", 10000), ids.size());
        if (third) {
            a.norm = [&](Rows &queries, Rows &keys) {
                for (auto [rows, which] : {std::pair(&queries, "q"), std::pair(&keys, "k")}) {
                    const Vector &weight = parts.vector(name + "self_attn." + which + "_norm.weight", a.dim);
                    *rows = Parts::eachHead(*rows, a.dim, [&](const Vector &head, size_t) { return rmsNorm(head, weight, epsilon, 1); });
                }
            };
        }
        Rows added = parts.attend(name + "self_attn.", parts.rmsPlusOne(name + "input_layernorm", x, epsilon), a);
        x = sum(x, parts.rmsPlusOne(name + "post_attention_layernorm", added, epsilon));
        added = parts.gated(name + "mlp.", parts.rmsPlusOne(name + "pre_feedforward_layernorm", x, epsilon), geluTanh);
        x = sum(x, parts.rmsPlusOne(name + "post_feedforward_layernorm", added, epsilon));
    }
    Rows out = parts.head(parts.rmsPlusOne("model.norm", x, epsilon), parts.flag("tie_word_embeddings", true));
    if (const double cap = parts.number("final_logit_softcapping", 0); cap > 0)
        capAll(out, cap);
    return out;
}

/// Cohere's Command R and R+ (model cards; layer norms without bias, attention and network side by side, rotation in
/// neighbouring pairs, norms of each head with its own weights in R+); R7B (arXiv 2504.00698, section 2.1): three
/// layers of four see a window, the fourth sees everything and knows no positions.
Rows cohereFamily(Parts &parts, const Ids &ids)
{
    const bool second = parts.type() == "cohere2";
    const double epsilon = parts.number("layer_norm_eps", 1e-5);
    Rows x = parts.embed("model.embed_tokens", ids);
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = layerName(layer);
        const bool slides = second && parts.layerIs(layer, "sliding_attention",
                                                    (layer + 1) % parts.size("sliding_window_pattern", 4) != 0);
        Parts::Attention a = parts.attention();
        a.partner = Partner::Next;
        a.bias = a.outputBias = parts.flag("attention_bias", false);
        if (!second || slides)
            a.rope = parts.rope(a.dim, parts.number("rope_theta", 10000), ids.size());
        a.how.window = slides ? parts.size("sliding_window") : 0;
        if (parts.flag("use_qk_norm", false)) {
            a.norm = [&](Rows &queries, Rows &keys) {
                for (auto [rows, which, count] : {std::tuple(&queries, "q", a.heads), std::tuple(&keys, "k", a.keyHeads)}) {
                    const Vector &weights = parts.tensor(name + "self_attn." + which + "_norm.weight", {count, a.dim}, Kind::Norm);
                    *rows = Parts::eachHead(*rows, a.dim, [&](const Vector &head, size_t index) {
                        const auto begin = weights.begin() + std::ptrdiff_t(index) * a.dim;
                        return layerNorm(head, Vector(begin, begin + a.dim), {}, epsilon);
                    });
                }
            };
        }
        const Rows normed = parts.layer(name + "input_layernorm", x, epsilon, false);
        x = sum(sum(x, parts.attend(name + "self_attn.", normed, a)), parts.gated(name + "mlp.", normed, silu));
    }
    Rows out = parts.head(parts.layer("model.norm", x, epsilon, false), parts.flag("tie_word_embeddings", true));
    scaleAll(out, parts.number("logit_scale", 0.0625));
    return out;
}

} // namespace assay::slow
