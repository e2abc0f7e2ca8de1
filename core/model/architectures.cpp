// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/architectures.h"

#include <array>
#include <initializer_list>

namespace assay {
namespace {

#define EMBEDDING "embed_tokens.weight norm.weight "
#define TWO_NORMS "layers.#.{input,post_attention}_layernorm.weight "
#define FOUR_NORMS TWO_NORMS "layers.#.{pre,post}_feedforward_layernorm.weight "
#define ATTENTION "layers.#.self_attn.{q,k,v,o}_proj.weight layers.#.self_attn.{q,k,v,o}_proj.bias? "
#define QK_NORM "layers.#.self_attn.{q,k}_norm.weight "
#define GATED_MLP "layers.#.mlp.{gate,up,down}_proj.weight layers.#.mlp.{gate,up,down}_proj.bias? "
#define SCORE "score.weight? score.bias? "
#define MOE_MLP                                                                                                 \
    "layers.#.mlp.{gate,up,down}_proj.weight|layers.#.mlp.experts.*.{gate,up,down}_proj.weight "                \
    "layers.#.mlp.gate.weight? layers.#.mlp.gate.e_score_correction_bias? "                                     \
    "layers.#.mlp.shared_experts.{gate,up,down}_proj.weight? "                                                  \
    "layers.#.mlp.shared_expert.{gate,up,down}_proj.weight? layers.#.mlp.shared_expert_gate.weight? "
#define LATENT_ATTENTION                                                                                        \
    "layers.#.self_attn.q_proj.weight|layers.#.self_attn.q_b_proj.weight "                                      \
    "layers.#.self_attn.q_a_{proj,layernorm}.weight? layers.#.self_attn.kv_a_proj_with_mqa.weight "             \
    "layers.#.self_attn.kv_a_layernorm.weight layers.#.self_attn.kv_b_proj.weight "                             \
    "layers.#.self_attn.o_proj.weight layers.#.self_attn.indexer.~ "
#define NEXT_TOKEN_LAYER                                                                                        \
    "layers.#.{embed_tokens,enorm,hnorm,eh_proj}.weight? layers.#.shared_head.{norm,head}.weight? "
#define GPT2_LAYERS                                                                                             \
    "wte.weight wpe.weight ln_f.{weight,bias} h.#.ln_{1,2}.weight h.#.ln_{1,2}.bias "                           \
    "h.#.attn.{c_attn,c_proj}.weight h.#.attn.{c_attn,c_proj}.bias h.#.mlp.{c_fc,c_proj}.weight "               \
    "h.#.mlp.{c_fc,c_proj}.bias "
#define BERT_LAYERS                                                                                             \
    "embeddings.{word,position}_embeddings.weight embeddings.token_type_embeddings.weight? "                    \
    "embeddings.LayerNorm.{weight,bias}|embeddings.LayerNorm.{gamma,beta} "                                     \
    "encoder.layer.#.attention.self.{query,key,value}.weight "                                                  \
    "encoder.layer.#.attention.self.{query,key,value}.bias "                                                    \
    "encoder.layer.#.attention.output.dense.{weight,bias} "                                                     \
    "encoder.layer.#.attention.output.LayerNorm.{weight,bias}|"                                                 \
    "encoder.layer.#.attention.output.LayerNorm.{gamma,beta} "                                                  \
    "encoder.layer.#.{intermediate,output}.dense.weight encoder.layer.#.{intermediate,output}.dense.bias "      \
    "encoder.layer.#.output.LayerNorm.{weight,bias}|encoder.layer.#.output.LayerNorm.{gamma,beta} "             \
    "pooler.~ classifier.~ cls.~ lm_head.~ qa_outputs.~ "

constexpr const char *kLlama = EMBEDDING TWO_NORMS ATTENTION GATED_MLP SCORE;
constexpr const char *kQwen2 = EMBEDDING TWO_NORMS ATTENTION "layers.#.self_attn.{q,k,v}_proj.bias " GATED_MLP SCORE;
constexpr const char *kQwen2Moe =
    EMBEDDING TWO_NORMS ATTENTION "layers.#.self_attn.{q,k,v}_proj.bias " MOE_MLP SCORE;
constexpr const char *kQwen3 = EMBEDDING TWO_NORMS ATTENTION QK_NORM GATED_MLP SCORE;
constexpr const char *kQwen3Moe = EMBEDDING TWO_NORMS ATTENTION QK_NORM MOE_MLP SCORE;
constexpr const char *kGlm4Moe =
    EMBEDDING TWO_NORMS ATTENTION "layers.#.self_attn.{q,k}_norm.weight? " MOE_MLP NEXT_TOKEN_LAYER;
constexpr const char *kMixtral =
    EMBEDDING TWO_NORMS ATTENTION "layers.#.block_sparse_moe.gate.weight "
                                  "layers.#.block_sparse_moe.experts.*.{w1,w2,w3}.weight " SCORE;
constexpr const char *kDeepseek = EMBEDDING TWO_NORMS LATENT_ATTENTION MOE_MLP NEXT_TOKEN_LAYER;
constexpr const char *kGemma2 = EMBEDDING FOUR_NORMS ATTENTION GATED_MLP SCORE;
constexpr const char *kGemma3 =
    EMBEDDING FOUR_NORMS ATTENTION QK_NORM GATED_MLP "vision_tower.~ multi_modal_projector.~ " SCORE;
constexpr const char *kGptOss =
    EMBEDDING TWO_NORMS ATTENTION "layers.#.self_attn.sinks layers.#.mlp.router.{weight,bias} "
                                  "layers.#.mlp.experts.{gate_up,down}_proj "
                                  "layers.#.mlp.experts.{gate_up,down}_proj_bias ";
constexpr const char *kGptNeox =
    "embed_in.weight final_layer_norm.{weight,bias} layers.#.{input,post_attention}_layernorm.weight "
    "layers.#.{input,post_attention}_layernorm.bias layers.#.attention.{query_key_value,dense}.weight "
    "layers.#.attention.{query_key_value,dense}.bias? layers.#.mlp.{dense_h_to_4h,dense_4h_to_h}.weight "
    "layers.#.mlp.{dense_h_to_4h,dense_4h_to_h}.bias ";
constexpr const char *kDistilBert =
    "embeddings.{word,position}_embeddings.weight embeddings.LayerNorm.{weight,bias} "
    "transformer.layer.#.attention.{q,k,v,out}_lin.weight transformer.layer.#.attention.{q,k,v,out}_lin.bias "
    "transformer.layer.#.{sa,output}_layer_norm.weight transformer.layer.#.{sa,output}_layer_norm.bias "
    "transformer.layer.#.ffn.{lin1,lin2}.weight transformer.layer.#.ffn.{lin1,lin2}.bias "
    "pre_classifier.~ classifier.~ vocab_transform.~ vocab_layer_norm.~ vocab_projector.~ qa_outputs.~ ";
constexpr const char *kBloom =
    "word_embeddings.weight word_embeddings_layernorm.{weight,bias} ln_f.{weight,bias} "
    "h.#.{input,post_attention}_layernorm.weight h.#.{input,post_attention}_layernorm.bias "
    "h.#.self_attention.{query_key_value,dense}.weight h.#.self_attention.{query_key_value,dense}.bias "
    "h.#.mlp.{dense_h_to_4h,dense_4h_to_h}.weight h.#.mlp.{dense_h_to_4h,dense_4h_to_h}.bias ";
constexpr const char *kFalcon =
    "word_embeddings.weight ln_f.{weight,bias} h.#.input_layernorm.{weight,bias}|h.#.ln_attn.{weight,bias} "
    "h.#.ln_mlp.{weight,bias}? h.#.post_attention_layernorm.{weight,bias}? "
    "h.#.self_attention.{query_key_value,dense}.weight h.#.self_attention.{query_key_value,dense}.bias? "
    "h.#.mlp.{dense_h_to_4h,dense_4h_to_h}.weight h.#.mlp.{dense_h_to_4h,dense_4h_to_h}.bias? ";
constexpr const char *kCohere =
    EMBEDDING "layers.#.input_layernorm.weight layers.#.self_attn.{q,k}_norm.weight? " ATTENTION GATED_MLP;
constexpr const char *kOlmo = "embed_tokens.weight " ATTENTION GATED_MLP;
constexpr const char *kOpt =
    "decoder.embed_tokens.weight decoder.embed_positions.weight decoder.final_layer_norm.{weight,bias}? "
    "decoder.project_{in,out}.weight? decoder.layers.#.self_attn.{q,k,v,out}_proj.weight "
    "decoder.layers.#.self_attn.{q,k,v,out}_proj.bias? decoder.layers.#.{self_attn,final}_layer_norm.weight "
    "decoder.layers.#.{self_attn,final}_layer_norm.bias decoder.layers.#.{fc1,fc2}.weight "
    "decoder.layers.#.{fc1,fc2}.bias? " SCORE;
constexpr const char *kPhi =
    "embed_tokens.weight final_layernorm.{weight,bias} lm_head.bias? layers.#.input_layernorm.{weight,bias} "
    "layers.#.self_attn.{q,k,v}_proj.weight layers.#.self_attn.{q,k,v}_proj.bias "
    "layers.#.self_attn.dense.{weight,bias} layers.#.self_attn.{q,k}_layernorm.weight? "
    "layers.#.self_attn.{q,k}_layernorm.bias? layers.#.mlp.{fc1,fc2}.weight layers.#.mlp.{fc1,fc2}.bias ";
constexpr const char *kPhi3 =
    EMBEDDING TWO_NORMS "layers.#.self_attn.{qkv,o}_proj.weight layers.#.mlp.{gate_up,down}_proj.weight " SCORE;
constexpr const char *kStableLm =
    "embed_tokens.weight norm.{weight,bias} layers.#.input_layernorm.{weight,bias} "
    "layers.#.post_attention_layernorm.{weight,bias}? layers.#.self_attn.{q,k}_layernorm.norms.*.weight? " ATTENTION
        GATED_MLP;
constexpr const char *kStarcoder2 =
    "embed_tokens.weight norm.{weight,bias} layers.#.{input,post_attention}_layernorm.weight "
    "layers.#.{input,post_attention}_layernorm.bias " ATTENTION
    "layers.#.mlp.{c_fc,c_proj}.weight layers.#.mlp.{c_fc,c_proj}.bias? ";

// Gemma3TextConfig of transformers; the published 4B config leaves these out.
constexpr const char *kGemma3Defaults =
    R"({"vocab_size": 262208, "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256,
        "max_position_embeddings": 131072, "rope_theta": 1000000, "rope_local_base_freq": 10000,
        "sliding_window_pattern": 6, "rms_norm_eps": 1e-06, "hidden_activation": "gelu_pytorch_tanh"})";

