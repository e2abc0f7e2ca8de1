// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/flops.h"
#include "tests/model/modelfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

/// Models of published size, rebuilt as headers over holes: counts against published figures.
class TestLargeModels : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString r1Folder()
    {
        const QString folder = m_folder.filePath(QStringLiteral("r1"));
        if (!QDir(folder).exists()
            && !generate("make_r1_index.py", {"--config", dataFolder() + "/configs/r1-shape.json", "--out", folder}))
            qFatal("the generator failed");
        return folder;
    }

    static const LayerNode *below(const LayerNode &node, const QString &label)
    {
        for (const LayerNode &child : node.children) {
            if (QString::fromStdString(child.label()) == label)
                return &child;
        }
        return nullptr;
    }

private slots:
    void deepseekR1()
    {
        // Published: safetensors totals of the hub, 688,586,727,753 bytes of files (layout_r1.json).
        const ModelFacts facts = inspected(r1Folder()).facts;
        QCOMPARE(facts.tensorCount, uint64_t(91991));
        QCOMPARE(facts.fileBytes, uint64_t(688586727753));
        QCOMPARE(facts.weightBytes, uint64_t(688574839360));
        QCOMPARE(facts.parameters.main, uint64_t(671026419200));
        QCOMPARE(facts.parameters.mtp, uint64_t(13463426304));
        QCOMPARE(facts.parameters.scales, uint64_t(41540496));
        QCOMPARE(facts.parameters.storedElements, uint64_t(684531386000));
        QCOMPARE(facts.parameters.active, uint64_t(37552297472));
        QCOMPARE(facts.parameters.activeWithHead, uint64_t(36625618432));
        QCOMPARE(facts.parameters.activeCore, uint64_t(35698939392));
        QCOMPARE(facts.dtypes.at("F8_E4M3").elements, uint64_t(680571043840));
        QCOMPARE(facts.dtypes.at("BF16").elements, uint64_t(3918786560));
        QCOMPARE(facts.dtypes.at("F32").elements, uint64_t(41555600));
        QCOMPARE(facts.layers, int64_t(61));
        QCOMPARE(facts.kvBytesPerToken.value(), uint64_t(70272)); // 61 x 576 x 2
        QCOMPARE(facts.kvBytesPerTokenExpanded.value(), uint64_t(4997120)); // 61 x 128 x (192 + 128) x 2
        QCOMPARE(facts.countedExperts.value(), int64_t(256));
        QCOMPARE(facts.nextTokenLayers, int64_t(1));
        QCOMPARE(facts.schemes.size(), size_t(1));
        QCOMPARE(facts.schemes[0].text(), std::string("fp8 block 128x128"));
        QCOMPARE(facts.schemes[0].parameters, uint64_t(680571043840));
        QCOMPARE(attentionKindName(facts.attention), "MLA");
        QCOMPARE(facts.quantization, std::string("fp8 block 128x128"));
        // 2 x 36,625,618,432 with norms and biases in, which are no products: 73.2 GFLOP.
        QVERIFY(std::abs(*facts.flopsPerToken / (2 * 36625618432.0) - 1) < 1e-3);
        // inspectors.md 4i: 20.5 GFLOP of attention at 4096 tokens on expanded keys, 69.6 on the latent vector.
        QVERIFY(std::abs(*decodeFlops(facts, 4096, true) - *facts.flopsPerToken - 20.47e9) < 0.05e9);
        QVERIFY(std::abs(*decodeFlops(facts, 4096, false) - *facts.flopsPerToken - 69.59e9) < 0.05e9);
        QCOMPARE(findingIds(facts), QStringList());
    }

    void deepseekR1Folds()
    {
        const LayerNode tree = inspected(r1Folder()).tree;
        QCOMPARE(tree.tensors, uint64_t(91991));
        const LayerNode *model = below(tree, "model");
        QVERIFY(model);
        const LayerNode *dense = below(*model, "layers 0-2, 3 x"), *sparse = below(*model, "layers 3-60, 58 x");
        QVERIFY(dense && sparse && below(*model, "layers 61"));
        QCOMPARE(sparse->repeats, 58);
        const LayerNode *mlp = below(*sparse, "mlp");
        QVERIFY(mlp);
        const LayerNode *experts = below(*mlp, "experts 0-255, 256 x");
        QVERIFY(experts);
        // 256 experts x 3 matrices x (weight and scale).
        QCOMPARE(experts->tensors, uint64_t(256 * 6));
        QCOMPARE(sparse->tensors % 58, uint64_t(0));
    }

    void aBrokenDownloadIsStillShown()
    {
        const QString folder = m_folder.filePath(QStringLiteral("part"));
        QVERIFY(generate("make_r1_index.py", {"--config", dataFolder() + "/configs/r1-shape.json", "--out", folder,
                                              "--shards", "1,163"}));
        const Inspection inspection = inspected(folder);
        QCOMPARE(findingIds(inspection.facts).count("shard.missing"), 161);
        QCOMPARE(findingIds(inspection.facts).size(), 161); // nothing is said of what is not known
        QVERIFY(inspection.tree.tensors > 0);
        QCOMPARE(inspection.facts.layers, int64_t(61)); // as declared
        QVERIFY(inspection.facts.layersProvenance == Provenance::Declared);
    }

    void qwen7b()
    {
        const QString folder = m_folder.filePath(QStringLiteral("q7"));
        QVERIFY(generate("make_dense_index.py",
                         {"--config", dataFolder() + "/configs/qwen2-7b-shape.json", "--out", folder}));
        const ModelFacts facts = inspected(folder).facts;
        QCOMPARE(facts.tensorCount, uint64_t(339));
        QCOMPARE(facts.parameters.main, uint64_t(7615616512));
        QCOMPARE(facts.parameters.active, uint64_t(7615616512));
        QCOMPARE(facts.fileBytes, uint64_t(8606596466 + 6624675384)); // published shard sizes
        QCOMPARE(facts.kvBytesPerToken.value(), uint64_t(57344));
        QVERIFY(std::abs(*facts.flopsPerToken / 14.14e9 - 1) < 1e-3);
        // 28 layers x 2 x 28 heads x 256 x 4096 (inspectors.md 4i: 1.6 GFLOP).
        QCOMPARE(*decodeFlops(facts, 4096, false) - *facts.flopsPerToken, 28.0 * 2 * 28 * 256 * 4096);
        QCOMPARE(facts.layers, int64_t(28));
        QCOMPARE(findingIds(facts), QStringList());
    }

    void aMislabelledModelIsFoundOut()
    {
        const QString folder = m_folder.filePath(QStringLiteral("DeepSeek-R1-671B"));
        QVERIFY(generate("make_dense_index.py",
                         {"--config", dataFolder() + "/configs/qwen2-7b-shape.json", "--out", folder, "--as-config",
                          dataFolder() + "/configs/r1-shape.json"}));
        const ModelFacts facts = inspected(folder).facts;
        QCOMPARE(findingIds(facts),
                 (QStringList{"config.architecture", "config.heads", "config.hidden_size", "config.intermediate_size",
                              "config.layers", "config.next_token_layers", "config.quantization", "config.vocabulary",
                              "name.family", "name.size"}));
        for (const Finding &finding : facts.findings) {
            if (finding.code == FindingCode::ArchitectureDisagrees)
                QCOMPARE(finding.arguments, (std::vector<std::string>{"DeepseekV3ForCausalLM", "Qwen2"}));
            if (finding.code == FindingCode::FamilyNameDisagrees)
                QCOMPARE(finding.arguments, (std::vector<std::string>{"DeepSeek-R1", "Qwen2.5 7B"}));
        }
        // What the tensors tell wins.
        QCOMPARE(facts.layers, int64_t(28));
        QCOMPARE(facts.hiddenSize.value.value(), int64_t(3584));
        QCOMPARE(facts.parameters.main, uint64_t(7615616512));
        QCOMPARE(attentionKindName(facts.attention), "GQA");
        QCOMPARE(facts.kvBytesPerToken.value(), uint64_t(57344));
        QVERIFY(definitionOf(facts.findings.front().code).severity == Severity::Problem);
    }

    void publishedDistills_data()
    {
        QTest::addColumn<QString>("slug");
        QTest::addColumn<int>("stages");
        const QJsonObject models =
            readJson(sharedFolder() + "/reference/tensors/layout_distills.json")["models"].toObject();
        if (models.isEmpty())
            QTest::newRow("none") << QString() << 1;
        for (const QString &slug : models.keys())
            QTest::newRow(qPrintable(slug)) << slug << models[slug].toObject()["stages"].toInt(1);
    }
    void publishedDistills()
    {
        QFETCH(QString, slug);
        QFETCH(int, stages);
        if (slug.isEmpty())
            QSKIP("the shared reference data is not here");
        const QString reference = sharedFolder() + "/reference";
        const QJsonObject expected =
            readJson(reference + "/tensors/layout_distills.json")["models"].toObject()[slug].toObject();
        const QString folder = m_folder.filePath(slug);
        QVERIFY(generate("make_dense_index.py", {"--config", reference + "/configs/" + slug + "/config.json", "--out",
                                                 folder, "--stages", QString::number(stages)}));
        const ModelFacts facts = inspected(folder).facts;
        QCOMPARE(qint64(facts.tensorCount), expected["tensors"].toInteger());
        QCOMPARE(qint64(facts.parameters.main), expected["elements"].toInteger());
        qint64 bytes = 0;
        for (const QJsonValue &shard : expected["shards"].toArray())
            bytes += shard.toObject()["bytes"].toInteger();
        QCOMPARE(qint64(facts.fileBytes), bytes);
        QCOMPARE(findingIds(facts), QStringList());
    }

    void everyPublishedConfigCanBeRead_data()
    {
        QTest::addColumn<QString>("slug");
        const QDir configs(sharedFolder() + "/reference/configs");
        const QStringList slugs =
            sharedFolder().isEmpty() ? QStringList() : configs.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        if (slugs.isEmpty())
            QTest::newRow("none") << QString();
        for (const QString &slug : slugs)
            QTest::newRow(qPrintable(slug)) << slug;
    }
    void everyPublishedConfigCanBeRead()
    {
        QFETCH(QString, slug);
        if (slug.isEmpty())
            QSKIP("the shared reference data is not here");
        // A folder with a config alone: declared facts, and the finding that nothing is counted.
        const ModelFacts facts = inspected(sharedFolder() + "/reference/configs/" + slug).facts;
        QStringList expected{"weights.missing"};
        // True of the published files: DeepSeek and Microsoft ask programs to run their own code, and the distilled
        // Qwens begin with another token in generation_config.json (identity.md 2.2).
        if (QString::fromStdString(facts.config.text).contains("auto_map"))
            expected.prepend("config.remote_code");
        if (slug.startsWith("deepseek-r1-distill-qwen"))
            expected.prepend("tokenizer.special_token");
        expected.sort();
        QCOMPARE(findingIds(facts), expected);
        QVERIFY(facts.attention != AttentionKind::Unknown);
        QVERIFY(facts.layers > 0 && facts.hiddenSize.value && facts.vocabularySize.value);
        QVERIFY(!facts.position.empty() && !facts.normalization.empty() && !facts.activation.empty());
        QCOMPARE(facts.kvBytesPerToken.has_value(), slug != "bert-base-uncased");
    }
};

QTEST_APPLESS_MAIN(TestLargeModels)
#include "tst_largemodels.moc"
