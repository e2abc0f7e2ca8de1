// SPDX-License-Identifier: GPL-3.0-or-later
// Attention of every width that this processor can run, beside the formula in double: for each query the
// scores of all keys, their softmax, and the weighted sum of the values.
#include "core/engine/kernels/attention.h"
#include "core/engine/kernels/rows.h"
#include "core/engine/kernels/width.h"
#include "tests/engine/normalvalues.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace assay::kernels;

namespace {

struct Case
{
    const char *name;
    int64_t heads, kvHeads, keyWidth, valueWidth, tokens, count;
    StoredAs type = StoredAs::F32;
    float softCap = 0;
    int64_t window = 0;
    bool causal = true, slopes = false, sinks = false;
    int64_t firstPosition = 0; ///< of the cache
    float size = 1;            ///< of the queries
};
const Case kCases[] = {
    {"one key", 2, 2, 8, 8, 1, 1},
    {"decode, grouped heads", 8, 2, 64, 64, 300, 1},
    {"decode, one head of keys over parts of the tokens", 6, 1, 40, 40, 1500, 1},
    {"decode, bf16", 14, 2, 64, 64, 257, 1, StoredAs::BF16},
    {"decode, f16", 4, 4, 80, 80, 130, 1, StoredAs::F16},
    {"decode, latent heads", 16, 1, 576, 512, 700, 1, StoredAs::BF16},
    {"decode, everything", 8, 4, 72, 36, 600, 1, StoredAs::F32, 20, 128, true, true, true, 5},
    {"three tokens", 8, 2, 64, 64, 70, 3},
    {"prefill", 4, 2, 64, 64, 200, 200},
    {"prefill, large scores", 4, 4, 32, 32, 150, 150, StoredAs::F32, 0, 0, true, false, false, 0, 30},
    {"prefill behind a cache, bf16", 6, 2, 48, 48, 500, 37, StoredAs::BF16},
    {"prefill with a window", 4, 1, 33, 17, 400, 300, StoredAs::F16, 0, 50},
    {"prefill, everything", 6, 3, 72, 36, 333, 140, StoredAs::F32, 20, 64, true, true, true, 7},
    {"prefill, latent heads", 8, 1, 576, 512, 90, 30},
    {"both ways", 4, 4, 64, 64, 150, 150, StoredAs::F32, 0, 0, false},
    {"both ways with a window", 2, 2, 64, 64, 5, 5, StoredAs::F32, 0, 3, false},
};

/// Stored as the case has it: the bytes, and what stands in them.
struct Stored
{
    std::vector<std::byte> bytes;
    std::vector<float> values;
    Stored(StoredAs type, const std::vector<float> &from)
        : bytes(from.size() * size_t(storedBlock(type).bytes)), values(from.size())
    {
        narrow(from.data(), int64_t(from.size()), type, bytes.data());
        widen(type, bytes.data(), int64_t(from.size()), values.data());
    }
};

struct Problem
{
    Case what;
    std::vector<float> queries, slopes, sinks;
    Stored keys, values; ///< [kvHeads, tokens, width]
    AttentionRule rule;
    KeyValues cache;
    Queries asked;

    explicit Problem(const Case &c)
        : what(c), queries(normalValues(size_t(c.count * c.heads * c.keyWidth), 1, c.size)),
          slopes(normalValues(size_t(c.heads), 2, 0.05f)), sinks(normalValues(size_t(c.heads), 3, 3)),
          keys(c.type, normalValues(size_t(c.kvHeads * c.tokens * c.keyWidth), 4)),
          values(c.type, normalValues(size_t(c.kvHeads * c.tokens * c.valueWidth), 5))
    {
        const int64_t element = storedBlock(c.type).bytes;
        rule = {c.heads,
                c.kvHeads,
                c.keyWidth,
                c.valueWidth,
                1 / std::sqrt(float(c.keyWidth)),
                c.softCap,
                c.window,
                c.causal,
                c.slopes ? slopes.data() : nullptr,
                c.sinks ? sinks.data() : nullptr};
        cache = {c.type,
                 keys.bytes.data(),
                 values.bytes.data(),
                 c.tokens,
                 c.keyWidth * element,
                 c.valueWidth * element,
                 c.tokens * c.keyWidth * element,
                 c.tokens * c.valueWidth * element,
                 c.firstPosition};
        asked = {queries.data(), c.count, c.heads * c.keyWidth, c.firstPosition + c.tokens - c.count};
    }