constexpr const char *kLmHead = "lm_head.weight";

// Longer stems first where one begins another.
constexpr ArchitectureFamily kFamilies[] = {
    {"llama", "Llama", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kLlama},
    {"mistral", "Mistral", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kLlama},
    {"mixtral", "Mixtral", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kMixtral},
    {"qwen2_moe", "Qwen2Moe", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kQwen2Moe},
    {"qwen2", "Qwen2", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kQwen2},
    {"qwen3_moe", "Qwen3Moe", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kQwen3Moe},
    {"qwen3", "Qwen3", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kQwen3},
    {"deepseek_v2", "DeepseekV2", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kDeepseek},
    {"deepseek_v32", "DeepseekV32", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kDeepseek},
    {"deepseek_v3", "DeepseekV3", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kDeepseek},
    {"kimi_k2", "DeepseekV3", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kDeepseek},
    {"glm4_moe", "Glm4Moe", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kGlm4Moe},
    {"gemma2", "Gemma2", "rope", "RMSNorm", "gelu_tanh", true, true, true, false, kLmHead, "", kGemma2},
    {"gemma3_text", "Gemma3", "rope", "RMSNorm", "gelu_tanh", true, true, true, false, kLmHead, kGemma3Defaults, kGemma3},
    {"gemma3", "Gemma3", "rope", "RMSNorm", "gelu_tanh", true, true, true, false, kLmHead, kGemma3Defaults, kGemma3},
    {"gemma", "Gemma", "rope", "RMSNorm", "gelu_tanh", true, true, true, false, kLmHead, "", kLlama},
    {"gpt_oss", "GptOss", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kGptOss},
    {"gpt_neox", "GPTNeoX", "rope", "LayerNorm", "gelu", false, false, true, false, "embed_out.weight", "", kGptNeox},
    {"gpt2", "GPT2", "learned", "LayerNorm", "gelu_tanh", false, true, true, true, kLmHead, "", GPT2_LAYERS},
    {"bloom", "Bloom", "alibi", "LayerNorm", "gelu_tanh", false, true, true, false, kLmHead, "", kBloom},
    {"falcon", "Falcon", "rope", "LayerNorm", "gelu", false, true, true, false, kLmHead, "", kFalcon},
    {"cohere", "Cohere", "rope", "LayerNorm", "silu", true, true, true, false, kLmHead, "", kCohere},
    {"olmo", "Olmo", "rope", "LayerNorm", "silu", true, false, true, false, kLmHead, "", kOlmo},
    {"opt", "OPT", "learned", "LayerNorm", "relu", false, true, true, false, kLmHead, "", kOpt},
    {"phi3", "Phi3", "rope", "RMSNorm", "silu", true, false, true, false, kLmHead, "", kPhi3},
    {"phi", "Phi", "rope", "LayerNorm", "gelu_tanh", false, false, true, false, kLmHead, "", kPhi},
    {"stablelm", "StableLm", "rope", "LayerNorm", "silu", true, false, true, false, kLmHead, "", kStableLm},
    {"starcoder2", "Starcoder2", "rope", "LayerNorm", "gelu_tanh", false, true, true, false, kLmHead, "", kStarcoder2},
    {"distilbert", "DistilBert", "learned", "LayerNorm", "gelu", false, true, false, false, "vocab_projector.weight", "",
     kDistilBert},
    {"roberta", "Roberta", "learned", "LayerNorm", "gelu", false, true, false, false, "lm_head.decoder.weight", "",
     BERT_LAYERS},
    {"bert", "Bert", "learned", "LayerNorm", "gelu", false, true, false, false, "cls.predictions.decoder.weight", "",
     BERT_LAYERS},
};

