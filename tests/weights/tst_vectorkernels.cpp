// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of every width that this processor can run, beside sums taken one by one in double.
#include "core/weights/smallfloats.h"
#include "core/weights/vectorkernels.h"

#include <QTest>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace assay;

namespace {

float valueOf(float value)
{
    return value;
}

float valueOf(uint16_t bfloat)
{
    return std::bit_cast<float>(uint32_t(bfloat) << 16);
}

template <class Value> ValueSums oneByOne(const Value *values, size_t count, double *columns)
{
    ValueSums sums;
    sums.min = std::numeric_limits<float>::infinity();
    sums.max = -sums.min;
    for (size_t i = 0; i < count; ++i) {
        const double value = double(valueOf(values[i]));
        sums.nans += std::isnan(value);
        if (!std::isfinite(value))
            continue;
        ++sums.finite;
        sums.zeros += value == 0;
        sums.sum += value;
        sums.squares += value * value;
        sums.min = std::min(sums.min, float(value));
        sums.max = std::max(sums.max, float(value));
        if (columns)
            columns[i] += value * value;
    }
    return sums;
}

std::vector<float> makeValues(const QString &kind, size_t count)
{
    std::mt19937 random(unsigned(count) + 7);
    std::normal_distribution<float> normal(0, 0.02f);
    std::vector<float> values(count);
    for (size_t i = 0; i < count; ++i) {
        float value = normal(random);
        if (kind == QLatin1String("positive"))
            value = std::abs(value) + 1e-3f;
        else if (kind == QLatin1String("negative"))
            value = -std::abs(value) - 1e-3f;
        else if (kind == QLatin1String("tiny"))
            value *= 1e-25f;
        else if (kind == QLatin1String("zeros"))
            value = i % 3 ? (i % 2 ? 0.0f : -0.0f) : value;
        else if (kind == QLatin1String("nothing"))
            value = 0;
        else if (kind == QLatin1String("mixed"))
            value = i % 97 == 5 ? std::numeric_limits<float>::quiet_NaN() : i % 101 == 7 ? -std::numeric_limits<float>::infinity()
                    : i % 89 == 3 ? 1e30f : value;
        values[i] = value;
    }
    return values;
}

struct Width { const char *name; const VectorKernels *kernels; };

std::vector<Width> widths()
{
    std::vector<Width> all{{"baseline", &baseline::kernels()}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        all.push_back({"avx2", &avx2::kernels()});
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
        all.push_back({"avx512", &avx512::kernels()});
    if (__builtin_cpu_supports("avx512bf16"))
        all.push_back({"avx512bfloat", &avx512bfloat::kernels()});
#endif
    return all;
}

bool close(double a, double b, double tolerance)
{
    return a == b || std::abs(a - b) <= tolerance;
}

/// Sums and columns of one part; the columns come from both places where they are kept.
template <class Value> void check(VectorKernels::Sum<Value> sum, const std::vector<Value> &values, bool paired, double relative)
{
    const size_t count = values.size();
    std::vector<float> recent(count + 1);
    std::vector<double> rest(count), expectedColumns(count);
    const ColumnSums columns{recent.data(), paired ? recent.data() + (count + 1) / 2 : nullptr, rest.data()};
    const ValueSums expected = oneByOne(values.data(), count, expectedColumns.data());
    const ValueSums alone = sum(values.data(), count, {}, oneByOne<Value>), found = sum(values.data(), count, columns, oneByOne<Value>);
    const double scale = std::sqrt(expected.squares * double(std::max<size_t>(count, 1)));
    for (const ValueSums &each : {alone, found}) {
        QCOMPARE(each.finite, expected.finite);
        QCOMPARE(each.zeros, expected.zeros);
        QCOMPARE(each.nans, expected.nans);
        QVERIFY(close(each.sum, expected.sum, relative * scale));
        QVERIFY(close(each.squares, expected.squares, relative * expected.squares));
        if (expected.finite > 0) {
            QVERIFY(each.min == expected.min && each.max == expected.max);
        }
    }
    for (size_t column = 0; column < count; ++column) {
        const size_t place = paired ? column / 2 + column % 2 * ((count + 1) / 2) : column;
        QVERIFY(close(rest[column] + double(recent[place]), expectedColumns[column], 1e-6 * expectedColumns[column]));
    }
}

template <class Value> PairSums pairsOneByOne(const Value *a, const Value *b, size_t count)
{
    PairSums sums;
    for (size_t i = 0; i < count; ++i) {
        const double x = double(valueOf(a[i])), y = double(valueOf(b[i]));
        sums.equal += x == y || (std::isnan(x) && std::isnan(y));
        sums.zerosA += x == 0;
        sums.zerosB += y == 0;
        if (!std::isfinite(x) || !std::isfinite(y)) {
            ++sums.notFinite;
            continue;
        }
        sums.squaresA += x * x;
        sums.squaresB += y * y;
        sums.squaresDifference += (x - y) * (x - y);
        sums.dot += x * y;
        sums.maximum = std::max(sums.maximum, std::abs(x - y));
    }
    return sums;
}

void checkPairs(const PairSums &found, const PairSums &expected, double relative)
{
    QCOMPARE(found.equal, expected.equal);
    QCOMPARE(found.zerosA, expected.zerosA);
    QCOMPARE(found.zerosB, expected.zerosB);
    QCOMPARE(found.notFinite, expected.notFinite);
    QVERIFY(close(found.squaresA, expected.squaresA, relative * expected.squaresA));
    QVERIFY(close(found.squaresB, expected.squaresB, relative * expected.squaresB));
    QVERIFY(close(found.squaresDifference, expected.squaresDifference, relative * expected.squaresDifference));
    QVERIFY(close(found.dot, expected.dot, relative * std::sqrt(expected.squaresA * expected.squaresB)));
    QVERIFY(close(found.maximum, expected.maximum, std::max(relative, 1e-7) * expected.maximum));
}

} // namespace

class TestVectorKernels : public QObject
{
    Q_OBJECT
private slots:
    void sums_data();
    void sums();
    void pairs_data();
    void pairs();
    void halfPrecision();
};

void TestVectorKernels::sums_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("count");
    for (const char *kind : {"normal", "positive", "negative", "tiny", "zeros", "nothing", "mixed"}) {
        for (const int count : {1, 15, 64, 127, 128, 1000, 4096})
            QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(kind)).arg(count))) << QString::fromLatin1(kind) << count;
    }
}

