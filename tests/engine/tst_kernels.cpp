// SPDX-License-Identifier: GPL-3.0-or-later
// Products of every width that this processor can run, and the pool of threads, beside plain loops in double.
#include "core/engine/kernels/product.h"
#include "core/engine/kernels/prune.h"
#include "core/engine/kernels/quantise.h"
#include "core/engine/kernels/width.h"
#include "core/weights/smallfloats.h"
#include "tests/engine/normalvalues.h"

#include <QTest>
#include <bit>
#include <cmath>
#include <limits>
#include <new>
#include <numeric>
#include <random>

using namespace assay;
using namespace assay::kernels;

namespace {

/// A matrix as it is stored, and the exact values that stand in it.
struct Stored
{
    std::vector<std::byte> bytes;
    std::vector<float> scales, values;
    MatrixView view;
};

template <class Element> void append(std::vector<std::byte> &bytes, Element element)
{
    const auto *from = reinterpret_cast<const std::byte *>(&element);
    bytes.insert(bytes.end(), from, from + sizeof(element));
}

Stored storeAs(StoredAs type, int64_t rows, int64_t columns, unsigned seed)
{
    Stored stored;
    std::mt19937 random(seed);
    for (int64_t r = 0; r < rows; ++r) {
        const float scale = 0.001f * float(r % 7 + 1);
        for (const float value : normalValues(size_t(columns), unsigned(random()))) {
            const uint16_t upper = uint16_t(std::bit_cast<uint32_t>(value) >> 16);
            const int8_t code = int8_t(std::lround(std::clamp(value * 40, -127.0f, 127.0f)));
            const uint16_t half =
                uint16_t(random() % 0x4000 + (random() % 2) * 0x8000); // finite, some below the normal
            switch (type) {
            case StoredAs::BF16:
                append(stored.bytes, upper),
                    stored.values.push_back(std::bit_cast<float>(uint32_t(upper) << 16));
                break;
            case StoredAs::F16:
                append(stored.bytes, half), stored.values.push_back(float16(half));
                break;
            case StoredAs::I8Rows:
                append(stored.bytes, code), stored.values.push_back(scale * float(code));
                break;
            default:
                append(stored.bytes, value), stored.values.push_back(value);
            }
        }
        if (type == StoredAs::I8Rows)
            stored.scales.push_back(scale);
    }
    stored.view = matrixOf(type, stored.bytes.data(), rows, columns,
                           stored.scales.empty() ? nullptr : stored.scales.data());
    return stored;
}

/// The greatest difference, in parts of the sum of the magnitudes that were added up.
double worstError(const Stored &weights, const std::vector<float> &x, const float *bias,
                  const std::vector<float> &result)
{
    const int64_t rows = weights.view.rows, columns = weights.view.columns,
                  count = int64_t(result.size()) / std::max<int64_t>(rows, 1);
    double worst = 0;
    for (int64_t v = 0; v < count; ++v) {
        for (int64_t r = 0; r < rows; ++r) {
            double sum = bias ? double(bias[r]) : 0, size = std::abs(sum) + 1e-30;
            for (int64_t c = 0; c < columns; ++c) {
                const double term =
                    double(weights.values[size_t(r * columns + c)]) * double(x[size_t(v * columns + c)]);
                sum += term;
                size += std::abs(term);
            }
            const double error = std::abs(double(result[size_t(v * rows + r)]) - sum) / size;
            worst = error <= worst ? worst : error; // NaN wins
        }
    }
    return worst;
}

struct Shape
{
    int64_t rows, columns, count;
};
const Shape kShapes[] = {{1, 1, 1},      {3, 5, 2},      {64, 128, 3},  {17, 33, 4},
                         {70, 100, 5},   {64, 256, 6},   {129, 300, 7}, {63, 257, 12},
                         {200, 129, 70}, {16, 1000, 31}, {5, 640, 520}, {257, 64, 16}};

} // namespace

