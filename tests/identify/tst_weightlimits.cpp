// SPDX-License-Identifier: GPL-3.0-or-later
// What weights are judged by: how far rounding moves them, and how alike unrelated ones may be.
#include "core/identify/weights/likenessnull.h"
#include "core/identify/weights/pruning.h"
#include "core/identify/weights/rounding.h"
#include "tests/identify/tinymodels.h"

#include <QTest>
#include <numbers>

using namespace assay;
using namespace assay::testing;

namespace {

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class TestWeightLimits : public QObject
{
    Q_OBJECT
private slots:
    void expectsWhatRoundingDoes();
    void limitsStayBelowOne();
    void emptiedMatricesContradict();
};

/// Single rows of zeros may be so as published; a matrix of them speaks against the claim, without a reference, too.
void TestWeightLimits::emptiedMatricesContradict()
{
    PruningFound found;
    found.zeroed.push_back({"up", 20, 19, 2560, 2432});
    found.zeroRows = 19;
    QCOMPARE(pruningEvidence(found, {}, false)->kind, Evidence::Kind::Note);
    found.zeroed.front().zeroRows = found.zeroRows = 20;
    const auto evidence = pruningEvidence(found, {}, false);
    QCOMPARE(evidence->kind, Evidence::Kind::Contradiction);
    QCOMPARE(evidence->channel, std::string("pruning"));
    QCOMPARE(evidence->benign.size(), size_t(1));
}

/// The derived errors beside those of normal numbers that are really rounded.
void TestWeightLimits::expectsWhatRoundingDoes()
{
    std::mt19937_64 random(5);
    TinyModel plain;
    plain.tensors["w"] = {{512, 512}, normalValues(512 * 512, random)};
    const auto distance = [&](const TinyModel &rounded) {
        double difference = 0, squares = 0;
        for (size_t i = 0; i < 512 * 512; ++i) {
            const double x = double(plain.tensors.at("w").values[i]);
            difference += std::pow(double(rounded.tensors.at("w").values[i]) - x, 2);
            squares += x * x;
        }
        return std::sqrt(difference / squares);
    };
    TinyModel bfloats = plain, float8 = plain, int4 = plain;
    for (float &value : bfloats.at("w").values)
        value = std::bit_cast<float>(uint32_t(bfloat(value)) << 16);
    throughFloat8(float8);
    throughInt4(int4);
    QVERIFY(near(distance(bfloats), expectedRounding(16), 0.1 * expectedRounding(16)));
    QVERIFY(near(distance(float8), expectedRounding(8), 0.1 * expectedRounding(8)));
    QVERIFY(near(distance(int4), expectedRounding(4), 0.1 * expectedRounding(4)));
    // Cut off instead of rounded: twice as far, which the limit allows.
    for (float &value : bfloats.at("w").values)
        value = std::bit_cast<float>(std::bit_cast<uint32_t>(plain.tensors.at("w").values[size_t(&value - bfloats.at("w").values.data())]) & 0xffff0000u);
    QVERIFY(near(distance(bfloats), roundingLimit(16), 0.1 * roundingLimit(16)));
    QVERIFY(near(largestNormal(1), 1, 1e-4));
    QVERIFY(near(largestNormal(2) * largestNormal(2), 1 + 2 / std::numbers::pi, 1e-4)); // E max(|x|, |y|)^2
    QCOMPARE(expectedRounding(32), 0.0);
    QCOMPARE(roundingLimit(2), 0.5);
}

void TestWeightLimits::limitsStayBelowOne()
{
    LikenessNull null;
    for (const double value : {0.1, 0.3, 0.5, 0.7, 0.9})
        null.add(value); // mean and six deviations would be 2.4
    for (const auto from : {LikenessNull::From::MismatchedLayers, LikenessNull::From::UnrelatedPairs}) {
        null.from = from;
        QVERIFY(null.limit() > 0.9 && null.limit() < 1);
        QVERIFY(!null.tells());
    }
    // Layers that are repeated are a lesser part of what does not belong together.
    LikenessNull mixed;
    for (int i = 0; i < 20; ++i)
        mixed.add(i < 4 ? 0.999 : 0.001 * (i - 12));
    QVERIFY(mixed.tells());
    QVERIFY2(mixed.limit() < 0.06, qPrintable(QString::number(mixed.limit())));
    mixed.from = LikenessNull::From::UnrelatedPairs; // but pairs that are known to be unrelated are all meant
    QVERIFY(mixed.limit() > 0.999);
    QVERIFY(!LikenessNull().tells());
}

QTEST_APPLESS_MAIN(TestWeightLimits)
#include "tst_weightlimits.moc"
