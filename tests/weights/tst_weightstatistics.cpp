// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics against plain double arithmetic over the same values.
#include "core/weights/modelstatistics.h"
#include "core/weights/smallfloats.h"
#include "tests/sanitized.h"
#include "tests/weights/memoryweights.h"

#include <QTest>
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

using namespace assay;
using namespace assay::testing;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

uint16_t toBFloat(float value)
{
    return uint16_t(std::bit_cast<uint32_t>(value) >> 16);
}

float fromBFloat(uint16_t bits)
{
    return std::bit_cast<float>(uint32_t(bits) << 16);
}

/// Values as they are stored in one dtype, and what they are then.
struct Stored
{
    MemoryWeights weights;
    std::vector<float> values;

    Result<TensorStatistics> statistics(const StreamControl &control = {}, CountingDetail detail = CountingDetail::Exact)
    {
        const WeightCatalog catalog(weights.checkpoint(), {});
        auto weight = openWeight(catalog, 0, weights);
        return weight ? computeStatistics(*weight, control, detail) : tl::unexpected(weight.error());
    }
};

Stored store(const std::vector<float> &values, std::vector<int64_t> shape, Dtype dtype)
{
    Stored stored;
    if (dtype == Dtype::BF16 || dtype == Dtype::F16) {
        std::vector<uint16_t> bits;
        for (const float value : values) {
            bits.push_back(dtype == Dtype::BF16 ? toBFloat(value) : uint16_t(value == 0 ? 0 : toBFloat(value) & 0xbfff));
            stored.values.push_back(dtype == Dtype::BF16 ? fromBFloat(bits.back()) : float16(bits.back()));
        }
        stored.weights.add("x", dtype, std::move(shape), bits);
    } else if (dtype == Dtype::F8E4M3) {
        std::vector<uint8_t> codes;
        for (const float value : values) {
            codes.push_back(uint8_t(toBFloat(value) >> 4));
            stored.values.push_back(float8E4M3()[codes.back()]);
        }
        stored.weights.add("x", dtype, std::move(shape), codes);
    } else {
        stored.values = values;
        stored.weights.add("x", dtype, std::move(shape), values);
    }
    return stored;
}

std::vector<float> normals(size_t count, float deviation, uint32_t seed = 1)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, deviation);
    std::vector<float> values(count);
    for (float &value : values)
        value = normal(random);
    return values;
}

bool close(double a, double b, double relative, double absolute = 0)
{
    return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b)) + absolute;
}

#define CLOSE(a, b, ...) QVERIFY2(close(double(a), double(b), __VA_ARGS__), qPrintable(QStringLiteral("%1 is not %2").arg(double(a), 0, 'g', 17).arg(double(b), 0, 'g', 17)))

} // namespace

class TestStatistics : public QObject
{
    Q_OBJECT
private slots:
    void moments_data();
    void moments();
    void norms_data();
    void norms();
    void histogramOfTails();
    void odd_data();
    void odd();
    void notFinite_data();
    void notFinite();
    void fingerprints();
    void sampled_data();
    void sampled();
    void manyRowsAndColumns();
    void cancelled();
    void cutOff();
    void wholeCheckpoint();

private:
    void compare(Stored &stored, uint64_t rows, uint64_t columns);
};

void TestStatistics::moments_data()
{
    QTest::addColumn<int>("dtype");
    QTest::addColumn<int>("count");
    QTest::addColumn<float>("deviation");
    QTest::addColumn<float>("shift");
    for (const Dtype dtype : {Dtype::BF16, Dtype::F16, Dtype::F32, Dtype::F8E4M3}) {
        for (const int count : {1, 7, 4096, 65536 * 3 + 17, unlessSanitized(4, 1) * 1024 * 1024 + 33}) {
            QTest::addRow("%s %d", dtypeName(dtype), count) << int(dtype) << count << 0.02f << 0.0f;
            QTest::addRow("%s %d shifted", dtypeName(dtype), count) << int(dtype) << count << 0.02f << 1.0f;
        }
        QTest::addRow("%s large", dtypeName(dtype)) << int(dtype) << 300000 << 1e20f << 0.0f;
        QTest::addRow("%s small", dtypeName(dtype)) << int(dtype) << 300000 << 1e-25f << 0.0f;
    }
}

