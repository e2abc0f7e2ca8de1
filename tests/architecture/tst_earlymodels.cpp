// SPDX-License-Identifier: GPL-3.0-or-later
// The decoders before Llama, and variants that the reference models lack: tensors and parameter counts of published
// checkpoints.
#include "tests/architecture/coverage.h"

#include <QtTest>
#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

const QString kUnsupported = QStringLiteral("engine.architecture_unsupported");
const QString kOutOfRange = QStringLiteral("engine.config_out_of_range");

// config.json of these models as published, without what touches training and sampling alone.
constexpr const char *kOpt350 = R"({"_remove_final_layer_norm": false, "activation_function": "relu",
    "architectures": ["OPTForCausalLM"], "do_layer_norm_before": false, "ffn_dim": 4096, "hidden_size": 1024,
    "max_position_embeddings": 2048, "model_type": "opt", "num_attention_heads": 16, "num_hidden_layers": 24,
    "vocab_size": 50272, "word_embed_proj_dim": 512})";
constexpr const char *kOpt125 = R"({"activation_function": "relu", "architectures": ["OPTForCausalLM"],
    "do_layer_norm_before": true, "ffn_dim": 3072, "hidden_size": 768, "max_position_embeddings": 2048,
    "model_type": "opt", "num_attention_heads": 12, "num_hidden_layers": 12, "vocab_size": 50272,
    "word_embed_proj_dim": 768})";
constexpr const char *kFalcon7 = R"({"alibi": false, "apply_residual_connection_post_layernorm": false,
    "architectures": ["FalconForCausalLM"], "bias": false, "hidden_size": 4544, "layer_norm_epsilon": 1e-05,
    "model_type": "falcon", "multi_query": true, "new_decoder_architecture": false, "num_attention_heads": 71,
    "num_hidden_layers": 32, "parallel_attn": true, "vocab_size": 65024})";
constexpr const char *kFalcon40 = R"({"alibi": false, "apply_residual_connection_post_layernorm": false,
    "architectures": ["FalconForCausalLM"], "bias": false, "hidden_size": 8192, "layer_norm_epsilon": 1e-05,
    "model_type": "falcon", "new_decoder_architecture": true, "num_attention_heads": 128, "num_hidden_layers": 60,
    "num_kv_heads": 8, "parallel_attn": true, "vocab_size": 65024})";
constexpr const char *kFalconRw = R"({"alibi": true, "apply_residual_connection_post_layernorm": false,
    "architectures": ["FalconForCausalLM"], "bias": true, "hidden_size": 2048, "layer_norm_epsilon": 1e-05,
    "model_type": "falcon", "multi_query": false, "new_decoder_architecture": false, "num_attention_heads": 32,
    "num_hidden_layers": 24, "parallel_attn": false, "vocab_size": 50304})";
constexpr const char *kPythia70 = R"({"architectures": ["GPTNeoXForCausalLM"], "hidden_act": "gelu", "hidden_size": 512,
    "intermediate_size": 2048, "layer_norm_eps": 1e-05, "max_position_embeddings": 2048, "model_type": "gpt_neox",
    "num_attention_heads": 8, "num_hidden_layers": 6, "rotary_emb_base": 10000, "rotary_pct": 0.25,
    "tie_word_embeddings": false, "use_parallel_residual": true, "vocab_size": 50304})";
constexpr const char *kNeox20 = R"({"architectures": ["GPTNeoXForCausalLM"], "hidden_act": "gelu_fast",
    "hidden_size": 6144, "intermediate_size": 24576, "layer_norm_eps": 1e-05, "max_position_embeddings": 2048,
    "model_type": "gpt_neox", "num_attention_heads": 64, "num_hidden_layers": 44, "rotary_emb_base": 10000,
    "rotary_pct": 0.25, "tie_word_embeddings": false, "vocab_size": 50432})";
constexpr const char *kPhi2 = R"({"architectures": ["PhiForCausalLM"], "hidden_act": "gelu_new", "hidden_size": 2560,
    "intermediate_size": 10240, "layer_norm_eps": 1e-05, "max_position_embeddings": 2048, "model_type": "phi",
    "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 32, "partial_rotary_factor": 0.4,
    "qk_layernorm": false, "rope_scaling": null, "rope_theta": 10000.0, "tie_word_embeddings": false,
    "vocab_size": 51200})";
