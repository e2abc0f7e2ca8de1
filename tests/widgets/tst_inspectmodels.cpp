// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/windowsupport.h"
#include "widgets/inspect/barmodel.h"
#include "widgets/inspect/components.h"
#include "widgets/inspect/configmarks.h"
#include "widgets/inspect/factmodel.h"
#include "widgets/inspect/filemodel.h"
#include "widgets/inspect/findingmodel.h"
#include "widgets/inspect/jsonmodel.h"
#include "widgets/inspect/layermodel.h"
#include "widgets/inspect/tilefacts.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTest>

using namespace assay;
using Mode = QAbstractItemModelTester::FailureReportingMode;

namespace {

/// Tensors without files, which is all that the tree needs.
std::shared_ptr<const Inspection>
inspectionOf(const std::vector<std::pair<std::string, std::vector<int64_t>>> &tensors)
{
    auto inspection = std::make_shared<Inspection>();
    for (const auto &[name, shape] : tensors) {
        TensorRecord tensor;
        tensor.name = inspection->directory.checkpoint.arena->text(name);
        tensor.dtype = Dtype::BF16;
        tensor.dtypeText = "BF16";
        tensor.shape = inspection->directory.checkpoint.arena->numbers(shape);
        tensor.elements = 1;
        for (const int64_t dimension : shape)
            tensor.elements *= uint64_t(dimension);
        tensor.bytes = tensor.elements * 2;
        inspection->directory.checkpoint.tensors.push_back(tensor);
    }
    inspection->tree = buildLayerTree(inspection->directory.checkpoint);
    return inspection;
}

std::shared_ptr<const Inspection> twoLayers()
{
    return inspectionOf({{"embed.weight", {100, 40}},
                         {"layers.0.attn.q.weight", {40, 40}},
                         {"layers.0.attn.v.weight", {20, 40}},
                         {"layers.1.attn.q.weight", {40, 40}},
                         {"layers.1.attn.v.weight", {20, 40}},
                         {"norm.weight", {400}}});
}

} // namespace

class TestInspectModels : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { prepareWindowTest(); }
    void layersFold();
    void layersFilter_data();
    void layersFilter();
    void layersSortWithinModules();
    void layersOfAHugeModelOpenAtOnce();
    void jsonAsTree();
    void jsonThatIsNone();
    void jsonNestedDeeply();
    void jsonMarksContradictions();
    void factsInGroups();
    void findingsGravestFirst();
    void filesWithMissingShard();
    void componentsCountRepeats();
    void barsAreShares();
    void tilesWithoutAnything();
};

void TestInspectModels::layersFold()
{
    LayerModel model;
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setView(LayerView::make(twoLayers(), {}));
    // Elements: 4000 in the embedding, 1600 + 800 in each of two layers, 400 in the norm: 9200 in all, 18400
    // bytes.
    const QStringList expected{QStringLiteral("embed.weight |  | 100 x 40 | 4.00 K | 7.81 KiB | 43.5 %"),
                               QStringLiteral("layers 0-1, 2 x | 2 |  | 4.80 K | 9.38 KiB | 52.2 %"),
                               QStringLiteral("  attn |  |  | 2.40 K | 4.69 KiB | 52.2 %"),
                               QStringLiteral("    q.weight |  | 40 x 40 | 1.60 K | 3.13 KiB | 34.8 %"),
                               QStringLiteral("    v.weight |  | 20 x 40 | 800 | 1.56 KiB | 17.4 %"),
                               QStringLiteral("norm.weight |  | 400 | 400 | 800 B | 4.3 %")};
    QCOMPARE(modelText(model, {LayerModel::Name, LayerModel::Repeats, LayerModel::Shape,
                               LayerModel::Parameters, LayerModel::Bytes, LayerModel::Share}),
             expected);
    QCOMPARE(model.totalTensors(), uint64_t(6));
}

void TestInspectModels::layersFilter_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("tensors");
    QTest::addColumn<int>("rows");
    QTest::newRow("nothing asked") << QString() << 6 << 6;
    QTest::newRow("word") << QStringLiteral("ATTN") << 4 << 4;
    QTest::newRow("two words") << QStringLiteral("attn v.") << 2 << 2; // folded anew: layers 0-1, attn.v.weight
    QTest::newRow("shape") << QStringLiteral("shape:100x40") << 1 << 1;
    QTest::newRow("dtype") << QStringLiteral("dtype:bf16 norm") << 1 << 1;
    QTest::newRow("none") << QStringLiteral("dtype:f32") << 0 << 0;
}