void TestStatistics::moments()
{
    QFETCH(int, dtype);
    QFETCH(int, count);
    QFETCH(float, deviation);
    QFETCH(float, shift);
    std::vector<float> values = normals(size_t(count), deviation);
    for (float &value : values)
        value += shift;
    Stored stored = store(values, {count}, Dtype(dtype));
    const auto statistics = stored.statistics();
    QVERIFY(statistics);
    std::vector<double> finite;
    uint64_t zeros = 0, negatives = 0;
    for (const float value : stored.values) {
        if (std::isfinite(value))
            finite.push_back(double(value));
        zeros += value == 0;
        negatives += std::isfinite(value) && value < 0;
    }
    QCOMPARE(statistics->count, uint64_t(count));
    QCOMPARE(statistics->finite, uint64_t(finite.size()));
    QCOMPARE(statistics->zeros, zeros);
    QCOMPARE(statistics->negatives, negatives);
    if (finite.empty())
        return;
    long double sum = 0, squares = 0, spread = 0;
    for (const double value : finite) {
        sum += value;
        squares += (long double)(value) * value;
    }
    const long double mean = sum / (long double)(finite.size());
    for (const double value : finite)
        spread += (value - mean) * (value - mean);
    const double std = double(std::sqrt(spread / (long double)(finite.size())));
    CLOSE(statistics->mean, double(mean), 1e-6, 1e-6 * std);
    CLOSE(statistics->std, std, 1e-6);
    CLOSE(statistics->norm, double(std::sqrt(squares)), 1e-6);
    std::sort(finite.begin(), finite.end());
    QCOMPARE(statistics->min, finite.front());
    QCOMPARE(statistics->max, finite.back());
    std::vector<double> magnitudes = finite;
    for (double &value : magnitudes)
        value = std::abs(value);
    std::sort(magnitudes.begin(), magnitudes.end());
    for (size_t q = 0; q < 5; ++q) {
        const size_t rank = size_t(std::max(std::ceil(TensorStatistics::kQuantiles[q] * double(finite.size())), 1.0));
        CLOSE(statistics->absoluteQuantiles[q], magnitudes[rank - 1], statistics->quantileError);
    }
    // Every bin against a count of its own.
    const Histogram &histogram = statistics->histogram;
    QCOMPARE(histogram.edges.size(), histogram.counts.size() + 1);
    QVERIFY(histogram.counts.size() <= Histogram::kBins);
    QCOMPARE(histogram.edges.front(), statistics->min);
    QCOMPARE(histogram.edges.back(), statistics->max);
    uint64_t all = 0;
    for (size_t bin = 0; bin < histogram.counts.size(); ++bin) {
        const double low = histogram.edges[bin], high = histogram.edges[bin + 1];
        const bool first = bin == 0, last = bin + 1 == histogram.counts.size();
        const auto at = [&](double edge) { // the first value beyond an edge, which belongs to the bin further from zero
            return edge < 0 ? std::upper_bound(finite.begin(), finite.end(), edge) : std::lower_bound(finite.begin(), finite.end(), edge);
        };
        const auto wanted = (last ? finite.end() : at(high)) - (first ? finite.begin() : at(low));
        QCOMPARE(histogram.counts[bin], uint64_t(wanted));
        all += histogram.counts[bin];
    }
    QCOMPARE(all, statistics->finite);
}

void TestStatistics::norms_data()
{
    QTest::addColumn<int>("dtype");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    for (const Dtype dtype : {Dtype::BF16, Dtype::F16, Dtype::F32, Dtype::F8E4M3}) {
        for (const auto &[rows, columns] : {std::pair(300, 77), std::pair(3, 50000), std::pair(2000, 3), std::pair(64, 64)})
            QTest::addRow("%s %d x %d", dtypeName(dtype), rows, columns) << int(dtype) << rows << columns;
    }
}

void TestStatistics::norms()
{
    QFETCH(int, dtype);
    QFETCH(int, rows);
    QFETCH(int, columns);
    std::vector<float> values = normals(size_t(rows) * size_t(columns), 0.05f);
    std::fill_n(values.begin() + columns, columns, 0.0f); // the second row
    Stored stored = store(values, {rows, columns}, Dtype(dtype));
    compare(stored, uint64_t(rows), uint64_t(columns));
}

