// SPDX-License-Identifier: GPL-3.0-or-later
// What weights' values betray, over weights made for each case; the thresholds are those of identity.md 7.8.
#include "core/weights/modelstatistics.h"
#include "tests/weights/memoryweights.h"

#include <QTest>
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace assay;
using namespace assay::testing;

namespace {

constexpr int64_t kRows = 256, kColumns = 512;

std::vector<float> normals(size_t count, uint32_t seed, float deviation = 0.02f)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, deviation);
    std::vector<float> values(count);
    for (float &value : values)
        value = normal(random);
    return values;
}

std::vector<uint16_t> bfloats(const std::vector<float> &values)
{
    std::vector<uint16_t> bits;
    for (const float value : values)
        bits.push_back(uint16_t((std::bit_cast<uint32_t>(value) + 0x8000) >> 16));
    return bits;
}

/// Rounded to whole steps of a group's largest value: what a quantiser of so many levels on each side leaves.
std::vector<float> throughIntegers(std::vector<float> values, size_t group, float levels)
{
    for (size_t first = 0; first < values.size(); first += group) {
        float largest = 0;
        for (size_t i = first; i < first + group; ++i)
            largest = std::max(largest, std::abs(values[i]));
        for (size_t i = first; i < first + group; ++i)
            values[i] = std::round(values[i] / largest * levels) * largest / levels;
    }
    return values;
}

/// Rounded to three bits of mantissa under a scale for each 128 x 128 block.
std::vector<float> throughFloat8(std::vector<float> values)
{
    for (float &value : values) {
        int exponent = 0;
        const float mantissa = std::frexp(value / 0.0003f, &exponent);
        value = std::ldexp(std::round(mantissa * 16) / 16, exponent) * 0.0003f;
    }
    return values;
}

struct Outcome
{
    std::vector<Finding> findings;
    const Finding *find(FindingCode code) const
    {
        const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding &finding) { return finding.code == code; });
        return found == findings.end() ? nullptr : &*found;
    }
};

Outcome inspected(const MemoryWeights &weights, Checkpoint &checkpoint)
{
    const WeightCatalog catalog(checkpoint, {});
    ModelStatisticsRequest request;
    request.tensors = tensorsBySize(catalog);
    return {computeModelStatistics(catalog, weights, request).value_or(std::vector<Finding>())};
}

} // namespace

class TestWeightFindings : public QObject
{
    Q_OBJECT
private slots:
    void nothingToTell();
    void notFinite();
    void constant();
    void zeroRows();
    void scales();
    void equal();
    void masksTellNothing();
    void sharedBytesAreNoFinding();
    void precision_data();
    void precision();
    void hidden();
    void joined();
};

void TestWeightFindings::nothingToTell()
{
    MemoryWeights weights;
    for (int i = 0; i < 4; ++i)
        weights.add("layers." + std::to_string(i) + ".weight", Dtype::BF16, {kRows, kColumns}, bfloats(normals(kRows * kColumns, uint32_t(i))));
    weights.add("norm.weight", Dtype::F32, {64}, std::vector<float>(64, 1));
    weights.add("norm2.weight", Dtype::F32, {64}, std::vector<float>(64, 1));
    weights.add("bias", Dtype::F32, {64}, std::vector<float>(64));
    const Outcome outcome = inspected(weights, weights.checkpoint());
    QVERIFY2(outcome.findings.empty(), outcome.findings.empty() ? "" : outcome.findings[0].sentence().c_str());
}

void TestWeightFindings::notFinite()
{
    std::vector<float> values = normals(64 * 64, 1);
    values[3] = std::numeric_limits<float>::quiet_NaN();
    values[9] = values[10] = std::numeric_limits<float>::infinity();
    MemoryWeights weights;
    weights.add("x", Dtype::F32, {64, 64}, values);
    const Outcome outcome = inspected(weights, weights.checkpoint());
    const Finding *finding = outcome.find(FindingCode::ValuesNotFinite);
    QVERIFY(finding);
    QCOMPARE(finding->sentence(), std::string("x holds 1 NaN and 2 infinite values"));
    QCOMPARE(finding->where, std::string("x"));
}

