// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/decoderlayout.h"

#include <QtTest>
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

// config.json of Qwen2.5-7B as published; its model card says 7.62 B parameters, 6.53 B without embeddings.
const json kQwen = json::parse(R"({"architectures": ["Qwen2ForCausalLM"], "hidden_act": "silu",
    "hidden_size": 3584, "intermediate_size": 18944, "max_position_embeddings": 131072, "max_window_layers": 28,
    "model_type": "qwen2", "num_attention_heads": 28, "num_hidden_layers": 28, "num_key_value_heads": 4,
    "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "sliding_window": 131072, "tie_word_embeddings": false,
    "use_sliding_window": false, "vocab_size": 152064})");

// config.json of Mistral-7B-v0.1 as published: 7,241,732,096 parameters.
const json kMistral = json::parse(R"({"architectures": ["MistralForCausalLM"], "hidden_act": "silu",
    "hidden_size": 4096, "intermediate_size": 14336, "max_position_embeddings": 32768, "model_type": "mistral",
    "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8, "rms_norm_eps": 1e-05,
    "rope_theta": 10000.0, "sliding_window": 4096, "tie_word_embeddings": false, "vocab_size": 32000})");

// config.json of Llama-3.2-1B as published: 1,235,814,400 parameters, the head tied.
const json kLlama =
    json::parse(R"({"architectures": ["LlamaForCausalLM"], "attention_bias": false, "head_dim": 64,
    "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 8192, "max_position_embeddings": 131072,
    "mlp_bias": false, "model_type": "llama", "num_attention_heads": 32, "num_hidden_layers": 16,
    "num_key_value_heads": 8, "rms_norm_eps": 1e-05, "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0,
    "low_freq_factor": 1.0, "original_max_position_embeddings": 8192, "rope_type": "llama3"},
    "rope_theta": 500000.0, "tie_word_embeddings": true, "vocab_size": 128256})");

Result<DecoderSpec> resolve(const json &config)
{
    const auto parsed = parseModelConfig(config.dump());
    return parsed ? resolveDecoder(*parsed) : tl::unexpected(parsed.error());
}

Result<DecoderSpec> resolveWith(json config, const char *field, const json &value)
{
    if (value.is_null())
        config.erase(field);
    else
        config[field] = value;
    return resolve(config);
}

std::vector<std::string> names(const DecoderSpec &spec)
{
    std::vector<std::string> out;
    for (const TensorSlot &slot : spec.tensors())
        out.push_back(slot.name);
    return out;
}

bool has(const std::vector<std::string> &names, const char *name)
{
    return std::ranges::find(names, name) != names.end();
}

} // namespace

