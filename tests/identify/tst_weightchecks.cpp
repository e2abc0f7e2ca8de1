// SPDX-License-Identifier: GPL-3.0-or-later
// What weights tell of their origin, over directories made here for each case: figures held against tests/data/generators/make_lineage.py, which
// computes them another way, and each way of changing a model told apart from the others.
#include "core/identify/weights/hiddenquantisation.h"
#include "core/identify/weights/lineage.h"
#include "tests/identify/tinymodels.h"
#include "tests/sanitized.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace assay;
using namespace assay::testing;

namespace {

/// Everything between two directories, as the service puts it together.
struct Compared
{
    ParameterLikeness parameters;
    LikenessNull null;
    InvariantLikeness invariants;
    HiddenQuantisation here, there;
    PruningFound pruning;
    LineageFound found;
    std::vector<Evidence> evidence;
};

InvariantSampling fewTokens()
{
    InvariantSampling sampling;
    sampling.tokens = 128;
    return sampling;
}

Compared compare(const OpenedTiny &subject, const OpenedTiny &reference, const LikenessNull *null = nullptr, const LikenessNull *invariantsNull = nullptr)
{
    Compared out;
    const WeightSide a{subject.catalog, subject.files()}, b{reference.catalog, reference.files()};
    out.parameters = parameterLikeness(a, b).value();
    out.null = null ? *null : mismatchedLayers(a, b).value();
    out.invariants = invariantLikeness(invariantSide(subject.catalog, subject.files(), subject.inspection->facts),
                                       invariantSide(reference.catalog, reference.files(), reference.inspection->facts), fewTokens())
                         .value();
    const QuantisationSampling few{{512, 2, 20260101}, 512, 0}; // sorting the groups of all would take most of the test's time
    out.here = hiddenQuantisation(a.catalog, a.files, few).value();
    out.there = hiddenQuantisation(b.catalog, b.files, few).value();
    out.pruning = pruningOf(a, &out.parameters).value();
    comparePrunedParts(subject.inspection->facts, &reference.inspection->facts, out.pruning);
    LineageInput input{"reference", out.parameters, out.null};
    input.invariants = &out.invariants;
    input.invariantsNull = invariantsNull;
    if (out.here.bits() != out.there.bits())
        input.coarsestBits = std::min(out.here.bits().value_or(16), out.there.bits().value_or(16));
    input.claimed = true;
    out.found = lineageOf(input);
    out.evidence = lineageEvidence(input);
    return out;
}

const Evidence *find(const std::vector<Evidence> &all, const std::string &test)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const Evidence &evidence) { return evidence.test == test; });
    return found == all.end() ? nullptr : &*found;
}

/// The rule of make_lineage.py.
float goldenValue(uint64_t stream, uint64_t i)
{
    uint64_t x = stream * 1000003 + i + 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    x ^= x >> 31;
    return float(double(int64_t(x >> 44) - (int64_t(1) << 19)) * std::ldexp(1.0, -20));
}

TinyModel goldenModel(const nlohmann::json &golden, bool other)
{
    TinyModel model;
    model.hidden = golden["hidden"];
    model.heads = golden["heads"];
    model.kvHeads = golden["kv_heads"];
    model.headDim = golden["head_dim"];
    model.intermediate = golden["intermediate"];
    model.layers = golden["layers"];
    model.vocabulary = golden["vocabulary"];
    uint64_t index = 0;
    for (const nlohmann::json &tensor : golden["tensors"]) {
        const std::string name = tensor["name"];
        TinyModel::Tensor &made = model.tensors[name];
        made.shape = tensor["shape"].get<std::vector<int64_t>>();
        const auto count = uint64_t(std::accumulate(made.shape.begin(), made.shape.end(), int64_t(1), std::multiplies<>()));
        for (uint64_t i = 0; i < count; ++i) {
            const float first = goldenValue(index, i), second = goldenValue(index + 500, i);
            const bool replaced = name.find(".1.") != std::string::npos;
            made.values.push_back(!other || name == "model.norm.weight" ? first : replaced ? second : first + 0.25f * second);
        }
        ++index;
    }
    return model;
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class TestWeightChecks : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void figuresAgreeWithTheScript();
    void knowsTheSameWeightsUnderOtherNames();
    void nativeWeightsAreNative();
    void findsInt4UnderBfloat();
    void findsFloat8UnderBfloat();
    void tellsStoredPrecisionAsItIs();
    void findsFineTuning();
    void findsPrunedExperts();
    void findsRowsOfZeros();
    void findsMergedLayers();
    void findsAveragedParents();
    void findsPermutedUnits();
    void unrelatedPairsStayUnrelated();
    void calibratesByUnrelatedPairs();
    void layersThatAreRepeated();
    void sampleFamily();
    void keepsWhatCanBeRead();
    void damagedInputIsNoCrash();
    void stops();

private:
    std::filesystem::path at(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)).toStdString(); }
    OpenedTiny made(const char *name, const TinyModel &model, int shards = 2, Dtype dtype = Dtype::BF16, const std::string &stem = "model") const
    {
        writeModel(at(name), model, shards, dtype, stem);
        return OpenedTiny(at(name));
    }
    QTemporaryDir m_folder;
    TinyModel m_first = randomModel(1), m_second = randomModel(2);
};

