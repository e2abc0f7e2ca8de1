// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF files of the later decoders: keys and tensors as llama.cpp's converter writes them (convert_hf_to_gguf.py,
// llama-arch.cpp), resolved from what ggufConfig makes of them.
#include "core/model/ggufconfig.h"
#include "tests/architecture/tensortext.h"

#include <QtTest>
#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

// Hidden 32, 4 heads of 8, 2 of keys and values, 48 between, 50 tokens, 4 layers.
constexpr const char *kKeys = "block_count=4 context_length=64 embedding_length=32 feed_forward_length=48 attention.head_count=4 "
                              "attention.head_count_kv=2 vocab_size=50 ";
#define RMS "attention.layer_norm_rms_epsilon=1e-5 "
#define LAYERNORM "attention.layer_norm_epsilon=1e-5 "
#define ENDS "token_embd.weight 50x32, output_norm.weight 32, "
#define HEAD "output.weight 50x32, "
#define QKV "blk.{layer}.attn_q.weight 32x32, blk.{layer}.attn_{k,v}.weight 16x32, "
#define QKV_BIAS "blk.{layer}.attn_q.bias 32, blk.{layer}.attn_{k,v}.bias 16, "
#define OUT "blk.{layer}.attn_output.weight 32x32, "
#define NORMS "blk.{layer}.{attn_norm,ffn_norm}.weight 32, "
#define OUTPUT_NORMS "blk.{layer}.post_{attention,ffw}_norm.weight 32, "
#define HEAD_NORMS "blk.{layer}.attn_{q,k}_norm.weight 8, "
#define MLP "blk.{layer}.ffn_{gate,up}.weight 48x32, blk.{layer}.ffn_down.weight 32x48, "
#define STACKED_MLP "blk.{layer}.ffn_up.weight 96x32, blk.{layer}.ffn_down.weight 32x48, "
#define ROUTER "blk.{layer}.ffn_gate_inp.weight 6x32, "
#define EXPERTS ROUTER "blk.{layer}.ffn_{gate,up}_exps.weight 6x12x32, blk.{layer}.ffn_down_exps.weight 6x32x12, "
#define SHARED "blk.{layer}.ffn_{gate,up}_shexp.weight 24x32, blk.{layer}.ffn_down_shexp.weight 32x24, "
#define LLAMA ENDS NORMS QKV OUT MLP
#define MOE "expert_count=6 expert_used_count=2 expert_feed_forward_length=12 "

struct File
{
    const char *name, *architecture, *keys;
    const char *tensors;
    bool (*holds)(const DecoderSpec &spec); ///< of what is computed
};

bool neighbours(const DecoderSpec &spec)
{
    return std::ranges::all_of(spec.layers, [](const LayerSpec &layer) { return layer.attention.pairing == RopePairing::Neighbours; });
}

bool halves(const DecoderSpec &spec)
{
    return std::ranges::all_of(spec.layers, [](const LayerSpec &layer) { return layer.attention.pairing == RopePairing::Halves; });
}

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

const ExpertsSpec &expertsOf(const DecoderSpec &spec)
{
    return *spec.layers.back().feedForward.experts;
}

// Norms of Gemma hold their 1 already.
bool gemma(const DecoderSpec &spec)
{
    return halves(spec) && spec.tied && spec.layers[0].inputNorm.kind == NormKind::Rms && std::abs(spec.embeddingScale - std::sqrt(32.0)) < 1e-6
           && spec.layers[0].feedForward.activation == Activation::GeluTanh;
}

