// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ggufnames.h"

#include <algorithm>

namespace assay {
namespace {

/// One part under GGUF's name (llama.cpp, llama-arch.cpp) and under that of transformers.
struct PartName
{
    std::string_view gguf, common;
    std::string_view architectures = {}; ///< with blanks around each; empty for all
};

// Falcon with two norms a layer, where the first is the one before the feed-forward part.
constexpr std::string_view kTwoNormFalcon = "falcon-two-norms";

// Rows of single architectures first. Norms keep their names where those tell what they are.
constexpr PartName kInLayers[] = {
    {"attn_q", "self_attn.q_proj"},
    {"attn_k", "self_attn.k_proj"},
    {"attn_v", "self_attn.v_proj"},
    {"attn_qkv", "self_attn.qkv_proj"},
    {"attn_output", "self_attn.o_proj"},
    {"attn_q_a", "self_attn.q_a_proj"},
    {"attn_q_b", "self_attn.q_b_proj"},
    {"attn_kv_a_mqa", "self_attn.kv_a_proj_with_mqa"},
    {"attn_kv_b", "self_attn.kv_b_proj"},
    {"attn_k_b", "self_attn.k_b_proj"},
    {"attn_v_b", "self_attn.v_b_proj"},
    // Gate and up in one matrix, under the name of up.
    {"ffn_up", "mlp.gate_up_proj", " phi3 phimoe glm4 chatglm plamo2 "},
    {"ffn_gate", "mlp.gate_proj"},
    {"ffn_up", "mlp.up_proj"},
    {"ffn_down", "mlp.down_proj"},
    {"ffn_gate.*", "mlp.experts.*.gate_proj"},
    {"ffn_up.*", "mlp.experts.*.up_proj"},
    {"ffn_down.*", "mlp.experts.*.down_proj"},
    {"ffn_gate_exps", "mlp.experts.gate_proj"},
    {"ffn_up_exps", "mlp.experts.up_proj"},
    {"ffn_down_exps", "mlp.experts.down_proj"},
    {"ffn_gate_up_exps", "mlp.experts.gate_up_proj"},
    {"ffn_gate_shexp", "mlp.shared_experts.gate_proj"},
    {"ffn_up_shexp", "mlp.shared_experts.up_proj"},
    {"ffn_down_shexp", "mlp.shared_experts.down_proj"},
    {"ffn_gate_inp", "mlp.gate"},
    {"ffn_gate_inp_shexp", "mlp.shared_expert_gate"},
    // Elsewhere this is a norm after attention, here it is the one before the feed-forward part.
    {"post_attention_norm", "post_attention_layernorm", " gpt-oss glm4moe qwen3next qwen35 qwen35moe seed_oss "},
    {"attn_norm", "ln_mlp", " falcon-two-norms "},
    {"attn_norm_2", "ln_attn", " falcon-two-norms "},
    {"attn_output_norm", "attention.output.LayerNorm"},
    {"layer_output_norm", "output.LayerNorm"},
};
constexpr PartName kOutside[] = {
    {"token_embd", "model.embed_tokens"},
    {"position_embd", "embeddings.position_embeddings"},
    {"token_types", "embeddings.token_type_embeddings"},
    {"output", "lm_head"},
};

bool isOf(const PartName &row, std::string_view architecture)
{
    return row.architectures.empty()
           || row.architectures.find(" " + std::string(architecture) + " ") != std::string_view::npos;
}

template <size_t N>
std::string translated(std::string_view part, const PartName (&rows)[N], std::string_view architecture)
{
    for (const PartName &row : rows) {
        if (part == row.gguf && isOf(row, architecture))
            return std::string(row.common);
    }
    return std::string(part);
}

/// "blk.#.attn_q.weight" as "blk.#.self_attn.q_proj.weight"; the numbered list keeps its name.
std::string commonName(std::string_view written, std::string_view architecture)
{
    const size_t dot = written.rfind('.');
    if (dot == std::string_view::npos)
        return std::string(written);
    // The scales that NVFP4 and ternary models store beside a weight.
    const std::string suffix = written.substr(dot) == ".scale" ? ".weight_scale" : std::string(written.substr(dot));
    const std::string_view module = written.substr(0, dot);
    constexpr std::string_view kLayer = "blk.#.";
    const size_t layer = module.find(kLayer);
    if (layer == std::string_view::npos)
        return translated(module, kOutside, architecture) + suffix;
    const size_t part = layer + kLayer.size();
    return std::string(module.substr(0, part)) + translated(module.substr(part), kInLayers, architecture) + suffix;
}

} // namespace

void takeCommonNames(std::vector<LeafGroup> &groups, const Checkpoint &checkpoint)
{
    const MetadataEntry *name = checkpoint.findMetadata("general.architecture");
    std::string_view architecture = name && name->text() ? std::string_view(*name->text()) : std::string_view();
    const auto isSecondNorm = [](const LeafGroup &group) { return group.endsWith(".attn_norm_2.weight"); };
    if (architecture == "falcon" && std::any_of(groups.begin(), groups.end(), isSecondNorm))
        architecture = kTwoNormFalcon;
    bool undivided = false;
    for (LeafGroup &group : groups) {
        group.written = group.pattern;
        group.pattern = commonName(group.written, architecture);
        undivided = undivided || group.endsWith(".kv_b_proj.weight");
    }
    // Files made for old and new programs hold this matrix twice: whole, and divided into its two halves.
    for (LeafGroup &group : groups)
        group.storedAgain = undivided && (group.endsWith(".k_b_proj.weight") || group.endsWith(".v_b_proj.weight"));
}

} // namespace assay