class TestKernels : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { useWidth(usableWidths().back()); }

    void products_data();
    void products();
    void rowsOfEightBits();
    void nothingToDo();
    void weightsWithoutAlignment();
    void nanAndInfinity();
    void everyPartOnce();
    void loopsInsideLoops();
    void smallestNumbersAreZeroed();
    void whatIsThrownComesOut();
    void loopsOfSeveralCallers();
};

void TestKernels::products_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("type");
    const std::pair<StoredAs, const char *> types[] = {
        {StoredAs::F32, "f32"}, {StoredAs::BF16, "bf16"}, {StoredAs::F16, "f16"}, {StoredAs::I8Rows, "int8"}};
    for (const Width width : usableWidths()) {
        for (const auto &[type, name] : types)
            QTest::addRow("%s %s", name, nameOf(width)) << int(width) << int(type);
    }
}

void TestKernels::products()
{
    QFETCH(int, width);
    QFETCH(int, type);
    useWidth(Width(width));
    ThreadPool pool(3);
    for (const Shape &shape : kShapes) {
        const Stored weights = storeAs(StoredAs(type), shape.rows, shape.columns, 11);
        const auto x = normalValues(size_t(shape.count * shape.columns), 12),
                   bias = normalValues(size_t(shape.rows), 13);
        for (const float *b : {static_cast<const float *>(nullptr), bias.data()}) {
            for (const Exactness exactness : {Exactness::Float, Exactness::Fast}) {
                std::vector<float> result(size_t(shape.count * shape.rows), 99.0f);
                product(weights.view, x.data(), shape.count, result.data(), b, pool, exactness);
                const bool rounds = exactness == Exactness::Fast && StoredAs(type) != StoredAs::F32 &&
                                    StoredAs(type) != StoredAs::F16;
                const double error = worstError(weights, x, b, result), bound = rounds ? 1.0 / 256 : 2e-6;
                QVERIFY2(error <= bound, qPrintable(QStringLiteral("%1 x %2, %3 vectors: %4")
                                                        .arg(shape.rows)
                                                        .arg(shape.columns)
                                                        .arg(shape.count)
                                                        .arg(error)));
            }
        }
    }
}

void TestKernels::rowsOfEightBits()
{
    ThreadPool pool(2);
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const int64_t columns : {1, 17, 1500}) {
            for (const StoredAs type : {StoredAs::F32, StoredAs::BF16}) {
                const Stored from = storeAs(type, 9, columns, 21);
                std::vector<int8_t> codes(size_t(9 * columns));
                std::vector<float> scales(9);
                quantiseRows(from.view, codes.data(), scales.data(), pool);
                for (int64_t r = 0; r < 9; ++r) {
                    float largest = 0;
                    for (int64_t c = 0; c < columns; ++c)
                        largest = std::max(largest, std::abs(from.values[size_t(r * columns + c)]));
                    QVERIFY(std::abs(scales[size_t(r)] - largest / 127) <= 1e-7f * largest);
                    for (int64_t c = 0; c < columns; ++c) {
                        const double scale = double(scales[size_t(r)]),
                                     value = double(from.values[size_t(r * columns + c)]);
                        QVERIFY(std::abs(scale * codes[size_t(r * columns + c)] - value) <= scale * 0.50001);
                    }
                }
            }
        }
        const float odd[] = {
            0, 0,      1, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN(),
            1, 1e-42f, 0};
        int8_t codes[8];
        float scales[4];
        quantiseRows(matrixOf(StoredAs::F32, odd, 4, 2), codes, scales, pool);
        QVERIFY(scales[0] == 0 && std::isnan(scales[1]) && std::isnan(scales[2]) && scales[3] == 0);
        QVERIFY(codes[0] == 0 && codes[7] == 0);
    }
}

void TestKernels::nothingToDo()
{
    ThreadPool pool(2);
    const float one = 1, bias[2] = {3, 4};
    float result[12];
    std::fill(std::begin(result), std::end(result), 7.0f);
    const MatrixView empty = matrixOf(StoredAs::F32, &one, 2, 0);
    product(empty, &one, 6, result, bias, pool);
    for (int i = 0; i < 12; ++i)
        QCOMPARE(result[i], bias[i % 2]);
    product(matrixOf(StoredAs::F32, &one, 1, 1), &one, 0, result, nullptr, pool);
    product(matrixOf(StoredAs::F32, &one, 0, 1), &one, 1, result, nullptr, pool);
    QCOMPARE(result[0], 3.0f);
}