void TestWeightFindings::constant()
{
    MemoryWeights weights;
    weights.add("x", Dtype::F32, {64, 64}, std::vector<float>(64 * 64, 0.25f));
    const Outcome outcome = inspected(weights, weights.checkpoint());
    QVERIFY(outcome.find(FindingCode::ValuesConstant));
    QCOMPARE(outcome.find(FindingCode::ValuesConstant)->arguments[0], std::string("x"));
    QCOMPARE(outcome.findings.size(), size_t(1));
}

void TestWeightFindings::zeroRows()
{
    std::vector<float> values = normals(64 * 64, 1);
    std::fill_n(values.begin() + 64, 3 * 64, 0.0f);
    MemoryWeights weights;
    weights.add("x", Dtype::F32, {64, 64}, values);
    const Outcome outcome = inspected(weights, weights.checkpoint());
    QVERIFY(outcome.find(FindingCode::RowsZero));
    QCOMPARE(outcome.find(FindingCode::RowsZero)->sentence(), std::string("3 of the 64 rows of x are zero"));
}

void TestWeightFindings::scales()
{
    MemoryWeights weights;
    weights.add("x.weight", Dtype::F8E4M3, {256, 256}, std::vector<uint8_t>(65536, 0x38));
    weights.add("x.weight_scale_inv", Dtype::F32, {2, 2}, std::vector<float>{0.1f, 0, -1, std::numeric_limits<float>::quiet_NaN()});
    const Outcome outcome = inspected(weights, weights.checkpoint());
    QVERIFY(outcome.find(FindingCode::ScalesBroken));
    QCOMPARE(outcome.find(FindingCode::ScalesBroken)->sentence(),
             std::string("3 of the 4 scales of x.weight_scale_inv are zero, negative or not finite"));
    MemoryWeights sound;
    sound.add("x.weight", Dtype::F8E4M3, {256, 256}, std::vector<uint8_t>(65536, 0x38));
    sound.add("x.weight_scale_inv", Dtype::F32, {2, 2}, std::vector<float>{0.1f, 1, 1, 2});
    QVERIFY(!inspected(sound, sound.checkpoint()).find(FindingCode::ScalesBroken));
}

void TestWeightFindings::equal()
{
    const std::vector<float> values = normals(64 * 64, 1);
    std::vector<float> other = values;
    std::swap(other[5], other[9]);
    MemoryWeights weights;
    weights.add("experts.0.weight", Dtype::F32, {64, 64}, values);
    weights.add("experts.1.weight", Dtype::F32, {64, 64}, other);
    weights.add("experts.2.weight", Dtype::F32, {64, 64}, values);
    weights.add("embed_tokens.weight", Dtype::F32, {64, 64}, values); // tied heads are often stored twice
    const Outcome outcome = inspected(weights, weights.checkpoint());
    QCOMPARE(outcome.findings.size(), size_t(1));
    QCOMPARE(outcome.findings[0].sentence(), std::string("experts.0.weight and experts.2.weight have the same values"));
}

/// GPT-2's files hold the same causal mask in every layer.
void TestWeightFindings::masksTellNothing()
{
    constexpr int64_t kPositions = 256;
    std::vector<float> mask(kPositions * kPositions);
    for (int64_t i = 0; i < kPositions * kPositions; ++i)
        mask[size_t(i)] = i % kPositions <= i / kPositions ? 1 : 0;
    MemoryWeights weights;
    for (int i = 0; i < 4; ++i) {
        weights.add("h." + std::to_string(i) + ".attn.bias", Dtype::F32, {1, 1, kPositions, kPositions}, mask);
        weights.add("h." + std::to_string(i) + ".attn.c_attn.weight", Dtype::F32, {kRows, kColumns}, normals(kRows * kColumns, uint32_t(i)));
    }
    const Outcome outcome = inspected(weights, weights.checkpoint());
    QVERIFY2(outcome.findings.empty(), outcome.findings.empty() ? "" : outcome.findings[0].sentence().c_str());
    // The same values as a weight are told.
    MemoryWeights named;
    for (int i = 0; i < 2; ++i)
        named.add("h." + std::to_string(i) + ".attn.weight", Dtype::F32, {1, 1, kPositions, kPositions}, mask);
    QVERIFY(inspected(named, named.checkpoint()).find(FindingCode::TensorsEqual));
}

