// SPDX-License-Identifier: GPL-3.0-or-later
// What a config makes of a spec: sizes as published, windows, positions, scales; and what is refused, by name.
#include "tests/architecture/coverage.h"

#include <QDir>
#include <QtTest>
#include <cmath>

using namespace assay;
using namespace assay::test;
using nlohmann::json;

namespace {

// config.json of Qwen2.5-7B as published; its model card says 7.62 B parameters, 6.53 B without embeddings.
constexpr const char *kQwen = R"({"architectures": ["Qwen2ForCausalLM"], "hidden_act": "silu",
    "hidden_size": 3584, "intermediate_size": 18944, "max_position_embeddings": 131072, "max_window_layers": 28,
    "model_type": "qwen2", "num_attention_heads": 28, "num_hidden_layers": 28, "num_key_value_heads": 4,
    "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "sliding_window": 131072, "tie_word_embeddings": false,
    "use_sliding_window": false, "vocab_size": 152064})";

// config.json of Mistral-7B-v0.1 as published: 7,241,732,096 parameters.
constexpr const char *kMistral = R"({"architectures": ["MistralForCausalLM"], "hidden_act": "silu",
    "hidden_size": 4096, "intermediate_size": 14336, "max_position_embeddings": 32768, "model_type": "mistral",
    "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8, "rms_norm_eps": 1e-05,
    "rope_theta": 10000.0, "sliding_window": 4096, "tie_word_embeddings": false, "vocab_size": 32000})";

// config.json of Llama-3.2-1B as published: 1,235,814,400 parameters, the head tied.
constexpr const char *kLlama = R"({"architectures": ["LlamaForCausalLM"], "attention_bias": false, "head_dim": 64,
    "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 8192, "max_position_embeddings": 131072,
    "mlp_bias": false, "model_type": "llama", "num_attention_heads": 32, "num_hidden_layers": 16,
    "num_key_value_heads": 8, "rms_norm_eps": 1e-05, "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0,
    "low_freq_factor": 1.0, "original_max_position_embeddings": 8192, "rope_type": "llama3"},
    "rope_theta": 500000.0, "tie_word_embeddings": true, "vocab_size": 128256})";

// config.json of DeepSeek-V2-Lite as published, as far as it says what is computed.
constexpr const char *kLite = R"({"architectures": ["DeepseekV2ForCausalLM"], "first_k_dense_replace": 1, "hidden_act": "silu",
    "hidden_size": 2048, "intermediate_size": 10944, "kv_lora_rank": 512, "max_position_embeddings": 163840, "moe_intermediate_size": 1408,
    "moe_layer_freq": 1, "n_group": 1, "n_routed_experts": 64, "n_shared_experts": 2, "norm_topk_prob": false, "num_attention_heads": 16,
    "num_experts_per_tok": 6, "num_hidden_layers": 27, "num_key_value_heads": 16, "q_lora_rank": null, "qk_nope_head_dim": 128,
    "qk_rope_head_dim": 64, "rms_norm_eps": 1e-06, "rope_scaling": {"beta_fast": 32, "beta_slow": 1, "factor": 40, "mscale": 0.707,
    "mscale_all_dim": 0.707, "original_max_position_embeddings": 4096, "type": "yarn"}, "rope_theta": 10000, "routed_scaling_factor": 1.0,
    "scoring_func": "softmax", "tie_word_embeddings": false, "topk_group": 1, "topk_method": "greedy", "v_head_dim": 128, "vocab_size": 102400})";

const QString kUnsupported = QStringLiteral("engine.architecture_unsupported");
const QString kIncomplete = QStringLiteral("engine.config_incomplete");
const QString kOutOfRange = QStringLiteral("engine.config_out_of_range");

DecoderSpec with(const std::string &config, const char *field, const char *value)
{
    json changed = json::parse(config);
    changed[field] = json::parse(value);
    return resolved(changed.dump());
}