void TestVectorKernels::sums()
{
    QFETCH(QString, kind);
    QFETCH(int, count);
    const std::vector<float> values = makeValues(kind, size_t(count));
    std::vector<uint16_t> halves;
    for (const float value : values)
        halves.push_back(uint16_t(std::bit_cast<uint32_t>(value) >> 16));
    for (const Width &width : widths()) {
        check<float>(width.kernels->sumFloats, values, false, 1e-6);
        check<float>(width.kernels->sumFloatsInDouble, values, false, 1e-14);
        check<uint16_t>(width.kernels->sumBfloats, halves, true, 1e-6);
        QVERIFY2(!QTest::currentTestFailed(), width.name);
    }
}

void TestVectorKernels::pairs_data()
{
    sums_data();
}

void TestVectorKernels::pairs()
{
    QFETCH(QString, kind);
    QFETCH(int, count);
    const double kSingle = kind == QLatin1String("normal") && count == 4096 ? 5e-8 : 9 * 0x1p-24; // of many values by chance; at worst
    const std::vector<float> a = makeValues(kind, size_t(count));
    std::vector<float> b = makeValues(QStringLiteral("normal"), size_t(count) + 1);
    b.resize(a.size());
    for (size_t i = 0; i < b.size(); ++i)
        b[i] = i % 3 == 0 ? a[i] : a[i] + 0.1f * (kind == QLatin1String("tiny") ? 1e-25f : 1.0f) * b[i];
    const auto halves = [](const std::vector<float> &values) {
        std::vector<uint16_t> out;
        for (const float value : values)
            out.push_back(uint16_t(std::bit_cast<uint32_t>(value) >> 16));
        return out;
    };
    const std::vector<uint16_t> halfA = halves(a), halfB = halves(b);
    for (const Width &width : widths()) {
        const size_t whole = size_t(count) / width.kernels->step * width.kernels->step;
        PairSums found;
        const bool summable = width.kernels->pairBfloats(halfA.data(), halfB.data(), whole, found);
        QVERIFY(whole < 128 || summable == (kind != QLatin1String("tiny") && kind != QLatin1String("mixed")));
        if (summable)
            checkPairs(found, pairsOneByOne(halfA.data(), halfB.data(), whole), kSingle);
        if (kind != QLatin1String("mixed")) {
            found = {};
            width.kernels->pairFloats(a.data(), b.data(), whole, found);
            checkPairs(found, pairsOneByOne(a.data(), b.data(), whole), 1e-12);
        }
        QVERIFY2(!QTest::currentTestFailed(), width.name);
    }
    // Whatever the values are, and where the kernels' steps do not divide them.
    checkPairs(pairSums(halfA.data(), halfB.data(), halfA.size()), pairsOneByOne(halfA.data(), halfB.data(), halfA.size()), kSingle);
    checkPairs(pairSums(a.data(), b.data(), a.size()), pairsOneByOne(a.data(), b.data(), a.size()), 1e-12);
}

void TestVectorKernels::halfPrecision()
{
    std::vector<uint16_t> all(65536);
    for (size_t i = 0; i < all.size(); ++i)
        all[i] = uint16_t(i);
    for (const Width &width : widths()) {
        std::vector<float> wide(all.size());
        width.kernels->widen(all.data(), all.size(), wide.data());
        for (size_t i = 0; i < all.size(); ++i) {
            const float expected = float16(all[i]);
            QVERIFY2(std::isnan(expected) ? std::isnan(wide[i]) : std::bit_cast<uint32_t>(wide[i]) == std::bit_cast<uint32_t>(expected), width.name);
        }
    }
}

QTEST_APPLESS_MAIN(TestVectorKernels)
#include "tst_vectorkernels.moc"
