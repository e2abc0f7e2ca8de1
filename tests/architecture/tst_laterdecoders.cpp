// SPDX-License-Identifier: GPL-3.0-or-later
// Decoders of which there is no reference model: names and shapes as transformers' classes (or the makers' own code) give
// them, and what the spec says of windows, positions, norms and factors.
#include "tests/architecture/tensortext.h"

#include <QtTest>
#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

// Hidden 32, 4 heads of 8, 2 of keys and values, 48 between, 50 tokens, 4 layers; each config adds its own fields.
constexpr const char *kCommon = R"("hidden_size": 32, "num_attention_heads": 4, "num_key_value_heads": 2,
    "intermediate_size": 48, "vocab_size": 50, "num_hidden_layers": 4, "max_position_embeddings": 64)";
#define L "model.layers.{layer}."
#define ENDS "model.embed_tokens.weight 50x32, model.norm.weight 32, "
#define HEAD "lm_head.weight 50x32, "
#define QKV L "self_attn.q_proj.weight 32x32, " L "self_attn.{k,v}_proj.weight 16x32, "
#define QKV_BIAS L "self_attn.q_proj.bias 32, " L "self_attn.{k,v}_proj.bias 16, "
#define OUT L "self_attn.o_proj.weight 32x32, "
#define NORMS L "{input_layernorm,post_attention_layernorm}.weight 32, "
#define OUTPUT_NORMS L "{post_attention_layernorm,post_feedforward_layernorm}.weight 32, "
#define MLP L "mlp.{gate,up}_proj.weight 48x32, " L "mlp.down_proj.weight 32x48, "
#define STACKED_MLP L "mlp.gate_up_proj.weight 96x32, " L "mlp.down_proj.weight 32x48, "
#define MOE L "mlp.gate.weight 6x32, " L "mlp.experts.{expert}.{gate,up}_proj.weight 12x32, " L "mlp.experts.{expert}.down_proj.weight 32x12, "
#define LLAMA ENDS NORMS QKV OUT MLP

struct Model
{
    const char *name, *className, *fields;
    QString tensors;
    bool (*holds)(const DecoderSpec &spec);
};

/// W for a window, F for none; small letters for layers without positions.
std::string kinds(const DecoderSpec &spec)
{
    std::string out;
    for (const LayerSpec &layer : spec.layers) {
        const char kind = layer.attention.window > 0 ? 'W' : 'F';
        out += layer.attention.positions == Positions::None ? char(std::tolower(kind)) : kind;
    }
    return out;
}

bool neighbours(const DecoderSpec &spec)
{
    return spec.layers[0].attention.pairing == RopePairing::Neighbours;
}

const ExpertsSpec &expertsOf(const DecoderSpec &spec)
{
    return *spec.layers.back().feedForward.experts;
}

QString renamed(QString tensors, const char *from, const char *to)
{
    return tensors.replace(QLatin1String(from), QLatin1String(to));
}

const char *const kGptOssRest = ENDS HEAD NORMS QKV QKV_BIAS OUT L "self_attn.o_proj.bias 32, " L "self_attn.sinks 4, " L "mlp.router.weight 6x32, " L "mlp.router.bias 6, "
                                     L "mlp.experts.gate_up_proj_bias 6x24, " L "mlp.experts.down_proj_bias 6x32, ";
constexpr const char *kGptOssFields = R"("num_local_experts": 6, "num_experts_per_tok": 2, "intermediate_size": 12, "head_dim": 8, "sliding_window": 8)";

bool gptOss(const DecoderSpec &s)
{
    const AttentionSpec &a = s.layers[1].attention;
    return kinds(s) == "WFWF" && a.sinks && a.rope.scaling->type == "yarn" && !a.rope.scaling->truncate && a.rope.theta == 150000
           && expertsOf(s).scores == ExpertScores::ChosenSoftmax && s.layers[0].feedForward.limit == 7;
}

