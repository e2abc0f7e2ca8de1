// SPDX-License-Identifier: GPL-3.0-or-later
// Norms, activations, softmax, rotary positions and small floats of every width that this processor can run,
// beside their formulas in double.
#include "core/engine/kernels/rows.h"
#include "core/engine/kernels/width.h"
#include "core/weights/smallfloats.h"
#include "tests/engine/normalvalues.h"

#include <QTest>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

using namespace assay::kernels;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity(),
                kNan = std::numeric_limits<float>::quiet_NaN();
const int64_t kSizes[] = {1, 3, 16, 31, 64, 100, 1029};

/// Whether a value is as near as float32 arithmetic brings it.
bool near(float value, double expected, double tolerance = 3e-6)
{
    return std::abs(double(value) - expected) <= tolerance * (1 + std::abs(expected));
}

double sigmoid(double x)
{
    return 1 / (1 + std::exp(-x));
}

const std::pair<Activation, std::function<double(double)>> kActivations[] = {
    {Activation::Silu, [](double x) { return x * sigmoid(x); }},
    {Activation::Gelu, [](double x) { return x * 0.5 * std::erfc(-x / std::sqrt(2.0)); }},
    {Activation::GeluTanh,
     [](double x) { return 0.5 * x * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x))); }},
    {Activation::QuickGelu, [](double x) { return x * sigmoid(1.702 * x); }},
    {Activation::Relu, [](double x) { return std::max(x, 0.0); }},
    {Activation::ReluSquared, [](double x) { return std::max(x, 0.0) * std::max(x, 0.0); }},
    {Activation::Sigmoid, sigmoid},
    {Activation::Tanh, [](double x) { return std::tanh(x); }},
};

} // namespace

class TestRows : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { useWidth(usableWidths().back()); }

    void norms();
    void activations();
    void activationsOfEverySize();
    void clamped();
    void softmaxes();
    void capAndAdd();
    void rotations();
    void smallFloats();
    void rowsOfMatrices();
};

void TestRows::norms()
{
    ThreadPool pool(3);
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const int64_t columns : kSizes) {
            const int64_t rows = 20;
            const auto x = normalValues(size_t(rows * columns), 1, 3),
                       weight = normalValues(size_t(columns), 2), bias = normalValues(size_t(columns), 3);
            std::vector<float> root(x.size()), plain(x.size()), layer(x.size());
            rmsNorm(x.data(), rows, columns, weight.data(), 1e-5f, root.data(), pool);
            rmsNorm(x.data(), rows, columns, nullptr, 1e-5f, plain.data(), pool);
            layerNorm(x.data(), rows, columns, weight.data(), bias.data(), 1e-5f, layer.data(), pool);
            for (int64_t r = 0; r < rows; ++r) {
                double sum = 0, squares = 0, around = 0;
                for (int64_t c = 0; c < columns; ++c)
                    sum += double(x[size_t(r * columns + c)]);
                for (int64_t c = 0; c < columns; ++c) {
                    const double value = double(x[size_t(r * columns + c)]),
                                 from = value - sum / double(columns);
                    squares += value * value;
                    around += from * from;
                }
                for (int64_t c = 0; c < columns; ++c) {
                    const size_t i = size_t(r * columns + c);
                    const double value = double(x[i]), w = double(weight[size_t(c)]);
                    const double factor = 1 / std::sqrt(squares / double(columns) + double(1e-5f));
                    QVERIFY(near(root[i], value * factor * w));
                    QVERIFY(near(plain[i], value * factor));
                    const double expected = (value - sum / double(columns)) /
                                                std::sqrt(around / double(columns) + double(1e-5f)) * w +
                                            double(bias[size_t(c)]);
                    QVERIFY(near(layer[i], expected, 1e-5));
                }
            }
        }
    }
}

void TestRows::activations()
{
    std::vector<float> x;
    for (float value = -100; value <= 100; value += 0.0371f)
        x.push_back(value);
    for (const float value : {0.0f, -0.0f, 1e-30f, -1e-30f, 1e4f, -1e4f})
        x.push_back(value);
    ThreadPool pool(2);
    std::vector<float> result(x.size());
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const auto &[activation, formula] : kActivations) {
            activate(activation, x.data(), nullptr, 1, int64_t(x.size()), 0, result.data(), pool);
            for (size_t i = 0; i < x.size(); ++i) {
                QVERIFY2(near(result[i], formula(double(x[i])), 1e-6),
                         qPrintable(QStringLiteral("%1: f%2(%3) = %4")
                                        .arg(nameOf(width))
                                        .arg(int(activation))
                                        .arg(double(x[i]))
                                        .arg(double(result[i]))));
            }
            const float odd[] = {kNan, kInfinity};
            float of[2];
            activate(activation, odd, nullptr, 1, 2, 0, of, pool);
            QVERIFY(std::isnan(of[0]));
            QCOMPARE(of[1],
                     activation == Activation::Sigmoid || activation == Activation::Tanh ? 1.0f : kInfinity);
        }
    }
}