QString refusalWith(const std::string &config, const char *field, const char *value)
{
    json changed = json::parse(config);
    changed[field] = json::parse(value);
    return refusal(changed.dump());
}

std::vector<int64_t> windows(const DecoderSpec &spec)
{
    std::vector<int64_t> out;
    for (const LayerSpec &layer : spec.layers)
        out.push_back(layer.attention.window);
    return out;
}

std::string reference(const char *model)
{
    return referenceConfig(model);
}

} // namespace

class TestDecoderSpec : public QObject
{
    Q_OBJECT

private slots:
    void parametersAreThePublishedOnes()
    {
        QCOMPARE(resolved(kMistral).parameters(), uint64_t(7'241'732'096));
        QCOMPARE(resolved(kLlama).parameters(), uint64_t(1'235'814'400));
        QCOMPARE(resolved(kQwen).parameters(), uint64_t(7'615'616'512));
        QCOMPARE(resolved(kLite).parameters(), uint64_t(15'706'484'224));
    }

    void keysAndValuesPerToken()
    {
        // 2 x 32 layers x 8 heads x 128 x 2 bytes; 27 layers x (512 + 64) x 2 bytes
        QCOMPARE(resolved(kMistral).kvBytesPerToken(2), uint64_t(131'072));
        QCOMPARE(resolved(kLite).kvBytesPerToken(2), uint64_t(31'104));
    }

    void declaredBiasesAreAskedFor()
    {
        const DecoderSpec attention = with(kLlama, "attention_bias", "true"), mlp = with(kLlama, "mlp_bias", "true");
        QVERIFY(attention.layers[0].attention.queryBias && attention.layers[0].attention.outputBias && !attention.layers[0].feedForward.upBias);
        QVERIFY(mlp.layers[0].feedForward.upBias && mlp.layers[0].feedForward.downBias && !mlp.layers[0].attention.queryBias);
        QVERIFY(resolved(kQwen).layers[0].attention.keyBias && !resolved(kQwen).layers[0].attention.outputBias);
    }

    void windowsAreThoseOfTheArchitecture()
    {
        QCOMPARE(windows(resolved(kMistral)), std::vector<int64_t>(32, 4096));
        QCOMPARE(windows(with(kMistral, "sliding_window", "17")), std::vector<int64_t>(32, 17));
        // Left out it is MistralConfig's default, null means none.
        QCOMPARE(windows(resolved(withField(kMistral, "sliding_window", nullptr))), std::vector<int64_t>(32, 4096));
        QCOMPARE(windows(with(kMistral, "sliding_window", "null")), std::vector<int64_t>(32, 0));
        QCOMPARE(windows(resolved(kLlama)), std::vector<int64_t>(16, 0));
        QCOMPARE(windows(resolved(kQwen)), std::vector<int64_t>(28, 0));
        // Qwen2 slides from max_window_layers on, where it is switched on.
        const std::string sliding = withField(withField(kQwen, "use_sliding_window", true), "max_window_layers", 20);
        const std::vector<int64_t> some = windows(with(sliding, "sliding_window", "4096"));
        QCOMPARE(some[19], int64_t(0));
        QCOMPARE(some[20], int64_t(4096));
        // Gemma 2 begins with a window, Gemma 3 has five before each layer without.
        QCOMPARE(windows(resolved(reference("gemma2"))), (std::vector<int64_t>{14, 0, 14}));
        QCOMPARE(windows(resolved(withField(reference("gemma3-text"), "sliding_window_pattern", 3))), (std::vector<int64_t>{12, 12, 0, 12}));
    }

    void scalesOfDeepSeek()
    {
        const AttentionSpec a = resolved(kLite).layers[0].attention;
        const double magnitude = 0.1 * 0.707 * std::log(40.0) + 1;
        QVERIFY(std::abs(a.scale - magnitude * magnitude / std::sqrt(192.0)) < 1e-12);
        QCOMPARE(a.headDim, int64_t(192));
        QCOMPARE(a.rope.rotaryDim, int64_t(64));
        QVERIFY(a.pairing == RopePairing::Neighbours);
        QCOMPARE(ropeFrequencies(a.rope, 1).attentionFactor, 1.0);
        const DecoderSpec third = resolved(reference("deepseek-v3-yarn-mtp"));
        const ExpertsSpec &experts = *third.layers[2].feedForward.experts;
        QCOMPARE(third.layerCount(), int64_t(3));
        QVERIFY(!third.layers[0].feedForward.experts);
        QVERIFY(experts.scores == ExpertScores::Sigmoid && experts.groupScores == GroupScores::BestTwo && experts.correction && experts.normalised);
        QCOMPARE(experts.groups, int64_t(4));
        QCOMPARE(experts.activeGroups, int64_t(2));
        QCOMPARE(experts.scale, 2.5);
        QCOMPARE(third.layers[0].attention.latent->norm.epsilon, 1e-6);
        const DecoderSpec limited = resolved(withField(withField(withField(kLite, "topk_method", "group_limited_greedy"), "n_group", 8), "topk_group", 3));
        QVERIFY(limited.layers[1].feedForward.experts->groupScores == GroupScores::Best && !limited.layers[1].feedForward.experts->correction);
        QCOMPARE(limited.layers[1].feedForward.experts->activeGroups, int64_t(3));
    }

    void scalesOfGemma()
    {
        const DecoderSpec second = resolved(reference("gemma2"));
        QCOMPARE(second.layers[0].attention.scale, 1 / std::sqrt(24.0));
        QCOMPARE(second.layers[0].attention.softCap, 6.0);
        QCOMPARE(second.logitCap, 7.0);
        QCOMPARE(with(reference("gemma2"), "final_logit_softcapping", "null").logitCap, 0.0);
        QCOMPARE(resolved(withField(reference("gemma2"), "final_logit_softcapping", nullptr)).logitCap, 30.0);
        // sqrt(3072) is 55.4256..., in bfloat16 55.5, in float16 55.4375.
        json first = json::parse(reference("gemma"));
        first["hidden_size"] = 3072;
        for (const auto &[dtype, scale] : {std::pair{"bfloat16", 55.5}, {"float16", 55.4375}, {"float32", double(std::sqrt(3072.0f))}}) {
            first["torch_dtype"] = dtype;
            QCOMPARE(resolved(first.dump()).embeddingScale, scale);
        }
        const DecoderSpec third = resolved(reference("gemma3-text"));
        QCOMPARE(third.layers[0].attention.rope.theta, 1000.0);
        QVERIFY(!third.layers[0].attention.rope.scaling);
        QCOMPARE(third.layers[1].attention.rope.theta, 1e6);
        QCOMPARE(third.layers[1].attention.rope.scaling->factor, 4.0);
        QCOMPARE(third.logitCap, 0.0);
    }

    void expertsOfQwen()
    {
        const DecoderSpec spec = resolved(reference("qwen2-moe"));
        QVERIFY(spec.layers[0].feedForward.experts && !spec.layers[1].feedForward.experts && spec.layers[2].feedForward.experts);
        QCOMPARE(spec.layers[0].feedForward.experts->sharedIntermediate, int64_t(44));
        const DecoderSpec stepped = resolved(withField(reference("qwen3-moe"), "decoder_sparse_step", 2));
        QVERIFY(!stepped.layers[0].feedForward.experts && stepped.layers[1].feedForward.experts && !stepped.layers[2].feedForward.experts);
        QVERIFY(!resolved(withField(reference("qwen3-moe"), "num_experts", 0)).layers[0].feedForward.experts);
    }

    void contextGrowsWithTheScalingsThatStretchIt()
    {
        QCOMPARE(resolved(kLlama).usableContext(), int64_t(131072));
        QCOMPARE(resolved(kLite).usableContext(), int64_t(163840));
        QCOMPARE(with(kMistral, "rope_scaling", R"({"type": "linear", "factor": 4.0})").usableContext(), int64_t(131072));
    }

    void whatIsUnsupportedIsNamed_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("named");
        const auto row = [](const char *config, const char *field, const char *value, const char *named) {
            QTest::addRow("%s", named) << QByteArray(config) << QByteArray(field) << QByteArray(value) << QByteArray(named);
        };
        row(kMistral, "architectures", R"(["MambaForCausalLM"])", "MambaForCausalLM");
        row(kMistral, "hidden_act", R"("mish")", "the activation mish");
        row(kMistral, "rope_scaling", R"({"type":"mrope","factor":2.0})", "rope_scaling mrope");
        row(kMistral, "rope_scaling", R"({"type":"divisors","factor":2.0})", "rope_scaling divisors");
        row(kMistral, "rope_scaling", R"({"factor":2.0})", "rope_scaling");
        row(kMistral, "num_key_value_heads", "[8, 4]", "num_key_value_heads that differ between layers");
        row(kLite, "scoring_func", R"("tanh")", "scoring_func tanh");
        row(kLite, "topk_method", R"("random")", "topk_method random");
        row(kLite, "norm_topk_prob", "true", "norm_topk_prob");
        static const QByteArray gemma = QByteArray::fromStdString(reference("gemma3-text"));
        row(gemma, "layer_types", R"(["sliding_attention", "linear_attention", "full_attention", "full_attention"])", "the layer type linear_attention");
        row(gemma, "use_bidirectional_attention", "true", "use_bidirectional_attention");
        row(gemma, "attn_logit_softcapping", "50.0", "attn_logit_softcapping");
        row(gemma, "rope_parameters", R"({"full_attention": {"rope_type": "default"}, "sliding_attention": {"rope_type": "linear", "factor": 2}})",
            "rope_parameters of sliding_attention");
    }

    void whatIsUnsupportedIsNamed()
    {
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, named);
        json changed = json::parse(config.constData());
        changed[field.constData()] = json::parse(value.constData());
        const auto spec = resolveDecoder(*parseModelConfig(changed.dump()));
        QVERIFY(!spec);
        QCOMPARE(spec.error().code, ErrorCode::ArchitectureUnsupported);
        QVERIFY2(spec.error().sentence().find(named.constData()) != std::string::npos, spec.error().sentence().c_str());
    }

    void neededFieldsMissing()
    {
        for (const char *field : {"architectures", "hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers", "vocab_size"})
            QCOMPARE(refusal(withField(kMistral, field, nullptr)), kIncomplete);
        QCOMPARE(refusal(withField(kLite, "num_experts_per_tok", nullptr)), kIncomplete);
        QCOMPARE(refusal(withField(reference("mixtral-top2"), "num_local_experts", nullptr)), kIncomplete);
        QCOMPARE(refusal(withField(kLite, "kv_lora_rank", nullptr)), kOutOfRange);
    }

    void hostileNumbers_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *config, const char *field, const char *value) {
            QTest::addRow("%s %s", field, value) << QByteArray(config) << QByteArray(field) << QByteArray(value);
        };
        for (const char *field : {"hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers", "vocab_size", "num_key_value_heads",
                                  "max_position_embeddings"}) {
            for (const char *value : {"0", "-1", "9223372036854775807", "[]", "true", "1.5"})
                if (QByteArray(field) != "num_key_value_heads" || (value[0] != '[' && value[1] != '.'))
                    row(kMistral, field, value);
        }
        for (const char *field : {"n_routed_experts", "num_experts_per_tok", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim",
                                  "moe_intermediate_size", "n_shared_experts", "moe_layer_freq"}) {
            for (const char *value : {"-1", "9223372036854775807", "{}"})
                row(kLite, field, value);
        }
        row(kMistral, "num_key_value_heads", "5");
        row(kMistral, "num_key_value_heads", "64");
        row(kMistral, "num_key_value_heads", R"("many")");
        row(kMistral, "num_attention_heads", "40");
        row(kMistral, "head_dim", "0");
        row(kMistral, "head_dim", "127");
        row(kMistral, "head_dim", "9000000000000000000");
        row(kMistral, "rms_norm_eps", "-1");
        row(kMistral, "rms_norm_eps", R"("small")");
        row(kMistral, "rope_theta", "0");
        row(kMistral, "rope_theta", "1e300");
        row(kMistral, "sliding_window", "-4");
        row(kMistral, "hidden_act", "7");
        row(kMistral, "tie_word_embeddings", R"("yes")");
        row(kMistral, "rope_scaling", R"("linear")");
        row(kMistral, "rope_scaling", R"({"type":"linear","factor":0})");
        row(kMistral, "rope_scaling", R"({"type":"yarn","factor":2,"original_max_position_embeddings":0})");
        row(kMistral, "rope_scaling", R"({"type":"llama3","factor":2,"low_freq_factor":4,"high_freq_factor":4})");
        row(kMistral, "rope_scaling", R"({"type":"longrope","long_factor":[1,2],"short_factor":[1,2]})");
        row(kLite, "num_experts_per_tok", "65");
        row(kLite, "routed_scaling_factor", "-1");
        row(kLite, "qk_rope_head_dim", "63");
        static const QByteArray third = QByteArray::fromStdString(reference("deepseek-v3-noq"));
        row(third, "n_group", "3");
        row(third, "n_group", "many");
        row(third, "topk_group", "99");
        row(third, "topk_group", "0");
        static const QByteArray gemma = QByteArray::fromStdString(reference("gemma3-text"));
        row(gemma, "sliding_window_pattern", "0");
        row(gemma, "query_pre_attn_scalar", "0");
        row(gemma, "query_pre_attn_scalar", "[]");
        row(gemma, "layer_types", R"(["full_attention"])");
        row(gemma, "final_logit_softcapping", "-3");
    }

    void hostileNumbers()
    {
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        const json given = json::parse(value.constData(), nullptr, false);
        QCOMPARE(refusalWith(config.toStdString(), field.constData(), given.is_discarded() ? "\"many\"" : value.constData()), kOutOfRange);
    }

    // Whatever one field says: an error with a name, or sizes that can be multiplied.
    void anyFieldMayBeAnything()
    {
        const char *const values[] = {"0", "-1", "3", "1e300", "9223372036854775807", "18446744073709551615", "1048576", "\"text\"", "[]", "{}", "null", "true", "[1e9, -5]"};
        int refused = 0, accepted = 0;
        for (const QString &model : QDir(QStringLiteral(ASSAY_TEST_DATA "/models")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const json config = json::parse(referenceConfig(model.toStdString()));
            for (const auto &field : config.items()) {
                for (const char *value : values) {
                    json changed = config;
                    changed[field.key()] = json::parse(value);
                    const auto parsed = parseModelConfig(changed.dump());
                    const auto spec = parsed ? resolveDecoder(*parsed) : tl::unexpected(parsed.error());
                    ++(spec ? accepted : refused);
                    if (!spec)
                        continue;
                    for (const TensorSlot &slot : spec->tensors())
                        QVERIFY2(std::ranges::all_of(slot.shape, [](int64_t size) { return size >= 1 && size <= int64_t(1) << 40; }), qPrintable(model));
                    QVERIFY(spec->parameters() > 0 && spec->kvBytesPerToken(2) < uint64_t(1) << 60 && spec->usableContext() >= 1);
                }
            }
        }
        QVERIFY(refused > 1000 && accepted > 1000);
    }
};

QTEST_GUILESS_MAIN(TestDecoderSpec)
#include "tst_decoderspec.moc"