void TestWeightChecks::initTestCase()
{
    QVERIFY(m_folder.isValid());
    writeModel(at("first"), m_first);
    writeModel(at("second"), m_second);
}

void TestWeightChecks::figuresAgreeWithTheScript()
{
    std::ifstream file(std::string(ASSAY_TEST_DATA) + "/identity/lineage.json");
    const nlohmann::json golden = nlohmann::json::parse(file);
    const OpenedTiny a = made("golden-a", goldenModel(golden, false), 1, Dtype::F32), b = made("golden-b", goldenModel(golden, true), 1, Dtype::F32);
    // The rule of the values first: else all else compares other numbers.
    for (const nlohmann::json &tensor : golden["tensors"]) {
        for (const OpenedTiny *model : {&a, &b}) {
            auto weight = openWeight(model->catalog, *model->catalog.find(tensor["name"].get<std::string>()), model->files());
            std::vector<float> head(3);
            QVERIFY(weight->read(0, head).has_value());
            QCOMPARE(std::vector<double>(head.begin(), head.end()), tensor[model == &a ? "first" : "second"].get<std::vector<double>>());
        }
    }
    const Compared found = compare(a, b);
    const auto agree = [&](const CosineSums &sums, const nlohmann::json &expected) {
        return near(sums.cosine(), expected["cosine"], 1e-12) && near(sums.relative(), expected["relative"], 1e-12)
               && sums.equal == expected["equal"].get<uint64_t>() && sums.elements == expected["elements"].get<uint64_t>();
    };
    QVERIFY(agree(found.parameters.all, golden["all"]));
    QVERIFY(agree(found.parameters.matrices, golden["matrices"]));
    for (const WeightSection section : {WeightSection::Embedding, WeightSection::Attention, WeightSection::Mlp, WeightSection::Norm})
        QVERIFY2(agree(found.parameters.sections[size_t(section)], golden["sections"][weightSectionId(section)]), weightSectionId(section));
    QCOMPARE(found.parameters.layers.size(), golden["by_layer"].size());
    for (size_t layer = 0; layer < golden["by_layer"].size(); ++layer)
        QVERIFY(agree(found.parameters.layers[layer].sums, golden["by_layer"][layer]));
    // Products of floats: what the sums of 16 to 40 of them lose.
    QCOMPARE(found.invariants.tokens, size_t(golden["vocabulary"].get<int>()));
    for (const auto &[rows, name] : {std::pair(&found.invariants.rows, "invariants"), std::pair(&found.invariants.mismatched, "mismatched")}) {
        QCOMPARE(rows->size(), golden[name].size());
        for (size_t i = 0; i < rows->size(); ++i) {
            QCOMPARE(std::string(invariantKindId((*rows)[i].kind)), golden[name][i]["kind"].get<std::string>());
            QCOMPARE((*rows)[i].layer, golden[name][i]["layer"].get<int64_t>());
            QCOMPARE((*rows)[i].other, golden[name][i]["reference_layer"].get<int64_t>());
            QVERIFY(near((*rows)[i].likeness, golden[name][i]["likeness"], 1e-5));
        }
    }
    QVERIFY(near(found.invariants.embeddings.value_or(0), golden["embedding_cka"], 1e-5));
}