const Model kModels[] = {
    {"OLMo 2", "Olmo2ForCausalLM", R"("rms_norm_eps": 1e-6)", ENDS HEAD OUTPUT_NORMS QKV OUT MLP L "self_attn.q_norm.weight 32, " L "self_attn.k_norm.weight 16, ",
     [](const DecoderSpec &s) { return kinds(s) == "FFFF" && !s.layers[0].inputNorm.present() && !s.layers[0].mlpNorm.present() && s.finalNorm.epsilon == 1e-6; }},
    {"OLMo 3", "Olmo3ForCausalLM", R"("sliding_window": 8, "rope_scaling": {"rope_type": "yarn", "factor": 8.0, "original_max_position_embeddings": 16})",
     ENDS HEAD OUTPUT_NORMS QKV OUT MLP L "self_attn.q_norm.weight 32, " L "self_attn.k_norm.weight 16, ",
     [](const DecoderSpec &s) { return kinds(s) == "WWWF" && !s.layers[0].attention.rope.scaling && s.layers[3].attention.rope.scaling && s.layers[0].attention.rope.theta == 500000; }},
    {"OLMoE", "OlmoeForCausalLM", R"("num_experts": 6, "num_experts_per_tok": 2, "intermediate_size": 12)",
     ENDS HEAD NORMS QKV OUT MOE L "self_attn.q_norm.weight 32, " L "self_attn.k_norm.weight 16, ", [](const DecoderSpec &s) { return !expertsOf(s).normalised; }},
    {"Exaone 4", "Exaone4ForCausalLM", R"("sliding_window": 8, "sliding_window_pattern": "LLLG")", ENDS HEAD OUTPUT_NORMS QKV OUT MLP L "self_attn.{q,k}_norm.weight 8, ",
     [](const DecoderSpec &s) { return kinds(s) == "WWWf"; }},
    {"Exaone 4 without windows", "Exaone4ForCausalLM", R"("sliding_window": null)", ENDS HEAD OUTPUT_NORMS QKV OUT MLP L "self_attn.{q,k}_norm.weight 8, ",
     [](const DecoderSpec &s) { return kinds(s) == "FFFF"; }},
    {"Command R+", "CohereForCausalLM", R"("use_qk_norm": true, "logit_scale": 0.8333, "layer_norm_eps": 1e-5)",
     ENDS L "input_layernorm.weight 32, " QKV OUT MLP L "self_attn.q_norm.weight 4x8, " L "self_attn.k_norm.weight 2x8, ",
     [](const DecoderSpec &s) { return neighbours(s) && s.tied && s.logitScale == 0.8333 && s.layers[0].attention.headNorm.kind == NormKind::Layer && s.layers[0].parallel; }},
    {"Command R7B", "Cohere2ForCausalLM", R"("sliding_window": 8, "sliding_window_pattern": 4)", ENDS L "input_layernorm.weight 32, " QKV OUT MLP,
     [](const DecoderSpec &s) { return neighbours(s) && kinds(s) == "WWWf" && s.logitScale == 0.0625; }},
    {"Command R7B, listed", "Cohere2ForCausalLM",
     R"("sliding_window": 8, "layer_types": ["full_attention", "sliding_attention", "sliding_attention", "full_attention"])", ENDS L "input_layernorm.weight 32, " QKV OUT MLP,
     [](const DecoderSpec &s) { return kinds(s) == "fWWf"; }},
    {"StableLM, parallel", "StableLmForCausalLM", R"("use_parallel_residual": true, "qk_layernorm": true, "partial_rotary_factor": 0.25)",
     ENDS HEAD "model.norm.bias 32, " L "input_layernorm.{weight,bias} 32, " QKV OUT MLP L "self_attn.q_layernorm.norms.{0,1,2,3}.weight 8, "
         L "self_attn.k_layernorm.norms.{0,1}.weight 8, ",
     [](const DecoderSpec &s) { return s.layers[0].parallel && s.layers[0].attention.headNormWidth == HeadNormWidth::PerHead && s.layers[0].attention.rope.rotaryDim == 2; }},
    {"Phi-3 with LongRoPE", "Phi3ForCausalLM",
     R"("original_max_position_embeddings": 16, "rope_scaling": {"type": "su", "short_factor": [1, 1, 2, 2], "long_factor": [1, 2, 4, 8]})",
     ENDS HEAD NORMS L "self_attn.qkv_proj.weight 64x32, " OUT STACKED_MLP,
     [](const DecoderSpec &s) {
         const RopeFrequencies past = ropeFrequencies(s.layers[0].attention.rope, 17);
         return kinds(s) == "FFFF" && std::abs(past.attentionFactor - std::sqrt(1.5)) < 1e-9 && past.inverse[3] == float(1e-3 / 8) && s.usableContext() == 64;
     }},
    {"Phi-4-mini", "Phi3ForCausalLM",
     R"("tie_word_embeddings": true, "partial_rotary_factor": 0.75, "rope_scaling": {"type": "longrope", "short_factor": [1, 1, 2], "long_factor": [1, 2, 4], "original_max_position_embeddings": 16})",
     ENDS NORMS L "self_attn.qkv_proj.weight 64x32, " OUT STACKED_MLP, [](const DecoderSpec &s) { return s.layers[0].attention.rope.rotaryDim == 6; }},
    {"GLM-4-9B", "GlmForCausalLM", R"("head_dim": 8)", ENDS HEAD NORMS QKV QKV_BIAS OUT STACKED_MLP,
     [](const DecoderSpec &s) { return neighbours(s) && s.layers[0].attention.rope.rotaryDim == 4 && s.finalNorm.epsilon == 1.5625e-7; }},
    {"GLM-4-0414", "Glm4ForCausalLM", R"("head_dim": 8, "attention_bias": false, "partial_rotary_factor": 0.5, "rms_norm_eps": 1e-5)",
     ENDS HEAD NORMS QKV OUT STACKED_MLP L "{post_self_attn_layernorm,post_mlp_layernorm}.weight 32, ", neighbours},
    {"GLM-4.5", "Glm4MoeForCausalLM",
     R"("head_dim": 8, "attention_bias": true, "use_qk_norm": true, "partial_rotary_factor": 0.5, "n_routed_experts": 6, "num_experts_per_tok": 2, "n_shared_experts": 2,
        "moe_intermediate_size": 12, "first_k_dense_replace": 0, "routed_scaling_factor": 2.5, "norm_topk_prob": true, "n_group": 1, "topk_group": 1, "num_nextn_predict_layers": 1)",
     ENDS HEAD NORMS QKV QKV_BIAS OUT MOE L "self_attn.{q,k}_norm.weight 8, " L "mlp.gate.e_score_correction_bias 6, " L "mlp.shared_experts.{gate,up}_proj.weight 24x32, "
         L "mlp.shared_experts.down_proj.weight 32x24, ",
     [](const DecoderSpec &s) { return !neighbours(s) && expertsOf(s).scale == 2.5 && expertsOf(s).groupScores == GroupScores::BestTwo && expertsOf(s).scores == ExpertScores::Sigmoid; }},
    {"gpt-oss, MXFP4", "GptOssForCausalLM", kGptOssFields,
     QString::fromLatin1(kGptOssRest) + L "mlp.experts.gate_up_proj_blocks 6x24x32, " L "mlp.experts.down_proj_blocks 6x32x12, ", gptOss},
    {"gpt-oss, bf16", "GptOssForCausalLM", kGptOssFields,
     QString::fromLatin1(kGptOssRest) + L "mlp.experts.gate_up_proj 6x32x24, " L "mlp.experts.down_proj 6x12x32, ", gptOss},
    {"Granite", "GraniteForCausalLM", R"("embedding_multiplier": 12, "logits_scaling": 8, "residual_multiplier": 0.22, "attention_multiplier": 0.015625, "tie_word_embeddings": true)", LLAMA,
     [](const DecoderSpec &s) {
         return s.embeddingScale == 12 && s.logitScale == 0.125 && s.layers[0].residualScale == 0.22 && s.layers[0].attention.scale == 0.015625;
     }},
    {"Granite, experts", "GraniteMoeForCausalLM", R"("num_local_experts": 6, "num_experts_per_tok": 2, "tie_word_embeddings": true)",
     ENDS NORMS QKV OUT L "block_sparse_moe.router.layer.weight 6x32, " L "block_sparse_moe.input_linear.weight 6x96x32, " L "block_sparse_moe.output_linear.weight 6x32x48, ",
     [](const DecoderSpec &s) { return expertsOf(s).scores == ExpertScores::ChosenSoftmax; }},
    {"MiniCPM", "MiniCPMForCausalLM", R"("scale_emb": 12, "scale_depth": 1.4, "dim_model_base": 8)", LLAMA,
     [](const DecoderSpec &s) { return s.embeddingScale == 12 && s.logitScale == 0.25 && std::abs(s.layers[0].residualScale - 0.7) < 1e-12; }},
    {"SmolLM3", "SmolLM3ForCausalLM", R"("tie_word_embeddings": true)", LLAMA, [](const DecoderSpec &s) { return kinds(s) == "FFFf"; }},
    {"SmolLM3, listed", "SmolLM3ForCausalLM", R"("no_rope_layers": [0, 1, 1, 0], "use_sliding_window": true, "sliding_window": 8)", LLAMA,
     [](const DecoderSpec &s) { return kinds(s) == "wFFw"; }},
    {"InternLM2", "InternLM2ForCausalLM", R"("bias": false)",
     "model.tok_embeddings.weight 50x32, model.norm.weight 32, output.weight 50x32, " L "{attention_norm,ffn_norm}.weight 32, " L "attention.wqkv.weight 64x32, "
     L "attention.wo.weight 32x32, " L "feed_forward.{w1,w3}.weight 48x32, " L "feed_forward.w2.weight 32x48, ", nullptr},
    {"InternLM3", "InternLM3ForCausalLM", R"("qkv_bias": true, "bias": false)", QString(LLAMA HEAD QKV_BIAS), nullptr},
    {"Exaone 3.5", "ExaoneForCausalLM", R"("activation_function": "silu", "layer_norm_epsilon": 1e-5)",
     "transformer.wte.weight 50x32, transformer.ln_f.weight 32, lm_head.weight 50x32, transformer.h.{layer}.{ln_1,ln_2}.weight 32, "
     "transformer.h.{layer}.attn.attention.{q,out}_proj.weight 32x32, transformer.h.{layer}.attn.attention.{k,v}_proj.weight 16x32, "
     "transformer.h.{layer}.mlp.{c_fc_0,c_fc_1}.weight 48x32, transformer.h.{layer}.mlp.c_proj.weight 32x48, ", nullptr},
    {"Qwen3", "Qwen3ForCausalLM", R"("head_dim": 8, "attention_bias": true)", LLAMA HEAD QKV_BIAS L "self_attn.o_proj.bias 32, " L "self_attn.{q,k}_norm.weight 8, ", nullptr},
    {"Qwen3, experts in one", "Qwen3MoeForCausalLM", R"("num_experts": 6, "num_experts_per_tok": 2, "moe_intermediate_size": 12, "norm_topk_prob": true, "mlp_only_layers": [])",
     ENDS HEAD NORMS QKV OUT L "self_attn.{q,k}_norm.weight 8, " L "mlp.gate.weight 6x32, " L "mlp.experts.gate_up_proj 6x24x32, " L "mlp.experts.down_proj 6x32x12, ",
     [](const DecoderSpec &s) { return expertsOf(s).normalised; }},
    {"Dots 1", "Dots1ForCausalLM", R"("n_routed_experts": 6, "num_experts_per_tok": 2, "moe_intermediate_size": 12, "n_shared_experts": 1, "norm_topk_prob": true, "n_group": 1, "topk_group": 1)",
     ENDS HEAD NORMS QKV OUT MOE L "self_attn.{q,k}_norm.weight 8, " L "mlp.gate.e_score_correction_bias 6, " L "mlp.shared_experts.{gate,up}_proj.weight 12x32, "
         L "mlp.shared_experts.down_proj.weight 32x12, ", nullptr},
    {"DeepSeekMoE", "DeepseekForCausalLM", R"("n_routed_experts": 6, "num_experts_per_tok": 2, "moe_intermediate_size": 12, "n_shared_experts": null, "scoring_func": "softmax", "norm_topk_prob": false)",
     ENDS HEAD NORMS QKV OUT MOE, [](const DecoderSpec &s) { return !expertsOf(s).correction && expertsOf(s).sharedIntermediate == 0; }},
    {"Gemma 3 with images", "Gemma3ForConditionalGeneration", R"("head_dim": 8, "sliding_window": 8, "sliding_window_pattern": 2, "dtype": "bfloat16")",
     renamed(ENDS OUTPUT_NORMS QKV OUT MLP L "{input_layernorm,pre_feedforward_layernorm}.weight 32, " L "self_attn.{q,k}_norm.weight 8, ", "model.", "language_model.model."),
     [](const DecoderSpec &s) { return kinds(s) == "WFWF" && s.tied && s.embeddingScale == 5.65625; }}, // sqrt(32) with 8 bits
    {"Gemma 3 with images, transformers 5", "Gemma3ForConditionalGeneration", R"("head_dim": 8)",
     renamed(ENDS OUTPUT_NORMS QKV OUT MLP L "{input_layernorm,pre_feedforward_layernorm}.weight 32, " L "self_attn.{q,k}_norm.weight 8, ", "model.", "model.language_model."), nullptr},
};

std::string configOf(const Model &model)
{
    return std::string("{\"architectures\": [\"") + model.className + "\"], " + kCommon + ", " + model.fields + "}";
}

} // namespace

class TestLaterDecoders : public QObject
{
    Q_OBJECT

private slots:
    void modelsAreCovered_data()
    {
        QTest::addColumn<int>("row");
        for (size_t i = 0; i < std::size(kModels); ++i)
            QTest::newRow(kModels[i].name) << int(i);
    }

    void modelsAreCovered()
    {
        QFETCH(int, row);
        const Model &model = kModels[row];
        const auto parsed = parseModelConfig(configOf(model));
        QVERIFY(parsed);
        const auto spec = resolveDecoder(*parsed);
        QVERIFY2(spec, spec ? "" : spec.error().sentence().c_str());
        QCOMPARE(disagreements(*spec, tensorsOf(model.tensors, 4, 6)).join(u'\n'), QString());
        QVERIFY(!model.holds || model.holds(*spec));
    }
};

QTEST_APPLESS_MAIN(TestLaterDecoders)
#include "tst_laterdecoders.moc"
