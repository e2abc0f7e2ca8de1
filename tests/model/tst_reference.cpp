// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/model/modelfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

/// What the model's own code and its config.json say; the values come from the reference models' README.
struct Known
{
    const char *name;
    AttentionKind attention;
    const char *position;
    const char *normalization;
    const char *activation;
    bool gated;
    int tied; ///< 1 yes, 0 no, -1 does not apply
    qint64 kvBytes; ///< 0: no cache
};

// kvBytes: layers x kv heads x head width x 2 x 2 bytes; latent attention: layers x (rank + rotary width) x 2.
constexpr Known kKnown[] = {
    {"llama-gqa", AttentionKind::GQA, "rope", "RMSNorm", "silu", true, 0, 3 * 2 * 12 * 4},
    {"llama-rope-linear", AttentionKind::MHA, "rope", "RMSNorm", "silu", true, 0, 3 * 4 * 12 * 4},
    {"llama-sharded-bf16", AttentionKind::MQA, "rope", "RMSNorm", "silu", true, 0, 3 * 1 * 16 * 4},
    {"llama-bias-headdim-v5", AttentionKind::GQA, "rope", "RMSNorm", "silu", true, 0, 3 * 2 * 16 * 4},
    {"llama3-rope-tied", AttentionKind::GQA, "rope", "RMSNorm", "silu", true, 1, 3 * 2 * 16 * 4},
    {"mistral-swa", AttentionKind::GQA, "rope", "RMSNorm", "silu", true, 0, 3 * 2 * 12 * 4},
    {"qwen2-bias-tied", AttentionKind::GQA, "rope", "RMSNorm", "silu", true, 1, 3 * 2 * 14 * 4},
    {"mixtral-top2", AttentionKind::GQA, "rope", "RMSNorm", "silu", true, 0, 2 * 2 * 10 * 4},
    {"gemma2", AttentionKind::GQA, "rope", "RMSNorm", "gelu_tanh", true, 1, 3 * 2 * 16 * 4},
    {"falcon-mqa", AttentionKind::MQA, "rope", "LayerNorm", "gelu", false, 1, 2 * 1 * 12 * 4},
    {"bloom", AttentionKind::MHA, "alibi", "LayerNorm", "gelu_tanh", false, 1, 3 * 4 * 12 * 4},
    {"gpt2", AttentionKind::MHA, "learned", "LayerNorm", "gelu_tanh", false, 1, 3 * 4 * 12 * 4},
    {"opt", AttentionKind::MHA, "learned", "LayerNorm", "relu", false, 1, 3 * 4 * 12 * 4},
    {"phi3-swa", AttentionKind::MHA, "rope", "RMSNorm", "silu", true, 0, 3 * 4 * 12 * 4},
    {"deepseek-v2-lite", AttentionKind::MLA, "rope", "RMSNorm", "silu", true, 0, 3 * (20 + 8) * 2},
    {"deepseek-v3-yarn-mtp", AttentionKind::MLA, "rope", "RMSNorm", "silu", true, 0, 3 * (20 + 8) * 2},
    {"bert-base", AttentionKind::MHA, "learned", "LayerNorm", "gelu", false, -1, 0},
};

} // namespace

/// Models made with transformers: what we count against what its own code counted.
class TestReference : public QObject
{
    Q_OBJECT

    /// Where this model is: among our own copies, else in the shared folder; empty when it is not there.
    static QString folderOf(const QString &name)
    {
        const QString own = dataFolder() + "/models/" + name;
        if (QDir(own).exists())
            return own;
        const QString shared = sharedFolder() + "/reference-models/" + name;
        return QDir(shared).exists() ? shared : QString();
    }

