// SPDX-License-Identifier: GPL-3.0-or-later
// Products that run on GGUF's quantised blocks, of every width that this processor can run, beside plain
// loops in double over the values that core/weights decodes (which has tests against files of other
// programs).
#include "core/engine/kernels/product.h"
#include "core/engine/kernels/rows.h"
#include "core/engine/kernels/width.h"
#include "core/weights/ggufblocks.h"
#include "tests/engine/normalvalues.h"

#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using namespace assay;
using namespace assay::kernels;

namespace {

struct BlockType
{
    const char *name;
    StoredAs type;
    Dtype dtype;
    std::vector<size_t> halves; ///< where a block has float16 scales
};
const BlockType kTypes[] = {
    {"Q8_0", StoredAs::Q8_0, Dtype::Q8_0, {0}},       {"Q4_0", StoredAs::Q4_0, Dtype::Q4_0, {0}},
    {"Q4_1", StoredAs::Q4_1, Dtype::Q4_1, {0, 2}},    {"Q5_0", StoredAs::Q5_0, Dtype::Q5_0, {0}},
    {"Q5_1", StoredAs::Q5_1, Dtype::Q5_1, {0, 2}},    {"Q4_K", StoredAs::Q4_K, Dtype::Q4_K, {0, 2}},
    {"Q5_K", StoredAs::Q5_K, Dtype::Q5_K, {0, 2}},    {"Q6_K", StoredAs::Q6_K, Dtype::Q6_K, {208}},
    {"Q2_K", StoredAs::Q2_K, Dtype::Q2_K, {80, 82}},  {"Q3_K", StoredAs::Q3_K, Dtype::Q3_K, {108}},
    {"MXFP4", StoredAs::MXFP4, Dtype::MXFP4, {}},     {"IQ4_NL", StoredAs::IQ4_NL, Dtype::IQ4_NL, {0}},
    {"IQ4_XS", StoredAs::IQ4_XS, Dtype::IQ4_XS, {0}},
};

/// Random blocks and what stands in them.
struct Stored
{
    std::vector<std::byte> bytes;
    std::vector<float> values;
    MatrixView view;

    Stored(const BlockType &type, int64_t rows, int64_t columns) : values(size_t(rows * columns))
    {
        const StoredBlock block = storedBlock(type.type);
        const int64_t blocks = rows * columns / block.elements;
        bytes.resize(size_t(blocks * block.bytes));
        std::mt19937 random(5);
        for (std::byte &byte : bytes)
            byte = std::byte(random());
        for (int64_t b = 0; b < blocks; ++b) {
            std::byte *const at = bytes.data() + b * block.bytes;
            for (const size_t offset : type.halves) {
                const uint16_t half =
                    uint16_t(0x2000 + random() % 0x800 + random() % 2 * 0x8000); // some hundredths
                std::memcpy(at + offset, &half, 2);
            }
            if (type.type == StoredAs::MXFP4)
                at[0] = std::byte(122 + random() % 6);
        }
        ggufBlockDecoder(type.dtype)(bytes.data(), size_t(blocks), values.data());
        view = matrixOf(type.type, bytes.data(), rows, columns);
    }
};

/// A product's exact value, the magnitudes that were added, and what activations of eight bits may be off by.
struct Expected
{
    double sum = 0, size = 0, eightBits = 0;
};
Expected expectedOf(const float *weights, const float *x, int64_t columns)
{
    Expected all;
    for (int64_t block = 0; block < columns; block += 32) {
        double largest = 0, magnitudes = 0;
        for (int64_t c = block; c < block + 32; ++c) {
            all.sum += double(weights[c]) * double(x[c]);
            all.size += std::abs(double(weights[c]) * double(x[c]));
            magnitudes += std::abs(double(weights[c]));
            largest = std::max(largest, std::abs(double(x[c])));
        }
        all.eightBits += magnitudes * largest / 254;
    }
    return all;
}

} // namespace

class TestBlocks : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { useWidth(usableWidths().back()); }

    void layouts();
    void products_data();
    void products();
    void oddActivations();
    void leastScalesOfMxfp4();
};

void TestBlocks::layouts()
{
    for (const BlockType &type : kTypes) {
        const DtypeBlock block = dtypeBlock(type.dtype);
        QCOMPARE(storedBlock(type.type).elements, int64_t(block.elements));
        QCOMPARE(storedBlock(type.type).bytes, int64_t(block.bytes));
    }
    QCOMPARE(bytesOfRow(StoredAs::Q8_0, 64), int64_t(68));
    QCOMPARE(bytesOfRow(StoredAs::Q8_0, 65), int64_t(0));
}

