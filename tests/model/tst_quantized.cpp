// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/model/modelfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

/// Packed weights count as what they hold, what is stored beside them does not (inspectors.md 4f). Each row puts
/// one packed projection in place of layer 0's q_proj: 8 x 8 = 64 parameters, so the total stays that of the model.
class TestQuantized : public QObject
{
    Q_OBJECT

    struct Stored
    {
        const char *ending;
        std::vector<int64_t> shape;
        Dtype dtype;
    };

private slots:
    void packedWeights_data()
    {
        QTest::addColumn<QJsonObject>("config");
        QTest::addColumn<int>("row");
        const auto method = [](const char *name, const char *field, const QJsonValue &value) {
            return QJsonObject{{"quant_method", name}, {field, value}};
        };
        QTest::newRow("fp8 blocks") << method("fp8", "weight_block_size", QJsonArray{4, 4}) << 0;
        QTest::newRow("GPTQ 4 bits") << method("gptq", "bits", 4) << 1;
        QTest::newRow("GPTQ 8 bits") << method("gptq", "bits", 8) << 2;
        QTest::newRow("AWQ") << method("awq", "bits", 4) << 3;
        QTest::newRow("bitsandbytes 4 bits") << method("bitsandbytes", "load_in_4bit", true) << 4;
        QTest::newRow("bitsandbytes 8 bits") << method("bitsandbytes", "load_in_8bit", true) << 5;
        QTest::newRow("packed, 4 bits") << method("compressed-tensors", "bits", 4) << 6;
        QTest::newRow("NVFP4") << method("compressed-tensors", "bits", 4) << 7;
    }
    void packedWeights()
    {
        static const std::vector<std::vector<Stored>> kRows{
            {{"weight", {8, 8}, Dtype::F8E4M3}, {"weight_scale_inv", {2, 2}, Dtype::F32}},
            {{"qweight", {1, 8}, Dtype::I32}, {"qzeros", {2, 1}, Dtype::I32}, {"scales", {2, 8}, Dtype::F16},
             {"g_idx", {8}, Dtype::I32}},
            {{"qweight", {2, 8}, Dtype::I32}, {"qzeros", {2, 2}, Dtype::I32}, {"scales", {2, 8}, Dtype::F16}},
            {{"qweight", {8, 1}, Dtype::I32}, {"qzeros", {2, 1}, Dtype::I32}, {"scales", {2, 8}, Dtype::F16}},
            {{"weight", {32, 1}, Dtype::U8}, {"weight.absmax", {1}, Dtype::U8}, {"weight.quant_map", {16}, Dtype::F32},
             {"weight.nested_absmax", {1}, Dtype::F32}, {"weight.quant_state.bitsandbytes__nf4", {80}, Dtype::U8}},
            {{"weight", {8, 8}, Dtype::I8}, {"SCB", {8}, Dtype::F32}, {"weight_format", {}, Dtype::U8}},
            {{"weight_packed", {8, 1}, Dtype::I32}, {"weight_scale", {8, 1}, Dtype::BF16},
             {"weight_shape", {2}, Dtype::I64}},
            {{"weight_packed", {8, 4}, Dtype::U8}, {"weight_scale", {8, 1}, Dtype::F8E4M3},
             {"weight_global_scale", {1}, Dtype::F32}, {"input_global_scale", {1}, Dtype::F32}},
        };
        QFETCH(QJsonObject, config);
        QFETCH(int, row);
        SmallLlama model;
        const uint64_t plain = model.facts().parameters.main;
        uint64_t beside = 0;
        model.tensors.erase("model.layers.0.self_attn.q_proj.weight");
        for (const Stored &stored : kRows[size_t(row)]) {
            const std::string name = "model.layers.0.self_attn.q_proj." + std::string(stored.ending);
            model.tensors[name] = stored.shape;
            model.dtypes[name] = stored.dtype;
            uint64_t elements = 1;
            for (const int64_t dimension : stored.shape)
                elements *= uint64_t(dimension);
            beside += &stored == &kRows[size_t(row)].front() ? 0 : elements;
        }
        model.config["quantization_config"] = config;
        const ModelFacts facts = model.facts();
        QCOMPARE(facts.parameters.main, plain);
        QCOMPARE(facts.parameters.scales, beside);
        QCOMPARE(findingIds(facts), QStringList());
        QVERIFY(QString::fromStdString(facts.quantization).startsWith(config["quant_method"].toString()));
    }

    void gptOssBlocks()
    {
        // 2 layers x 3 experts; blocks [experts, rows, columns / 32, 16] hold two parameters a byte.
        SmallLlama model;
        model.tensors.clear();
        model.config["architectures"] = QJsonArray{"GptOssForCausalLM"};
        model.config["num_local_experts"] = 3;
        model.config["num_experts_per_tok"] = 1;
        model.config["quantization_config"] = QJsonObject{{"quant_method", "mxfp4"}};
        for (const std::string layer : {"model.layers.0.mlp.experts.", "model.layers.1.mlp.experts."}) {
            model.tensors[layer + "gate_up_proj_blocks"] = {3, 8, 1, 16};
            model.tensors[layer + "gate_up_proj_scales"] = {3, 8, 1};
            model.tensors[layer + "gate_up_proj_bias"] = {3, 8};
            model.dtypes[layer + "gate_up_proj_blocks"] = model.dtypes[layer + "gate_up_proj_scales"] = Dtype::U8;
        }
        const ModelFacts facts = model.facts();
        QCOMPARE(facts.parameters.main, uint64_t(2 * 3 * 8 * (32 + 1)));
        QCOMPARE(facts.parameters.active, uint64_t(2 * 8 * (32 + 1)));
        QCOMPARE(facts.parameters.scales, uint64_t(2 * 3 * 8));
    }

    void mlxWords()
    {
        SmallLlama model;
        const uint64_t plain = model.facts().parameters.main;
        const std::string name = "model.layers.0.self_attn.q_proj.";
        model.tensors[name + "weight"] = {8, 1};
        model.dtypes[name + "weight"] = Dtype::U32;
        model.tensors[name + "scales"] = model.tensors[name + "biases"] = {8, 1};
        model.config["quantization"] = QJsonObject{{"group_size", 8}, {"bits", 4}};
        QCOMPARE(model.facts().parameters.main, plain);
    }
};

QTEST_APPLESS_MAIN(TestQuantized)
#include "tst_quantized.moc"