const File kFiles[] = {
    {"llama", "llama", RMS, LLAMA HEAD "rope_freqs.weight 4",
     [](const DecoderSpec &s) { return neighbours(s) && s.ropeTables().size() == 1 && s.ropeTables()[0].part == Part::RopeDivisors; }},
    {"llama, biases", "llama", RMS, LLAMA QKV_BIAS "blk.{layer}.attn_output.bias 32, blk.{layer}.ffn_{gate,up}.bias 48, blk.{layer}.ffn_down.bias 32, ", neighbours},
    {"mixtral, one tensor of gate and up", "llama", RMS MOE,
     ENDS NORMS QKV OUT ROUTER "blk.{layer}.ffn_gate_up_exps.weight 6x24x32, blk.{layer}.ffn_down_exps.weight 6x32x12, ",
     [](const DecoderSpec &s) { return neighbours(s) && expertsOf(s).normalised && expertsOf(s).scores == ExpertScores::Softmax; }},
    {"qwen3", "qwen3", RMS "attention.key_length=8 ", LLAMA HEAD_NORMS, halves},
    {"qwen3moe", "qwen3moe", RMS MOE, ENDS NORMS QKV OUT HEAD_NORMS EXPERTS, [](const DecoderSpec &s) { return halves(s) && expertsOf(s).normalised; }},
    {"qwen2moe", "qwen2moe", RMS MOE "expert_shared_feed_forward_length=24 ", ENDS NORMS QKV QKV_BIAS OUT EXPERTS SHARED "blk.{layer}.ffn_gate_inp_shexp.weight 32, ",
     [](const DecoderSpec &s) { return halves(s) && !expertsOf(s).normalised && expertsOf(s).sharedGate; }},
    {"qwen2moe of 2024", "qwen2moe", RMS "expert_count=6 expert_used_count=4 ",
     ENDS NORMS QKV QKV_BIAS OUT EXPERTS "blk.{layer}.ffn_{gate,up}_shexp.weight 48x32, blk.{layer}.ffn_down_shexp.weight 32x48, blk.{layer}.ffn_gate_inp_shexp.weight 32, ", halves},
    {"gemma", "gemma", RMS, LLAMA, gemma},
    {"gemma2", "gemma2", RMS "attention.sliding_window=8 attn_logit_softcapping=50.0 final_logit_softcapping=30.0 ", LLAMA OUTPUT_NORMS,
     [](const DecoderSpec &s) { return gemma(s) && kinds(s) == "WFWF" && s.logitCap == 30 && s.layers[0].attention.softCap == 50; }},
    {"gemma3", "gemma3", RMS "attention.sliding_window=8 rope.freq_base=1e6 rope.scaling.type=linear rope.scaling.factor=8.0 ", LLAMA OUTPUT_NORMS HEAD_NORMS,
     [](const DecoderSpec &s) {
         return gemma(s) && kinds(s) == "WWWW" && s.layers[0].attention.rope.theta == 10000 && !s.layers[0].attention.rope.scaling && s.logitCap == 0;
     }},
    {"command-r", "command-r", LAYERNORM "logit_scale=0.25 ", ENDS "blk.{layer}.attn_norm.weight 32, " QKV OUT MLP,
     [](const DecoderSpec &s) { return neighbours(s) && s.logitScale == 0.25 && s.layers[0].parallel && !s.layers[0].attention.headNorm.present(); }},
    {"command-r plus", "command-r", LAYERNORM "logit_scale=0.25 ",
     ENDS "blk.{layer}.attn_norm.weight 32, blk.{layer}.attn_q_norm.weight 4x8, blk.{layer}.attn_k_norm.weight 2x8, " QKV OUT MLP, neighbours},
    {"cohere2", "cohere2", LAYERNORM "logit_scale=0.25 attention.sliding_window=8 ", ENDS "blk.{layer}.attn_norm.weight 32, " QKV OUT MLP,
     [](const DecoderSpec &s) { return neighbours(s) && kinds(s) == "WWWf"; }},
    {"olmo", "olmo", LAYERNORM "attention.clamp_kqv=8.0 ", "token_embd.weight 50x32, " HEAD QKV OUT MLP,
     [](const DecoderSpec &s) { return neighbours(s) && s.layers[0].attention.clip == 8 && s.finalNorm.kind == NormKind::Plain; }},
    {"olmoe", "olmoe", RMS MOE, ENDS HEAD NORMS QKV OUT EXPERTS "blk.{layer}.attn_q_norm.weight 32, blk.{layer}.attn_k_norm.weight 16, ", halves},
    {"olmo2", "olmo2", RMS, ENDS HEAD OUTPUT_NORMS QKV OUT MLP "blk.{layer}.attn_q_norm.weight 32, blk.{layer}.attn_k_norm.weight 16, ",
     [](const DecoderSpec &s) { return halves(s) && kinds(s) == "FFFF" && s.finalNorm.kind == NormKind::Rms; }},
    {"olmo3", "olmo2", RMS "attention.sliding_window=8 rope.scaling.type=yarn rope.scaling.factor=8.0 rope.scaling.original_context_length=16 ",
     ENDS HEAD OUTPUT_NORMS QKV OUT MLP "blk.{layer}.attn_q_norm.weight 32, blk.{layer}.attn_k_norm.weight 16, ",
     [](const DecoderSpec &s) { return kinds(s) == "WWWF" && !s.layers[0].attention.rope.scaling && s.layers[3].attention.rope.scaling; }},
    {"exaone4", "exaone4", RMS "attention.sliding_window=8 ", ENDS OUTPUT_NORMS QKV HEAD_NORMS OUT MLP, [](const DecoderSpec &s) { return halves(s) && kinds(s) == "WWWf"; }},
    {"phi3", "phi3", RMS "rope.dimension_count=6 rope.scaling.original_context_length=16 rope.scaling.attn_factor=1.19 ",
     ENDS HEAD NORMS "blk.{layer}.attn_qkv.weight 64x32, " OUT STACKED_MLP "rope_factors_{long,short}.weight 3",
     [](const DecoderSpec &s) { return halves(s) && s.ropeTables().size() == 2 && s.layers[0].attention.rope.rotaryDim == 6 && s.usableContext() == 64; }},
    {"stablelm", "stablelm", LAYERNORM "use_parallel_residual=false rope.dimension_count=2 ",
     LLAMA HEAD QKV_BIAS "output_norm.bias 32, blk.{layer}.{attn_norm,ffn_norm}.bias 32, ",
     [](const DecoderSpec &s) { return halves(s) && s.layers[0].attention.rope.rotaryDim == 2 && !s.layers[0].parallel; }},
    {"stablelm, parallel", "stablelm", LAYERNORM "use_parallel_residual=true rope.dimension_count=2 ",
     ENDS HEAD QKV OUT MLP "output_norm.bias 32, blk.{layer}.attn_norm.{weight,bias} 32, blk.{layer}.attn_q_norm.weight 4x8, blk.{layer}.attn_k_norm.weight 2x8, ",
     [](const DecoderSpec &s) { return s.layers[0].parallel; }},
    {"glm4", "glm4", RMS "rope.dimension_count=4 ", ENDS HEAD NORMS OUTPUT_NORMS QKV QKV_BIAS OUT STACKED_MLP,
     [](const DecoderSpec &s) { return neighbours(s) && s.layers[0].attention.rope.rotaryDim == 4; }},
    {"glm4moe", "glm4moe", RMS MOE "expert_shared_count=2 expert_gating_func=2 expert_weights_scale=2.5 expert_weights_norm=true rope.dimension_count=4 ",
     ENDS HEAD "blk.{layer}.{attn,post_attention}_norm.weight 32, " QKV QKV_BIAS OUT HEAD_NORMS EXPERTS SHARED "blk.{layer}.exp_probs_b.bias 6, ",
     [](const DecoderSpec &s) {
         return halves(s) && expertsOf(s).scale == 2.5 && expertsOf(s).normalised && expertsOf(s).scores == ExpertScores::Sigmoid
                && !s.layers[0].attentionOutputNorm.present();
     }},
    {"gpt-oss", "gpt-oss", RMS MOE "attention.sliding_window=8 rope.scaling.type=yarn rope.scaling.factor=32.0 rope.scaling.original_context_length=16 ",
     ENDS HEAD "blk.{layer}.{attn,post_attention}_norm.weight 32, " QKV QKV_BIAS OUT EXPERTS
               "blk.{layer}.attn_output.bias 32, blk.{layer}.attn_sinks.weight 4, blk.{layer}.ffn_gate_inp.bias 6, blk.{layer}.ffn_{gate,up}_exps.bias 6x12, "
               "blk.{layer}.ffn_down_exps.bias 6x32, ",
     [](const DecoderSpec &s) { return halves(s) && kinds(s) == "WFWF" && !s.layers[0].attention.rope.scaling->truncate && expertsOf(s).scores == ExpertScores::ChosenSoftmax; }},
    {"granite", "granite", RMS "embedding_scale=12.0 residual_scale=0.25 attention.scale=0.125 logit_scale=8.0 ", LLAMA,
     [](const DecoderSpec &s) {
         return neighbours(s) && s.embeddingScale == 12 && s.logitScale == 0.125 && s.layers[0].residualScale == 0.25 && s.layers[0].attention.scale == 0.125;
     }},
    {"minicpm", "minicpm", RMS, LLAMA,
     [](const DecoderSpec &s) { return neighbours(s) && s.embeddingScale == 12 && s.logitScale == 8 && std::abs(s.layers[0].residualScale - 0.7) < 1e-12; }},
    {"smollm3", "smollm3", RMS, LLAMA, [](const DecoderSpec &s) { return neighbours(s) && kinds(s) == "FFFf"; }},
    {"internlm2", "internlm2", RMS, LLAMA HEAD, neighbours},
    {"exaone", "exaone", RMS, LLAMA, halves},
    {"deepseek", "deepseek", RMS MOE "expert_shared_count=2 expert_weights_scale=1.0 ", ENDS HEAD NORMS QKV OUT EXPERTS SHARED,
     [](const DecoderSpec &s) { return neighbours(s) && expertsOf(s).scores == ExpertScores::Softmax && !expertsOf(s).correction; }},
    {"dots1", "dots1", RMS MOE "expert_shared_count=2 expert_weights_scale=2.5 expert_weights_norm=true expert_gating_func=2 ",
     ENDS HEAD NORMS QKV HEAD_NORMS OUT EXPERTS SHARED "blk.{layer}.exp_probs_b.bias 6, ", halves},
    {"deepseek2, no query rank", "deepseek2", RMS MOE "expert_shared_count=2 attention.kv_lora_rank=10 attention.key_length=12 attention.value_length=6 rope.dimension_count=4 "
     "rope.scaling.type=yarn rope.scaling.factor=40.0 rope.scaling.original_context_length=16 rope.scaling.yarn_log_multiplier=0.0707 ",
     ENDS HEAD NORMS "blk.{layer}.attn_q.weight 48x32, blk.{layer}.attn_kv_a_mqa.weight 14x32, blk.{layer}.attn_kv_a_norm.weight 10, "
                     "blk.{layer}.attn_kv_b.weight 56x10, blk.{layer}.attn_output.weight 32x24, " EXPERTS SHARED,
     [](const DecoderSpec &s) {
         const double magnitude = 0.0707 * std::log(40) + 1;
         return neighbours(s) && std::abs(s.layers[0].attention.scale - magnitude * magnitude / std::sqrt(12.0)) < 1e-6
                && ropeFrequencies(s.layers[0].attention.rope, 1).attentionFactor == 1;
     }},
};

