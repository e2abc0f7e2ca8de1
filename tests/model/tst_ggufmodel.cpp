// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ggufconfig.h"
#include "core/model/ggufchecks.h"
#include "tests/format/ggufwriter.h"
#include "tests/model/modelfiles.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <QtTest>

using namespace assay;
using namespace assay::test;

/// Facts of GGUF files, against those of the same models as they were published.
class TestGgufModel : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    ModelFacts factsOf(const QString &model)
    {
        const QString file = m_folder.filePath(model + QStringLiteral(".gguf"));
        if (!QFile::exists(file) && !generate("make_gguf.py", {model, "--out", file}))
            qFatal("the generator failed");
        return inspected(file).facts;
    }

    ModelFacts factsOf(const GgufWriter &writer)
    {
        QFile file(m_folder.filePath(QStringLiteral("small.gguf")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("the file cannot be written");
        file.write(QByteArray::fromStdString(writer.bytes()));
        file.close();
        return inspected(file.fileName()).facts;
    }

private slots:
    void reference()
    {
        const ModelFacts facts = inspected(dataFolder() + "/gguf/llama-tiny-q8_0.gguf").facts;
        QCOMPARE(facts.format, std::string("gguf"));
        QCOMPARE(facts.config.architecture(), std::string("LlamaForCausalLM"));
        QCOMPARE(facts.config.modelType, std::string("llama"));
        QCOMPARE(facts.layers, int64_t(2));
        QCOMPARE(facts.hiddenSize.value.value(), int64_t(64));
        QCOMPARE(facts.hiddenSize.provenance, Provenance::Counted);
        QCOMPARE(facts.vocabularySize.value.value(), int64_t(320));
        QCOMPARE(facts.intermediateSize.value.value(), int64_t(128));
        QCOMPARE(attentionKindName(facts.attention), "GQA");
        QCOMPARE(facts.heads.value(), int64_t(4));
        QCOMPARE(facts.kvHeads.value(), int64_t(2));
        QCOMPARE(facts.headDim.value(), int64_t(16));
        QCOMPARE(facts.config.contextLength.value(), int64_t(256));
        QCOMPARE(facts.position, std::string("rope"));
        QCOMPARE(facts.normalization, std::string("RMSNorm"));
        QCOMPARE(facts.gatedMlp, std::optional(true));
        QCOMPARE(facts.tiedEmbeddings, std::optional(false));
        QCOMPARE(facts.parameters.total, uint64_t(115008)); // total_elements of its facts.json
        QCOMPARE(facts.parameters.embedding, uint64_t(320 * 64));
        QCOMPARE(facts.kvBytesPerToken.value(), uint64_t(2 * 2 * 2 * 16 * 2)); // layers, k and v, heads, width, bytes
        // 8 x (114,688 x 34 / 32 + 320 x 4) / 115,008
        QCOMPARE(facts.quantization, std::string("Q8_0"));
        QVERIFY(std::abs(*bitsPerWeight(facts) - 8.57) < 0.005);
        QCOMPARE(findingIds(facts).filter("config."), QStringList());
        QCOMPARE(findingIds(facts).filter("tensor"), QStringList());
        QCOMPARE(findingIds(facts).filter("gguf."), QStringList());
        QCOMPARE(facts.config.bosToken, std::optional<int64_t>(1));
    }

    /// The keys as JSON, for the page of the config.
    void keysAsJson()
    {
        const ModelFacts facts = inspected(dataFolder() + "/gguf/llama-tiny-q8_0.gguf").facts;
        const auto json = nlohmann::json::parse(facts.config.text);
        QCOMPARE(json["llama.block_count"].get<int>(), 2);
        QCOMPARE(json["general.name"].get<std::string>(), std::string("assay-tiny"));
        QCOMPARE(json["tokenizer.ggml.add_bos_token"].get<bool>(), true);
        QVERIFY(json["tokenizer.ggml.tokens"].get<std::string>().ends_with("(320)"));
    }

    void deepseek_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("tensors");
        // Tensors of published files (inspectors.md 4j): 1025 with the whole matrix, 1086 with its halves.
        QTest::newRow("whole") << "deepseek-r1-whole" << 1025;
        QTest::newRow("divided") << "deepseek-r1" << 1086;
        QTest::newRow("both") << "deepseek-r1-both" << 1086 + 61;
    }

    /// The same counts as for safetensors, where each expert has tensors of its own.
    void deepseek()
    {
        QFETCH(QString, model);
        QFETCH(int, tensors);
        const ModelFacts facts = factsOf(model);
        QCOMPARE(facts.tensorCount, uint64_t(tensors));
        QCOMPARE(facts.config.architecture(), std::string("DeepseekV3ForCausalLM"));
        QCOMPARE(facts.parameters.main, uint64_t(671026419200));
        QCOMPARE(facts.parameters.mtp, uint64_t(0));
        QCOMPARE(facts.parameters.active, uint64_t(37552297472));
        QCOMPARE(facts.parameters.embedding, uint64_t(129280) * 7168);
        QCOMPARE(facts.layers, int64_t(61));
        QCOMPARE(attentionKindName(facts.attention), "MLA");
        QCOMPARE(facts.heads.value(), int64_t(128));
        QCOMPARE(facts.kvBytesPerToken.value(), uint64_t(70272));
        QVERIFY(std::abs(*facts.flopsPerToken / (2 * 36625618432.0) - 1) < 1e-3);
        QCOMPARE(facts.config.experts->routed, int64_t(256));
        QCOMPARE(facts.config.experts->active, int64_t(8));
        QCOMPARE(facts.config.experts->firstDenseLayers, int64_t(3));
        QCOMPARE(facts.config.latentAttention->qkNopeHeadDim, int64_t(128));
        QCOMPARE(facts.config.latentAttention->qkRopeHeadDim, int64_t(64));
        QCOMPARE(facts.config.latentAttention->vHeadDim, int64_t(128));
        QCOMPARE(facts.config.ropeScaling->type, std::string("yarn"));
        QVERIFY(std::abs(facts.config.ropeScaling->mscaleAllDim.value() - 1) < 1e-6);
        QVERIFY(facts.quantization == "Q4_K");
        QCOMPARE(findingIds(facts).filter("config."), QStringList());
        QCOMPARE(findingIds(facts).filter("tensor"), QStringList());
    }

    void published_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<quint64>("parameters");
        QTest::addColumn<int>("tensors");
        QTest::addColumn<quint64>("kvBytes");
        // Counts: inspectors.md 4f and 4g; Mixtral, Phi-3-mini and GPT-2 as their model cards' safetensors totals
        // (GPT-2 without its masks). Caches: 2 x layers x key/value heads x width x 2 bytes.
        QTest::newRow("R1-Distill-Qwen-7B") << "qwen2-7b" << "Qwen2ForCausalLM" << quint64(7615616512) << 339 << quint64(57344);
        QTest::newRow("Mixtral 8x7B") << "mixtral" << "MixtralForCausalLM" << quint64(46702792704) << 323 << quint64(131072);
        QTest::newRow("Mixtral 8x7B, old") << "mixtral-old" << "MixtralForCausalLM" << quint64(46702792704) << 995
                                           << quint64(131072);
        QTest::newRow("gpt-oss-20b") << "gpt-oss-20b" << "GptOssForCausalLM" << quint64(20914757184) << 459 << quint64(49152);
        QTest::newRow("Phi-3-mini") << "phi3-mini" << "Phi3ForCausalLM" << quint64(3821079552) << 197 << quint64(393216);
        QTest::newRow("GPT-2") << "gpt2" << "GPT2LMHeadModel" << quint64(124439808) << 148 << quint64(36864);
    }

    void published()
    {
        QFETCH(QString, model);
        const ModelFacts facts = factsOf(model);
        QTEST(QString::fromStdString(facts.config.architecture()), "architecture");
        QTEST(quint64(facts.parameters.total), "parameters");
        QTEST(int(facts.tensorCount), "tensors");
        QVERIFY(facts.kvBytesPerToken);
        QTEST(quint64(*facts.kvBytesPerToken), "kvBytes");
        QCOMPARE(findingIds(facts).filter("config."), QStringList());
        QCOMPARE(findingIds(facts).filter("tensor"), QStringList());
        QCOMPARE(findingIds(facts).filter("gguf."), QStringList());
    }

    /// Mixtral activates two of eight experts: 12.9 B of 46.7 B by its makers.
    void activeOfMixtral()
    {
        for (const char *model : {"mixtral", "mixtral-old"}) {
            const ModelFacts facts = factsOf(QString::fromLatin1(model));
            QCOMPARE(facts.parameters.active, uint64_t(12879925248));
            QCOMPARE(facts.intermediateSize.value.value(), int64_t(14336));
        }
    }

    void tiedAndLearnedPositions()
    {
        const ModelFacts facts = factsOf(QStringLiteral("gpt2"));
        QCOMPARE(facts.tiedEmbeddings, std::optional(true));
        QCOMPARE(facts.position, std::string("learned"));
        QCOMPARE(facts.normalization, std::string("LayerNorm"));
        QCOMPARE(facts.gatedMlp, std::optional(false));
        QCOMPARE(attentionKindName(facts.attention), "MHA");
        QCOMPARE(facts.intermediateSize.value.value(), int64_t(3072));
    }

    void buffersAreNoParameters()
    {
        QCOMPARE(factsOf(QStringLiteral("phi3-mini")).parameters.buffers, uint64_t(96));
    }

    /// One value a layer where most files have one for all, and integers of other widths.
    void valuesPerLayer()
    {
        GgufWriter writer;
        writer.begin(1, 5).key("general.architecture", "strange").key("strange.block_count", 10).number(uint64_t(3));
        writer.key("strange.attention.head_count", 1).number(int8_t(8));
        writer.key("strange.attention.head_count_kv", 9).number(uint32_t(2)).number(uint64_t(3));
        writer.number(uint16_t(2)).number(uint16_t(0)).number(uint16_t(4));
        writer.key("strange.feed_forward_length", 9).number(uint32_t(5)).number(uint64_t(3));
        writer.number(int32_t(16)).number(int32_t(32)).number(int32_t(16));
        writer.tensor("token_embd.weight", {8, 20}, 0, 0).data(640);
        const ModelFacts facts = factsOf(writer);
        QCOMPARE(facts.config.layers, std::optional<int64_t>(3));
        QCOMPARE(facts.config.heads, std::optional<int64_t>(8));
        QCOMPARE(facts.config.kvHeads, std::optional<int64_t>(4));
        QCOMPARE(facts.config.kvHeadsPerLayer, (std::vector<int64_t>{2, 0, 4}));
        QCOMPARE(facts.config.intermediateSize, std::optional<int64_t>(32));
        QCOMPARE(facts.config.modelType, std::string("strange"));
        QVERIFY(findingIds(facts).contains("architecture.unknown"));
    }

    void fileTypeDisagrees()
    {
        GgufWriter writer;
        writer.begin(1, 2).key("general.architecture", "llama").keyU32("general.file_type", 15);
        writer.tensor("blk.0.ffn_up.weight", {32, 2}, 8, 0).data(68);
        const ModelFacts facts = factsOf(writer);
        const auto finding = std::find_if(facts.findings.begin(), facts.findings.end(), [](const Finding &each) {
            return each.code == FindingCode::FileTypeDisagrees;
        });
        QVERIFY(finding != facts.findings.end());
        QCOMPARE(finding->sentence(), std::string("The header declares the file type Q4_K_M, most weights are Q8_0"));
    }

    /// Experts of a layer are counted in the one tensor that holds them.
    void expertsDisagree()
    {
        GgufWriter writer;
        writer.begin(2, 4).key("general.architecture", "qwen3moe").keyU32("qwen3moe.block_count", 1);
        writer.keyU32("qwen3moe.expert_count", 4).keyU32("qwen3moe.expert_used_count", 2);
        writer.tensor("token_embd.weight", {8, 20}, 0, 0).tensor("blk.0.ffn_up_exps.weight", {8, 4, 6}, 0, 640).data(1408);
        QVERIFY(findingIds(factsOf(writer)).contains("config.experts"));
    }

    /// Layers for further tokens are in the file's count of layers, and not in the model's.
    void nextTokenLayers()
    {
        GgufWriter writer;
        writer.begin(4, 3).key("general.architecture", "glm4moe").keyU32("glm4moe.block_count", 2);
        writer.keyU32("glm4moe.nextn_predict_layers", 1);
        writer.tensor("token_embd.weight", {8, 20}, 0, 0).tensor("blk.0.attn_q.weight", {8, 8}, 0, 640);
        writer.tensor("blk.1.attn_q.weight", {8, 8}, 0, 896).tensor("blk.1.nextn.eh_proj.weight", {16, 8}, 0, 1152).data(1664);
        const ModelFacts facts = factsOf(writer);
        QCOMPARE(facts.layers, int64_t(1));
        QCOMPARE(facts.config.layers, std::optional<int64_t>(1));
        QCOMPARE(facts.parameters.main, uint64_t(160 + 64));
        QCOMPARE(facts.parameters.mtp, uint64_t(64 + 128));
    }

    /// What is missing is called by the file's own name.
    void missingTensor()
    {
        GgufWriter writer;
        writer.begin(2, 2).key("general.architecture", "llama").keyU32("llama.block_count", 1);
        writer.tensor("token_embd.weight", {8, 20}, 0, 0).tensor("blk.0.attn_q.weight", {8, 8}, 0, 640).data(896);
        const ModelFacts facts = factsOf(writer);
        const auto finding = std::find_if(facts.findings.begin(), facts.findings.end(), [](const Finding &each) {
            return each.code == FindingCode::TensorsMissing;
        });
        QVERIFY(finding != facts.findings.end());
        QCOMPARE(finding->where, std::string("output_norm.weight"));
    }

    /// There is no config.json: what contradicts is a key of the metadata, and the names are the file's own.
    void contradictionsNameKeys()
    {
        GgufWriter writer;
        writer.begin(3, 5).key("general.architecture", "qwen2").keyU32("qwen2.block_count", 3).keyU32("qwen2.embedding_length", 16);
        writer.keyU32("qwen2.attention.head_count", 2).keyU32("qwen2.attention.head_count_kv", 2);
        writer.tensor("token_embd.weight", {8, 20}, 0, 0).tensor("blk.0.attn_q.weight", {8, 8}, 0, 640);
        writer.tensor("blk.0.attn_k.weight", {8, 8}, 0, 896).data(1152);
        const ModelFacts facts = factsOf(writer);
        const auto evidence = [&facts](FindingCode code) {
            for (const Finding &finding : facts.findings) {
                if (finding.code == code)
                    return finding.shownEvidence();
            }
            return std::string();
        };
        QCOMPARE(evidence(FindingCode::LayersDisagree), std::string("qwen2.block_count; blk"));
        QCOMPARE(evidence(FindingCode::HiddenSizeDisagrees), std::string("qwen2.embedding_length; token_embd.weight 20 x 8"));
        QCOMPARE(evidence(FindingCode::HeadsDisagree),
                 std::string("qwen2.attention.head_count, qwen2.attention.head_count_kv, qwen2.attention.key_length; "
                             "blk.0.attn_q.weight 8 x 8"));
        for (const FactRow &row : factRows(facts))
            QVERIFY2(row.evidence.find("num_") == std::string::npos && row.evidence.find("config") == std::string::npos, row.id);
    }

    /// The parameters of a fork's type are counted by its shape.
    void unknownType()
    {
        GgufWriter writer;
        writer.begin(1, 1).key("general.architecture", "llama");
        writer.tensor("blk.0.ffn_up.weight", {256, 2}, 137, 0).data(300);
        const ModelFacts facts = factsOf(writer);
        QCOMPARE(facts.parameters.total, uint64_t(512));
        QVERIFY(findingIds(facts).contains("tensor.unknown_dtype"));
    }

    /// Numbers that no model has do no harm.
    void forgedNumbers()
    {
        GgufWriter writer;
        writer.begin(1, 8).key("general.architecture", "deepseek2").key("deepseek2.block_count", 10).number(~uint64_t(0));
        for (const char *name : {"attention.kv_lora_rank", "attention.key_length", "attention.head_count",
                                 "rope.dimension_count", "expert_count", "nextn_predict_layers"})
            writer.key(std::string("deepseek2.") + name, 11).number(std::numeric_limits<int64_t>::max());
        writer.tensor("blk.0.ffn_up_exps.weight", {256, 2, 2}, 12, 0).data(576);
        const ModelFacts facts = factsOf(writer);
        QCOMPARE(facts.parameters.total, uint64_t(1024));
    }
};

QTEST_GUILESS_MAIN(TestGgufModel)
#include "tst_ggufmodel.moc"