void TestBlocks::products_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("index");
    for (const Width width : usableWidths()) {
        for (int i = 0; i < int(std::size(kTypes)); ++i)
            QTest::addRow("%s %s", kTypes[i].name, nameOf(width)) << int(width) << i;
    }
}

void TestBlocks::products()
{
    QFETCH(int, width);
    QFETCH(int, index);
    useWidth(Width(width));
    const BlockType &type = kTypes[index];
    ThreadPool pool(3);
    for (const int64_t blocks : {1, 2, 3, 8, 11}) {
        const int64_t columns = blocks * storedBlock(type.type).elements;
        for (const int64_t rows : {1, 37, 70}) {
            const Stored weights(type, rows, columns);
            std::vector<float> row(static_cast<size_t>(columns));
            widenRow(weights.view, rows - 1, row.data());
            for (int64_t c = 0; c < columns; ++c) {
                const double value = double(weights.values[size_t((rows - 1) * columns + c)]);
                QVERIFY(std::abs(double(row[size_t(c)]) - value) <= 1e-6 * (std::abs(value) + 0.1));
            }
            for (const int64_t count : {1, 2, 3, 4, 5, 13}) {
                const auto x = normalValues(size_t(count * columns), 3), bias = normalValues(size_t(rows), 4);
                for (const Exactness exactness : {Exactness::Float, Exactness::Fast}) {
                    std::vector<float> result(size_t(count * rows), 99.0f);
                    product(weights.view, x.data(), count, result.data(), bias.data(), pool, exactness);
                    for (int64_t i = 0; i < count * rows; ++i) {
                        const Expected expected = expectedOf(weights.values.data() + i % rows * columns,
                                                             x.data() + i / rows * columns, columns);
                        const double rounding = 4e-6 * (1 + expected.size);
                        const double allowed = exactness == Exactness::Float ? rounding
                                               : count <= 4                  ? rounding + expected.eightBits
                                                                             : rounding + expected.size / 250;
                        const double error = std::abs(double(result[size_t(i)]) -
                                                      (expected.sum + double(bias[size_t(i % rows)])));
                        QVERIFY2(
                            error <= allowed,
                            qPrintable(QStringLiteral(
                                           "%1 x %2, %3 vectors, exactness %4: %5 is off by %6, allowed %7")
                                           .arg(rows)
                                           .arg(columns)
                                           .arg(count)
                                           .arg(int(exactness))
                                           .arg(expected.sum)
                                           .arg(error)
                                           .arg(allowed)));
                    }
                }
            }
        }
    }
}

void TestBlocks::oddActivations()
{
    ThreadPool pool(1);
    const Stored weights(kTypes[0], 3, 64);
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const float odd :
             {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            std::vector<float> x(128, 1.0f), result(6);
            x[40] = odd;
            product(weights.view, x.data(), 2, result.data(), nullptr, pool);
            for (int r = 0; r < 3; ++r) {
                QVERIFY(!std::isfinite(result[size_t(r)]));
                QVERIFY(std::isfinite(result[size_t(3 + r)]));
            }
        }
        // Nothing but zeros, and what is next to nothing.
        for (const float tiny : {0.0f, -0.0f, 1e-42f}) {
            const std::vector<float> x(64, tiny);
            std::vector<float> result(3, 9.0f);
            product(weights.view, x.data(), 1, result.data(), nullptr, pool);
            for (const float value : result)
                QVERIFY(std::abs(value) < 1e-35f);
        }
    }
}

void TestBlocks::leastScalesOfMxfp4()
{
    for (const uint8_t exponent : {0, 1, 2, 3, 254, 255}) {
        std::vector<std::byte> block(17, std::byte(0x7f));
        block[0] = std::byte(exponent);
        std::vector<float> values(32), expected(32);
        ggufBlockDecoder(Dtype::MXFP4)(block.data(), 1, expected.data());
        for (const Width width : usableWidths()) {
            useWidth(width);
            widenRow(matrixOf(StoredAs::MXFP4, block.data(), 1, 32), 0, values.data());
            QCOMPARE(values, expected);
        }
    }
}

QTEST_GUILESS_MAIN(TestBlocks)
#include "tst_blocks.moc"