void setKey(Checkpoint &checkpoint, const std::string &key, const QString &value)
{
    MetadataEntry entry;
    entry.key = key;
    bool whole = false, real = false;
    const qlonglong number = value.toLongLong(&whole);
    const double rounded = value.toDouble(&real);
    if (whole)
        entry.value = uint64_t(number);
    else if (real)
        entry.value = rounded;
    else if (value == QLatin1String("true") || value == QLatin1String("false"))
        entry.value = value == QLatin1String("true");
    else
        entry.value = value.toStdString();
    checkpoint.metadata.push_back(entry);
}

Checkpoint checkpointOf(const File &file, const Shapes &shapes)
{
    Checkpoint out;
    out.format = "gguf";
    setKey(out, "general.architecture", QLatin1String(file.architecture));
    for (const QString &pair : (QString::fromLatin1(kKeys) + file.keys).split(u' ', Qt::SkipEmptyParts))
        setKey(out, std::string(file.architecture) + "." + pair.section(u'=', 0, 0).toStdString(), pair.section(u'=', 1));
    for (const auto &[name, shape] : shapes) {
        TensorRecord tensor;
        tensor.name = out.arena->text(name);
        tensor.shape = out.arena->numbers(shape);
        out.tensors.push_back(tensor);
    }
    return out;
}

} // namespace

class TestLaterGguf : public QObject
{
    Q_OBJECT

private slots:
    void filesAreCovered_data()
    {
        QTest::addColumn<int>("row");
        for (size_t i = 0; i < std::size(kFiles); ++i)
            QTest::newRow(kFiles[i].name) << int(i);
    }

    void filesAreCovered()
    {
        QFETCH(int, row);
        const File &file = kFiles[row];
        Shapes shapes = tensorsOf(QString::fromLatin1(file.tensors), 4);
        const auto spec = resolveDecoder(ggufConfig(checkpointOf(file, shapes)));
        QVERIFY2(spec, spec ? "" : spec.error().sentence().c_str());
        std::erase_if(shapes, [](const auto &tensor) { return tensor.first.starts_with("rope_"); });
        QCOMPARE(disagreements(*spec, shapes, true).join(u'\n'), QString());
        QVERIFY(!file.holds || file.holds(*spec));
    }
};

QTEST_APPLESS_MAIN(TestLaterGguf)
#include "tst_latergguf.moc"