class TestDecoderSpec : public QObject
{
    Q_OBJECT

private slots:
    void parametersAreThePublishedOnes()
    {
        QCOMPARE(resolve(kMistral)->parameters(), uint64_t(7'241'732'096));
        QCOMPARE(resolve(kLlama)->parameters(), uint64_t(1'235'814'400));
        QCOMPARE(resolve(kQwen)->parameters(), uint64_t(7'615'616'512));
    }

    void keysAndValuesPerToken()
    {
        // 2 x 32 layers x 8 heads x 128 x 2 bytes
        QCOMPARE(resolve(kMistral)->kvBytesPerToken(2), uint64_t(131'072));
    }

    void tensorsHaveTheirNamesAndShapes()
    {
        const auto spec = resolve(kQwen);
        const auto tensors = spec->tensors();
        QCOMPARE(tensors.size(), size_t(28 * 12 + 3));
        QCOMPARE(tensors.front().name, std::string("model.embed_tokens.weight"));
        QCOMPARE(tensors.back().name, std::string("lm_head.weight"));
        const auto bias =
            std::ranges::find(tensors, "model.layers.27.self_attn.k_proj.bias", &TensorSlot::name);
        QVERIFY(bias != tensors.end());
        QCOMPARE(bias->shape, std::vector<int64_t>({512}));
        const auto down =
            std::ranges::find(tensors, "model.layers.3.mlp.down_proj.weight", &TensorSlot::name);
        QVERIFY(down != tensors.end());
        QCOMPARE(down->shape, std::vector<int64_t>({3584, 18944}));
        QVERIFY(!has(names(*spec), "model.layers.0.self_attn.o_proj.bias"));
        QVERIFY(!has(names(*resolve(kLlama)), "lm_head.weight"));
    }

    void declaredBiasesAreAskedFor()
    {
        const auto all = names(*resolveWith(kLlama, "attention_bias", true));
        QVERIFY(has(all, "model.layers.0.self_attn.o_proj.bias"));
        QVERIFY(!has(all, "model.layers.0.mlp.up_proj.bias"));
        QVERIFY(has(names(*resolveWith(kLlama, "mlp_bias", true)), "model.layers.0.mlp.up_proj.bias"));
    }

    void windowsAreThoseOfTheArchitecture()
    {
        QCOMPARE(resolve(kMistral)->windows, std::vector<int64_t>(32, 4096));
        QCOMPARE(resolveWith(kMistral, "sliding_window", 17)->windows, std::vector<int64_t>(32, 17));
        // Left out it is MistralConfig's default, null means none.
        QCOMPARE(resolveWith(kMistral, "sliding_window", nullptr)->windows, std::vector<int64_t>(32, 4096));
        json without = kMistral;
        without["sliding_window"] = nullptr;
        QCOMPARE(resolve(without)->windows, std::vector<int64_t>(32, 0));
        QCOMPARE(resolve(kLlama)->windows, std::vector<int64_t>(16, 0));
        QCOMPARE(resolve(kQwen)->windows, std::vector<int64_t>(28, 0));
        // Qwen2 slides from max_window_layers on, where it is switched on.
        json sliding = kQwen;
        sliding["use_sliding_window"] = true;
        sliding["max_window_layers"] = 20;
        sliding["sliding_window"] = 4096;
        const auto windows = resolve(sliding)->windows;
        QCOMPARE(windows[19], int64_t(0));
        QCOMPARE(windows[20], int64_t(4096));
    }

    void contextGrowsWithTheScalingsThatStretchIt()
    {
        QCOMPARE(resolve(kLlama)->usableContext(), int64_t(131072));
        json linear = kMistral;
        linear["rope_scaling"] = {{"type", "linear"}, {"factor", 4.0}};
        QCOMPARE(resolve(linear)->usableContext(), int64_t(131072));
    }

    void whatIsUnsupportedIsNamed_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("architecture") << QByteArray("architectures") << QByteArray(R"(["MambaForCausalLM"])")
                                      << QByteArray("MambaForCausalLM");
        QTest::newRow("activation") << QByteArray("hidden_act") << QByteArray(R"("gelu")")
                                    << QByteArray("gelu");
        QTest::newRow("rope") << QByteArray("rope_scaling")
                              << QByteArray(R"({"type":"longrope","factor":2.0})") << QByteArray("longrope");
        QTest::newRow("partial") << QByteArray("partial_rotary_factor") << QByteArray("0.5")
                                 << QByteArray("partial_rotary_factor");
        QTest::newRow("experts") << QByteArray("num_local_experts") << QByteArray("8")
                                 << QByteArray("experts");
        QTest::newRow("quantization") << QByteArray("quantization_config")
                                      << QByteArray(R"({"quant_method":"awq"})") << QByteArray("awq");
    }

    void whatIsUnsupportedIsNamed()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, named);
        const auto spec = resolveWith(kMistral, field.constData(), json::parse(value.constData()));
        QVERIFY(!spec);
        QCOMPARE(spec.error().code, ErrorCode::ArchitectureUnsupported);
        QVERIFY(spec.error().sentence().find(named.constData()) != std::string::npos);
    }

    void neededFieldsMissing_data()
    {
        QTest::addColumn<QByteArray>("field");
        for (const char *field : {"architectures", "hidden_size", "intermediate_size", "num_attention_heads",
                                  "num_hidden_layers", "vocab_size"})
            QTest::newRow(field) << QByteArray(field);
    }

    void neededFieldsMissing()
    {
        QFETCH(QByteArray, field);
        const auto spec = resolveWith(kMistral, field.constData(), nullptr);
        QVERIFY(!spec);
        QCOMPARE(spec.error().code, ErrorCode::ConfigIncomplete);
        QCOMPARE(spec.error().arguments.front(), field.toStdString());
    }

    void hostileNumbers_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *field, const char *value) {
            QTest::addRow("%s %s", field, value) << QByteArray(field) << QByteArray(value);
        };
        for (const char *field :
             {"hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers", "vocab_size",
              "num_key_value_heads", "max_position_embeddings"}) {
            row(field, "0");
            row(field, "-1");
            row(field, "9223372036854775807");
        }
        row("num_key_value_heads", "5");
        row("num_key_value_heads", "64");
        row("num_attention_heads", "40");
        row("head_dim", "0");
        row("head_dim", "127");
        row("head_dim", "9000000000000000000");
        row("rms_norm_eps", "-1");
        row("rope_theta", "0");
        row("rope_theta", "1e300");
        row("sliding_window", "-4");
        row("rope_scaling", R"({"type":"linear","factor":0})");
        row("rope_scaling", R"({"type":"yarn","factor":2,"original_max_position_embeddings":0})");
        row("rope_scaling", R"({"type":"llama3","factor":2,"low_freq_factor":4,"high_freq_factor":4})");
    }

    void hostileNumbers()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        const auto spec = resolveWith(kMistral, field.constData(), json::parse(value.constData()));
        QVERIFY(!spec);
        QCOMPARE(spec.error().code, ErrorCode::ConfigOutOfRange);
    }
};

QTEST_GUILESS_MAIN(TestDecoderSpec)
#include "tst_decoderspec.moc"