void TestInspectModels::layersFilter()
{
    QFETCH(QString, query);
    QFETCH(int, tensors);
    QFETCH(int, rows);
    LayerModel model;
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    LayerRequest request;
    request.query = parseTensorQuery(query.toStdString()).value();
    model.setView(LayerView::make(twoLayers(), request));
    QCOMPARE(int(model.shownTensors()), tensors);
    QCOMPARE(int(modelText(model, {0}).size()), rows);
}

void TestInspectModels::layersSortWithinModules()
{
    LayerModel model;
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setView(LayerView::make(twoLayers(), {{}, LayerColumn::Bytes, true}));
    QCOMPARE(modelText(model, {LayerModel::Name}).first(), QStringLiteral("layers 0-1, 2 x"));
    QCOMPARE(modelText(model, {LayerModel::Name}).last(), QStringLiteral("norm.weight"));
}

void TestInspectModels::layersOfAHugeModelOpenAtOnce()
{
    // As many tensors as DeepSeek-R1 has, none like its neighbour, so that nothing folds.
    std::vector<std::pair<std::string, std::vector<int64_t>>> tensors;
    for (int layer = 0; layer < 61; ++layer) {
        for (int expert = 0; expert < 1508; ++expert)
            tensors.push_back(
                {QStringLiteral("layers.%1.experts.%2.weight").arg(layer).arg(expert).toStdString(),
                 {1 + expert, 1 + layer}});
    }
    const auto inspection = inspectionOf(tensors);
    LayerModel model;
    QElapsedTimer clock;
    clock.start();
    model.setView(LayerView::make(inspection, {}));
    QCOMPARE(model.rowCount(), 61);
    // It takes well under a millisecond; the limit only tells it from making all 91,988 rows.
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(model.rowCount(model.index(60, 0)), 1508);
}

void TestInspectModels::jsonAsTree()
{
    JsonModel model;
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setTree(parseJsonTree(R"({"z": 1, "a": {"list": [true, null, "x\"y"]}, "e": 1e-06})"), {});
    const QStringList expected{QStringLiteral("z | 1"),        QStringLiteral("a | {1}"),
                               QStringLiteral("  list | [3]"), QStringLiteral("    0 | true"),
                               QStringLiteral("    1 | null"), QStringLiteral("    2 | \"x\\\"y\""),
                               QStringLiteral("e | 1e-06")};
    QCOMPARE(modelText(model, {JsonModel::Key, JsonModel::Value}), expected);
    QCOMPARE(model.nodeCount(), 7);
}

void TestInspectModels::jsonThatIsNone()
{
    for (const char *text : {"", "{", "12", "\xff\xfe{}", "{\"a\": \"\xc3\"}"}) {
        JsonModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setTree(parseJsonTree(text), {});
        QCOMPARE(model.rowCount(), 0);
    }
}

void TestInspectModels::jsonNestedDeeply()
{
    const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
    const JsonTree tree = parseJsonTree(deep, 1000);
    QVERIFY(tree.cut);
    QCOMPARE(tree.nodes.size(), size_t(1000));
}

void TestInspectModels::jsonMarksContradictions()
{
    const std::vector<Finding> findings{{FindingCode::LayersDisagree, {"32", "28"}, "config.json"}};
    JsonModel model;
    model.setTree(parseJsonTree(R"({"num_hidden_layers": 32, "hidden_size": 8})"),
                  contradictedFields(findings));
    QCOMPARE(
        modelText(model, {JsonModel::Key, JsonModel::Remark}),
        (QStringList{QStringLiteral("num_hidden_layers | The config declares 32 layers, the tensors have 28"),
                     QStringLiteral("hidden_size | ")}));
    QVERIFY(model.index(0, JsonModel::Remark).data(Qt::DecorationRole).isValid());
}