constexpr const char *kGptj6 = R"({"activation_function": "gelu_new", "architectures": ["GPTJForCausalLM"],
    "layer_norm_epsilon": 1e-05, "model_type": "gptj", "n_embd": 4096, "n_head": 16, "n_inner": null, "n_layer": 28,
    "n_positions": 2048, "rotary_dim": 64, "scale_attn_weights": true, "tie_word_embeddings": false,
    "vocab_size": 50400})";
constexpr const char *kStarcoder1 = R"({"activation_function": "gelu_pytorch_tanh",
    "architectures": ["GPTBigCodeForCausalLM"], "layer_norm_epsilon": 1e-05, "model_type": "gpt_bigcode",
    "multi_query": true, "n_embd": 2048, "n_head": 16, "n_inner": 8192, "n_layer": 24, "n_positions": 8192,
    "scale_attn_weights": true, "vocab_size": 49152})";
constexpr const char *kStarcoder23 = R"({"architectures": ["Starcoder2ForCausalLM"], "hidden_act": "gelu_pytorch_tanh",
    "hidden_size": 3072, "intermediate_size": 12288, "max_position_embeddings": 16384, "mlp_type": "default",
    "model_type": "starcoder2", "norm_epsilon": 1e-05, "norm_type": "layer_norm", "num_attention_heads": 24,
    "num_hidden_layers": 30, "num_key_value_heads": 2, "rope_theta": 999999.4420358813, "sliding_window": 4096,
    "use_bias": true, "vocab_size": 49152})";
constexpr const char *kBloom560 = R"({"apply_residual_connection_post_layernorm": false,
    "architectures": ["BloomForCausalLM"], "layer_norm_epsilon": 1e-05, "model_type": "bloom", "n_embed": 1024,
    "n_inner": null, "n_layer": 24, "num_attention_heads": 16, "offset_alibi": 100, "pretraining_tp": 1,
    "vocab_size": 250880})";
constexpr const char *kGpt2 = R"({"activation_function": "gelu_new", "architectures": ["GPT2LMHeadModel"],
    "layer_norm_epsilon": 1e-05, "model_type": "gpt2", "n_ctx": 1024, "n_embd": 768, "n_head": 12, "n_layer": 12,
    "n_positions": 1024, "vocab_size": 50257})";

constexpr const char *kMpt7 = R"({"architectures": ["MPTForCausalLM"], "attn_config": {"alibi": true,
    "alibi_bias_max": 8, "attn_impl": "torch", "attn_pdrop": 0, "attn_type": "multihead_attention",
    "attn_uses_sequence_id": false, "clip_qkv": null, "prefix_lm": false, "qk_ln": false, "softmax_scale": null},
    "d_model": 4096, "emb_pdrop": 0, "embedding_fraction": 1.0, "expansion_ratio": 4, "learned_pos_emb": true,
    "logit_scale": null, "max_seq_len": 2048, "model_type": "mpt", "n_heads": 32, "n_layers": 32, "no_bias": true,
    "norm_type": "low_precision_layernorm", "vocab_size": 50432})";

/// Matrices [out, in] with their biases where asked for.
void addMatrix(Shapes &to, const std::string &name, int64_t out, int64_t in, bool bias)
{
    to[name + ".weight"] = {out, in};
    if (bias)
        to[name + ".bias"] = {out};
}

void addNorm(Shapes &to, const std::string &name, int64_t size)
{
    to[name + ".weight"] = to[name + ".bias"] = {size};
}