void TestKernels::weightsWithoutAlignment()
{
    ThreadPool pool(2);
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const StoredAs type : {StoredAs::F32, StoredAs::BF16, StoredAs::F16, StoredAs::I8Rows}) {
            const Stored weights = storeAs(type, 20, 50, 31);
            std::vector<std::byte> moved(weights.bytes.size() + 1);
            std::copy(weights.bytes.begin(), weights.bytes.end(), moved.begin() + 1);
            MatrixView view = weights.view;
            view.data = moved.data() + 1;
            for (const int64_t count : {2, 9}) {
                const auto x = normalValues(size_t(count * 50), 32);
                std::vector<float> expected(size_t(count * 20)), result(expected.size());
                product(weights.view, x.data(), count, expected.data(), nullptr, pool);
                product(view, x.data(), count, result.data(), nullptr, pool);
                QCOMPARE(result, expected);
            }
        }
    }
}

void TestKernels::nanAndInfinity()
{
    const float nan = std::numeric_limits<float>::quiet_NaN(),
                infinity = std::numeric_limits<float>::infinity();
    ThreadPool pool(1);
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const int64_t count : {1, 8}) {
            std::vector<float> x(size_t(count) * 40, 1.0f), weights(3 * 40, 1.0f), result(size_t(count) * 3);
            weights[40 + 7] = nan;
            weights[80 + 39] = infinity;
            std::vector<uint16_t> stored;
            for (const float weight : weights)
                stored.push_back(uint16_t(std::bit_cast<uint32_t>(weight) >> 16));
            x[5] = count == 8 ? nan : 1.0f; // the first vector's
            for (const MatrixView &view : {matrixOf(StoredAs::F32, weights.data(), 3, 40),
                                           matrixOf(StoredAs::BF16, stored.data(), 3, 40)}) {
                product(view, x.data(), count, result.data(), nullptr, pool);
                for (int64_t v = 0; v < count; ++v) {
                    const float *row = result.data() + v * 3;
                    if (count == 8 && v == 0) {
                        QVERIFY(std::isnan(row[0]) && std::isnan(row[1]) && std::isnan(row[2]));
                        continue;
                    }
                    QCOMPARE(row[0], 40.0f);
                    QVERIFY(std::isnan(row[1]));
                    QCOMPARE(row[2], infinity);
                }
            }
        }
    }
}

void TestKernels::everyPartOnce()
{
    for (const int threads : {1, 2, 5}) {
        ThreadPool pool(threads);
        QCOMPARE(pool.threads(), threads);
        for (const int64_t count : {0, 1, 2, 7, 100, 4096}) {
            for (const int64_t grain : {0, 1, 3, 64, 10000}) {
                std::vector<std::atomic<int>> times(static_cast<size_t>(count));
                std::atomic<bool> tooLarge = false;
                pool.parallelFor(count, grain, [&](int64_t begin, int64_t end) {
                    tooLarge =
                        tooLarge || begin >= end || end > count || end - begin > std::max<int64_t>(grain, 1);
                    for (int64_t i = begin; i < end; ++i)
                        ++times[size_t(i)];
                });
                QVERIFY(!tooLarge);
                for (const auto &each : times)
                    QCOMPARE(each.load(), 1);
            }
        }
        if (threads > 1) { // workers that have gone to sleep come back
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            std::atomic<int> sum = 0;
            pool.parallelFor(50, 1, [&](int64_t begin, int64_t) { sum += int(begin); });
            QCOMPARE(sum.load(), 49 * 25);
        }
    }
}

void TestKernels::loopsInsideLoops()
{
    ThreadPool pool(4);
    std::atomic<int64_t> sum = 0;
    pool.parallelFor(20, 1, [&](int64_t outer, int64_t) {
        pool.parallelFor(30, 4, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i)
                sum += outer * 30 + i;
        });
    });
    QCOMPARE(sum.load(), int64_t(600) * 599 / 2);
}

