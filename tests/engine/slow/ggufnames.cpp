// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/slow/ggufnames.h"

#include <regex>

namespace assay::slow {
namespace {

const std::vector<Rename> kCommon = {
    {"embed_tokens", "token_embd"}, {"lm_head", "output"}, {"norm", "output_norm"}, {"final_layernorm", "output_norm"},
    {"wte", "token_embd"}, {"wpe", "position_embd"}, {"ln_f", "output_norm"}, {"word_embeddings", "token_embd"},
    {"word_embeddings_layernorm", "token_embd_norm"}, {"embed_in", "token_embd"}, {"embed_out", "output"},
    {"final_layer_norm", "output_norm"},
    {"input_layernorm", "attn_norm"}, {"self_attn.q_proj", "attn_q"}, {"self_attn.k_proj", "attn_k"},
    {"self_attn.v_proj", "attn_v"}, {"self_attn.o_proj", "attn_output"}, {"self_attn.dense", "attn_output"},
    {"self_attn.qkv_proj", "attn_qkv"}, {"self_attn.q_norm", "attn_q_norm"}, {"self_attn.k_norm", "attn_k_norm"},
    {"attention.query_key_value", "attn_qkv"}, {"self_attention.query_key_value", "attn_qkv"}, {"attn.c_attn", "attn_qkv"},
    {"attention.dense", "attn_output"}, {"self_attention.dense", "attn_output"}, {"attn.c_proj", "attn_output"},
    {"post_attention_layernorm", "ffn_norm"}, {"pre_feedforward_layernorm", "ffn_norm"}, {"ln_1", "attn_norm"}, {"ln_2", "ffn_norm"},
    {"post_feedforward_layernorm", "post_ffw_norm"}, {"post_self_attn_layernorm", "post_attention_norm"}, {"post_mlp_layernorm", "post_ffw_norm"},
    {"mlp.gate_proj", "ffn_gate"}, {"mlp.up_proj", "ffn_up"}, {"mlp.down_proj", "ffn_down"}, {"mlp.gate_up_proj", "ffn_up"},
    {"mlp.fc1", "ffn_up"}, {"mlp.fc2", "ffn_down"}, {"mlp.c_fc", "ffn_up"}, {"mlp.c_proj", "ffn_down"},
    {"mlp.dense_h_to_4h", "ffn_up"}, {"mlp.dense_4h_to_h", "ffn_down"},
    {"mlp.gate", "ffn_gate_inp"}, {"mlp.experts.gate_proj", "ffn_gate_exps"}, {"mlp.experts.up_proj", "ffn_up_exps"},
    {"mlp.experts.down_proj", "ffn_down_exps"}, {"block_sparse_moe.gate", "ffn_gate_inp"}, {"block_sparse_moe.experts.w1", "ffn_gate_exps"},
    {"block_sparse_moe.experts.w3", "ffn_up_exps"}, {"block_sparse_moe.experts.w2", "ffn_down_exps"},
    {"ln_mlp", "attn_norm"}, {"ln_attn", "attn_norm_2"},
    {"mlp.shared_expert.gate_proj", "ffn_gate_shexp"}, {"mlp.shared_expert.up_proj", "ffn_up_shexp"},
    {"mlp.shared_expert.down_proj", "ffn_down_shexp"}, {"mlp.shared_expert_gate", "ffn_gate_inp_shexp"},
    {"mlp.shared_experts.gate_proj", "ffn_gate_shexp"}, {"mlp.shared_experts.up_proj", "ffn_up_shexp"},
    {"mlp.shared_experts.down_proj", "ffn_down_shexp"}, {"mlp.gate.e_score_correction", "exp_probs_b"},
    {"self_attn.q_a_proj", "attn_q_a"}, {"self_attn.q_a_layernorm", "attn_q_a_norm"}, {"self_attn.q_b_proj", "attn_q_b"},
    {"self_attn.kv_a_proj_with_mqa", "attn_kv_a_mqa"}, {"self_attn.kv_a_layernorm", "attn_kv_a_norm"},
    {"self_attn.kv_b_proj", "attn_kv_b"},
    {"self_attn.sinks", "attn_sinks"}, {"mlp.router", "ffn_gate_inp"}, {"mlp.experts.gate_up_proj", "ffn_gate_up_exps"},
};

const std::vector<Rename> kNormsBehind = {{"post_attention_layernorm", "post_attention_norm"}};

const std::vector<Rename> kBertNames = {
    {"embeddings.word_embeddings", "token_embd"}, {"embeddings.token_type_embeddings", "token_types"},
    {"embeddings.position_embeddings", "position_embd"}, {"embeddings.LayerNorm", "token_embd_norm"},
    {"attention.self.query", "attn_q"}, {"attention.self.key", "attn_k"}, {"attention.self.value", "attn_v"},
    {"attention.output.dense", "attn_output"}, {"attention.output.LayerNorm", "attn_output_norm"},
    {"intermediate.dense", "ffn_up"}, {"output.dense", "ffn_down"}, {"output.LayerNorm", "layer_output_norm"},
};

const std::vector<GgufRecipe> kRecipes = {
    {.modelType = "llama", .architecture = "llama", .rows = RowOrder::Pairs, .rotaryCount = true},
    {.modelType = "mistral", .architecture = "llama", .rows = RowOrder::Pairs, .rotaryCount = true},
    {.modelType = "mixtral", .architecture = "llama", .rows = RowOrder::Pairs, .rotaryCount = true},
    {.modelType = "granite", .architecture = "granite", .rows = RowOrder::Pairs, .rotaryCount = true},
    {.modelType = "olmo", .architecture = "olmo", .rows = RowOrder::Pairs, .rms = false},
    {.modelType = "qwen2", .architecture = "qwen2"},
    {.modelType = "qwen3", .architecture = "qwen3"},
    {.modelType = "qwen3_moe", .architecture = "qwen3moe"},
    {.modelType = "qwen2_moe", .architecture = "qwen2moe", .window = false},
    {.modelType = "deepseek_v2", .architecture = "deepseek2"},
    {.modelType = "deepseek_v3", .architecture = "deepseek2"},
    {.modelType = "gpt_oss", .architecture = "gpt-oss", .renames = kNormsBehind, .expertsTransposed = true},
    {.modelType = "starcoder2", .architecture = "starcoder2", .rms = false},
    {.modelType = "phi", .architecture = "phi2", .rms = false, .rotaryCount = true},
    {.modelType = "phi3", .architecture = "phi3", .rotaryCount = true},
    {.modelType = "gemma", .architecture = "gemma", .normsPlusOne = true},
    {.modelType = "gemma2", .architecture = "gemma2", .normsPlusOne = true, .renames = kNormsBehind},
    {.modelType = "gemma3_text", .architecture = "gemma3", .normsPlusOne = true, .renames = kNormsBehind},
    {.modelType = "olmo2", .architecture = "olmo2", .renames = kNormsBehind},
    {.modelType = "cohere", .architecture = "command-r", .rms = false},
    {.modelType = "cohere2", .architecture = "cohere2", .rms = false, .rotaryCount = true},
    {.modelType = "glm4", .architecture = "glm4", .rotaryCount = true},
    {.modelType = "stablelm", .architecture = "stablelm", .rms = false, .rotaryCount = true},
    {.modelType = "gpt2", .architecture = "gpt2", .rms = false, .transposed = true},
    {.modelType = "gpt_neox", .architecture = "gptneox", .rows = RowOrder::HeadsFirst, .rms = false, .rotaryCount = true},
    {.modelType = "bloom", .architecture = "bloom", .rows = RowOrder::HeadsFirst, .rms = false},
    {.modelType = "falcon", .architecture = "falcon", .rows = RowOrder::HeadsFirst, .rms = false},
    {.modelType = "bert", .architecture = "bert", .rms = false, .renames = kBertNames},
};

} // namespace

const GgufRecipe *recipeFor(const std::string &modelType)
{
    for (const GgufRecipe &each : kRecipes) {
        if (modelType == each.modelType)
            return &each;
    }
    return nullptr;
}

std::string ggufName(const GgufRecipe &recipe, const std::string &name)
{
    // "model.layers.3.mlp.experts.7.up_proj.weight": the layer, what is behind it, weight or bias.
    static const std::regex kForm("(?:(?:model|transformer|gpt_neox)\\.)?(?:(?:layers|h|encoder\\.layer)\\.(\\d+)\\.)?(.+)\\.(weight|bias)");
    static const std::regex kExpert("\\.experts\\.\\d+\\.");
    // Names without "weight" or "bias" behind a dot.
    static const std::regex kBias("(e_score_correction|_proj)_bias$"), kBare("(sinks|experts\\.[a-z_]+_proj)$");
    const std::string dotted = std::regex_replace(std::regex_replace(name, kBias, "$1.bias"), kBare, "$1.weight");
    std::smatch found;
    if (!std::regex_match(dotted, found, kForm))
        return {};
    const std::string inner = std::regex_replace(found[2].str(), kExpert, ".experts.");
    for (const std::vector<Rename> *list : {&recipe.renames, &kCommon}) {
        for (const Rename &each : *list) {
            if (inner == each.from)
                return (found[1].matched ? "blk." + found[1].str() + "." : "") + each.to + "." + found[3].str();
        }
    }
    return {};
}

} // namespace assay::slow
