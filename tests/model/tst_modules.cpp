// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/model/modelfiles.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::test;
using K = ModuleKind;

namespace {

/// A public model with its published number of parameters and what its architecture is made of.
struct Known
{
    const char *name;
    uint64_t parameters; ///< as its library counts them
    std::vector<std::pair<K, uint64_t>> modules;
};

// Totals: torchvision's model table (ResNet-50, MobileNetV2), num_parameters() of transformers and diffusers for the
// others; reference/model_facts.json for Gemma 3. Counts of modules: the architectures' papers.
const std::vector<Known> kKnown{
    {"vit", 86567656, {{K::LayerNorm, 25}, {K::LearnedPositions, 1}, {K::PatchEmbedding, 1}, {K::SelfAttention, 12},
                       {K::Mlp, 12}}},
    {"resnet50", 25557032, {{K::BatchNorm, 53}, {K::Convolution, 17}, {K::PointwiseConvolution, 36}}},
    {"mobilenet-v2", 3504872, {{K::BatchNorm, 52}, {K::Convolution, 1}, {K::DepthwiseConvolution, 17},
                               {K::PointwiseConvolution, 34}}},
    {"clip", 151277313, {{K::LayerNorm, 51}, {K::LearnedPositions, 2}, {K::PatchEmbedding, 1}, {K::SelfAttention, 24},
                         {K::Mlp, 24}, {K::VisionTower, 1}, {K::Projector, 2}, {K::TextEncoder, 1}}},
    {"whisper-small", 241734912, {{K::LearnedPositions, 2}, {K::Convolution, 2}, {K::SelfAttention, 24},
                                  {K::CrossAttention, 12}, {K::Mlp, 24}, {K::AudioTower, 1}}},
    {"swin-tiny", 28288354, {{K::RelativePositions, 12}, {K::PatchEmbedding, 1}, {K::SelfAttention, 12}, {K::Mlp, 12}}},
    {"t5-small", 60506624, {{K::RmsNorm, 32}, {K::RelativePositions, 2}, {K::SelfAttention, 12}, {K::CrossAttention, 6},
                            {K::Mlp, 12}}},
    {"sd-unet", 859520964, {{K::LayerNorm, 48}, {K::GroupNorm, 61}, {K::SelfAttention, 16}, {K::CrossAttention, 16},
                            {K::GatedMlp, 16}, {K::UNetBlock, 9}}},
    {"sd-vae", 83653863, {{K::GroupNorm, 52}, {K::SelfAttention, 2}, {K::AutoencoderBlock, 10}}},
    {"mamba-130m", 129135360, {{K::RmsNorm, 25}, {K::DepthwiseConvolution, 24}, {K::StateSpace, 24}}},
    {"llava-1.5-7b", 7063427072, {{K::RmsNorm, 65}, {K::LayerNorm, 50}, {K::SelfAttention, 56}, {K::GatedMlp, 32},
                                  {K::Mlp, 24}, {K::VisionTower, 1}, {K::Projector, 1}}},
    {"gemma-3-4b", 4300079472, {{K::LayerNorm, 55}, {K::RotaryPositions, 34}, {K::PatchEmbedding, 1},
                                {K::SelfAttention, 61}, {K::GatedMlp, 34}, {K::Mlp, 27}, {K::VisionTower, 1}}},
    {"lora", 32 * (16 * (4096 + 4096) + 16 * (4096 + 1024)), {{K::Adapter, 64}}},
};

} // namespace

/// Parts of vision, sound, image and multimodal models told from names and shapes alone.
class TestModules : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    ModelFacts factsOf(const QString &model)
    {
        const QString folder = m_folder.filePath(model);
        if (!QDir(folder).exists() && !generate("make_module_index.py", {"--model", model, "--out", folder}))
            qFatal("the generator failed");
        return inspected(folder).facts;
    }

    static uint64_t countOf(const ModelFacts &facts, K kind)
    {
        const ModuleFact *module = findModule(facts.modules, kind);
        return module ? module->count : 0;
    }