void TestWeightChecks::knowsTheSameWeightsUnderOtherNames()
{
    TinyModel renamed = m_first;
    renamed.nameOrPath = "deepseek-ai/DeepSeek-R1"; // a free claim
    const OpenedTiny subject = made("anything", renamed, 3, Dtype::BF16, "pytorch_weights"), first(at("first")), second(at("second"));
    const Compared same = compare(subject, first);
    QCOMPARE(same.found.kind, LineageKind::Same);
    QCOMPARE(find(same.evidence, "weights.lineage")->kind, Evidence::Kind::Consistent);
    QCOMPARE(same.parameters.all.equalShare(), 1.0);
    const Compared other = compare(subject, second);
    QCOMPARE(other.found.kind, LineageKind::Unrelated);
    QCOMPARE(find(other.evidence, "weights.lineage")->kind, Evidence::Kind::Contradiction);
    QCOMPARE(find(other.evidence, "weights.lineage")->channel, std::string("values"));
    QCOMPARE(find(other.evidence, "weights.invariants")->channel, std::string("invariants"));
    // The same values in more bits are the same values.
    TinyModel rounded = m_first;
    for (auto &[name, tensor] : rounded.tensors) {
        for (float &value : tensor.values)
            value = std::bit_cast<float>(uint32_t(bfloat(value)) << 16);
    }
    QCOMPARE(compare(made("wide", rounded, 1, Dtype::F32), first).found.kind, LineageKind::Same);
}

void TestWeightChecks::nativeWeightsAreNative()
{
    const OpenedTiny first(at("first"));
    const auto found = hiddenQuantisation(first.catalog, first.files());
    QVERIFY(found->candidates > 10);
    QCOMPARE(found->native(), found->matrices.size());
    QVERIFY2(found->groupMedian >= 112 && found->groupMedian <= 127, qPrintable(QString::number(found->groupMedian))); // identity.md 7.8 measured 121
    QVERIFY2(found->blockMedian > 1500, qPrintable(QString::number(found->blockMedian)));                              // about 1900
    const auto evidence = quantisationEvidence(*found, {16, false});
    QCOMPARE(find(evidence, "weights.hidden_quantisation")->kind, Evidence::Kind::Consistent);
    QCOMPARE(find(evidence, "weights.stored_precision")->kind, Evidence::Kind::Consistent);
}

void TestWeightChecks::findsInt4UnderBfloat()
{
    TinyModel model = m_first;
    throughInt4(model);
    const OpenedTiny subject = made("int4", model), first(at("first"));
    const Compared found = compare(subject, first);
    QCOMPARE(found.here.bits(), std::optional(4));
    QCOMPARE(found.here.fourBit, found.here.matrices.size());
    QVERIFY(found.here.groupMedian <= 15);
    QCOMPARE(found.found.kind, LineageKind::Converted);
    QVERIFY(found.parameters.matrices.relative() > 0.05 && found.parameters.matrices.relative() < 0.2);
    QCOMPARE(find(quantisationEvidence(found.here, {16, false}), "weights.hidden_quantisation")->kind, Evidence::Kind::Contradiction);
    QCOMPARE(find(quantisationEvidence(found.here, {8, true}), "weights.hidden_quantisation")->kind, Evidence::Kind::Contradiction);
    QCOMPARE(find(quantisationEvidence(found.here, {4, false}), "weights.hidden_quantisation")->kind, Evidence::Kind::Note);
    QCOMPARE(find(quantisationEvidence(found.here, {}), "weights.hidden_quantisation")->kind, Evidence::Kind::Note);
}

void TestWeightChecks::findsFloat8UnderBfloat()
{
    TinyModel model = m_first;
    throughFloat8(model);
    const OpenedTiny subject = made("fp8", model), first(at("first"));
    const Compared found = compare(subject, first);
    QCOMPARE(found.here.bits(), std::optional(8));
    QVERIFY(found.here.float8 == found.here.matrices.size());
    QVERIFY2(found.here.blockMedian >= 150 && found.here.blockMedian <= 256, qPrintable(QString::number(found.here.blockMedian))); // 180-201 in identity.md
    QCOMPARE(found.found.kind, LineageKind::Converted);
    // Of a model that is published in fp8 this is what a conversion must look like; of another it is not.
    QCOMPARE(find(quantisationEvidence(found.here, {16, true}), "weights.hidden_quantisation")->kind, Evidence::Kind::Consistent);
    QCOMPARE(find(quantisationEvidence(found.here, {16, false}), "weights.hidden_quantisation")->kind, Evidence::Kind::Contradiction);
}