    static QStringList allModels()
    {
        QStringList names = QDir(dataFolder() + "/models").entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        const QDir shared(sharedFolder() + "/reference-models");
        if (!sharedFolder().isEmpty() && shared.exists())
            names << shared.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        names.removeDuplicates();
        return names;
    }

private slots:
    void countsAreThoseOfTransformers_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : allModels())
            QTest::newRow(qPrintable(name)) << name;
    }
    void countsAreThoseOfTransformers()
    {
        QFETCH(QString, name);
        const QString folder = folderOf(name);
        const QJsonObject expected = readJson(folder + "/expected.json");
        const Inspection inspection = inspected(folder);
        const ModelFacts &facts = inspection.facts;
        QCOMPARE(qint64(facts.tensorCount), expected["tensors_in_files"].toInteger());
        QCOMPARE(qint64(facts.parameters.storedElements), expected["elements_in_files"].toInteger());
        // transformers holds the routers' correction biases as buffers; DeepSeek's own code, and the published
        // counts, as parameters. `main` counts them.
        uint64_t corrections = 0;
        for (const TensorRecord &tensor : inspection.directory.checkpoint.tensors) {
            const bool main = !tensor.name.starts_with("model.layers.3."); // the next-token layer of one of them
            if (tensor.name.ends_with("e_score_correction_bias") && main)
                corrections += tensor.elements;
        }
        QCOMPARE(qint64(facts.parameters.main - corrections), expected["num_parameters"].toInteger());
        const ParameterCounts &counts = facts.parameters;
        QCOMPARE(counts.main + counts.mtp + counts.scales + counts.buffers, counts.storedElements);
        QCOMPARE(facts.config.architecture(), expected["architecture"].toString().toStdString());
        const QJsonObject config = readJson(folder + "/config.json");
        for (const char *field : {"num_hidden_layers", "n_layer", "n_layers"}) {
            if (config.contains(QLatin1String(field)))
                QCOMPARE(qint64(facts.layers), config[QLatin1String(field)].toInteger());
        }
        QCOMPARE(qint64(facts.vocabularySize.value.value_or(0)), config["vocab_size"].toInteger());
    }

    void nothingIsWrongWithThem_data() { countsAreThoseOfTransformers_data(); }
    void nothingIsWrongWithThem()
    {
        QFETCH(QString, name);
        // expected.safetensors lies beside each; two were stored in another dtype than their config says.
        const QSet<QString> allowed{"weights.other_format_beside", "config.dtype"};
        for (const QString &id : findingIds(inspected(folderOf(name)).facts))
            QVERIFY2(allowed.contains(id), qPrintable(id));
    }

    void theTreeHoldsEveryTensor_data() { countsAreThoseOfTransformers_data(); }
    void theTreeHoldsEveryTensor()
    {
        QFETCH(QString, name);
        const Inspection inspection = inspected(folderOf(name));
        QCOMPARE(inspection.tree.tensors, inspection.facts.tensorCount);
        QCOMPARE(inspection.tree.elements, inspection.facts.parameters.storedElements);
        QCOMPARE(inspection.tree.bytes, inspection.facts.weightBytes);
    }

    void architectureIsDescribed_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < int(std::size(kKnown)); ++i)
            QTest::newRow(kKnown[i].name) << i;
    }
    void architectureIsDescribed()
    {
        QFETCH(int, row);
        const Known &known = kKnown[row];
        const QString folder = folderOf(QString::fromLatin1(known.name));
        if (folder.isEmpty())
            QSKIP("this reference model is not in the repository");
        const ModelFacts facts = inspected(folder).facts;
        QCOMPARE(attentionKindName(facts.attention), attentionKindName(known.attention));
        QCOMPARE(facts.position, std::string(known.position));
        QCOMPARE(facts.normalization, std::string(known.normalization));
        QCOMPARE(facts.activation, std::string(known.activation));
        QCOMPARE(facts.gatedMlp.value(), known.gated);
        QCOMPARE(facts.tiedEmbeddings.has_value() ? int(*facts.tiedEmbeddings) : -1, known.tied);
        QCOMPARE(qint64(facts.kvBytesPerToken.value_or(0)), known.kvBytes);
    }

    void slidingWindowsCountOnlyWhenTheyAreUsed()
    {
        QCOMPARE(inspected(folderOf("mistral-swa")).facts.config.slidingWindow.value(), int64_t(16));
        QVERIFY(!inspected(folderOf("qwen2-bias-tied")).facts.config.slidingWindow);
    }

    void activeParametersOfAMixture()
    {
        const QString folder = folderOf("mixtral-top2");
        if (folder.isEmpty())
            QSKIP("this reference model is not in the repository");
        // 2 layers x 6 experts x 3 matrices of 40 x 56, of which 2 experts a token are used.
        const ModelFacts facts = inspected(folder).facts;
        QCOMPARE(facts.parameters.main - facts.parameters.active, uint64_t(2 * 4 * 3 * 40 * 56));
    }
};

QTEST_APPLESS_MAIN(TestReference)
#include "tst_reference.moc"
