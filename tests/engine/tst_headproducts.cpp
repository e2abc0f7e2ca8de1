// SPDX-License-Identifier: GPL-3.0-or-later
// Each head's product with a matrix of its own, in every width that this processor can run, beside plain loops in double.
#include "core/engine/kernels/headproducts.h"
#include "core/engine/kernels/width.h"
#include "tests/engine/normalvalues.h"

#include <QTest>
#include <cmath>

using namespace assay::kernels;

namespace {

/// Numbers of one type, a row `padding` elements longer than its columns.
struct Stored
{
    Stored(StoredAs type, int64_t rows, int64_t columns, int64_t padding)
        : values(normalValues(size_t(rows * (columns + padding)), 7)), bytes(values.size() * size_t(storedBlock(type).bytes))
    {
        narrow(values.data(), int64_t(values.size()), type, bytes.data());
        widen(type, bytes.data(), int64_t(values.size()), values.data());
    }

    std::vector<float> values; ///< as they are after rounding
    std::vector<std::byte> bytes;
};

} // namespace

class TestHeadProducts : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { useWidth(usableWidths().back()); }

    void both_data();
    void both();
};

void TestHeadProducts::both_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    constexpr std::pair<StoredAs, const char *> kTypes[] = {
        {StoredAs::F32, "f32"}, {StoredAs::BF16, "bf16"}, {StoredAs::F16, "f16"}};
    for (const auto &[type, name] : kTypes) {
        for (const int tokens : {1, 4, 7}) {
            QTest::addRow("%s, %d tokens", name, tokens) << int(type) << tokens << 24 << 64;
            QTest::addRow("%s, %d tokens, odd", name, tokens) << int(type) << tokens << 5 << 37;
        }
    }
}

void TestHeadProducts::both()
{
    QFETCH(int, type);
    QFETCH(int, tokens);
    QFETCH(int, rows);
    QFETCH(int, columns);
    constexpr int64_t kHeads = 3, kPadding = 2, kBeside = 9; // kBeside: numbers of a head that the product leaves alone
    const Stored stored(StoredAs(type), kHeads * rows, columns, kPadding);
    const int64_t width = columns + kPadding, bytes = storedBlock(StoredAs(type)).bytes;
    const HeadMatrices matrices{StoredAs(type), stored.bytes.data(), rows, columns, width * bytes, rows * width * bytes};
    const auto weight = [&](int64_t head, int64_t row, int64_t column) { return double(stored.values[size_t((head * rows + row) * width + column)]); };
    for (const bool mix : {true, false}) {
        const int64_t in = mix ? rows : columns, out = mix ? columns : rows;
        const int64_t inHead = in + kBeside, outHead = out + kBeside;
        auto x = normalValues(size_t(tokens * kHeads * inHead), 3);
        ThreadPool pool(2);
        for (const Width each : usableWidths()) {
            useWidth(each);
            std::vector<float> result(size_t(tokens * kHeads * outHead), 5);
            const Heads from{x.data(), tokens, kHeads, kHeads * inHead, inHead}, to{result.data(), tokens, kHeads, kHeads * outHead, outHead};
            if (mix)
                mixHeadRows(matrices, from, to, pool);
            else
                multiplyHeads(matrices, from, to, pool);
            for (int64_t token = 0; token < tokens; ++token) {
                for (int64_t head = 0; head < kHeads; ++head) {
                    const float *const given = result.data() + (token * kHeads + head) * outHead;
                    for (int64_t o = 0; o < out; ++o) {
                        double wanted = 0;
                        for (int64_t i = 0; i < in; ++i)
                            wanted += double(x[size_t((token * kHeads + head) * inHead + i)]) * (mix ? weight(head, i, o) : weight(head, o, i));
                        QVERIFY(std::abs(double(given[o]) - wanted) <= 2e-5 * (1 + std::abs(wanted)));
                    }
                    for (int64_t o = out; o < outHead; ++o)
                        QCOMPARE(given[o], 5.0f);
                }
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestHeadProducts)
#include "tst_headproducts.moc"
