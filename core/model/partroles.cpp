// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/partroles.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr const char *kEmbedding = ASSAY_TEXT("Part", "Embedding");
constexpr const char *kAttention = ASSAY_TEXT("Part", "Attention");
constexpr const char *kMlp = ASSAY_TEXT("Part", "Feed-forward");
constexpr const char *kExperts = ASSAY_TEXT("Part", "Experts");
constexpr const char *kHead = ASSAY_TEXT("Part", "Output");
constexpr const char *kRest = ASSAY_TEXT("Part", "Beside the layers");

using R = PartRole;

// Names as transformers, the makers' own checkpoints (wq, w1) and GGUF (attn_q, ffn_gate) write them. * is an expert.
constexpr std::array kParts{
    PartDefinition{R::TokenEmbedding, "token_embedding", kEmbedding, ASSAY_TEXT("Part", "token embedding"), "",
                   "embed_tokens wte embed_in word_embeddings tok_embeddings shared token_embd"},
    PartDefinition{R::PositionEmbedding, "position_embedding", kEmbedding, ASSAY_TEXT("Part", "position embedding"), "",
                   "wpe embed_positions position_embeddings position_embd"},
    PartDefinition{R::TypeEmbedding, "type_embedding", kEmbedding, ASSAY_TEXT("Part", "token type embedding"), "",
                   "token_type_embeddings token_types"},
    PartDefinition{R::EmbeddingNorm, "embedding_norm", kEmbedding, ASSAY_TEXT("Part", "norm after the embedding"), "",
                   "embeddings.LayerNorm word_embeddings_layernorm embed_norm token_embd_norm"},
    PartDefinition{R::AttentionNorm, "attention_norm", kAttention, ASSAY_TEXT("Part", "norm before attention"),
                   "input_layernorm attention_norm ln_1 ln_attn self_attn_layer_norm attn_norm", ""},
    PartDefinition{R::Query, "query", kAttention, ASSAY_TEXT("Part", "query"),
                   "q_proj attention.wq attention.self.query attention.q_lin SelfAttention.q attn_q", ""},
    PartDefinition{R::Key, "key", kAttention, ASSAY_TEXT("Part", "key"),
                   "k_proj attention.wk attention.self.key attention.k_lin SelfAttention.k attn_k", ""},
    PartDefinition{R::Value, "value", kAttention, ASSAY_TEXT("Part", "value"),
                   "v_proj attention.wv attention.self.value attention.v_lin SelfAttention.v attn_v", ""},
    PartDefinition{R::QueryKeyValue, "query_key_value", kAttention, ASSAY_TEXT("Part", "query, key and value in one"),
                   "qkv_proj query_key_value c_attn Wqkv attn_qkv self_attn.W_pack", ""},
    PartDefinition{R::QueryNorm, "query_norm", kAttention, ASSAY_TEXT("Part", "query norm"),
                   "q_norm q_layernorm query_layernorm attn_q_norm", ""},
    PartDefinition{R::KeyNorm, "key_norm", kAttention, ASSAY_TEXT("Part", "key norm"),
                   "k_norm k_layernorm key_layernorm attn_k_norm", ""},
    PartDefinition{R::LatentQueryDown, "latent_query_down", kAttention, ASSAY_TEXT("Part", "query into the latent space"),
                   "q_a_proj attn_q_a", ""},
    PartDefinition{R::LatentQueryNorm, "latent_query_norm", kAttention, ASSAY_TEXT("Part", "norm of the latent query"),
                   "q_a_layernorm attn_q_a_norm", ""},
    PartDefinition{R::LatentQueryUp, "latent_query_up", kAttention, ASSAY_TEXT("Part", "query out of the latent space"),
                   "q_b_proj attn_q_b", ""},
    PartDefinition{R::LatentKvDown, "latent_kv_down", kAttention,
                   ASSAY_TEXT("Part", "key and value into the latent space"), "kv_a_proj_with_mqa attn_kv_a_mqa", ""},
    PartDefinition{R::LatentKvNorm, "latent_kv_norm", kAttention, ASSAY_TEXT("Part", "norm of the latent key and value"),
                   "kv_a_layernorm attn_kv_a_norm", ""},
    PartDefinition{R::LatentKvUp, "latent_kv_up", kAttention,
                   ASSAY_TEXT("Part", "key and value out of the latent space"),
                   "kv_b_proj k_b_proj v_b_proj attn_kv_b attn_k_b attn_v_b", ""},
    PartDefinition{R::AttentionSinks, "attention_sinks", kAttention, ASSAY_TEXT("Part", "attention sinks"),
                   "self_attn.sinks attn_sinks", ""},
    PartDefinition{R::AttentionOutput, "attention_output", kAttention, ASSAY_TEXT("Part", "attention output"),
                   "self_attn.o_proj o_proj out_proj attention.wo attention.output.dense attention.out_lin attention.dense "
                   "self_attention.dense self_attn.dense attn.c_proj SelfAttention.o attn_output attn.out_proj",
                   ""},
    PartDefinition{R::AttentionOutputNorm, "attention_output_norm", kAttention, ASSAY_TEXT("Part", "norm after attention"),
                   "attention.output.LayerNorm sa_layer_norm post_attention_norm post_self_attn_layernorm", ""},
    PartDefinition{R::CrossAttention, "cross_attention", kAttention, ASSAY_TEXT("Part", "cross-attention"),
                   "encoder_attn.q_proj encoder_attn.k_proj encoder_attn.v_proj encoder_attn.out_proj "
                   "EncDecAttention.q EncDecAttention.k EncDecAttention.v EncDecAttention.o cross_attn.q_proj "
                   "cross_attn.k_proj cross_attn.v_proj cross_attn.o_proj cross_attn.q_norm cross_attn.k_norm",
                   ""},
    PartDefinition{R::StateSpace, "state_space", kAttention, ASSAY_TEXT("Part", "state space or linear attention"),
                   "mixer.in_proj mixer.out_proj mixer.x_proj mixer.dt_proj mixer.conv1d mixer.A_log mixer.D mixer.norm "
                   "mamba.in_proj mamba.out_proj mamba.x_proj mamba.dt_proj mamba.conv1d mamba.A_log mamba.D "
                   "linear_attn.in_proj_qkvz linear_attn.in_proj_ba linear_attn.conv1d linear_attn.A_log linear_attn.norm "
                   "linear_attn.out_proj linear_attn.dt_bias ssm_in ssm_out ssm_conv1d ssm_dt ssm_a ssm_d ssm_x ssm_norm",
                   ""},
    PartDefinition{R::MlpNorm, "mlp_norm", kMlp, ASSAY_TEXT("Part", "norm before feed-forward"),
                   "post_attention_layernorm ffn_norm ln_2 ln_mlp pre_feedforward_layernorm final_layer_norm", ""},
    PartDefinition{R::Gate, "gate", kMlp, ASSAY_TEXT("Part", "gate"),
                   "mlp.gate_proj gate_proj feed_forward.w1 ffn_gate DenseReluDense.wi_0", ""},
    PartDefinition{R::Up, "up", kMlp, ASSAY_TEXT("Part", "up"),
                   "mlp.up_proj up_proj feed_forward.w3 ffn_up fc1 mlp.c_fc dense_h_to_4h intermediate.dense ffn.lin1 "
                   "DenseReluDense.wi_1 DenseReluDense.wi",
                   ""},
    PartDefinition{R::GateUp, "gate_up", kMlp, ASSAY_TEXT("Part", "gate and up in one"), "mlp.gate_up_proj gate_up_proj", ""},
    PartDefinition{R::Down, "down", kMlp, ASSAY_TEXT("Part", "down"),
                   "mlp.down_proj down_proj feed_forward.w2 ffn_down fc2 mlp.c_proj dense_4h_to_h output.dense ffn.lin2 "
                   "DenseReluDense.wo",
                   ""},
    PartDefinition{R::Router, "router", kExperts, ASSAY_TEXT("Part", "router"),
                   "mlp.gate mlp.router block_sparse_moe.gate feed_forward.router feed_forward.gate mlp.gate.wg "
                   "moe.gate ffn_gate_inp ffn.gate",
                   ""},
    PartDefinition{R::RouterBias, "router_bias", kExperts, ASSAY_TEXT("Part", "router's correction"),
                   "mlp.gate.e_score_correction_bias gate.e_score_correction_bias exp_probs_b ffn.gate.bias", ""},
    PartDefinition{R::ExpertGate, "expert_gate", kExperts, ASSAY_TEXT("Part", "experts: gate"),
                   "experts.*.gate_proj experts.*.w1 experts.gate_proj ffn_gate_exps ffn_gate.*", ""},
    PartDefinition{R::ExpertUp, "expert_up", kExperts, ASSAY_TEXT("Part", "experts: up"),
                   "experts.*.up_proj experts.*.w3 experts.up_proj ffn_up_exps ffn_up.*", ""},
    PartDefinition{R::ExpertGateUp, "expert_gate_up", kExperts, ASSAY_TEXT("Part", "experts: gate and up in one"),
                   "experts.gate_up_proj experts.*.gate_up_proj ffn_gate_up_exps", ""},
    PartDefinition{R::ExpertDown, "expert_down", kExperts, ASSAY_TEXT("Part", "experts: down"),
                   "experts.*.down_proj experts.*.w2 experts.down_proj ffn_down_exps ffn_down.*", ""},
    PartDefinition{R::SharedGate, "shared_gate", kExperts, ASSAY_TEXT("Part", "shared expert: gate"),
                   "shared_experts.gate_proj shared_expert.gate_proj shared_experts.w1 ffn_gate_shexp", ""},
    PartDefinition{R::SharedUp, "shared_up", kExperts, ASSAY_TEXT("Part", "shared expert: up"),
                   "shared_experts.up_proj shared_expert.up_proj shared_experts.w3 ffn_up_shexp", ""},
    PartDefinition{R::SharedDown, "shared_down", kExperts, ASSAY_TEXT("Part", "shared expert: down"),
                   "shared_experts.down_proj shared_expert.down_proj shared_experts.w2 ffn_down_shexp", ""},
    PartDefinition{R::SharedRouter, "shared_router", kExperts, ASSAY_TEXT("Part", "shared expert: its gate"),
                   "mlp.shared_expert_gate shared_expert_gate ffn_gate_inp_shexp", ""},
    PartDefinition{R::MlpOutputNorm, "mlp_output_norm", kMlp, ASSAY_TEXT("Part", "norm after feed-forward"),
                   "post_feedforward_layernorm post_ffw_norm output.LayerNorm output_layer_norm post_mlp_layernorm", ""},
    PartDefinition{R::FinalNorm, "final_norm", kHead, ASSAY_TEXT("Part", "final norm"), "",
                   "norm ln_f final_layer_norm final_layernorm norm_f output_norm embedding_norm"},
    PartDefinition{R::Head, "head", kHead, ASSAY_TEXT("Part", "output head"), "",
                   "lm_head embed_out output cls.predictions.decoder vocab_projector"},
    PartDefinition{R::Pooler, "pooler", kHead, ASSAY_TEXT("Part", "pooler"), "", "pooler.dense pre_classifier"},
    PartDefinition{R::Classifier, "classifier", kHead, ASSAY_TEXT("Part", "classifier"), "",
                   "classifier classifier.dense classifier.out_proj score cls cls.output"},
    PartDefinition{R::NextToken, "next_token", kRest, ASSAY_TEXT("Part", "multi-token prediction"), "", ""},
    PartDefinition{R::Vision, "vision", kRest, ASSAY_TEXT("Part", "vision encoder"), "", ""},
    PartDefinition{R::Audio, "audio", kRest, ASSAY_TEXT("Part", "audio encoder"), "", ""},
    PartDefinition{R::Projector, "projector", kRest, ASSAY_TEXT("Part", "projector between modalities"), "", ""},
    PartDefinition{R::Adapter, "adapter", kRest, ASSAY_TEXT("Part", "adapter"), "", ""},
    PartDefinition{R::Other, "other", kRest, ASSAY_TEXT("Part", "other"), "", ""},
};
static_assert(kParts.size() == size_t(R::Count_));