void TestRows::activationsOfEverySize()
{
    ThreadPool pool(3);
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const int64_t columns : kSizes) {
            for (const int64_t rows : {1, 9}) {
                // Gate and up side by side in one row, as one product gives them.
                const auto both = normalValues(size_t(rows * columns * 2), 7);
                std::vector<float> result(size_t(rows * columns));
                activate(Activation::Silu, both.data(), both.data() + columns, rows, columns, 2 * columns,
                         result.data(), pool);
                for (int64_t i = 0; i < rows * columns; ++i) {
                    const float *const gate = both.data() + i / columns * 2 * columns + i % columns;
                    QVERIFY(near(result[size_t(i)],
                                 double(gate[0]) * sigmoid(double(gate[0])) * double(gate[columns])));
                }
            }
        }
    }
}

void TestRows::clamped()
{
    ThreadPool pool(2);
    const auto gate = normalValues(500, 8, 6), up = normalValues(500, 9, 6);
    std::vector<float> result(500);
    for (const Width width : usableWidths()) {
        useWidth(width);
        clampedSwiglu(gate.data(), up.data(), 5, 100, 100, 1.702f, 7, result.data(), pool);
        for (size_t i = 0; i < 500; ++i) {
            const double g = std::min(double(gate[i]), 7.0), u = std::clamp(double(up[i]), -7.0, 7.0);
            QVERIFY(near(result[i], (u + 1) * g * sigmoid(double(1.702f) * g)));
        }
    }
}

void TestRows::softmaxes()
{
    ThreadPool pool(2);
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const int64_t columns : kSizes) {
            const auto x = normalValues(size_t(4 * columns), 10, 20);
            std::vector<float> result = x;
            softmax(result.data(), 4, columns, pool);
            for (int64_t r = 0; r < 4; ++r) {
                const float most = *std::max_element(x.begin() + r * columns, x.begin() + (r + 1) * columns);
                double sum = 0;
                for (int64_t c = 0; c < columns; ++c)
                    sum += std::exp(double(x[size_t(r * columns + c)]) - double(most));
                for (int64_t c = 0; c < columns; ++c)
                    QVERIFY(near(result[size_t(r * columns + c)],
                                 std::exp(double(x[size_t(r * columns + c)]) - double(most)) / sum));
            }
        }
        std::vector<float> odd(20, -kInfinity);
        softmax(odd.data(), 1, 20, pool);
        QCOMPARE(odd, std::vector<float>(20, 0.0f));
        odd.assign(20, -kInfinity);
        odd[18] = 5;
        softmax(odd.data(), 1, 20, pool);
        QCOMPARE(odd[18], 1.0f);
        QCOMPARE(odd[17], 0.0f);
        odd[3] = kNan;
        softmax(odd.data(), 1, 20, pool);
        QVERIFY(std::isnan(odd[0]));
    }
}

void TestRows::capAndAdd()
{
    ThreadPool pool(3);
    const auto x = normalValues(40000, 11, 40), y = normalValues(40000, 12);
    for (const Width width : usableWidths()) {
        useWidth(width);
        std::vector<float> capped = x, sum = x;
        softCap(capped.data(), 40000, 30, pool);
        addScaled(sum.data(), y.data(), 40000, 0.5f, pool);
        add(sum.data(), y.data(), 39999, pool);
        for (size_t i = 0; i < x.size(); ++i) {
            QVERIFY(near(capped[i], 30 * std::tanh(double(x[i]) / 30), 1e-5));
            QVERIFY(near(sum[i], double(x[i]) + double(y[i]) * (i == 39999 ? 0.5 : 1.5)));
        }
    }
}