void TestInspectModels::factsInGroups()
{
    FactModel model;
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setRows({{"a", "Size", "Parameters", "7.62 B", "7615616512", Provenance::Counted, "339 tensors"},
                   {"b", "Architecture", "Layers", "28", "28", Provenance::Declared, "num_hidden_layers"},
                   {"c", "Size", "Weights", "14.2 GiB", "15231233024", Provenance::Counted, "headers"}});
    QCOMPARE(modelText(model, {FactModel::Fact, FactModel::Value}),
             (QStringList{QStringLiteral("Size | "), QStringLiteral("  Parameters | 7.62 B"),
                          QStringLiteral("  Weights | 14.2 GiB"), QStringLiteral("Architecture | "),
                          QStringLiteral("  Layers | 28")}));
    QVERIFY(model.index(0, FactModel::Value, model.index(0, 0))
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("7615616512")));
}

void TestInspectModels::findingsGravestFirst()
{
    FindingModel model;
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setFindings({{FindingCode::DtypeDisagrees, {"float32", "BF16"}, "config.json"},
                       {FindingCode::ShardMissing,
                        {"model-00002-of-00002.safetensors", "12"},
                        "model.safetensors.index.json"},
                       {FindingCode::TrailingBytes, {"model.safetensors", "3"}, "model.safetensors"}});
    QCOMPARE(
        modelText(model, {FindingModel::Grade, FindingModel::Where}),
        (QStringList{QStringLiteral("problem | model.safetensors.index.json"),
                     QStringLiteral("warning | model.safetensors"), QStringLiteral("info | config.json")}));
    // Among problems what would run code on the reader's machine stands first.
    model.setFindings({{FindingCode::ShardMissing, {"a", "1"}, "index"}, {FindingCode::PickleRunsCode, {"b", "os.system"}, "b"}});
    QCOMPARE(modelText(model, {FindingModel::Where}), (QStringList{QStringLiteral("b"), QStringLiteral("index")}));
}

void TestInspectModels::filesWithMissingShard()
{
    ModelDirectory directory;
    directory.configText = std::string(120, ' ');
    directory.tokenizerFiles = {"tokenizer.json"};
    directory.checkpoint.files = {{"model-00001-of-00002.safetensors", {}, 3'250'000, 1024, true, false},
                                  {"model-00002-of-00002.safetensors", {}, 0, 0, false, false}};
    directory.checkpoint.tensors.resize(5);
    FileModel model;
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setDirectory(directory);
    QCOMPARE(modelText(model, {FileModel::Name, FileModel::Size, FileModel::Tensors, FileModel::State}),
             (QStringList{QStringLiteral("config.json | 120 B | - | present"),
                          QStringLiteral("tokenizer.json | - | - | present"),
                          QStringLiteral("model-00001-of-00002.safetensors | 3.10 MiB | 5 | present"),
                          QStringLiteral("model-00002-of-00002.safetensors | - | - | missing")}));
}

void TestInspectModels::componentsCountRepeats()
{
    std::map<std::string, uint64_t> totals;
    for (const ComponentTotal &part : componentTotals(twoLayers()->tree))
        totals[part.name] = part.elements;
    QCOMPARE(totals,
             (std::map<std::string, uint64_t>{{"Attention", 4800}, {"Embeddings", 4000}, {"Norms", 400}}));
}

void TestInspectModels::barsAreShares()
{
    BarModel model(componentColumns());
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setParts({{QStringLiteral("small"), 1, QStringLiteral("1"), {}},
                    {QStringLiteral("large"), 3, QStringLiteral("3"), {}}});
    QCOMPARE(modelText(model, {BarModel::Name, BarModel::Share}),
             (QStringList{QStringLiteral("large | 75.0 %"), QStringLiteral("small | 25.0 %")}));
    QCOMPARE(model.index(0, BarModel::Share).data(kShareRole).toDouble(), 0.75);
}

void TestInspectModels::tilesWithoutAnything()
{
    // No config, no tensors: every tile says that it does not know, and why.
    for (const TileFact &tile : tileFacts(ModelFacts())) {
        QCOMPARE(tile.value, QStringLiteral("-"));
        QVERIFY(!tile.exact.isEmpty());
    }
}

QTEST_MAIN(TestInspectModels)
#include "tst_inspectmodels.moc"
