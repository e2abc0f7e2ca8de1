// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ggufnames.h"

namespace assay {
namespace {

// Tensors by llama.cpp's llama-arch.cpp and its loader, as grammar.h reads them; the head and tables of rotary
// factors are left to the roles.
#define EMBEDDING "token_embd.weight output_norm.weight "
#define EMBEDDING_LAYERNORM "token_embd.weight output_norm.{weight,bias} "
#define TWO_NORMS "blk.#.{attn,ffn}_norm.weight "
#define TWO_LAYERNORMS TWO_NORMS "blk.#.{attn,ffn}_norm.bias "
#define FOUR_NORMS TWO_NORMS "blk.#.post_{attention,ffw}_norm.weight "
// Of any architecture, queries, keys and values may be stored in one matrix.
#define QKV(kind)                                                                                               \
    "blk.#.attn_q." kind "|blk.#.attn_qkv." kind " blk.#.attn_k." kind "|blk.#.attn_qkv." kind                  \
    " blk.#.attn_v." kind "|blk.#.attn_qkv." kind " "
#define ATTENTION QKV("weight") "blk.#.attn_output.weight blk.#.attn_{q,k,v,qkv,output}.bias? "
#define ONE_ATTENTION "blk.#.attn_{qkv,output}.weight "
#define QK_NORM "blk.#.attn_{q,k}_norm.weight "
#define GATED_MLP "blk.#.ffn_{gate,up,down}.weight blk.#.ffn_{gate,up,down}.bias? "
#define PLAIN_MLP "blk.#.ffn_{up,down}.weight "
#define LAYER_BIASES "blk.#.attn_output.bias blk.#.ffn_{up,down}.bias "
#define MOE_MLP                                                                                                 \
    "blk.#.ffn_gate.weight|blk.#.ffn_gate_exps.weight|blk.#.ffn_gate_up_exps.weight|blk.#.ffn_gate.*.weight "   \
    "blk.#.ffn_up.weight|blk.#.ffn_up_exps.weight|blk.#.ffn_gate_up_exps.weight|blk.#.ffn_up.*.weight "         \
    "blk.#.ffn_down.weight|blk.#.ffn_down_exps.weight|blk.#.ffn_down.*.weight "                                 \
    "blk.#.ffn_gate_inp.weight? blk.#.exp_probs_b.bias? blk.#.exp_probs_b? "                                    \
    "blk.#.ffn_{gate,up,down}_shexp.weight? blk.#.ffn_gate_inp_shexp.weight? "
#define ROUTER "blk.#.ffn_gate_inp.weight "
#define SHARED_EXPERT "blk.#.ffn_{gate,up,down}_shexp.weight blk.#.ffn_gate_inp_shexp.weight "
#define LATENT_ATTENTION                                                                                        \
    "blk.#.attn_q.weight|blk.#.attn_q_b.weight blk.#.attn_q_a.weight? blk.#.attn_q_a_norm.weight? "             \
    "blk.#.attn_kv_a_mqa.weight blk.#.attn_kv_a_norm.weight blk.#.attn_kv_b.weight|blk.#.attn_k_b.weight "      \
    "blk.#.attn_kv_b.weight|blk.#.attn_v_b.weight blk.#.attn_output.weight blk.#.indexer.~ "
#define NEXT_TOKEN "blk.#.nextn.~ "

constexpr const char *kLlama = EMBEDDING TWO_NORMS ATTENTION GATED_MLP;
constexpr const char *kLlamaMoe = EMBEDDING TWO_NORMS ATTENTION ROUTER MOE_MLP;
constexpr const char *kQwen2 = EMBEDDING TWO_NORMS ATTENTION QKV("bias") "output.bias? " GATED_MLP;
constexpr const char *kQwen2Moe = EMBEDDING TWO_NORMS ATTENTION QKV("bias") ROUTER SHARED_EXPERT MOE_MLP;
// The classifier is that of its rerankers.
constexpr const char *kQwen3 = EMBEDDING TWO_NORMS ATTENTION QK_NORM GATED_MLP "cls.output.weight? ";
constexpr const char *kQwen3Moe = EMBEDDING TWO_NORMS ATTENTION QK_NORM ROUTER MOE_MLP;
constexpr const char *kDots = EMBEDDING TWO_NORMS ATTENTION QK_NORM MOE_MLP;
constexpr const char *kDeepseek = EMBEDDING TWO_NORMS ATTENTION MOE_MLP;
constexpr const char *kDeepseek2 = EMBEDDING TWO_NORMS LATENT_ATTENTION MOE_MLP NEXT_TOKEN;
constexpr const char *kGlm4 = EMBEDDING FOUR_NORMS ATTENTION PLAIN_MLP NEXT_TOKEN;
constexpr const char *kGlm4Moe =
    EMBEDDING "blk.#.{attn,post_attention}_norm.weight " ATTENTION "blk.#.attn_{q,k}_norm.weight? " MOE_MLP NEXT_TOKEN;
constexpr const char *kGemma2 = EMBEDDING FOUR_NORMS ATTENTION GATED_MLP;
constexpr const char *kGemma3 = EMBEDDING FOUR_NORMS ATTENTION QK_NORM GATED_MLP "dense_{2,3}.weight? ";
constexpr const char *kGptOss =
    EMBEDDING "blk.#.attn_norm.weight blk.#.post_attention_norm.weight|blk.#.ffn_norm.weight " ATTENTION
              "blk.#.attn_sinks.weight blk.#.ffn_gate_inp.{weight,bias} blk.#.ffn_{gate,up,down}_exps.weight "
              "blk.#.ffn_{gate,up,down}_exps.bias ";
constexpr const char *kGpt2 =
    EMBEDDING_LAYERNORM "position_embd.weight " TWO_LAYERNORMS ONE_ATTENTION
                        "blk.#.attn_qkv.bias " PLAIN_MLP LAYER_BIASES;
constexpr const char *kGptNeox =
    EMBEDDING_LAYERNORM TWO_LAYERNORMS ONE_ATTENTION "blk.#.attn_qkv.bias " PLAIN_MLP LAYER_BIASES;
constexpr const char *kBloom = EMBEDDING_LAYERNORM "token_embd_norm.{weight,bias} " TWO_LAYERNORMS ONE_ATTENTION
                                                   "blk.#.attn_qkv.bias " PLAIN_MLP LAYER_BIASES;
constexpr const char *kFalcon =
    EMBEDDING_LAYERNORM "blk.#.attn_norm.{weight,bias} blk.#.attn_norm_2.{weight,bias}? " ONE_ATTENTION PLAIN_MLP;
constexpr const char *kCommandR =
    EMBEDDING "blk.#.attn_norm.weight blk.#.attn_{q,k}_norm.weight? " ATTENTION GATED_MLP;
constexpr const char *kOlmo = "token_embd.weight " ATTENTION GATED_MLP;
constexpr const char *kOlmo2 =
    EMBEDDING "blk.#.post_{attention,ffw}_norm.weight " ATTENTION QK_NORM GATED_MLP;
constexpr const char *kPhi2 =
    EMBEDDING_LAYERNORM "output.bias blk.#.attn_norm.{weight,bias} " ATTENTION QKV("bias") PLAIN_MLP LAYER_BIASES;
constexpr const char *kPhi3 = EMBEDDING TWO_NORMS QKV("weight") "blk.#.attn_output.weight " PLAIN_MLP;
constexpr const char *kStableLm =
    EMBEDDING_LAYERNORM "blk.#.attn_norm.{weight,bias} blk.#.ffn_norm.{weight,bias}? "
                        "blk.#.attn_{q,k}_norm.weight? " ATTENTION GATED_MLP;
constexpr const char *kStarcoder2 = EMBEDDING_LAYERNORM TWO_LAYERNORMS ATTENTION PLAIN_MLP LAYER_BIASES;
constexpr const char *kBert =
    "token_embd.weight token_types.weight? position_embd.weight token_embd_norm.{weight,bias} " ATTENTION
    "blk.#.attn_output_norm.{weight,bias} " PLAIN_MLP "blk.#.ffn_{up,down}.bias? blk.#.layer_output_norm.{weight,bias} "
    "cls.{weight,bias}? cls.output.{weight,bias}? ";

constexpr const char *kHead = "lm_head.weight";

/// A row whose family decodes token by token; its matrices are stored [out, in] whatever transformers does.
constexpr GgufArchitecture row(const char *name, const char *stem, const char *className, const char *modelType,
                               const char *position, const char *norm, const char *activation, bool gated,
                               const char *tensors, const char *whenKey = nullptr, int64_t least = 0)
{
    return {name, whenKey, least, className,
            {modelType, stem, position, norm, activation, gated, false, true, false, kHead, "", tensors}};
}

#define CAUSAL(stem) stem, stem "ForCausalLM"
#define ROPE "rope", "RMSNorm"
#define ROPE_LAYERNORM "rope", "LayerNorm"

constexpr GgufArchitecture kArchitectures[] = {
    row("llama", CAUSAL("Mixtral"), "mixtral", ROPE, "silu", true, kLlamaMoe, ".expert_count", 1),
    row("llama", CAUSAL("Llama"), "llama", ROPE, "silu", true, kLlama),
    row("mistral3", CAUSAL("Mistral"), "mistral", ROPE, "silu", true, kLlama),
    row("smollm3", CAUSAL("SmolLM3"), "smollm3", ROPE, "silu", true, kLlama),
    row("granite", CAUSAL("Granite"), "granite", ROPE, "silu", true, kLlama),
    row("granitemoe", CAUSAL("GraniteMoe"), "granitemoe", ROPE, "silu", true, kLlamaMoe),
    row("internlm2", CAUSAL("InternLM2"), "internlm2", ROPE, "silu", true, kLlama),
    row("minicpm", CAUSAL("MiniCPM"), "minicpm", ROPE, "silu", true, kLlama),
    row("exaone", CAUSAL("Exaone"), "exaone", ROPE, "silu", true, kLlama),
    row("exaone4", CAUSAL("Exaone4"), "exaone4", ROPE, "silu", true, kOlmo2),
    row("qwen2", CAUSAL("Qwen2"), "qwen2", ROPE, "silu", true, kQwen2),
    row("qwen2moe", CAUSAL("Qwen2Moe"), "qwen2_moe", ROPE, "silu", true, kQwen2Moe),
    row("qwen2vl", "Qwen2VL", "Qwen2VLForConditionalGeneration", "qwen2_vl", ROPE, "silu", true, kQwen2),
    row("qwen3", CAUSAL("Qwen3"), "qwen3", ROPE, "silu", true, kQwen3),
    row("qwen3moe", CAUSAL("Qwen3Moe"), "qwen3_moe", ROPE, "silu", true, kQwen3Moe),
    row("dots1", CAUSAL("Dots1"), "dots1", ROPE, "silu", true, kDots),
    row("deepseek", CAUSAL("Deepseek"), "deepseek", ROPE, "silu", true, kDeepseek),
    // The experts of V3 are chosen by sigmoid, those of V2 by softmax.
    row("deepseek2", CAUSAL("DeepseekV3"), "deepseek_v3", ROPE, "silu", true, kDeepseek2, ".expert_gating_func", 2),
    row("deepseek2", CAUSAL("DeepseekV2"), "deepseek_v2", ROPE, "silu", true, kDeepseek2),
    row("glm4", CAUSAL("Glm4"), "glm4", ROPE, "silu", true, kGlm4),
    row("glm4moe", CAUSAL("Glm4Moe"), "glm4_moe", ROPE, "silu", true, kGlm4Moe),
    row("gemma", CAUSAL("Gemma"), "gemma", ROPE, "gelu_tanh", true, kLlama),
    row("gemma2", CAUSAL("Gemma2"), "gemma2", ROPE, "gelu_tanh", true, kGemma2),
    row("gemma3", CAUSAL("Gemma3"), "gemma3_text", ROPE, "gelu_tanh", true, kGemma3),
    row("gpt-oss", CAUSAL("GptOss"), "gpt_oss", ROPE, "silu", true, kGptOss),
    row("gpt2", "GPT2", "GPT2LMHeadModel", "gpt2", "learned", "LayerNorm", "gelu_tanh", false, kGpt2),
    row("gptneox", CAUSAL("GPTNeoX"), "gpt_neox", ROPE_LAYERNORM, "gelu", false, kGptNeox),
    row("bloom", CAUSAL("Bloom"), "bloom", "alibi", "LayerNorm", "gelu_tanh", false, kBloom),
    row("falcon", CAUSAL("Falcon"), "falcon", ROPE_LAYERNORM, "gelu", false, kFalcon),
    row("command-r", CAUSAL("Cohere"), "cohere", ROPE_LAYERNORM, "silu", true, kCommandR),
    row("cohere2", CAUSAL("Cohere2"), "cohere2", ROPE_LAYERNORM, "silu", true, kCommandR),
    row("olmoe", CAUSAL("Olmoe"), "olmoe", ROPE, "silu", true, kQwen3Moe),
    row("olmo", CAUSAL("Olmo"), "olmo", ROPE_LAYERNORM, "silu", true, kOlmo),
    // With a window it is Olmo 3.
    row("olmo2", CAUSAL("Olmo3"), "olmo3", ROPE, "silu", true, kOlmo2, ".attention.sliding_window", 1),
    row("olmo2", CAUSAL("Olmo2"), "olmo2", ROPE, "silu", true, kOlmo2),
    row("phi2", CAUSAL("Phi"), "phi", ROPE_LAYERNORM, "gelu_tanh", false, kPhi2),
    row("phi3", CAUSAL("Phi3"), "phi3", ROPE, "silu", true, kPhi3),
    row("stablelm", CAUSAL("StableLm"), "stablelm", ROPE_LAYERNORM, "silu", true, kStableLm),
    row("starcoder2", CAUSAL("Starcoder2"), "starcoder2", ROPE_LAYERNORM, "gelu_tanh", false, kStarcoder2),
    // An encoder: neither head nor cache.
    {"bert", nullptr, 0, "BertModel",
     {"bert", "Bert", "learned", "LayerNorm", "gelu", false, false, false, false, "", "", kBert}},
};

} // namespace

const GgufArchitecture *findGgufArchitecture(const Checkpoint &checkpoint)
{
    const MetadataEntry *name = checkpoint.findMetadata("general.architecture");
    if (checkpoint.format != "gguf" || !name || !name->text())
        return nullptr;
    for (const GgufArchitecture &architecture : kArchitectures) {
        if (*name->text() != architecture.name)
            continue;
        const MetadataEntry *key =
            architecture.whenKey ? checkpoint.findMetadata(*name->text() + architecture.whenKey) : nullptr;
        if (!architecture.whenKey || (key && key->integer().value_or(architecture.least - 1) >= architecture.least))
            return &architecture;
    }
    return nullptr;
}

} // namespace assay