    std::vector<double> expected(int64_t query, int64_t head) const
    {
        const int64_t kvHead = head / (what.heads / what.kvHeads), own = what.tokens - what.count + query;
        std::vector<double> scores, result(size_t(what.valueWidth), 0.0);
        double sum = what.sinks ? std::exp(double(sinks[size_t(head)])) : 0;
        for (int64_t t = 0; t < what.tokens; ++t) {
            double score = 0;
            for (int64_t d = 0; d < what.keyWidth; ++d)
                score += double(queries[size_t((query * what.heads + head) * what.keyWidth + d)]) *
                         double(keys.values[size_t((kvHead * what.tokens + t) * what.keyWidth + d)]);
            score *= double(rule.scale);
            if (what.softCap > 0)
                score = double(what.softCap) * std::tanh(score / double(what.softCap));
            if (what.slopes)
                score -= double(slopes[size_t(head)]) * double(own - t);
            if ((what.causal && t > own) || (what.window > 0 && own - t >= what.window))
                continue;
            const double weight = std::exp(score);
            sum += weight;
            for (int64_t d = 0; d < what.valueWidth; ++d)
                result[size_t(d)] +=
                    weight * double(values.values[size_t((kvHead * what.tokens + t) * what.valueWidth + d)]);
        }
        for (double &value : result)
            value /= sum;
        return result;
    }
};

} // namespace

class TestAttention : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { useWidth(usableWidths().back()); }

    void asTheFormula_data();
    void asTheFormula();
    void queriesInsideWiderRows();
    void noKeyIsSeen();
    void nanStaysWithItsHead();
};

void TestAttention::asTheFormula_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("index");
    for (const Width width : usableWidths()) {
        for (int i = 0; i < int(std::size(kCases)); ++i)
            QTest::addRow("%s, %s", nameOf(width), kCases[i].name) << int(width) << i;
    }
}

void TestAttention::asTheFormula()
{
    QFETCH(int, width);
    QFETCH(int, index);
    useWidth(Width(width));
    const Problem problem(kCases[index]);
    const Case &c = problem.what;
    ThreadPool pool(4);
    std::vector<float> result(size_t(c.count * c.heads * c.valueWidth), 99.0f);
    attention(problem.rule, problem.cache, problem.asked, result.data(), pool);
    double worst = 0;
    for (int64_t query = 0; query < c.count; ++query) {
        for (int64_t head = 0; head < c.heads; ++head) {
            const std::vector<double> expected = problem.expected(query, head);
            for (size_t d = 0; d < expected.size(); ++d) {
                const double error = std::abs(
                    double(result[size_t((query * c.heads + head) * c.valueWidth) + d]) - expected[d]);
                worst = error <= worst ? worst : error; // NaN wins
            }
        }
    }
    // The exponent of a large score loses as much as the score itself.
    QVERIFY2(worst <= (c.size > 1 ? 1e-4 : 5e-6), qPrintable(QString::number(worst)));
}

void TestAttention::queriesInsideWiderRows()
{
    const Problem problem({"", 2, 1, 16, 16, 20, 10});
    ThreadPool pool(1);
    std::vector<float> wide(10 * 100, std::numeric_limits<float>::quiet_NaN()), expected(10 * 2 * 16),
        result(expected.size());
    for (int64_t i = 0; i < 10; ++i)
        std::copy_n(problem.queries.begin() + i * 32, 32, wide.begin() + i * 100);
    attention(problem.rule, problem.cache, problem.asked, expected.data(), pool);
    attention(problem.rule, problem.cache, {wide.data(), 10, 100, 10}, result.data(), pool);
    QCOMPARE(result, expected);
}

void TestAttention::noKeyIsSeen()
{
    Problem problem({"", 2, 1, 16, 16, 20, 10});
    ThreadPool pool(2);
    problem.cache.firstPosition = 1000;
    for (const int64_t count : {1, 10}) {
        problem.asked.count = count;
        std::vector<float> result(size_t(count) * 32, 99.0f);
        attention(problem.rule, problem.cache, problem.asked, result.data(), pool);
        QCOMPARE(result, std::vector<float>(result.size(), 0.0f));
    }
}

void TestAttention::nanStaysWithItsHead()
{
    Problem problem({"", 4, 2, 16, 16, 20, 10});
    ThreadPool pool(2);
    // A key of the second head of keys.
    const float nan = std::numeric_limits<float>::quiet_NaN();
    std::memcpy(problem.keys.bytes.data() + problem.cache.keyHeadBytes, &nan, sizeof(nan));
    for (const int64_t count : {1, 10}) {
        problem.asked.count = count;
        std::vector<float> result(size_t(count) * 64);
        attention(problem.rule, problem.cache, problem.asked, result.data(), pool);
        for (size_t i = 0; i < result.size(); ++i)
            QCOMPARE(std::isnan(result[i]), i / 16 % 4 >= 2);
    }
}

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