/// A word anywhere in the name that decides alone.
struct WholeModule
{
    PartRole role;
    std::string_view part;
};
constexpr WholeModule kModules[] = {
    {R::Adapter, "lora_A"},       {R::Adapter, "lora_B"},          {R::Adapter, "lora_embedding_A"},
    {R::Adapter, "lora_embedding_B"}, {R::NextToken, "mtp"},       {R::NextToken, "nextn"},
    {R::Projector, "multi_modal_projector"}, {R::Projector, "mm_projector"}, {R::Projector, "mm"},
    {R::Vision, "vision_tower"},  {R::Vision, "vision_model"},     {R::Vision, "visual"},
    {R::Vision, "v"},             {R::Audio, "audio_tower"},       {R::Audio, "audio_encoder"},
    {R::Audio, "a"}};

// What stands after the module's own name.
constexpr std::string_view kSuffixes[] = {"weight", "bias",   "qweight", "qzeros", "scales",     "g_idx",  "biases",
                                          "scale",  "absmax", "SCB",     "weights", "quant_map", "bitsandbytes__nf4"};

/// Whether the name ends in this run of whole dotted parts.
bool endsInParts(std::string_view name, std::string_view ending)
{
    return name.ends_with(ending)
           && (name.size() == ending.size() || name[name.size() - ending.size() - 1] == '.');
}

