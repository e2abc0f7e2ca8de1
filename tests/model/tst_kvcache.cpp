// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/flops.h"
#include "core/model/layerkinds.h"
#include "tests/model/modelfiles.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::test;

/// What layers keep of the tokens they read, by the fields of many families, and the bytes of it (inspectors.md 4h).
class TestKvCache : public QObject
{
    Q_OBJECT

    static ModelConfig config(QByteArray text)
    {
        auto parsed = parseModelConfig(text.replace('\'', '"').toStdString());
        if (!parsed)
            qFatal("%s", parsed.error().sentence().c_str());
        return *parsed;
    }

    /// One letter a layer: F full, W window, S state, - nothing.
    static QString kindsOf(const ModelConfig &config, int64_t layers)
    {
        QString out;
        for (const LayerKind &kind : layerKinds(config, layers))
            out += !kind.kind ? u'-' : *kind.kind == CacheKind::Full ? u'F' : *kind.kind == CacheKind::Window ? u'W' : u'S';
        return out;
    }

    static ModelFacts published(const QString &slug)
    {
        return inspected(sharedFolder() + "/reference/configs/" + slug).facts;
    }

    static uint64_t bytes(const ModelFacts &facts, int64_t context, const char *runtime, int64_t batch = 1)
    {
        return kvCacheBytes(facts.cache, context, batch, 2, *findCacheRuntime(runtime)).value_or(0);
    }

private slots:
    void kindsOfLayers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("kinds");
        const auto row = [](const char *name, const char *text, const char *kinds) {
            QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(kinds);
        };
        row("Llama", "{'model_type':'llama'}", "FFFFFFFF");
        row("Mistral", "{'model_type':'mistral','sliding_window':4}", "WWWWWWWW");
        row("Mistral without", "{'model_type':'mistral','sliding_window':null}", "FFFFFFFF");
        row("Gemma 2", "{'model_type':'gemma2','sliding_window':4}", "WFWFWFWF");
        row("Gemma 3", "{'model_type':'gemma3_text','sliding_window':4,'sliding_window_pattern':6}", "WWWWWFWW");
        row("Gemma 3 by default", "{'model_type':'gemma3','text_config':{'model_type':'gemma3_text','sliding_window':4}}",
            "WWWWWFWW");
        row("gpt-oss", "{'model_type':'gpt_oss','sliding_window':4}", "WFWFWFWF");
        row("Cohere 2", "{'model_type':'cohere2','sliding_window':4}", "WWWFWWWF");
        row("a list", "{'model_type':'x','sliding_window':4,'layer_types':['full_attention','sliding_attention',"
                      "'linear_attention','mamba','conv','chunked_attention','recurrent','attention'],"
                      "'attention_chunk_size':9}", "FWSSSWSF");
        row("a short list", "{'model_type':'gemma2','sliding_window':4,'layer_types':['full_attention']}", "FFWFWFWF");
        row("Qwen2 switched off", "{'model_type':'qwen2','sliding_window':4,'use_sliding_window':false,"
                                  "'max_window_layers':3}", "FFFFFFFF");
        row("Qwen2 switched on", "{'model_type':'qwen2','sliding_window':4,'use_sliding_window':true,"
                                 "'max_window_layers':5}", "FFFFFWWW");
        row("Qwen3-Next", "{'model_type':'qwen3_next','full_attention_interval':4}", "SSSFSSSF");
        row("Jamba", "{'model_type':'jamba','attn_layer_period':8,'attn_layer_offset':4}", "SSSSFSSS");
        row("Nemotron-H", "{'model_type':'nemotron_h','hybrid_override_pattern':'M-M*-M-*'}", "S-SF-S-F");
        row("RecurrentGemma", "{'model_type':'recurrent_gemma','block_types':['recurrent','recurrent','attention'],"
                              "'attention_window_size':4}", "SSWSSWSS");
        row("Llama 4", "{'model_type':'llama4','attention_chunk_size':4,'no_rope_layers':[1,1,1,0,1,1,1,0]}", "WWWFWWWF");
        row("Mamba", "{'model_type':'mamba','state_size':16}", "SSSSSSSS");
        row("odd types", "{'model_type':'x','sliding_window':'y','layer_types':7,'sliding_window_pattern':-3,"
                         "'full_attention_interval':0,'attn_layer_period':-1,'no_rope_layers':{}}", "FFFFFFFF");
        row("a window of nothing", "{'model_type':'mistral','sliding_window':0}", "FFFFFFFF");
    }
    void kindsOfLayers()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, kinds);
        QCOMPARE(kindsOf(config(text), 8), kinds);
    }

    void manyLayersAreBounded()
    {
        QVERIFY(layerKinds(config("{'model_type':'llama'}"), std::numeric_limits<int64_t>::max()).size() <= 10000);
        QVERIFY(layerKinds(config("{'model_type':'llama'}"), -1).empty());
    }

    void statesHaveASize()
    {
        // Mamba-130m: 1536 channels x (16 states + 4 inputs of the convolution); Qwen3-Next-80B: 2 x 16 x 128 keys and
        // 32 x 128 values of 4 inputs, and 32 matrices of 128 x 128.
        QCOMPARE(config("{'model_type':'mamba','hidden_size':768,'expand':2,'state_size':16,'conv_kernel':4}")
                     .layerPattern.stateElements.value(),
                 uint64_t(1536 * 20));
        QCOMPARE(config("{'linear_num_key_heads':16,'linear_key_head_dim':128,'linear_num_value_heads':32,"
                        "'linear_value_head_dim':128,'linear_conv_kernel_dim':4}")
                     .layerPattern.stateElements.value(),
                 uint64_t(4 * (2 * 16 * 128 + 32 * 128) + 32 * 128 * 128));
        // A state grows with the batch, not with the context.
        CacheFacts cache;
        cache.groups = {{CacheKind::State, 2, 0, 100, 100, 0, 0}};
        for (const CacheRuntime &runtime : cacheRuntimes()) {
            QCOMPARE(kvCacheBytes(cache, 10, 3, 2, runtime).value(), uint64_t(600));
            QCOMPARE(kvCacheBytes(cache, 100000, 3, 2, runtime).value(), uint64_t(600));
        }
        QCOMPARE(cache.elementsPerToken(false), uint64_t(0));
    }

    void windowsBoundTheCache()
    {
        CacheFacts cache;
        cache.groups = {{CacheKind::Full, 1, 0, 10, 10, 0, 0}, {CacheKind::Window, 2, 100, 20, 20, 0, 0}};
        const auto of = [&cache](int64_t context, const char *runtime) {
            return kvCacheBytes(cache, context, 1, 1, *findCacheRuntime(runtime)).value();
        };
        QCOMPARE(of(100, "transformers"), uint64_t(100 * 30));
        QCOMPARE(of(1000, "transformers"), uint64_t(1000 * 10 + 100 * 20));
        QCOMPARE(of(1000, "uniform"), uint64_t(1000 * 30)); // one size for all layers
        QCOMPARE(of(1000, "vLLM"), uint64_t(1000 * 10 + 112 * 20)); // blocks of 16
        QCOMPARE(of(1000, "llama.cpp"), uint64_t(1000 * 10 + 640 * 20)); // window and batch, steps of 32
        QCOMPARE(of(110, "llama.cpp"), uint64_t(110 * 30)); // never more than there is
    }

    void whatDoesNotFitIsNotTold()
    {
        CacheFacts cache;
        QVERIFY(!kvCacheBytes(cache, 10, 1, 2, cacheRuntimes()[0]));
        cache.groups = {{CacheKind::Full, 1, 0, ~uint64_t(0) / 2, 1, 0, 0}};
        QVERIFY(!kvCacheBytes(cache, 10, 1, 2, *findCacheRuntime("vLLM")));
        QVERIFY(!kvCacheBytes(cache, -1, 1, 2, *findCacheRuntime("vLLM")));
        QVERIFY(!findCacheRuntime("nobody's"));
    }

    void publishedModels()
    {
        if (sharedFolder().isEmpty())
            QSKIP("the shared reference data is not here");
        constexpr uint64_t kMega = 1 << 20;
        // inspectors.md 4h: DeepSeek-V2-Lite at 32k, expanded as a server logged it, absorbed as computed.
        const ModelFacts lite = published("deepseek-v2-lite");
        QCOMPARE(bytes(lite, 32768, "transformers"), 8640 * kMega);
        QCOMPARE(bytes(lite, 32768, "vLLM"), 972 * kMega);
        const ModelFacts r1 = published("deepseek-r1");
        QCOMPARE(bytes(r1, 1, "vLLM"), uint64_t(70272));
        QCOMPARE(bytes(r1, 1, "transformers"), uint64_t(4997120));
        QCOMPARE(bytes(published("qwen2.5-7b-instruct"), 1, "transformers"), uint64_t(57344));
        QCOMPARE(bytes(published("deepseek-r1-distill-qwen-32b"), 1, "vLLM"), uint64_t(262144)); // identity.md 2.1
        QCOMPARE(bytes(published("deepseek-r1-distill-llama-70b"), 1, "vLLM"), uint64_t(327680));
        // gpt-oss-20b: 12 layers of 8 x 64 x 2 elements each way; beyond 128 tokens only half of them grow.
        const ModelFacts oss = published("gpt-oss-20b");
        constexpr uint64_t kLayer = 8 * 64 * 2 * 2;
        QCOMPARE(bytes(oss, 128, "transformers"), 24 * kLayer * 128);
        QCOMPARE(bytes(oss, 4096, "transformers", 2), 2 * (12 * kLayer * 4096 + 12 * kLayer * 128));
        // Gemma 3 4B: 34 layers, every sixth attends to everything.
        const ModelFacts gemma = published("gemma-3-4b-it");
        constexpr uint64_t kGemma = 4 * 256 * 2 * 2;
        QCOMPARE(bytes(gemma, 8192, "transformers"), 5 * kGemma * 8192 + 29 * kGemma * 1024);
    }

    void layersThatDifferAreAddedUp()
    {
        // Layer 1 has one key/value head, layer 0 two.
        SmallLlama model;
        model.tensors["model.layers.1.self_attn.k_proj.weight"] = {2, 8};
        model.tensors["model.layers.1.self_attn.v_proj.weight"] = {2, 8};
        QCOMPARE(model.facts().kvBytesPerToken.value(), uint64_t(2 * (8 + 4)));
        // Declared alone: an array of heads.
        const QTemporaryDir folder;
        model.config["num_key_value_heads"] = QJsonArray{2, 1};
        model.write(folder.filePath("m"));
        QVERIFY(QFile::remove(folder.filePath("m/model.safetensors")));
        QCOMPARE(inspected(folder.filePath("m")).facts.kvBytesPerToken.value(), uint64_t(2 * (8 + 4)));
    }

    void workGrowsWithTheContext()
    {
        const ModelFacts facts = SmallLlama().facts();
        const double linear = *facts.flopsPerToken;
        // 2 layers x 2 x 4 heads x (2 + 2) for each token of the context.
        QCOMPARE(*decodeFlops(facts, 0, false), linear);
        QCOMPARE(*decodeFlops(facts, 100, false), linear + 2 * 2 * 4 * 4 * 100.0);
        QCOMPARE(*decodeFlops(facts, 100, true), linear + 2 * 2 * 4 * 4 * 100.0);
        // 10 tokens: the head (20 x 8) for the last one alone, half of the square.
        QCOMPARE(*prefillFlops(facts, 10), 10 * (linear - 2 * 160) + 2 * 160 + 2 * 2 * 4 * 4 * 50.0);
        QVERIFY(!prefillFlops(facts, 0) && !decodeFlops(ModelFacts(), 5, false));
        SmallLlama window;
        window.config["sliding_window"] = 4;
        window.config["architectures"] = QJsonArray{"MistralForCausalLM"};
        window.config["model_type"] = "mistral";
        QCOMPARE(*decodeFlops(window.facts(), 100, false), linear + 2 * 2 * 4 * 4 * 4.0);
        QCOMPARE(*prefillFlops(window.facts(), 10), 10 * (linear - 2 * 160) + 2 * 160 + 2 * 2 * 4 * 4 * (8.0 + 6 * 4));
    }

    void jsonNamesRuntimesAndKinds()
    {
        const nlohmann::json json = factsToJson(SmallLlama().facts());
        QCOMPARE(json["kv_cache"]["bytes_per_token"].get<uint64_t>(), uint64_t(2 * 8 * 2));
        QVERIFY(json["kv_cache"]["bytes_per_token_expanded"].is_null());
        QCOMPARE(json["kv_cache"]["per_layer"]["full"]["layers"].get<int>(), 2);
        QVERIFY(json["kv_cache"]["runtimes"].size() >= 3);
        QVERIFY(json["work"]["decode_at_context"].get<double>() > json["flops_per_token"].get<double>());
        QCOMPARE(json["parameters"]["active_conventions"]["with_embedding_and_head"].get<uint64_t>(), uint64_t(1320));
        QCOMPARE(json["parameters"]["active_conventions"]["with_head"].get<uint64_t>(), uint64_t(1160));
        QCOMPARE(json["parameters"]["active_conventions"]["without_embedding_and_head"].get<uint64_t>(), uint64_t(1000));
    }
};

QTEST_APPLESS_MAIN(TestKvCache)
#include "tst_kvcache.moc"