void TestStatistics::compare(Stored &stored, uint64_t rows, uint64_t columns)
{
    const auto statistics = stored.statistics();
    QVERIFY(statistics);
    std::vector<double> ofRows(rows), ofColumns(columns);
    for (size_t i = 0; i < stored.values.size(); ++i) {
        const double value = std::isfinite(stored.values[i]) ? double(stored.values[i]) : 0;
        ofRows[i / columns] += value * value;
        ofColumns[i % columns] += value * value;
    }
    QCOMPARE(statistics->zeroRows, uint64_t(std::count(ofRows.begin(), ofRows.end(), 0.0)));
    const auto check = [](const NormProfile &profile, const std::vector<double> &squares) {
        QCOMPARE(profile.count, uint64_t(squares.size()));
        QVERIFY(profile.mean.size() <= NormProfile::kEntries);
        QCOMPARE(profile.mean.size(), size_t((profile.count + profile.perEntry - 1) / profile.perEntry));
        for (size_t entry = 0; entry < profile.mean.size(); ++entry) {
            const size_t begin = entry * size_t(profile.perEntry), end = std::min(squares.size(), begin + size_t(profile.perEntry));
            double sum = 0, min = INFINITY, max = 0;
            for (size_t i = begin; i < end; ++i) {
                sum += std::sqrt(squares[i]);
                min = std::min(min, std::sqrt(squares[i]));
                max = std::max(max, std::sqrt(squares[i]));
            }
            CLOSE(profile.mean[entry], sum / double(end - begin), 1e-5);
            CLOSE(profile.min[entry], min, 1e-5);
            CLOSE(profile.max[entry], max, 1e-5);
        }
    };
    check(statistics->rows, ofRows);
    check(statistics->columns, ofColumns);
}

void TestStatistics::manyRowsAndColumns()
{
    std::vector<float> values = normals(10000 * 13, 1);
    Stored tall = store(values, {10000, 13}, Dtype::BF16);
    compare(tall, 10000, 13);
    Stored deep = store(values, {10, 1000, 13}, Dtype::F32);
    compare(deep, 10000, 13);
    Stored wide = store(values, {13, 10000}, Dtype::F32);
    compare(wide, 13, 10000);
}

void TestStatistics::histogramOfTails()
{
    std::vector<float> values = normals(100000, 0.01f);
    Stored even = store(values, {100000}, Dtype::F32);
    QVERIFY(even.statistics()->histogram.scale == Histogram::Scale::Linear);
    values[7] = 40;
    Stored tailed = store(values, {100000}, Dtype::F32);
    const auto statistics = tailed.statistics();
    QVERIFY(statistics->histogram.scale == Histogram::Scale::SymmetricLog);
    // The bulk still spreads over many bins, which it would not over even ones.
    QVERIFY(std::count_if(statistics->histogram.counts.begin(), statistics->histogram.counts.end(), [](uint64_t n) { return n > 500; }) > 15);
}

void TestStatistics::odd_data()
{
    QTest::addColumn<std::vector<int64_t>>("shape");
    QTest::addColumn<std::vector<float>>("values");
    QTest::newRow("empty") << std::vector<int64_t>{0, 4} << std::vector<float>{};
    QTest::newRow("no columns") << std::vector<int64_t>{4, 0} << std::vector<float>{};
    QTest::newRow("scalar") << std::vector<int64_t>{} << std::vector<float>{3};
    QTest::newRow("constant") << std::vector<int64_t>{2, 2} << std::vector<float>{-2, -2, -2, -2};
    QTest::newRow("zeros of both signs") << std::vector<int64_t>{4} << std::vector<float>{0.0f, -0.0f, 0.0f, -0.0f};
    QTest::newRow("nothing finite") << std::vector<int64_t>{2, 2} << std::vector<float>{kNaN, kInfinity, -kInfinity, kNaN};
}