void TestWeightFindings::sharedBytesAreNoFinding()
{
    MemoryWeights weights;
    const TensorRecord first = weights.add("encoder.weight", Dtype::F32, {64, 64}, normals(64 * 64, 1));
    TensorRecord again = first;
    again.name = "decoder.weight";
    weights.checkpoint().tensors.push_back(again);
    weights.checkpoint().format = "torch";
    QVERIFY(!inspected(weights, weights.checkpoint()).find(FindingCode::TensorsEqual));
    weights.add("copy.weight", Dtype::F32, {64, 64}, normals(64 * 64, 1));
    QVERIFY(inspected(weights, weights.checkpoint()).find(FindingCode::TensorsEqual));
}

void TestWeightFindings::precision_data()
{
    QTest::addColumn<std::vector<float>>("values");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QString>("as");
    const std::vector<float> native = normals(kRows * kColumns, 4);
    QTest::newRow("native") << native << 16 << QString();
    QTest::newRow("int4, groups of 128") << throughIntegers(native, 128, 7) << 4 << QStringLiteral("4 bit");
    QTest::newRow("int4, groups of 32") << throughIntegers(native, 32, 7) << 4 << QStringLiteral("4 bit");
    QTest::newRow("int4, rows") << throughIntegers(native, kColumns, 7) << 4 << QStringLiteral("4 bit");
    QTest::newRow("int8, rows") << throughIntegers(native, kColumns, 127) << 8 << QStringLiteral("8 bit");
    QTest::newRow("fp8") << throughFloat8(native) << 8 << QStringLiteral("fp8");
    std::vector<float> pruned = native;
    for (size_t i = 0; i < pruned.size(); ++i)
        pruned[i] = i % 2 ? 0 : pruned[i];
    QTest::newRow("half of it zero") << pruned << 0 << QString(); // nothing can be said
}

void TestWeightFindings::precision()
{
    QFETCH(std::vector<float>, values);
    QFETCH(int, bits);
    QFETCH(QString, as);
    for (const bool halves : {true, false}) {
        MemoryWeights weights;
        if (halves)
            weights.add("x", Dtype::BF16, {kRows, kColumns}, bfloats(values));
        else
            weights.add("x", Dtype::F32, {kRows, kColumns}, values);
        const WeightCatalog catalog(weights.checkpoint(), {});
        auto weight = openWeight(catalog, 0, weights);
        const auto precision = storedPrecision(*weight);
        QVERIFY(precision);
        QCOMPARE(precision->has_value(), bits != 0);
        if (bits == 0)
            continue;
        QCOMPARE((*precision)->bits, bits);
        QCOMPARE(QString::fromStdString((*precision)->as), as);
    }
}

void TestWeightFindings::hidden()
{
    MemoryWeights weights;
    for (int i = 0; i < 5; ++i) {
        const auto native = normals(kRows * kColumns, uint32_t(i));
        weights.add("layers." + std::to_string(i) + ".weight", Dtype::BF16, {kRows, kColumns},
                    bfloats(i == 0 ? native : throughIntegers(native, 128, 7)));
    }
    weights.add("small.weight", Dtype::BF16, {64, 64}, bfloats(normals(4096, 1)));
    const Outcome outcome = inspected(weights, weights.checkpoint());
    const Finding *finding = outcome.find(FindingCode::HiddenQuantization);
    QVERIFY(finding);
    QCOMPARE(finding->arguments[0], std::string("4"));
    QCOMPARE(finding->arguments[1], std::string("5"));
    QCOMPARE(finding->arguments[3], std::string("4"));
    QCOMPARE(finding->where, std::string("layers.1.weight"));
}

void TestWeightFindings::joined()
{
    MemoryWeights weights;
    for (int i = 0; i < 1200; ++i)
        weights.add("layers." + std::to_string(i / 100) + ".experts." + std::to_string(i % 100) + ".weight", Dtype::F32, {8, 8},
                    std::vector<float>(64));
    const Outcome outcome = inspected(weights, weights.checkpoint());
    QCOMPARE(outcome.findings.size(), size_t(1));
    QCOMPARE(outcome.findings[0].sentence(), std::string("Every value of layers.#.experts.#.weight (1,200) is 0"));
}

QTEST_GUILESS_MAIN(TestWeightFindings)
#include "tst_weightfindings.moc"
