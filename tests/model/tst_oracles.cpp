// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/model/modelfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

/// Parameters of published models under every packing of inspectors.md 4f, at real size: headers rebuilt from the
/// published shapes against the totals that the hub's own reader expects (4f) and the dense models' exact counts.
class TestOracles : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString made(const QString &script, const QString &name, const QStringList &arguments)
    {
        const QString folder = m_folder.filePath(name);
        if (!generate(script, arguments + QStringList{"--out", folder}))
            qFatal("the generator failed");
        return folder;
    }

    QString quantized(const QString &config, const QString &scheme, const QStringList &more = {})
    {
        return made("make_quantized_index.py", config + '-' + scheme + more.join(QString()),
                    QStringList{"--config", dataFolder() + "/configs/" + config + "-shape.json", "--scheme", scheme} + more);
    }

private slots:
    void publishedShapes_data()
    {
        QTest::addColumn<quint64>("parameters");
        QTest::addColumn<double>("active");
        QTest::addColumn<QString>("scheme");
        // The model card gives 3.61 and 5.13 billion active parameters: embedding out, head in.
        QTest::newRow("gpt-oss-20b") << quint64(20914757184) << 3.61 << "mxfp4";
        QTest::newRow("gpt-oss-120b") << quint64(116829156672) << 5.13 << "mxfp4";
        QTest::newRow("bloom") << quint64(176247271424) << 176.25 << "";
    }
    void publishedShapes()
    {
        QFETCH(quint64, parameters);
        QFETCH(double, active);
        QFETCH(QString, scheme);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const ModelFacts facts = inspected(made("make_published_index.py", name, {"--model", name})).facts;
        QCOMPARE(quint64(facts.parameters.main), parameters);
        QVERIFY(std::abs(double(facts.parameters.activeWithHead) / 1e9 - active) <= 0.005); // as rounded
        QCOMPARE(facts.schemes.empty() ? QString() : QString::fromStdString(facts.schemes[0].text()), scheme);
        QCOMPARE(findingIds(facts), QStringList());
    }

    void gptOssIsStoredAsPublished()
    {
        // The hub's totals: BF16 1,804,459,584 and U8 19,707,494,400, which counts two for each byte of a block.
        const ModelFacts facts =
            inspected(made("make_published_index.py", "stored", {"--model", "gpt-oss-20b"})).facts;
        QCOMPARE(facts.dtypes.at("BF16").elements, uint64_t(1804459584));
        const uint64_t bytes = facts.dtypes.at("U8").elements, scales = facts.parameters.scales;
        QCOMPARE(2 * (bytes - scales) + scales, uint64_t(19707494400));
        QCOMPARE(facts.countedExperts.value(), int64_t(32));
        QVERIFY(*bitsPerWeight(facts) > 4.25 && *bitsPerWeight(facts) < 5.5);
    }

    void packedDenseModels_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("packing");
        QTest::addColumn<quint64>("parameters");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *config, const char *packing, quint64 parameters, const char *text) {
            QTest::addRow("%s %s", config, packing) << config << packing << parameters << text;
        };
        constexpr quint64 k70 = 70553706496, k8 = 8030261248, kQwen = 7615616512;
        row("llama-3.3-70b", "w4a16", k70, "compressed-tensors 4-bit group 128");
        row("llama-3.1-8b", "bnb-nf4", k8, "bitsandbytes nf4 group 64");
        row("llama-3.1-8b", "bnb-fp4", k8, "bitsandbytes fp4 group 64");
        row("llama-3.1-8b", "bnb-int8", k8, "bitsandbytes int8");
        row("llama-3.1-8b", "nvfp4", k8, "compressed-tensors nvfp4 group 16");
        row("llama-3.1-8b", "modelopt", k8, "nvfp4 group 16");
        row("llama-3.1-8b", "mlx", k8, "mlx 4-bit group 64");
        row("llama-3.1-8b", "fp8-block", k8, "fp8 block 128x128");
        row("llama-3.1-8b", "fp8-channel", k8, "fp8");
        row("qwen2-7b", "gptq", kQwen, "gptq 4-bit group 128");
        row("qwen2-7b", "gptq-8bit", kQwen, "gptq 8-bit group 128");
        row("qwen2-7b", "awq", kQwen, "awq 4-bit group 128");
    }
    void packedDenseModels()
    {
        QFETCH(QString, config);
        QFETCH(QString, packing);
        QFETCH(quint64, parameters);
        QFETCH(QString, text);
        const ModelFacts facts = inspected(quantized(config, packing)).facts;
        QCOMPARE(quint64(facts.parameters.main), parameters);
        QCOMPARE(facts.schemes.size(), size_t(1));
        QCOMPARE(QString::fromStdString(facts.schemes[0].text()), text);
        QCOMPARE(findingIds(facts), QStringList());
    }

    void packingIsToldWithoutAConfig_data()
    {
        QTest::addColumn<QString>("config");
        for (const char *packing : {"bnb-nf4", "bnb-int8", "w4a16", "nvfp4", "modelopt", "mlx", "fp8-block"})
            QTest::newRow(packing) << "llama-3.1-8b";
        for (const char *packing : {"gptq", "gptq-8bit", "awq"})
            QTest::newRow(packing) << "qwen2-7b";
    }
    void packingIsToldWithoutAConfig()
    {
        QFETCH(QString, config);
        const QString packing = QString::fromLatin1(QTest::currentDataTag());
        const ModelFacts facts = inspected(quantized(config, packing, {"--no-config"})).facts;
        QCOMPARE(quint64(facts.parameters.main), config == "qwen2-7b" ? quint64(7615616512) : quint64(8030261248));
        QCOMPARE(findingIds(facts), QStringList{"config.quantization"});
    }

    void scalesThatAreNotThere_data()
    {
        QTest::addColumn<QString>("config");
        for (const char *packing : {"bnb-nf4", "bnb-int8", "w4a16", "nvfp4", "fp8-block"})
            QTest::newRow(packing) << "llama-3.1-8b";
        QTest::newRow("gptq") << "qwen2-7b";
        QTest::newRow("awq") << "qwen2-7b";
    }
    void scalesThatAreNotThere()
    {
        QFETCH(QString, config);
        const QString packing = QString::fromLatin1(QTest::currentDataTag());
        const ModelFacts facts = inspected(quantized(config, packing, {"--drop-scales"})).facts;
        const QStringList found = findingIds(facts);
        QVERIFY2(found.contains("quantization.scales_missing"), qPrintable(found.join(' ')));
        for (const Finding &finding : facts.findings) {
            if (finding.code == FindingCode::ScalesMissing)
                QCOMPARE(finding.arguments[0], std::to_string(7 * (config == "qwen2-7b" ? 28 : 32)));
        }
    }
};

QTEST_APPLESS_MAIN(TestOracles)
#include "tst_oracles.moc"