void TestStatistics::odd()
{
    QFETCH(std::vector<int64_t>, shape);
    QFETCH(std::vector<float>, values);
    for (const Dtype dtype : {Dtype::F32, Dtype::BF16}) {
        Stored stored = store(values, shape, dtype);
        const auto statistics = stored.statistics();
        QVERIFY(statistics);
        QCOMPARE(statistics->count, uint64_t(values.size()));
        QCOMPARE(statistics->finite + statistics->nans + statistics->infinities, statistics->count);
        QVERIFY(std::isfinite(statistics->mean) && std::isfinite(statistics->std) && std::isfinite(statistics->norm));
        if (statistics->finite == 0) {
            QVERIFY(statistics->histogram.counts.empty());
        } else {
            QCOMPARE(statistics->histogram.counts.size(), size_t(1));
            QCOMPARE(statistics->histogram.counts[0], statistics->finite);
            QCOMPARE(statistics->distinct, uint64_t(1));
            QCOMPARE(statistics->std, 0.0);
            QCOMPARE(statistics->mean, double(values[0]));
        }
        const TensorOutcome outcome{0, WeightScheme::Plain, shape, *statistics, {}};
        QVERIFY(!statisticsToJson(outcome).dump().empty());
    }
}

void TestStatistics::notFinite_data()
{
    QTest::addColumn<int>("dtype");
    QTest::newRow("f32") << int(Dtype::F32);
    QTest::newRow("bf16") << int(Dtype::BF16);
}

void TestStatistics::notFinite()
{
    QFETCH(int, dtype);
    std::vector<float> values = normals(400 * 500, 0.02f);
    const std::vector<size_t> places{0, 499, 77 * 500 + 3, 77 * 500 + 4, 199999};
    for (size_t i = 0; i < places.size(); ++i)
        values[places[i]] = i % 2 ? kInfinity : kNaN;
    values[5000] = -kInfinity;
    Stored stored = store(values, {400, 500}, Dtype(dtype));
    const auto statistics = stored.statistics();
    QVERIFY(statistics);
    QCOMPARE(statistics->nans, uint64_t(3));
    QCOMPARE(statistics->infinities, uint64_t(3));
    QCOMPARE(statistics->finite, uint64_t(400 * 500 - 6));
    QVERIFY(std::isfinite(statistics->std) && statistics->max < 1);
    compare(stored, 400, 500);
}

void TestStatistics::fingerprints()
{
    const std::vector<float> values = normals(512 * 64, 0.02f);
    std::vector<float> changed = values;
    std::swap(changed[3], changed[4]);
    for (const Dtype dtype : {Dtype::F32, Dtype::BF16}) {
        Stored one = store(values, {512, 64}, dtype), same = store(values, {512, 64}, dtype), other = store(changed, {512, 64}, dtype);
        QCOMPARE(one.statistics()->fingerprint, same.statistics()->fingerprint);
        QVERIFY(one.statistics()->fingerprint != other.statistics()->fingerprint);
    }
}

void TestStatistics::sampled_data()
{
    QTest::addColumn<int>("dtype");
    QTest::addColumn<float>("shift");
    for (const Dtype dtype : {Dtype::BF16, Dtype::F16, Dtype::F32}) {
        QTest::addRow("%s", dtypeName(dtype)) << int(dtype) << 0.0f;
        QTest::addRow("%s far from zero", dtypeName(dtype)) << int(dtype) << 1.0f;
    }
}

