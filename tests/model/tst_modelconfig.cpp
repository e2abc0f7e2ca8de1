// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/modelconfig.h"

#include <QtTest>

using namespace assay;

namespace {

ModelConfig parsed(const char *text)
{
    auto config = parseModelConfig(QByteArray(text).replace('\'', '"').toStdString());
    if (!config)
        qFatal("%s", config.error().sentence().c_str());
    return std::move(*config);
}

} // namespace

class TestModelConfig : public QObject
{
    Q_OBJECT

private slots:
    void spellingsMeetInOneField()
    {
        for (const char *text : {"{'num_hidden_layers':3}", "{'n_layer':3}", "{'n_layers':3}", "{'num_layers':3.0}"})
            QCOMPARE(parsed(text).layers.value(), int64_t(3));
        for (const char *text : {"{'hidden_size':8}", "{'n_embd':8}", "{'d_model':8}", "{'dim':8}"})
            QCOMPARE(parsed(text).hiddenSize.value(), int64_t(8));
        for (const char *text : {"{'n_routed_experts':8}", "{'num_local_experts':8}", "{'num_experts':8}"})
            QCOMPARE(parsed(text).experts.value().routed, int64_t(8));
        QCOMPARE(parsed("{'dtype':'float16'}").dtype, std::string("float16"));
        QCOMPARE(parsed("{'eos_token_id':[1,2]}").eosTokens, (std::vector<int64_t>{1, 2}));
        QCOMPARE(parsed("{'eos_token_id':7}").eosTokens, (std::vector<int64_t>{7}));
    }

    void missingHeadsHaveDefaults()
    {
        const ModelConfig config = parsed("{'num_attention_heads':4,'hidden_size':32,'head_dim':null}");
        QCOMPARE(config.kvHeadsOrDefault(), int64_t(4));
        QCOMPARE(config.headDimOrDefault(), int64_t(8));
        QCOMPARE(parsed("{'hidden_size':32}").headDimOrDefault(), int64_t(0));
    }

    void olderMultiQueryModelsHaveOneHead()
    {
        QCOMPARE(parsed("{'num_attention_heads':71,'multi_query':true}").kvHeads.value(), int64_t(1));
        QCOMPARE(parsed("{'num_kv_heads':8,'multi_query':true,'new_decoder_architecture':true}").kvHeads.value(),
                 int64_t(8));
    }

    void aTextModelInsideAWrapper()
    {
        const ModelConfig config = parsed("{'architectures':['Gemma3ForConditionalGeneration'],'model_type':'gemma3',"
                                          "'hidden_size':1,'vision_config':{'hidden_size':1152},"
                                          "'text_config':{'hidden_size':2560,'num_hidden_layers':34}}");
        QCOMPARE(config.hiddenSize.value(), int64_t(2560));
        QCOMPARE(config.layers.value(), int64_t(34));
        // What the class supplies, as the published 4B config leaves it out.
        QCOMPARE(config.heads.value(), int64_t(8));
        QCOMPARE(config.kvHeads.value(), int64_t(4));
        QCOMPARE(config.headDim.value(), int64_t(256));
        QCOMPARE(config.vocabularySize.value(), int64_t(262208));
    }

    void ropeOfBothGenerations()
    {
        const ModelConfig four = parsed("{'rope_theta':5e5,'rope_scaling':{'type':'yarn','factor':4,"
                                        "'original_max_position_embeddings':32}}");
        const ModelConfig five = parsed("{'rope_parameters':{'rope_theta':500000,'rope_type':'yarn','factor':4.0,"
                                        "'original_max_position_embeddings':32}}");
        for (const ModelConfig &config : {four, five}) {
            QCOMPARE(config.ropeTheta.value(), 5e5);
            QCOMPARE(config.ropeScaling.value().type, std::string("yarn"));
            QCOMPARE(config.ropeScaling->factor, 4.0);
            QCOMPARE(config.ropeScaling->originalContext.value(), int64_t(32));
        }
        QVERIFY(!parsed("{'rope_parameters':{'rope_theta':1,'rope_type':'default'}}").ropeScaling);
        QVERIFY(!parsed("{'rope_scaling':null}").ropeScaling);
    }