void TestRows::rotations()
{
    // Two heads of 50 elements, 44 of which turn, 7 apart from each other, in tokens of 200.
    constexpr int64_t kTokens = 5, kTurned = 44, kHead = 57, kToken = 200;
    const auto x = normalValues(size_t(kTokens * kToken), 13);
    std::vector<float> cosines, sines;
    for (int64_t i = 0; i < kTokens * kTurned / 2; ++i) {
        cosines.push_back(float(std::cos(double(i))));
        sines.push_back(float(std::sin(double(i))));
    }
    ThreadPool pool(2);
    for (const Width width : usableWidths()) {
        useWidth(width);
        for (const RotaryPairs pairs : {RotaryPairs::Halves, RotaryPairs::Neighbours}) {
            std::vector<float> turned = x, expected = x;
            rotate({turned.data(), kTokens, 2, kToken, kHead}, kTurned, cosines.data(), sines.data(), pairs,
                   pool);
            for (int64_t t = 0; t < kTokens; ++t) {
                for (int64_t i = 0; i < kTurned; ++i) { // both heads in turn
                    const int64_t pair = i % (kTurned / 2), head = t * kToken + i / (kTurned / 2) * kHead;
                    const size_t a = size_t(head + (pairs == RotaryPairs::Halves ? pair : 2 * pair));
                    const size_t b =
                        size_t(head + (pairs == RotaryPairs::Halves ? pair + kTurned / 2 : 2 * pair + 1));
                    const double angle = double(t * kTurned / 2 + pair), first = double(x[a]),
                                 second = double(x[b]);
                    expected[a] = float(first * std::cos(angle) - second * std::sin(angle));
                    expected[b] = float(first * std::sin(angle) + second * std::cos(angle));
                }
            }
            for (size_t i = 0; i < x.size(); ++i)
                QVERIFY(near(turned[i], double(expected[i]), 1e-6));
        }
    }
}

void TestRows::smallFloats()
{
    // Every number of half precision and its neighbours halfway to the next.
    std::vector<uint16_t> halves(65536);
    for (size_t i = 0; i < halves.size(); ++i)
        halves[i] = uint16_t(i);
    for (const Width width : usableWidths()) {
        useWidth(width);
        std::vector<float> wide(65536);
        std::vector<uint16_t> back(65536);
        widen(StoredAs::F16, halves.data(), 65536, wide.data());
        narrow(wide.data(), 65536, StoredAs::F16, back.data());
        for (size_t i = 0; i < 65536; ++i) {
            const float expected = assay::float16(halves[i]);
            QVERIFY(std::isnan(expected)
                        ? std::isnan(wide[i])
                        : std::bit_cast<uint32_t>(wide[i]) == std::bit_cast<uint32_t>(expected));
            QVERIFY(std::isnan(expected) ? (back[i] & 0x7fff) > 0x7c00 : back[i] == halves[i]);
        }
        for (size_t i = 0; i < 0x7bff; ++i) {
            const float half = (wide[i] + wide[i + 1]) / 2,
                        values[] = {half, std::nextafter(half, 0.0f), std::nextafter(half, 1e9f), -half};
            uint16_t to[4];
            narrow(values, 4, StoredAs::F16, to);
            QCOMPARE(int(to[0]), int(i % 2 == 0 ? i : i + 1)); // to even
            QCOMPARE(int(to[1]), int(i));
            QCOMPARE(int(to[2]), int(i + 1));
            QCOMPARE(int(to[3]), int(to[0] | 0x8000));
        }
        const float odd[] = {65519.9f, 65520.0f, 1e30f, -1e30f, 1e-30f};
        uint16_t half[5];
        narrow(odd, 5, StoredAs::F16, half);
        QCOMPARE(std::vector<uint16_t>(half, half + 5),
                 (std::vector<uint16_t>{0x7bff, 0x7c00, 0x7c00, 0xfc00, 0}));
        const float toBfloat[] = {std::bit_cast<float>(0x3f808000u), std::bit_cast<float>(0x3f818000u),
                                  std::bit_cast<float>(0x3f808001u), kNan,
                                  std::bit_cast<float>(0x7f7fffffu), std::bit_cast<float>(0x7f800001u)};
        uint16_t bfloat[6];
        narrow(toBfloat, 6, StoredAs::BF16, bfloat);
        QCOMPARE(std::vector<uint16_t>(bfloat, bfloat + 6),
                 (std::vector<uint16_t>{0x3f80, 0x3f82, 0x3f81, 0x7fc0, 0x7f80, 0x7fc0}));
    }
}

void TestRows::rowsOfMatrices()
{
    const int8_t codes[] = {1, -2, 3, 4, 5, -128};
    const float scales[] = {0.5f, 2};
    float row[3];
    widenRow(matrixOf(StoredAs::I8Rows, codes, 2, 3, scales), 1, row);
    QCOMPARE(std::vector<float>(row, row + 3), (std::vector<float>{8, 10, -256}));
    const uint16_t bfloats[] = {0x3f80, 0x4000, 0x4040, 0xbf80};
    widenRow(matrixOf(StoredAs::BF16, bfloats, 2, 2), 1, row);
    QCOMPARE(std::vector<float>(row, row + 2), (std::vector<float>{3, -1}));
}

QTEST_GUILESS_MAIN(TestRows)
#include "tst_rows.moc"
