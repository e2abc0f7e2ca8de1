// SPDX-License-Identifier: GPL-3.0-or-later
// Marks of how a model was built, counted from tensors alone; and the hidden size beside the rank of outputs.
#include "core/identify/weights/implementationmarks.h"
#include "core/identify/weights/rankevidence.h"
#include "tests/identify/tinymodels.h"

#include <QTemporaryDir>
#include <QTest>

using namespace assay;
using namespace assay::testing;

namespace {

const ImplementationMark *find(const std::vector<ImplementationMark> &marks, const std::string &id)
{
    const auto found = std::find_if(marks.begin(), marks.end(), [&](const ImplementationMark &mark) { return mark.id == id; });
    return found == marks.end() ? nullptr : &*found;
}

/// GPT-2's parts: LayerNorm, a table of positions, biases, no gate; with a config that says nothing of it.
TinyModel gptModel()
{
    TinyModel model;
    model.hidden = 32;
    std::mt19937_64 random(1);
    const auto add = [&](const std::string &name, std::vector<int64_t> shape) {
        model.tensors[name] = {shape, normalValues(size_t(shape.size() == 2 ? shape[0] * shape[1] : shape[0]), random)};
    };
    add("wte.weight", {64, 32});
    add("wpe.weight", {16, 32});
    for (const std::string layer : {"h.0.", "h.1."}) {
        for (const char *norm : {"ln_1", "ln_2"}) {
            add(layer + norm + ".weight", {32});
            add(layer + norm + ".bias", {32});
        }
        add(layer + "attn.c_attn.weight", {32, 96});
        add(layer + "attn.c_attn.bias", {96});
        add(layer + "attn.c_proj.weight", {32, 32});
        add(layer + "attn.c_proj.bias", {32});
        add(layer + "mlp.c_fc.weight", {32, 128});
        add(layer + "mlp.c_fc.bias", {128});
        add(layer + "mlp.c_proj.weight", {128, 32});
        add(layer + "mlp.c_proj.bias", {32});
    }
    add("ln_f.weight", {32});
    add("ln_f.bias", {32});
    return model;
}

} // namespace

class TestWeightMarks : public QObject
{
    Q_OBJECT
private slots:
    void countsTheMarksOfLlama();
    void countsTheMarksOfGpt2();
    void countsHeadNormsAndStoredFrequencies();
    void saysNothingWithoutTensors();
    void rankBesideHiddenSize_data();
    void rankBesideHiddenSize();
};

void TestWeightMarks::countsTheMarksOfLlama()
{
    QTemporaryDir folder;
    TinyModel model = randomModel(1);
    writeModel(folder.path().toStdString(), model);
    const auto marks = implementationMarks(inspectModel(folder.path().toStdString()).value());
    QVERIFY(find(marks, "norm")->value == nlohmann::json("RMSNorm"));
    QVERIFY(find(marks, "norm")->count >= 8);
    QVERIFY(find(marks, "gated_mlp")->value == nlohmann::json(true));
    QVERIFY(find(marks, "query_key_norm")->value == nlohmann::json(false));
    QVERIFY(find(marks, "attention_bias")->value == nlohmann::json(false));
    QVERIFY(find(marks, "mlp_bias")->value == nlohmann::json(false));
    QVERIFY(!find(marks, "position_encoding")); // computed on the way: tensors do not tell
    QVERIFY(find(marks, "position_table"));
    const auto found = foundMarks(marks);
    QCOMPARE(found.find("norm")->second.by, FoundBy::Counted);
    QVERIFY(!found.contains("position_table")); // no field of claims
    const auto evidence = markEvidence(marks);
    QCOMPARE(evidence->kind, Evidence::Kind::Note);
    QCOMPARE(evidence->numbers["marks"].size(), marks.size());
}