/// Falcon's tensors: the norms of a layer differ, and the rows of the one matrix.
Shapes falcon(int64_t layers, int64_t hidden, int64_t fused, bool bias, int64_t vocabulary, std::initializer_list<const char *> norms)
{
    const std::string layer = "transformer.h.{layer}.";
    Shapes out{{"transformer.word_embeddings.weight", {vocabulary, hidden}}};
    addNorm(out, "transformer.ln_f", hidden);
    for (const char *norm : norms)
        addNorm(out, layer + norm, hidden);
    addMatrix(out, layer + "self_attention.query_key_value", fused, hidden, bias);
    addMatrix(out, layer + "self_attention.dense", hidden, hidden, bias);
    addMatrix(out, layer + "mlp.dense_h_to_4h", 4 * hidden, hidden, bias);
    addMatrix(out, layer + "mlp.dense_4h_to_h", hidden, 4 * hidden, bias);
    return eachLayer(layers, out);
}

/// OPT-350m's, under the names of its repository.
Shapes opt350()
{
    const std::string layer = "model.decoder.layers.{layer}.";
    Shapes out{{"model.decoder.embed_tokens.weight", {50272, 512}},
               {"model.decoder.embed_positions.weight", {2050, 1024}},
               {"model.decoder.project_in.weight", {1024, 512}},
               {"model.decoder.project_out.weight", {512, 1024}}};
    for (const char *part : {"q_proj", "k_proj", "v_proj", "out_proj"})
        addMatrix(out, layer + "self_attn." + part, 1024, 1024, true);
    addMatrix(out, layer + "fc1", 4096, 1024, true);
    addMatrix(out, layer + "fc2", 1024, 4096, true);
    addNorm(out, layer + "self_attn_layer_norm", 1024);
    addNorm(out, layer + "final_layer_norm", 1024);
    return eachLayer(24, out);
}

TensorSource sourceIn(const Shapes &shapes, const DecoderSpec &spec, Part part)
{
    const auto shapeOf = [&shapes](const std::string &name) {
        const auto found = shapes.find(name);
        return found == shapes.end() ? std::nullopt : std::optional(found->second);
    };
    for (const TensorSlot &slot : spec.tensors()) {
        if (slot.part == part && slot.layer <= 0 && !slot.bias)
            return findSource(spec, slot, false, shapeOf).value_or(TensorSource());
    }
    return {};
}

} // namespace