void TestWeightChecks::tellsStoredPrecisionAsItIs()
{
    // GPTQ: 4-bit codes in 32-bit words, scales beside them.
    std::filesystem::create_directories(at("gptq"));
    std::ofstream(at("gptq") / "config.json") << R"({"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 256, "num_hidden_layers": 1,
        "num_attention_heads": 4, "vocab_size": 8, "intermediate_size": 256, "quantization_config": {"quant_method": "gptq", "bits": 4, "group_size": 128}})";
    const std::vector<int32_t> codes(256 / 8 * 256, 0x12345678), zeros(2 * 256 / 8, 0x77777777);
    const std::vector<uint16_t> scales(2 * 256, 0x2000);
    const std::string name = "model.layers.0.self_attn.q_proj.";
    const std::vector<TensorToWrite> tensors{{name + "qweight", Dtype::I32, {32, 256}, std::as_bytes(std::span(codes))},
                                             {name + "qzeros", Dtype::I32, {2, 32}, std::as_bytes(std::span(zeros))},
                                             {name + "scales", Dtype::F16, {2, 256}, std::as_bytes(std::span(scales))}};
    QVERIFY(writeSafetensors(at("gptq") / "model.safetensors", tensors).has_value());
    const OpenedTiny gptq(at("gptq"));
    const auto found = hiddenQuantisation(gptq.catalog, gptq.files());
    QCOMPARE(found->storedBits, std::optional(4));
    QCOMPARE(found->candidates, size_t(0));
    const Evidence stored = *find(quantisationEvidence(*found, {16, false}), "weights.stored_precision");
    QCOMPARE(stored.kind, Evidence::Kind::Contradiction);
    QVERIFY(stored.what.sentence().find("GPTQ") != std::string::npos);
    QCOMPARE(find(quantisationEvidence(*found, {4, false}), "weights.stored_precision")->kind, Evidence::Kind::Consistent);
}

void TestWeightChecks::findsFineTuning()
{
    TinyModel model = m_first;
    addNoise(model, 0.001f, 7); // a twentieth of the weights' size
    const Compared found = compare(made("tuned", model), OpenedTiny(at("first")));
    QCOMPARE(found.found.kind, LineageKind::Changed);
    QVERIFY(found.parameters.medianLayer() > 0.99);
    QVERIFY(near(found.parameters.matrices.relative(), 0.05, 0.005));
    QCOMPARE(found.null.percentile(found.parameters.medianLayer()), 1.0);
    const Evidence *evidence = find(found.evidence, "weights.lineage");
    QCOMPARE(evidence->kind, Evidence::Kind::Contradiction); // of being the reference itself
    QVERIFY(!evidence->benign.empty());
    QCOMPARE(evidence->numbers["layers"].size(), size_t(4));
}

void TestWeightChecks::findsPrunedExperts()
{
    TinyModel shape;
    shape.experts = 4;
    shape.intermediate = 128;
    shape.layers = 2;
    const TinyModel whole = randomModel(11, shape);
    TinyModel pruned = whole;
    pruned.experts = 2;
    for (int layer = 0; layer < 2; ++layer) {
        const std::string mlp = "model.layers." + std::to_string(layer) + ".mlp.";
        for (const char *part : {"gate_proj", "up_proj", "down_proj"}) {
            // The second and the fourth stay, under new numbers.
            pruned.at(mlp + "experts.0." + part + ".weight") = whole.tensors.at(mlp + "experts.1." + part + ".weight");
            pruned.at(mlp + "experts.1." + part + ".weight") = whole.tensors.at(mlp + "experts.3." + part + ".weight");
            pruned.tensors.erase(mlp + "experts.2." + part + ".weight");
            pruned.tensors.erase(mlp + "experts.3." + part + ".weight");
        }
        TinyModel::Tensor &router = pruned.at(mlp + "gate.weight");
        router.shape[0] = 2;
        router.values.resize(2 * 128);
    }
    const Compared found = compare(made("pruned", pruned), made("whole", whole));
    QCOMPARE(found.found.kind, LineageKind::Changed); // attention tells; experts stand elsewhere
    QCOMPARE(found.parameters.onlyInReference, uint64_t(12));
    QCOMPARE(found.parameters.otherShapes, uint64_t(2)); // routers
    QVERIFY(found.parameters.sections[size_t(WeightSection::Attention)].equalShare() == 1.0);
    QCOMPARE(found.pruning.experts, std::optional<int64_t>(2));
    const auto evidence = pruningEvidence(found.pruning, "whole", true);
    QVERIFY(evidence.has_value());
    QCOMPARE(evidence->kind, Evidence::Kind::Contradiction);
    QVERIFY(evidence->what.sentence().find("2 routed experts here and 4") != std::string::npos);
}