/// The length of the longest of these endings that fits; 0 when none does.
size_t longestEnding(std::string_view module, std::string_view endings)
{
    size_t longest = 0;
    while (!endings.empty()) {
        const size_t blank = std::min(endings.find(' '), endings.size());
        const std::string_view ending = endings.substr(0, blank);
        if (!ending.empty() && ending.size() > longest && endsInParts(module, ending))
            longest = ending.size();
        endings.remove_prefix(std::min(blank + 1, endings.size()));
    }
    return longest;
}

/// The name of the module that holds the tensor.
std::string_view moduleOf(std::string_view name)
{
    // Fused experts are parameters without a module of their own (gpt-oss): experts.gate_up_proj_blocks.
    for (const std::string_view ending : {"_blocks", "_scales", "_bias"}) {
        if (name.ends_with(ending) && name.find("experts.") != std::string_view::npos
            && !name.ends_with("e_score_correction_bias"))
            return name.substr(0, name.size() - ending.size());
    }
    const std::string_view suffix = parameterSuffix(name);
    return suffix.empty() ? name : name.substr(0, name.size() - suffix.size() - 1);
}

} // namespace

std::span<const PartDefinition> partDefinitions()
{
    return kParts;
}

const PartDefinition &definitionOf(PartRole role)
{
    return kParts[std::min(size_t(role), kParts.size() - 1)];
}