    void quantizationOfManyKinds()
    {
        QCOMPARE(parsed("{'quantization_config':{'quant_method':'gptq','bits':3}}").quantizationBits.value(), int64_t(3));
        QCOMPARE(parsed("{'quantization_config':{'quant_method':'bitsandbytes','load_in_4bit':true}}")
                     .quantizationBits.value(),
                 int64_t(4));
        QCOMPARE(parsed("{'quantization_config':{'quant_method':'compressed-tensors','config_groups':"
                        "{'group_0':{'weights':{'num_bits':4}}}}}")
                     .quantizationBits.value(),
                 int64_t(4));
        QCOMPARE(parsed("{'quantization':{'group_size':64,'bits':4}}").quantizationMethod, std::string("mlx"));
        QCOMPARE(parsed("{'quantization':{'group_size':64,'bits':4},'quantization_config':{'group_size':64,'bits':4}}").quantizationMethod,
                 std::string("mlx"));
        QCOMPARE(parsed("{'text_config':{'quantization_config':{'quant_method':'awq'}}}").quantizationMethod,
                 std::string("awq"));
        QCOMPARE(parsed("{'quantization_config':{'quant_method':'fp8','weight_block_size':[128,64]}}").quantizationBlock,
                 (std::vector<int64_t>{128, 64}));
    }

    void wrongTypesAreAbsent()
    {
        const ModelConfig config =
            parsed("{'num_hidden_layers':'three','hidden_size':1e300,'vocab_size':-1.5,'architectures':'Llama',"
                   "'rope_scaling':7,'quantization_config':[],'text_config':3,'layer_types':[1,'full_attention'],"
                   "'model_type':[],'eos_token_id':{},'tie_word_embeddings':'yes'}");
        QVERIFY(!config.layers && !config.hiddenSize && !config.vocabularySize && !config.tiedEmbeddings);
        QVERIFY(config.architectures.empty() && config.eosTokens.empty());
        QCOMPARE(config.layerTypes, (std::vector<std::string>{"", "full_attention"}));
    }

    void numbersMayBeWrittenAsText()
    {
        const ModelConfig config = parsed("{'num_hidden_layers':'3','hidden_size':64.0,'vocab_size':null,"
                                          "'rope_theta':'1e6','tie_word_embeddings':'true','n_embd':'8x'}");
        QCOMPARE(config.layers.value(), int64_t(3));
        QCOMPARE(config.hiddenSize.value(), int64_t(64));
        QVERIFY(!config.vocabularySize);
        QCOMPARE(config.ropeTheta.value(), 1e6);
        QVERIFY(config.tiedEmbeddings.value());
    }

    void numbersBeyondWholeOnesAreAbsent()
    {
        const ModelConfig config = parsed("{'num_hidden_layers':18446744073709551615,'hidden_size':9223372036854775808,"
                                          "'vocab_size':9223372036854775807,'eos_token_id':[3,18446744073709551615]}");
        QVERIFY(!config.layers && !config.hiddenSize);
        QCOMPARE(config.vocabularySize.value(), std::numeric_limits<int64_t>::max());
        QCOMPARE(config.eosTokens, (std::vector<int64_t>{3}));
    }

    void damageHasItsErrors()
    {
        QCOMPARE(parseModelConfig("{").error().code, ErrorCode::JsonDamaged);
        QCOMPARE(parseModelConfig("{\"a\":1e999}").error().arguments[1], std::string("a number is too large"));
        QCOMPARE(parseModelConfig("[]").error().code, ErrorCode::JsonWrongType);
        QCOMPARE(parseModelConfig("").error().code, ErrorCode::JsonDamaged);
        QCOMPARE(parseGenerationConfig("{").error().code, ErrorCode::JsonDamaged);
    }

    void generationConfig()
    {
        const auto config = parseGenerationConfig(
            QByteArray("{'eos_token_id':151643,'temperature':0.6,'top_p':0.95,'do_sample':true}")
                .replace('\'', '"').toStdString());
        QVERIFY(config.has_value());
        QCOMPARE(config->eosTokens, (std::vector<int64_t>{151643}));
        QCOMPARE(config->temperature.value(), 0.6);
        QCOMPARE(config->topP.value(), 0.95);
        QVERIFY(config->sample.value());
        QVERIFY(!config->topK);
    }
};

QTEST_APPLESS_MAIN(TestModelConfig)
#include "tst_modelconfig.moc"