void TestWeightChecks::findsRowsOfZeros()
{
    TinyModel model = m_first;
    for (const int layer : {1, 2}) {
        auto &up = model.at("model.layers." + std::to_string(layer) + ".mlp.up_proj.weight").values;
        std::fill_n(up.begin() + 128 * 10, 128 * 20, 0.0f);
    }
    const OpenedTiny subject = made("zeros", model), first(at("first"));
    const Compared found = compare(subject, first);
    QCOMPARE(found.pruning.zeroRows, uint64_t(40));
    QCOMPARE(found.pruning.zeroed.size(), size_t(2));
    QCOMPARE(found.found.kind, LineageKind::Changed);
    const auto alone = pruningOf({subject.catalog, subject.files()}, nullptr);
    QCOMPARE(alone->zeroRows, uint64_t(40));
    QCOMPARE(pruningEvidence(*alone, {}, false)->kind, Evidence::Kind::Note); // single rows may be so as published
    QVERIFY(pruningEvidence(*alone, {}, false)->what.sentence().find("40 rows are all zero in 2 matrices") != std::string::npos);
    QVERIFY(!pruningEvidence(pruningOf({first.catalog, first.files()}, nullptr).value(), {}, false).has_value());
}

void TestWeightChecks::findsMergedLayers()
{
    TinyModel model = m_first;
    for (auto &[name, tensor] : model.tensors) {
        if (name.find("layers.2.") != std::string::npos || name.find("layers.3.") != std::string::npos)
            tensor = m_second.tensors.at(name);
    }
    const OpenedTiny subject = made("merged", model), first(at("first")), second(at("second"));
    const Compared one = compare(subject, first), two = compare(subject, second);
    QCOMPARE(one.found.kind, LineageKind::Partly);
    QCOMPARE(layerRanges(one.found.related), std::string("0-1"));
    QCOMPARE(layerRanges(one.found.unrelated), std::string("2-3"));
    const std::vector<MergeParent> parents{{"first", one.parameters, one.null.limit()}, {"second", two.parameters, two.null.limit()}};
    const auto evidence = mergeEvidence(parents, true);
    QVERIFY(evidence.has_value());
    QCOMPARE(evidence->what.sentence(), std::string("Layers 0-1 are those of first, layers 2-3 those of second: a model that was put together from both."));
    QVERIFY(!mergeEvidence(std::span(parents).first(1), true).has_value()); // one parent is no merge
    const Compared own = compare(first, first), other = compare(first, second);
    const std::vector<MergeParent> honest{{"first", own.parameters, own.null.limit()}, {"second", other.parameters, other.null.limit()}};
    QVERIFY(!mergeEvidence(honest, true).has_value());
}

void TestWeightChecks::findsAveragedParents()
{
    TinyModel model = m_first;
    for (auto &[name, tensor] : model.tensors) {
        for (size_t i = 0; i < tensor.values.size(); ++i)
            tensor.values[i] = 0.5f * (tensor.values[i] + m_second.tensors.at(name).values[i]);
    }
    const OpenedTiny subject = made("averaged", model), first(at("first")), second(at("second"));
    const Compared one = compare(subject, first), two = compare(subject, second);
    QVERIFY(near(one.parameters.medianLayer(), std::sqrt(0.5), 0.02)); // independent parents of one size
    QCOMPARE(one.found.kind, LineageKind::Changed);
    const std::vector<MergeParent> parents{{"first", one.parameters, one.null.limit()}, {"second", two.parameters, two.null.limit()}};
    const auto evidence = mergeEvidence(parents, true);
    QVERIFY(evidence.has_value());
    QCOMPARE(evidence->kind, Evidence::Kind::Note);
    QVERIFY(evidence->what.sentence().find("Layers 0-3 are related to several references") != std::string::npos);
}