struct TaskRow
{
    std::string_view ending;
    ModelTask task;
};

constexpr TaskRow kTasks[] = {
    {"ForCausalLM", ModelTask::LanguageModel},
    {"LMHeadModel", ModelTask::LanguageModel},
    {"ForConditionalGeneration", ModelTask::LanguageModel},
    {"ForMaskedLM", ModelTask::MaskedLanguageModel},
    {"ForPreTraining", ModelTask::MaskedLanguageModel},
    {"ForSequenceClassification", ModelTask::Classifier},
    {"ForTokenClassification", ModelTask::Classifier},
    {"ForQuestionAnswering", ModelTask::Classifier},
    {"Model", ModelTask::Base},
};

// Longer ones first.
constexpr std::array<std::string_view, 9> kBasePrefixes{
    "model.language_model.", "language_model.model.", "language_model.", "model.",    "transformer.",
    "gpt_neox.",             "distilbert.",           "roberta.",        "bert."};

/// The task's row when the class name is the stem and a known ending, nothing between.
bool isClassOf(std::string_view className, std::string_view stem)
{
    if (!className.starts_with(stem))
        return false;
    for (const TaskRow &row : kTasks) {
        if (className.substr(stem.size()) == row.ending)
            return true;
    }
    return false;
}

} // namespace

std::span<const ArchitectureFamily> architectureFamilies()
{
    return kFamilies;
}

const ArchitectureFamily *findFamily(std::string_view className, std::string_view modelType)
{
    for (const ArchitectureFamily &family : kFamilies) {
        if (isClassOf(className, family.classStem))
            return &family;
    }
    // A class that is not known is not made known by its model_type: it may be anybody's.
    for (const ArchitectureFamily &family : kFamilies) {
        if (className.empty() && modelType == family.modelType)
            return &family;
    }
    return nullptr;
}

ModelTask taskOf(std::string_view className)
{
    for (const TaskRow &row : kTasks) {
        if (className.ends_with(row.ending))
            return row.task;
    }
    return ModelTask::Unknown;
}

std::string_view withoutBasePrefix(std::string_view name)
{
    for (std::string_view prefix : kBasePrefixes) {
        // DistilBERT's own layers are below "transformer.": that is no wrapper.
        if (name.starts_with(prefix) && !name.starts_with("transformer.layer."))
            return name.substr(prefix.size());
    }
    return name;
}

} // namespace assay
