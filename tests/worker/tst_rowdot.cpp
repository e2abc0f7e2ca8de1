// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/rowdot.h"

#include <QtTest>
#include <bit>
#include <cmath>
#include <random>
#include <vector>

using namespace assay::engine;

namespace {

template <class Weight> double asDouble(Weight value)
{
    if constexpr (std::is_same_v<Weight, float>)
        return value;
    else
        return std::bit_cast<float>(uint32_t(value) << 16);
}

float drawn(std::mt19937 &random)
{
    return float(int(random() % 2001) - 1000) / 1000;
}

template <class Weight> std::vector<Weight> drawnWeights(std::mt19937 &random, int64_t count)
{
    std::vector<Weight> out(static_cast<size_t>(count));
    for (Weight &value : out) {
        if constexpr (std::is_same_v<Weight, float>)
            value = drawn(random);
        else
            value = BFloat16Bits(std::bit_cast<uint32_t>(drawn(random)) >> 16);
    }
    return out;
}

/// The largest difference from sums in double, relative to the sum of magnitudes.
template <class Weight> double worstError(int64_t rows, int64_t columns, int64_t count)
{
    std::mt19937 random(unsigned(rows * 1000 + columns));
    const std::vector<Weight> weight = drawnWeights<Weight>(random, rows * columns);
    std::vector<float> vectors(size_t(count * columns));
    for (float &value : vectors)
        value = drawn(random);
    std::vector<float> result(size_t(count * rows), NAN);
    const RowDotProblem problem{vectors.data(), result.data(), count, columns, rows};
    // In two parts, as threads do it.
    rowDot(weight.data(), problem, 0, rows / 2);
    rowDot(weight.data(), problem, rows / 2, rows);

    double worst = 0;
    for (int64_t v = 0; v < count; ++v) {
        for (int64_t r = 0; r < rows; ++r) {
            double sum = 0, magnitude = 1e-30;
            for (int64_t c = 0; c < columns; ++c) {
                const double product =
                    asDouble(weight[size_t(r * columns + c)]) * double(vectors[size_t(v * columns + c)]);
                sum += product;
                magnitude += std::abs(product);
            }
            worst = std::max(worst, std::abs(double(result[size_t(v * rows + r)]) - sum) / magnitude);
        }
    }
    return worst;
}

/// The largest difference of sums of rows from the same in double.
template <class Weight> double worstSumError(int64_t rows, int64_t columns, int64_t count)
{
    std::mt19937 random(unsigned(rows + columns));
    const std::vector<Weight> row = drawnWeights<Weight>(random, rows * columns);
    std::vector<float> factors(size_t(count * rows)), sums(size_t(count * columns), 0.5f);
    for (float &value : factors)
        value = drawn(random);
    rowSum(row.data(), {factors.data(), sums.data(), count, columns, rows});
    double worst = 0;
    for (int64_t v = 0; v < count; ++v) {
        for (int64_t c = 0; c < columns; ++c) {
            double sum = 0.5;
            for (int64_t r = 0; r < rows; ++r)
                sum += double(factors[size_t(v * rows + r)]) * asDouble(row[size_t(r * columns + c)]);
            worst = std::max(worst, std::abs(double(sums[size_t(v * columns + c)]) - sum));
        }
    }
    return worst;
}

} // namespace

class TestRowDot : public QObject
{
    Q_OBJECT

private slots:
    // Widths on both sides of every step that the kernels take.
    void sums_data()
    {
        QTest::addColumn<int>("columns");
        for (const int columns : {1, 3, 7, 8, 9, 15, 16, 31, 32, 33, 63, 100, 1024, 1536})
            QTest::newRow(qPrintable(QString::number(columns))) << columns;
    }

    void sums()
    {
        QFETCH(int, columns);
        for (int64_t count = 1; count <= kRowDotVectors; ++count) {
            QVERIFY(worstError<float>(5, columns, count) < 1e-6);
            QVERIFY(worstError<BFloat16Bits>(5, columns, count) < 1e-6);
            QVERIFY(worstSumError<float>(40, columns, count) < 1e-5);
            QVERIFY(worstSumError<BFloat16Bits>(40, columns, count) < 1e-5);
        }
    }
};

QTEST_GUILESS_MAIN(TestRowDot)
#include "tst_rowdot.moc"