class TestEarlyModels : public QObject
{
    Q_OBJECT

private slots:
    void referenceModelsAreCovered_data()
    {
        QTest::addColumn<QString>("model");
        for (const char *model : {"gpt2", "gpt2-hubnames", "gpt-neox", "opt", "bloom", "falcon-gqa", "falcon-mqa", "phi", "starcoder2"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }

    void referenceModelsAreCovered()
    {
        QFETCH(QString, model);
        const DecoderSpec spec = resolved(referenceConfig(model.toStdString()));
        // Buffers of old programs: the causal mask and the rotary frequencies.
        const Shapes shapes = referenceShapes(model.toStdString(), {".attn.bias", ".attention.bias", ".masked_bias", ".inv_freq"});
        QCOMPARE(disagreements(spec, shapes), QStringList());
        QCOMPARE(spec.parameters(), referenceParameters(model.toStdString()));
        QVERIFY(spec.causal && spec.task == Task::Generation);
    }

    // As transformers counts them, tied ones once; the model cards round them.
    void parametersAreThePublishedOnes_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<qulonglong>("parameters");
        QTest::newRow("gpt2") << QString::fromLatin1(kGpt2) << 124'439'808ull;
        QTest::newRow("pythia-70m") << QString::fromLatin1(kPythia70) << 70'426'624ull;
        QTest::newRow("gpt-neox-20b") << QString::fromLatin1(kNeox20) << 20'554'567'680ull;
        QTest::newRow("opt-125m") << QString::fromLatin1(kOpt125) << 125'239'296ull;
        QTest::newRow("opt-350m") << QString::fromLatin1(kOpt350) << 331'196'416ull;
        QTest::newRow("bloom-560m") << QString::fromLatin1(kBloom560) << 559'214'592ull;
        QTest::newRow("falcon-7b") << QString::fromLatin1(kFalcon7) << 6'921'720'704ull;
        QTest::newRow("falcon-40b") << QString::fromLatin1(kFalcon40) << 41'303'293'952ull;
        QTest::newRow("falcon-rw-1b") << QString::fromLatin1(kFalconRw) << 1'311'625'216ull;
        QTest::newRow("phi-2") << QString::fromLatin1(kPhi2) << 2'779'683'840ull;
        QTest::newRow("gpt-j-6b") << QString::fromLatin1(kGptj6) << 6'050'882'784ull;
        QTest::newRow("starcoderbase-1b") << QString::fromLatin1(kStarcoder1) << 1'137'207'296ull;
        QTest::newRow("mpt-7b") << QString::fromLatin1(kMpt7) << 6'649'286'656ull;
        QTest::newRow("starcoder2-3b") << QString::fromLatin1(kStarcoder23) << 3'030'371'328ull;
    }

    void parametersAreThePublishedOnes()
    {
        QFETCH(QString, config);
        QFETCH(qulonglong, parameters);
        QCOMPARE(qulonglong(resolved(config.toStdString()).parameters()), parameters);
    }

    void opt350HasNormsAfterTheSums()
    {
        const DecoderSpec spec = resolved(kOpt350);
        QCOMPARE(disagreements(spec, opt350()), QStringList());
        QCOMPARE(spec.embeddingSize, int64_t(512));
        QCOMPARE(spec.positionOffset, int64_t(2));
        QVERIFY(!spec.finalNorm.present());
        const LayerSpec &layer = spec.layers.front();
        QVERIFY(layer.normAfterResidual && layer.attentionOutputNorm.bias && layer.mlpOutputNorm.bias);
        QVERIFY(!layer.inputNorm.present() && !layer.mlpNorm.present());
        QVERIFY(resolved(kOpt125).layers.front().inputNorm.present() && resolved(kOpt125).finalNorm.present());
        QVERIFY(!resolved(withField(kOpt125, "_remove_final_layer_norm", true)).finalNorm.present());
        QVERIFY(!resolved(withField(kOpt125, "enable_bias", false)).layers.front().feedForward.upBias);
        QVERIFY(resolved(withField(kOpt125, "layer_norm_elementwise_affine", false)).finalNorm.kind == NormKind::Plain);
    }

    void falconsAreThreeDecoders()
    {
        const DecoderSpec seven = resolved(kFalcon7);
        QCOMPARE(disagreements(seven, falcon(32, 4544, 4544 + 2 * 64, false, 65024, {"input_layernorm"})), QStringList());
        QVERIFY(seven.layers.front().parallel && !seven.layers.front().mlpNorm.present());
        QCOMPARE(seven.layers.front().attention.kvHeads, int64_t(1));
        const DecoderSpec forty = resolved(kFalcon40);
        QCOMPARE(disagreements(forty, falcon(60, 8192, 8192 + 16 * 64, false, 65024, {"ln_attn", "ln_mlp"})), QStringList());
        QVERIFY(forty.layers.front().parallel && forty.layers.front().mlpNorm.present());
        QCOMPARE(forty.layers.front().attention.kvHeads, int64_t(8));
        const DecoderSpec rw = resolved(kFalconRw);
        QCOMPARE(disagreements(rw, falcon(24, 2048, 3 * 2048, true, 50304, {"input_layernorm", "post_attention_layernorm"})), QStringList());
        QVERIFY(!rw.layers.front().parallel);
        // multi_query is on when config.json does not say.
        QCOMPARE(resolved(withField(kFalcon7, "multi_query", nullptr)).layers.front().attention.kvHeads, int64_t(1));
        QCOMPARE(resolved(kFalconRw).layers.front().attention.kvHeads, int64_t(32));
    }

    void falcon11HasOneNorm()
    {
        const std::string one = withField(kFalcon40, "num_ln_in_parallel_attn", 1);
        QCOMPARE(disagreements(resolved(one), falcon(60, 8192, 8192 + 16 * 64, false, 65024, {"input_layernorm"})), QStringList());
        QCOMPARE(refusal(withField(kFalcon40, "num_ln_in_parallel_attn", 3)), kOutOfRange);
        QCOMPARE(refusal(withField(kFalcon7, "num_ln_in_parallel_attn", 2)), kOutOfRange);
    }

    void rowsOfFalconsGroups()
    {
        // A group is 16 queries, their key, their value; 64 rows each.
        const Shapes shapes = falcon(60, 8192, 8192 + 16 * 64, false, 65024, {"ln_attn", "ln_mlp"});
        const DecoderSpec spec = resolved(kFalcon40);
        const int64_t group = 18 * 64;
        QCOMPARE(sourceIn(shapes, spec, Part::Query).rows.rowOf(0), int64_t(0));
        QCOMPARE(sourceIn(shapes, spec, Part::Query).rows.rowOf(16 * 64), group);
        QCOMPARE(sourceIn(shapes, spec, Part::Query).rows.rowOf(8191), 7 * group + 16 * 64 - 1);
        QCOMPARE(sourceIn(shapes, spec, Part::Key).rows.rowOf(3 * 64 + 5), 3 * group + 16 * 64 + 5);
        QCOMPARE(sourceIn(shapes, spec, Part::Value).rows.rowOf(3 * 64 + 5), 3 * group + 17 * 64 + 5);
    }

    void alibi()
    {
        QVERIFY(resolved(kBloom560).layers.front().attention.positions == Positions::Alibi);
        QCOMPARE(resolved(kBloom560).layers.front().attention.alibiMax, 8.0);
        QVERIFY(resolved(kFalcon7).layers.front().attention.positions == Positions::Rotary);
        const AttentionSpec rounded = resolved(kFalconRw).layers.front().attention;
        QVERIFY(rounded.positions == Positions::RoundedAlibi && rounded.keyWidth() == rounded.headDim + 1);
        QCOMPARE(refusal(withField(kFalconRw, "multi_query", true)), kUnsupported);
    }

    void sequentialNeox()
    {
        const DecoderSpec spec = resolved(withField(kPythia70, "use_parallel_residual", false));
        QVERIFY(!spec.layers.front().parallel && spec.layers.front().mlpNorm.present());
        QVERIFY(resolved(kPythia70).layers.front().parallel);
        QCOMPARE(spec.parameters(), uint64_t(70'426'624));
        QCOMPARE(spec.layers.front().attention.rope.rotaryDim, int64_t(16));
        QVERIFY(!resolved(withField(kPythia70, "attention_bias", false)).layers.front().attention.outputBias);
    }

    void phiWithNormsOfQueriesAndKeys()
    {
        const DecoderSpec spec = resolved(withField(kPhi2, "qk_layernorm", true));
        QVERIFY(spec.layers.front().attention.headNormWidth == HeadNormWidth::Head);
        // Weight and bias of 80 numbers for queries and keys of 32 layers.
        QCOMPARE(spec.parameters(), uint64_t(2'779'683'840 + 32 * 4 * 80));
        QCOMPARE(sourcesOf(spec, {Part::QueryNorm, 3, -1, true, {80}}, false).front().name, std::string("model.layers.3.self_attn.q_layernorm.bias"));
        QCOMPARE(spec.layers.front().attention.rope.rotaryDim, int64_t(32));
        QVERIFY(spec.layers.front().parallel && spec.headBias && !spec.tied);
    }

    void scalesOfGpt2()
    {
        QCOMPARE(resolved(kGpt2).layers[3].attention.scale, 1 / 8.0);
        QCOMPARE(resolved(withField(kGpt2, "scale_attn_weights", false)).layers[3].attention.scale, 1.0);
        QCOMPARE(resolved(withField(kGpt2, "scale_attn_by_inverse_layer_idx", true)).layers[3].attention.scale, 1 / 8.0 / 4);
        QCOMPARE(refusal(withField(kGpt2, "add_cross_attention", true)), kUnsupported);
        QCOMPARE(resolved(withField(kGpt2, "n_inner", 100)).layers[3].feedForward.intermediate, int64_t(100));
    }

    void gptjRotatesNeighbours()
    {
        const AttentionSpec a = resolved(kGptj6).layers.front().attention;
        QVERIFY(a.pairing == RopePairing::Neighbours && !a.queryBias && !a.outputBias);
        QCOMPARE(a.rope.rotaryDim, int64_t(64));
        QCOMPARE(refusal(withField(kGptj6, "rotary_dim", 63)), kOutOfRange);
        QCOMPARE(refusal(withField(kGptj6, "rotary_dim", 512)), kOutOfRange);
    }

    void headsOfBigCode()
    {
        QCOMPARE(resolved(kStarcoder1).layers.front().attention.kvHeads, int64_t(1));
        QCOMPARE(resolved(withField(kStarcoder1, "multi_query", nullptr)).layers.front().attention.kvHeads, int64_t(1));
        // With a key and value head each, the rows of the one matrix are those of head after head.
        const DecoderSpec spec = resolved(withField(kStarcoder1, "multi_query", false));
        const Shapes shapes{{"transformer.h.0.attn.c_attn.weight", {3 * 2048, 2048}}};
        QCOMPARE(sourceIn(shapes, spec, Part::Key).rows.rowOf(2 * 128 + 5), int64_t(2 * 384 + 128 + 5));
    }

    void defaultsOfStarcoder2()
    {
        QCOMPARE(resolved(withField(kStarcoder23, "num_key_value_heads", nullptr)).layers.front().attention.kvHeads, int64_t(2));
        QCOMPARE(resolved(kStarcoder23).layers.back().attention.window, int64_t(4096));
        QCOMPARE(resolved(withField(kStarcoder23, "sliding_window", nullptr)).layers.back().attention.window, int64_t(0));
        QVERIFY(!resolved(withField(kStarcoder23, "use_bias", false)).layers.front().attention.queryBias);
        QCOMPARE(refusal(withField(kStarcoder23, "norm_type", "rms")), kUnsupported);
        QCOMPARE(refusal(withField(kStarcoder23, "mlp_type", "gated")), kUnsupported);
    }

    void attentionOfMpt()
    {
        const auto with = [](const char *field, const nlohmann::json &value) {
            nlohmann::json attention = nlohmann::json::parse(kMpt7)["attn_config"];
            attention[field] = value;
            return withField(kMpt7, "attn_config", attention);
        };
        const AttentionSpec plain = resolved(kMpt7).layers.front().attention;
        QVERIFY(plain.positions == Positions::Alibi && plain.clip == 0);
        QCOMPARE(resolved(with("alibi_bias_max", 16)).layers.front().attention.alibiMax, 16.0);
        QCOMPARE(resolved(with("clip_qkv", 6)).layers.front().attention.clip, 6.0);
        QCOMPARE(resolved(with("softmax_scale", 0.5)).layers.front().attention.scale, 0.5);
        QCOMPARE(refusal(with("alibi", false)), kUnsupported);
        QCOMPARE(refusal(with("qk_ln", true)), kUnsupported);
        QCOMPARE(refusal(with("attn_type", "multiquery_attention")), kUnsupported);
        QCOMPARE(refusal(withField(kMpt7, "no_bias", false)), kUnsupported);
        QCOMPARE(refusal(withField(kMpt7, "logit_scale", "inv_sqrt_d_model")), kUnsupported);
        QCOMPARE(refusal(withField(kMpt7, "norm_type", "rmsnorm")), kUnsupported);
        QCOMPARE(sourcesOf(resolved(kMpt7), {Part::Value, 2, -1, false, {4096, 4096}}, false).front().rows.rowOf(1), int64_t(8193));
    }

    void whatIsNotComputedIsRefused()
    {
        QCOMPARE(refusal(withField(kBloom560, "apply_residual_connection_post_layernorm", true)), kUnsupported);
        QCOMPARE(refusal(withField(kFalcon7, "apply_residual_connection_post_layernorm", true)), kUnsupported);
        QCOMPARE(refusal(withField(kFalcon40, "parallel_attn", false)), kUnsupported);
        QCOMPARE(refusal(withField(kOpt125, "activation_function", "xielu")), kUnsupported);
        QCOMPARE(refusal(withField(kPythia70, "rotary_pct", 0.0)), kOutOfRange);
        QCOMPARE(refusal(withField(kGpt2, "n_head", 7)), kOutOfRange);
        QCOMPARE(refusal(withField(kGpt2, "n_layer", nullptr)), QStringLiteral("engine.config_incomplete"));
    }
};

QTEST_APPLESS_MAIN(TestEarlyModels)
#include "tst_earlymodels.moc"