/// Memory may run out on any thread.
void TestKernels::smallestNumbersAreZeroed()
{
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    // By magnitude: 0.5, then three of 1 in their order, then 2, 3, infinity; NaN goes last.
    const std::vector<float> numbers{3, -1, 1, nan, 0.5f, -2, 1, -infinity};
    const std::vector<std::vector<float>> expected{
        {3, -1, 1, nan, 0.5f, -2, 1, -infinity}, {3, -1, 1, nan, 0, -2, 1, -infinity}, {3, 0, 1, nan, 0, -2, 1, -infinity},
        {3, 0, 0, nan, 0, -2, 1, -infinity},     {3, 0, 0, nan, 0, -2, 0, -infinity},  {3, 0, 0, nan, 0, 0, 0, -infinity},
        {0, 0, 0, nan, 0, 0, 0, -infinity},      {0, 0, 0, nan, 0, 0, 0, 0},           {0, 0, 0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 0, 0}};
    const auto same = [](const std::vector<float> &one, const std::vector<float> &other) {
        return std::ranges::equal(one, other, [](float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); });
    };
    for (size_t count = 0; count < expected.size(); ++count) {
        std::vector<float> wide = numbers;
        zeroSmallest(StoredAs::F32, wide.data(), wide.size(), count);
        QVERIFY2(same(wide, expected[count]), qPrintable(QString::number(count)));
        std::vector<uint16_t> upper;
        for (const float number : numbers)
            upper.push_back(uint16_t(std::bit_cast<uint32_t>(number) >> 16));
        zeroSmallest(StoredAs::BF16, upper.data(), upper.size(), count);
        std::vector<float> widened;
        for (const uint16_t each : upper)
            widened.push_back(std::bit_cast<float>(uint32_t(each) << 16));
        QVERIFY2(same(widened, expected[count]), qPrintable(QString::number(count)));
    }
    // Numbers that differ only in their lower halves.
    std::vector<float> close{1.0000002f, 1.0000001f, -1.0000004f, 1};
    zeroSmallest(StoredAs::F32, close.data(), close.size(), 2);
    QVERIFY(same(close, {1.0000002f, 0, -1.0000004f, 0}));
    std::vector<float> rows{1, -4, 3, 2, 5, 6, /**/ 2, 2, 2, 2, -1, 0.5f};
    keepLargest(StoredAs::F32, rows.data(), 2, 6, 2, 4);
    QVERIFY(same(rows, {0, -4, 3, 0, 5, 6, /**/ 0, 0, 2, 2, -1, 0.5f}));
    keepLargest(StoredAs::F32, rows.data(), 2, 6, 1, 3);
    QVERIFY(same(rows, {0, -4, 0, 0, 0, 6, /**/ 0, 0, 2, 2, 0, 0}));
}

void TestKernels::whatIsThrownComesOut()
{
    for (const int threads : {1, 3}) {
        ThreadPool pool(threads);
        for (int64_t bad = 0; bad < 40; ++bad) {
            bool caught = false;
            try {
                pool.parallelFor(40, 1, [&](int64_t begin, int64_t) {
                    if (begin == bad)
                        throw std::bad_alloc();
                });
            } catch (const std::bad_alloc &) {
                caught = true;
            }
            QVERIFY(caught);
        }
        std::atomic<int64_t> sum = 0;
        pool.parallelFor(16, 1, [&](int64_t begin, int64_t end) { sum += end - begin; });
        QCOMPARE(sum.load(), int64_t(16));
    }
}

void TestKernels::loopsOfSeveralCallers()
{
    ThreadPool pool(3);
    std::atomic<int64_t> sum = 0;
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 4; ++caller) {
        callers.emplace_back([&] {
            for (int loop = 0; loop < 500; ++loop)
                pool.parallelFor(16, 1, [&](int64_t begin, int64_t end) { sum += end - begin; });
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    QCOMPARE(sum.load(), int64_t(4) * 500 * 16);
}

QTEST_GUILESS_MAIN(TestKernels)
#include "tst_kernels.moc"