private slots:
    void publicArchitectures_data()
    {
        QTest::addColumn<int>("row");
        for (size_t i = 0; i < kKnown.size(); ++i)
            QTest::newRow(kKnown[i].name) << int(i);
    }
    void publicArchitectures()
    {
        QFETCH(int, row);
        const Known &known = kKnown[size_t(row)];
        const ModelFacts facts = factsOf(QString::fromLatin1(known.name));
        QCOMPARE(facts.parameters.total, known.parameters);
        for (const auto &[kind, count] : known.modules)
            QVERIFY2(countOf(facts, kind) == count,
                     qPrintable(QStringLiteral("%1: %2").arg(moduleKindName(kind)).arg(countOf(facts, kind))));
        for (const Finding &finding : facts.findings)
            QVERIFY2(definitionOf(finding.code).severity == Severity::Info, finding.sentence().c_str());
    }

    void nothingIsSeenThatIsNotThere()
    {
        const ModelFacts resnet = factsOf("resnet50");
        for (const K kind : {K::RmsNorm, K::LayerNorm, K::SelfAttention, K::Mlp, K::DepthwiseConvolution, K::VisionTower,
                             K::TokenEmbedding, K::Experts, K::UNetBlock, K::Adapter})
            QCOMPARE(countOf(resnet, kind), uint64_t(0));
        QCOMPARE(countOf(factsOf("sd-vae"), K::UNetBlock), uint64_t(0));
        QCOMPARE(countOf(factsOf("whisper-small"), K::RmsNorm), uint64_t(0));
        QCOMPARE(countOf(factsOf("vit"), K::Convolution), uint64_t(0));
    }

    void languageModels()
    {
        const ModelFacts small = SmallLlama().facts();
        QCOMPARE(countOf(small, K::RmsNorm), uint64_t(5));
        QCOMPARE(countOf(small, K::GatedMlp), uint64_t(2));
        QCOMPARE(countOf(small, K::RotaryPositions), uint64_t(2));
        QCOMPARE(countOf(small, K::SelfAttention), uint64_t(2));
        const QString folder = m_folder.filePath("oss");
        QVERIFY(generate("make_published_index.py", {"--model", "gpt-oss-20b", "--out", folder}));
        const ModelFacts oss = inspected(folder).facts;
        QCOMPARE(countOf(oss, K::Experts), uint64_t(24 * 32)); // fused: the first axis tells how many
        QCOMPARE(countOf(oss, K::Router), uint64_t(24));
        QCOMPARE(countOf(oss, K::AttentionSinks), uint64_t(24));
    }

    void partsTellWhatNoConfigSays()
    {
        QCOMPARE(factsOf("t5-small").normalization, std::string("RMSNorm"));
        QCOMPARE(factsOf("t5-small").position, std::string("relative"));
        QCOMPARE(factsOf("vit").normalization, std::string("LayerNorm"));
        QCOMPARE(factsOf("vit").position, std::string("learned"));
        QCOMPARE(factsOf("resnet50").normalization, std::string());
        // LayerNorms without a bias look like RMSNorms: the architecture knows them.
        SmallLlama cohere;
        cohere.config["architectures"] = QJsonArray{"CohereForCausalLM"};
        cohere.config["model_type"] = "cohere";
        QCOMPARE(countOf(cohere.facts(), K::LayerNorm), uint64_t(5));
        QCOMPARE(countOf(cohere.facts(), K::RmsNorm), uint64_t(0));
    }

    void latentAttentionIsNotToldTwice()
    {
        const QString folder = m_folder.filePath("r1");
        QVERIFY(generate("make_r1_index.py", {"--config", dataFolder() + "/configs/r1-shape.json", "--out", folder}));
        const ModelFacts facts = inspected(folder).facts;
        QCOMPARE(countOf(facts, K::LatentAttention), uint64_t(62));
        QCOMPARE(countOf(facts, K::SelfAttention), uint64_t(0));
        QCOMPARE(countOf(facts, K::Experts), uint64_t(59 * 256));
        QCOMPARE(countOf(facts, K::SharedExperts), uint64_t(59));
        QCOMPARE(countOf(facts, K::NextToken), uint64_t(1));
    }

    void anAdapterIsNamedAsOne()
    {
        const ModelFacts facts = factsOf("lora");
        QCOMPARE(findingIds(facts), QStringList{"adapter.only"});
        QCOMPARE(facts.findings[0].arguments[0], std::string("meta-llama/Llama-3.1-8B"));
        QVERIFY(facts.adapter.has_value());
        QCOMPARE(facts.adapter->rank.value(), int64_t(16));
        QCOMPARE(facts.adapter->alpha.value(), 32.0);
        QCOMPARE(facts.adapter->targets, (std::vector<std::string>{"q_proj", "v_proj"}));
        // Without its config the tensors tell rank and targets.
        const QString bare = m_folder.filePath("bare.safetensors");
        QVERIFY(QFile::copy(m_folder.filePath("lora/adapter_model.safetensors"), bare));
        const ModelFacts alone = inspected(bare).facts;
        QVERIFY(findingIds(alone).contains("adapter.only"));
        QCOMPARE(alone.adapter->rank.value(), int64_t(16));
        QCOMPARE(alone.adapter->targets, (std::vector<std::string>{"q_proj", "v_proj"}));
    }

    void rowsAndJsonListThem()
    {
        const ModelFacts facts = factsOf("sd-unet");
        const nlohmann::json json = factsToJson(facts);
        QCOMPARE(json["modules"].size(), facts.modules.size());
        for (const nlohmann::json &module : json["modules"]) {
            QVERIFY(!module["kind"].get<std::string>().empty() && module["count"].get<uint64_t>() > 0);
            QVERIFY(module["evidence"].get<std::string>().find('%') == std::string::npos);
        }
        int rows = 0;
        for (const FactRow &row : factRows(facts)) {
            if (!QByteArray(row.id).startsWith("modules."))
                continue;
            ++rows;
            QVERIFY2(row.shownEvidence().find("%1") == std::string::npos, row.id);
        }
        QCOMPARE(size_t(rows), facts.modules.size());
    }
};

QTEST_APPLESS_MAIN(TestModules)
#include "tst_modules.moc"