std::string_view parameterSuffix(std::string_view name)
{
    const size_t dot = name.rfind('.');
    if (dot == std::string_view::npos)
        return {};
    const std::string_view last = name.substr(dot + 1);
    const bool known = std::find(std::begin(kSuffixes), std::end(kSuffixes), last) != std::end(kSuffixes)
                       || last.starts_with("weight_") || last.starts_with("input_scale")
                       || last.starts_with("input_zero_point") || last.starts_with("nested_")
                       || last.starts_with("quant_state");
    return known ? last : std::string_view();
}

bool isRoutedExpert(PartRole role)
{
    return role == R::ExpertGate || role == R::ExpertUp || role == R::ExpertGateUp || role == R::ExpertDown;
}

bool hasOwnMlpNorm(std::span<const LeafGroup> groups)
{
    return std::any_of(groups.begin(), groups.end(), [](const LeafGroup &group) {
        return group.endsWith("pre_feedforward_layernorm.weight");
    });
}

PartRole partRoleOf(const LeafGroup &group, bool postAttentionNorm)
{
    for (const WholeModule &module : kModules) {
        // One letter (GGUF's v.blk.0) counts only where the name begins with it.
        const bool letter = module.part.size() <= 2;
        const bool begins = group.pattern.starts_with(module.part) && group.pattern.size() > module.part.size()
                            && group.pattern[module.part.size()] == '.';
        if (letter ? begins : group.hasPart(module.part))
            return module.role;
    }
    const std::string_view module = moduleOf(group.pattern);
    const bool inLayers = group.firstLayer >= 0;
    R best = R::Other;
    size_t longest = 0;
    for (const PartDefinition &part : kParts) {
        const size_t length = longestEnding(module, inLayers ? part.inLayers : part.outside);
        if (length > longest) {
            longest = length;
            best = part.role;
        }
    }
    if (best == R::MlpNorm && postAttentionNorm && endsInParts(module, "post_attention_layernorm"))
        return R::AttentionOutputNorm;
    return best;
}

} // namespace assay