void TestWeightChecks::findsPermutedUnits()
{
    TinyModel model = m_first;
    permuteUnits(model, 5);
    const Compared found = compare(made("permuted", model), OpenedTiny(at("first")));
    QVERIFY(found.parameters.medianLayer() < found.null.limit());
    for (const InvariantRow &row : found.invariants.rows)
        QVERIFY2(row.likeness > 0.999, qPrintable(QString::number(row.likeness)));
    QVERIFY(found.invariants.embeddings.value() > 0.999);
    QCOMPARE(found.found.kind, LineageKind::Reordered);
    QCOMPARE(find(found.evidence, "weights.invariants")->kind, Evidence::Kind::Consistent);
}

/// Small models: 24 pairs without any relation must all be told so, with figures like those of chance.
void TestWeightChecks::unrelatedPairsStayUnrelated()
{
    TinyModel shape;
    shape.hidden = 64;
    shape.heads = 2;
    shape.kvHeads = 1;
    shape.intermediate = 96;
    shape.vocabulary = 200;
    double largest = 0;
    for (uint64_t pair = 0; pair < unlessSanitized<uint64_t>(24, 6); ++pair) {
        const Compared found = compare(made("unrelated-a", randomModel(100 + 2 * pair, shape), 1), made("unrelated-b", randomModel(101 + 2 * pair, shape), 1));
        QCOMPARE(found.found.kind, LineageKind::Unrelated);
        QCOMPARE(found.found.invariantsAlike, std::optional(false));
        QVERIFY(found.null.enough());
        largest = std::max(largest, std::abs(found.parameters.medianLayer()));
    }
    // 27,000 independent numbers a layer: a standard deviation of 0.006.
    QVERIFY2(largest < 0.03, qPrintable(QString::number(largest)));
}

void TestWeightChecks::calibratesByUnrelatedPairs()
{
    TinyModel shape;
    shape.hidden = 64;
    shape.heads = 2;
    shape.kvHeads = 1;
    shape.intermediate = 96;
    shape.vocabulary = 200;
    std::vector<ParameterLikeness> parameters;
    std::vector<InvariantLikeness> invariants;
    for (uint64_t pair = 0; pair < LikenessNull::kEnough; ++pair) {
        const OpenedTiny a = made("null-a", randomModel(300 + 2 * pair, shape), 1), b = made("null-b", randomModel(301 + 2 * pair, shape), 1);
        parameters.push_back(parameterLikeness({a.catalog, a.files()}, {b.catalog, b.files()}).value());
        invariants.push_back(invariantLikeness(invariantSide(a.catalog, a.files(), a.inspection->facts), invariantSide(b.catalog, b.files(), b.inspection->facts), fewTokens()).value());
    }
    const LikenessNull null = nullOfPairs(parameters), invariantsNull = nullOfPairs(invariants);
    QCOMPARE(null.from, LikenessNull::From::UnrelatedPairs);
    QCOMPARE(null.values.size(), size_t(20 * 4));
    QCOMPARE(invariantsNull.values.size(), size_t(20 * 2 * 3));
    TinyModel model = randomModel(900, shape), permuted = model;
    permuteUnits(permuted, 3);
    addNoise(permuted, 0.002f, 4);
    const Compared found = compare(made("null-permuted", permuted, 1), made("null-first", model, 1), &null, &invariantsNull);
    QCOMPARE(found.found.kind, LineageKind::Reordered);
    QVERIFY(find(found.evidence, "weights.lineage")->benign.back().sentence().find("known to be unrelated") != std::string::npos);
    QVERIFY(near(null.p(null.values.back() + 1), 1.0 / 81, 1e-12));
    QVERIFY(near(null.percentile(null.values[40]), 0.5, 1e-12));
    QVERIFY(std::isinf(LikenessNull().limit()));
}