/// What is always exact is; the rest is as near as chance over two million values allows.
void TestStatistics::sampled()
{
    QFETCH(int, dtype);
    QFETCH(float, shift);
    static const std::vector<float> drawn = normals(1536 * 4096, 0.02f);
    std::vector<float> values = drawn;
    for (float &value : values)
        value += shift;
    values[12345] = kNaN;
    values[6000000] = kInfinity;
    values[77] = 30;
    values[99] = 0;
    Stored stored = store(values, {1536, 4096}, Dtype(dtype));
    const auto exact = stored.statistics(), sampled = stored.statistics({}, CountingDetail::Sampled);
    QVERIFY(exact && sampled);
    QCOMPARE(exact->counted, exact->finite);
    const bool recounted = shift != 0; // float32 sums would blur the deviation
    QVERIFY(recounted ? sampled->counted == sampled->finite : sampled->counted < sampled->finite / 2 && sampled->counted > 1'500'000);
    for (const auto field : {&TensorStatistics::finite, &TensorStatistics::nans, &TensorStatistics::infinities, &TensorStatistics::zeros,
                             &TensorStatistics::zeroRows})
        QCOMPARE((*sampled).*field, (*exact).*field);
    QCOMPARE(sampled->min, exact->min);
    QCOMPARE(sampled->max, exact->max);
    CLOSE(sampled->mean, exact->mean, 1e-6, 1e-5 * exact->std);
    CLOSE(sampled->std, exact->std, 1e-4);
    CLOSE(sampled->norm, exact->norm, 1e-5);
    for (size_t q = 0; q < 4; ++q)
        CLOSE(sampled->absoluteQuantiles[q], exact->absoluteQuantiles[q], 0.02);
    QCOMPARE(sampled->absoluteQuantiles[4], exact->absoluteQuantiles[4]);
    uint64_t all = 0;
    for (const uint64_t count : sampled->histogram.counts)
        all += count;
    QCOMPARE(all, sampled->counted);
    QCOMPARE(stored.statistics({}, CountingDetail::Sampled)->fingerprint, sampled->fingerprint);
}

void TestStatistics::cancelled()
{
    Stored stored = store(normals(1 << 20, 1), {1024, 1024}, Dtype::F32);
    std::stop_source stop;
    uint64_t told = 0;
    StreamControl control{stop.get_token(), [&](uint64_t done, uint64_t total) {
        told = done;
        QCOMPARE(total, uint64_t(1) << 20);
    }};
    QVERIFY(stored.statistics(control));
    QCOMPARE(told, uint64_t(1) << 20);
    stop.request_stop();
    const auto statistics = stored.statistics(control);
    QVERIFY(!statistics && statistics.error().code == ErrorCode::Cancelled);
}

/// A file that shrinks after its header was read.
void TestStatistics::cutOff()
{
    Stored stored = store(normals(1 << 18, 1), {512, 512}, Dtype::F32);
    const WeightCatalog catalog(stored.weights.checkpoint(), {});
    stored.weights.bytes().resize(1 << 19);
    const auto weight = openWeight(catalog, 0, stored.weights);
    QVERIFY(!weight && weight.error().code == ErrorCode::WeightsUnreadable);
}

void TestStatistics::wholeCheckpoint()
{
    MemoryWeights weights;
    for (int i = 0; i < 40; ++i)
        weights.add("layers." + std::to_string(i) + ".weight", Dtype::F32, {16, 32}, normals(512, 1, uint32_t(i % 39 + 1)));
    weights.add("lost", Dtype::F32, {4}, std::vector<float>(4)).offset = kNoOffset;
    const WeightCatalog catalog(weights.checkpoint(), {});
    ModelStatisticsRequest request;
    request.tensors = tensorsBySize(catalog);
    request.threads = 4;
    std::vector<uint32_t> seen;
    uint64_t last = 0;
    request.done = [&](const TensorOutcome &outcome) { seen.push_back(outcome.tensor); };
    request.control.progress = [&](uint64_t done, uint64_t) { last = std::max(last, done); };
    const auto findings = computeModelStatistics(catalog, weights, request);
    QVERIFY(findings);
    std::sort(seen.begin(), seen.end());
    QCOMPARE(seen.size(), size_t(41));
    QVERIFY(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
    QCOMPARE(last, uint64_t(40 * 512 * 4 + 16));
    QCOMPARE(findings->size(), size_t(2));
    QVERIFY(findings->at(0).code == FindingCode::TensorsEqual);
    QCOMPARE(findings->at(0).sentence(), std::string("layers.0.weight and layers.39.weight have the same values"));
    QVERIFY(findings->at(1).code == FindingCode::TensorUnreadable);
    QCOMPARE(findings->at(1).arguments[0], std::string("1"));
    std::stop_source stop;
    request.control.stop = stop.get_token();
    request.done = [&](const TensorOutcome &) { stop.request_stop(); };
    const auto stopped = computeModelStatistics(catalog, weights, request);
    QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_weightstatistics.moc"