void TestWeightMarks::countsTheMarksOfGpt2()
{
    QTemporaryDir folder;
    writeModel(folder.path().toStdString(), gptModel(), 1);
    // The config says LlamaForCausalLM and rms_norm_eps; the tensors say otherwise.
    const auto marks = implementationMarks(inspectModel(folder.path().toStdString()).value());
    QVERIFY(find(marks, "norm")->value == nlohmann::json("LayerNorm"));
    QVERIFY(find(marks, "position_encoding")->value == nlohmann::json("learned"));
    QCOMPARE(find(marks, "position_encoding")->example, std::string("wpe.weight"));
    QVERIFY(find(marks, "gated_mlp")->value == nlohmann::json(false));
    QVERIFY(find(marks, "attention_bias")->value == nlohmann::json(true));
    QVERIFY(find(marks, "mlp_bias")->value == nlohmann::json(true));
    QVERIFY(find(marks, "mlp_bias")->count >= 2);
}

void TestWeightMarks::countsHeadNormsAndStoredFrequencies()
{
    QTemporaryDir folder;
    TinyModel model = randomModel(1);
    for (int layer = 0; layer < 4; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".self_attn.";
        for (const char *norm : {"q_norm.weight", "k_norm.weight"})
            model.tensors[prefix + norm] = {{32}, std::vector<float>(32, 1.0f)};
        model.tensors[prefix + "rotary_emb.inv_freq"] = {{16}, std::vector<float>(16, 0.5f)};
        model.tensors[prefix + "q_proj.bias"] = {{128}, std::vector<float>(128, 0.1f)};
    }
    writeModel(folder.path().toStdString(), model);
    const auto marks = implementationMarks(inspectModel(folder.path().toStdString()).value());
    QVERIFY(find(marks, "query_key_norm")->value == nlohmann::json(true));
    QCOMPARE(find(marks, "query_key_norm")->count, uint64_t(8));
    QCOMPARE(find(marks, "attention_bias")->count, uint64_t(4));
    QVERIFY(find(marks, "mlp_bias")->value == nlohmann::json(false));
    QVERIFY(find(marks, "position_encoding"));
    QVERIFY(find(marks, "position_encoding")->value == nlohmann::json("rope"));
}

void TestWeightMarks::saysNothingWithoutTensors()
{
    QTemporaryDir folder;
    std::ofstream(folder.filePath(QStringLiteral("config.json")).toStdString()) << randomModel(1).config().dump();
    const auto marks = implementationMarks(inspectModel(folder.path().toStdString()).value());
    QVERIFY(marks.empty());
    QVERIFY(!markEvidence(marks).has_value());
}

void TestWeightMarks::rankBesideHiddenSize_data()
{
    QTest::addColumn<qlonglong>("rank");
    QTest::addColumn<double>("gap");
    QTest::addColumn<qlonglong>("size"); ///< rows and columns of the outputs
    QTest::addColumn<QByteArray>("channel");
    QTest::addColumn<int>("kind");
    const int consistent = int(Evidence::Kind::Consistent), against = int(Evidence::Kind::Contradiction), note = int(Evidence::Kind::Note);
    QTest::newRow("as claimed") << 7168LL << 3.0 << 9000LL << QByteArray() << consistent;
    QTest::newRow("with the normaliser") << 7169LL << 3.0 << 9000LL << QByteArray() << consistent;
    QTest::newRow("Qwen 7B's") << 3584LL << 4.0 << 9000LL << QByteArray("rank") << against;
    QTest::newRow("larger") << 8192LL << 4.0 << 9000LL << QByteArray("rank") << against;
    QTest::newRow("no step") << 3584LL << 0.4 << 9000LL << QByteArray() << note;
    QTest::newRow("too few outputs, no step below") << 4999LL << 2.0 << 5000LL << QByteArray() << note;
    QTest::newRow("few outputs, clear step") << 3584LL << 4.0 << 5000LL << QByteArray("rank") << against;
}

void TestWeightMarks::rankBesideHiddenSize()
{
    QFETCH(qlonglong, rank);
    QFETCH(double, gap);
    QFETCH(qlonglong, size);
    QFETCH(QByteArray, channel);
    QFETCH(int, kind);
    const Evidence evidence = rankEvidence({rank, gap, size, size}, 7168);
    QCOMPARE(int(evidence.kind), kind);
    QCOMPARE(evidence.channel, channel.toStdString());
    QVERIFY(evidence.what.sentence().find("%") == std::string::npos);
}

QTEST_APPLESS_MAIN(TestWeightMarks)
#include "tst_weightmarks.moc"