/// Eight layers that are all alike: cosines of layers that do not belong together are those of layers that do.
void TestWeightChecks::layersThatAreRepeated()
{
    TinyModel shape;
    shape.hidden = 128;
    shape.heads = 2;
    shape.kvHeads = 1;
    shape.intermediate = 128;
    shape.vocabulary = 200;
    shape.layers = 8;
    const auto repeated = [&](uint64_t seed) {
        TinyModel model = randomModel(seed, shape);
        for (auto &[name, tensor] : model.tensors) {
            if (const size_t at = name.find("layers."); at != std::string::npos)
                tensor = model.tensors.at("model.layers.0" + name.substr(name.find('.', at + 7)));
        }
        return model;
    };
    const TinyModel first = repeated(71);
    TinyModel int4 = first, tuned = first;
    throughInt4(int4);
    addNoise(tuned, 0.002f, 3);
    const OpenedTiny reference = made("repeated", first);
    QCOMPARE(compare(made("repeated-int4", int4), reference).found.kind, LineageKind::Converted);
    const Compared changed = compare(made("repeated-tuned", tuned), reference);
    QVERIFY(changed.null.limit() > 0.9 && !changed.null.tells());
    QVERIFY(changed.found.kind != LineageKind::Unrelated && changed.found.kind != LineageKind::Partly);
    QVERIFY(changed.found.unrelated.empty());
    // All cosines are one and the same: nothing to hold one of them against.
    QCOMPARE(compare(made("repeated-other", repeated(72)), reference).found.kind, LineageKind::Undetermined);
    // One layer of eight that is another: no rounding, however small its share of the whole is.
    TinyModel one = int4;
    const TinyModel other = repeated(72);
    for (auto &[name, tensor] : one.tensors) {
        if (name.find("layers.5.") != std::string::npos)
            tensor = other.tensors.at(name);
    }
    QVERIFY(compare(made("repeated-one", one), reference).found.kind != LineageKind::Converted);
}

/// The family that is shipped: one vocabulary, three trainings. Full has another shape. Distilled and base have one, and their trainings began
/// with the same numbers (one seed, docs/SAMPLES.md): that they are related is right, though neither descends from the other.
void TestWeightChecks::sampleFamily()
{
    const std::filesystem::path samples = std::string(ASSAY_SOURCE_DIR) + "/resources/samples";
    const OpenedTiny full(samples / "full"), distilled(samples / "distilled"), base(samples / "base");
    QCOMPARE(compare(full, full).found.kind, LineageKind::Same);
    const Compared shapes = compare(distilled, full);
    QVERIFY(shapes.parameters.matrices.tensors == 0 && shapes.parameters.otherShapes > 0);
    QVERIFY(!shapes.invariants.rows.empty()); // across widths
    const Compared siblings = compare(distilled, base);
    for (const auto &[name, found] : {std::pair("distilled beside full", &shapes), std::pair("distilled beside base", &siblings)})
        qInfo("%s: %s, cosine %.4f (limit %.4f), invariants %.4f (limit %.4f), CKA of embeddings %.4f", name, lineageKindId(found->found.kind),
              found->parameters.medianLayer(), found->null.limit(), found->invariants.mean(), found->invariants.null.limit(),
              found->invariants.embeddings.value_or(NAN));
    QCOMPARE(shapes.found.kind, LineageKind::Undetermined);
    QCOMPARE(shapes.found.invariantsAlike, std::optional(false));
    QCOMPARE(siblings.found.kind, LineageKind::Changed);
    QVERIFY(siblings.parameters.medianLayer() > 0.5 && siblings.parameters.medianLayer() < 0.9);
    QCOMPARE(siblings.found.invariantsAlike, std::optional(false));
}

void TestWeightChecks::keepsWhatCanBeRead()
{
    // NaN and Inf are left out and counted; all else is compared.
    TinyModel model = m_first;
    auto &query = model.at("model.layers.0.self_attn.q_proj.weight").values;
    query[5] = NAN;
    query[6] = INFINITY;
    model.tensors.erase("model.layers.3.mlp.up_proj.weight"); // missing
    TinyModel::Tensor &wide = model.at("model.layers.2.mlp.up_proj.weight"); // another shape
    wide.shape = {128, 256};
    const Compared found = compare(made("odd", model), OpenedTiny(at("first")));
    QCOMPARE(found.parameters.notFinite, uint64_t(2));
    QCOMPARE(found.parameters.onlyReference, std::vector<std::string>{"model.layers.3.mlp.up_proj.weight"});
    QCOMPARE(found.parameters.otherShape, std::vector<std::string>{"model.layers.2.mlp.up_proj.weight"});
    QVERIFY(std::isfinite(found.parameters.all.cosine()));
    QCOMPARE(found.found.kind, LineageKind::Changed); // not the same any more
    QVERIFY(!found.invariants.leftOut.empty());        // the last layer has no gated part
    QVERIFY(!found.invariants.rows.empty());
    // A shard that was cut off: its tensors are told, those of the other one compared.
    writeModel(at("cut"), m_first);
    const auto shard = at("cut") / "model-00002-of-00002.safetensors";
    std::filesystem::resize_file(shard, std::filesystem::file_size(shard) - 100'000);
    const Compared cut = compare(OpenedTiny(at("cut")), OpenedTiny(at("first")));
    QVERIFY(!cut.parameters.unreadable.empty());
    QVERIFY(cut.parameters.all.tensors > 10);
    QCOMPARE(cut.parameters.all.equalShare(), 1.0);
    QVERIFY(cut.found.kind != LineageKind::Same);
    // All NaN: nothing to tell, no crash.
    TinyModel none = m_first;
    for (auto &[name, tensor] : none.tensors)
        std::fill(tensor.values.begin(), tensor.values.end(), NAN);
    const Compared nothing = compare(made("nan", none), OpenedTiny(at("first")));
    QVERIFY(nothing.found.kind == LineageKind::Undetermined || nothing.found.kind == LineageKind::Unrelated);
    QCOMPARE(nothing.invariants.tokens, size_t(0));
}

void TestWeightChecks::damagedInputIsNoCrash()
{
    std::filesystem::create_directories(at("config-alone"));
    std::ofstream(at("config-alone") / "config.json") << m_first.config().dump();
    const OpenedTiny empty(at("config-alone")), first(at("first"));
    const Compared found = compare(first, empty);
    QCOMPARE(found.found.kind, LineageKind::Undetermined);
    QCOMPARE(find(found.evidence, "weights.lineage")->kind, Evidence::Kind::Note);
    const Compared turned = compare(empty, first);
    QCOMPARE(turned.found.kind, LineageKind::Undetermined);
    QCOMPARE(turned.here.bits(), std::optional<int>());
    QCOMPARE(find(quantisationEvidence(turned.here, {16, false}), "weights.stored_precision")->kind, Evidence::Kind::Note);
    // Heads that do not divide, and none: the invariants say so.
    for (const int64_t heads : {int64_t(3), int64_t(0), int64_t(-4), int64_t(1) << 40}) {
        InvariantSide side = invariantSide(first.catalog, first.files(), first.inspection->facts);
        side.heads = heads;
        const auto odd = invariantLikeness(side, side, fewTokens());
        QVERIFY(odd.has_value());
        QVERIFY(!odd->leftOut.empty());
    }
}

void TestWeightChecks::stops()
{
    const OpenedTiny first(at("first")), second(at("second"));
    std::stop_source source;
    source.request_stop();
    const WeightSide a{first.catalog, first.files()}, b{second.catalog, second.files()};
    const StreamControl control{source.get_token(), {}};
    QCOMPARE(parameterLikeness(a, b, control).error().code, ErrorCode::Cancelled);
    QCOMPARE(mismatchedLayers(a, b, {}, control).error().code, ErrorCode::Cancelled);
    QCOMPARE(hiddenQuantisation(a.catalog, a.files, {}, control).error().code, ErrorCode::Cancelled);
    const auto side = invariantSide(first.catalog, first.files(), first.inspection->facts);
    QCOMPARE(invariantLikeness(side, side, fewTokens(), control).error().code, ErrorCode::Cancelled);
    uint64_t told = 0;
    const StreamControl watched{{}, [&](uint64_t done, uint64_t total) {
                                    QVERIFY(done <= total && done >= told);
                                    told = done;
                                }};
    QVERIFY(parameterLikeness(a, b, watched, 2).has_value());
    QVERIFY(told > 0);
}

QTEST_APPLESS_MAIN(TestWeightChecks)
#include "tst_weightchecks.moc"
