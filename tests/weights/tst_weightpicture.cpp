// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and differences of weights against plain loops over all elements.
#include "core/weights/weightdifference.h"
#include "core/weights/weightpicture.h"
#include "tests/weights/memoryweights.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <random>

using namespace assay;
using namespace assay::testing;

namespace {

std::vector<float> normals(size_t count, uint32_t seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, 1);
    std::vector<float> values(count);
    for (float &value : values)
        value = normal(random);
    return values;
}

} // namespace

class TestWeightPicture : public QObject
{
    Q_OBJECT
private slots:
    void picture_data();
    void picture();
    void longRows();
    void cellsCoverAll();
    void preview();
    void nothing();
    void cancelled();
    void difference();
    void differenceNotFinite();
    void pairs();
    void checkpoints();
};

void TestWeightPicture::picture_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<std::vector<uint64_t>>("region"); // row0, row1, column0, column1
    using R = std::vector<uint64_t>;
    QTest::newRow("whole") << 90 << 70 << 16 << 9 << R{0, 90, 0, 70};
    QTest::newRow("part") << 90 << 70 << 7 << 11 << R{13, 77, 5, 66};
    QTest::newRow("cell for cell") << 90 << 70 << 500 << 500 << R{10, 20, 30, 45};
    QTest::newRow("one cell") << 90 << 70 << 1 << 1 << R{0, 90, 0, 70};
    QTest::newRow("beyond the edges") << 90 << 70 << 8 << 8 << R{80, 1000, 60, 1000};
}

void TestWeightPicture::picture()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(std::vector<uint64_t>, region);
    std::vector<float> values = normals(size_t(rows * columns), 3);
    values[size_t(15 * columns + 33)] = std::numeric_limits<float>::quiet_NaN();
    values[size_t(85 * columns + 65)] = std::numeric_limits<float>::infinity();
    MemoryWeights weights;
    weights.add("x", Dtype::F32, {rows, columns}, values);
    const WeightCatalog catalog(weights.checkpoint(), {});
    auto weight = openWeight(catalog, 0, weights);
    const auto picture = pictureOf(*weight, {region[0], region[1], region[2], region[3]}, uint32_t(width), uint32_t(height));
    QVERIFY(picture);
    const WeightRegion cut = picture->region;
    QCOMPARE(cut.row1, std::min<uint64_t>(region[1], uint64_t(rows)));
    QCOMPARE(cut.column1, std::min<uint64_t>(region[3], uint64_t(columns)));
    QCOMPARE(picture->width, uint32_t(std::min<uint64_t>(uint64_t(width), cut.column1 - cut.column0)));
    QCOMPARE(picture->height, uint32_t(std::min<uint64_t>(uint64_t(height), cut.row1 - cut.row0)));
    QCOMPARE(picture->mean.size(), size_t(picture->width) * picture->height);
    // Every element goes to the cell that holds it, found by looking at all cells.
    struct Cell { double sum = 0, squares = 0, min = INFINITY, max = -INFINITY; int count = 0; uint32_t odd = 0; };
    std::vector<Cell> cells(picture->mean.size());
    for (uint64_t row = cut.row0; row < cut.row1; ++row) {
        for (uint64_t column = cut.column0; column < cut.column1; ++column) {
            uint64_t x = 0, y = 0;
            while (WeightPicture::cellBegin(x + 1, picture->width, cut.column1 - cut.column0) <= column - cut.column0)
                ++x;
            while (WeightPicture::cellBegin(y + 1, picture->height, cut.row1 - cut.row0) <= row - cut.row0)
                ++y;
            Cell &cell = cells[size_t(y * picture->width + x)];
            const double value = double(values[size_t(row * uint64_t(columns) + column)]);
            if (!std::isfinite(value)) {
                ++cell.odd;
                continue;
            }
            cell.sum += value;
            cell.squares += value * value;
            cell.min = std::min(cell.min, value);
            cell.max = std::max(cell.max, value);
            ++cell.count;
        }
    }
    for (size_t i = 0; i < cells.size(); ++i) {
        QCOMPARE(picture->notFinite[i], cells[i].odd);
        if (cells[i].count == 0) {
            QVERIFY(std::isnan(picture->mean[i]) && std::isnan(picture->rms[i]));
            continue;
        }
        QVERIFY(std::abs(double(picture->mean[i]) - cells[i].sum / cells[i].count) < 1e-6);
        QVERIFY(std::abs(double(picture->rms[i]) - std::sqrt(cells[i].squares / cells[i].count)) < 1e-6);
        QCOMPARE(double(picture->min[i]), cells[i].min);
        QCOMPARE(double(picture->max[i]), cells[i].max);
    }
}

/// Rows longer than what is read at a time: cells go on from one piece to the next.
void TestWeightPicture::longRows()
{
    const int64_t columns = 200001;
    std::vector<float> values(size_t(columns * 2));
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = float(i % size_t(columns));
    MemoryWeights weights;
    weights.add("x", Dtype::F32, {2, columns}, values);
    const WeightCatalog catalog(weights.checkpoint(), {});
    auto weight = openWeight(catalog, 0, weights);
    const auto picture = pictureOf(*weight, {0, 2, 0, uint64_t(columns)}, 7, 2);
    QVERIFY(picture);
    for (uint64_t cell = 0; cell < 14; ++cell) {
        const uint64_t begin = WeightPicture::cellBegin(cell % 7, 7, uint64_t(columns)), end = WeightPicture::cellBegin(cell % 7 + 1, 7, uint64_t(columns));
        QCOMPARE(picture->min[size_t(cell)], float(begin));
        QCOMPARE(picture->max[size_t(cell)], float(end - 1));
    }
}

void TestWeightPicture::cellsCoverAll()
{
    for (const uint64_t length : {uint64_t(1), uint64_t(17), uint64_t(4096), uint64_t(1) << 62}) {
        for (const uint64_t cells : {uint64_t(1), uint64_t(7), uint64_t(16)}) {
            QCOMPARE(WeightPicture::cellBegin(0, cells, length), uint64_t(0));
            QCOMPARE(WeightPicture::cellBegin(cells, cells, length), length);
            for (uint64_t cell = 0; cell < cells; ++cell)
                QVERIFY(WeightPicture::cellBegin(cell, cells, length) <= WeightPicture::cellBegin(cell + 1, cells, length));
        }
    }
}

void TestWeightPicture::preview()
{
    std::vector<float> values(100 * 10);
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = float(i / 10);
    MemoryWeights weights;
    weights.add("x", Dtype::F32, {100, 10}, values);
    const WeightCatalog catalog(weights.checkpoint(), {});
    auto weight = openWeight(catalog, 0, weights);
    const auto picture = pictureOf(*weight, {0, 100, 0, 10}, 10, 10, PictureDetail::Preview);
    QVERIFY(picture && picture->sampled);
    QCOMPARE(picture->mean[0], 5.0f); // the middle of rows 0 to 9
    QVERIFY(!pictureOf(*weight, {0, 10, 0, 10}, 10, 10, PictureDetail::Preview)->sampled);
}

void TestWeightPicture::nothing()
{
    MemoryWeights weights;
    weights.add("empty", Dtype::F32, {0, 5}, std::vector<float>());
    weights.add("scalar", Dtype::F32, {}, std::vector<float>{2});
    const WeightCatalog catalog(weights.checkpoint(), {});
    auto empty = openWeight(catalog, 0, weights);
    QCOMPARE(pictureOf(*empty, {0, 10, 0, 10}, 5, 5)->width, 0u);
    auto scalar = openWeight(catalog, 1, weights);
    QCOMPARE(pictureOf(*scalar, {0, 10, 0, 10}, 5, 5)->mean, std::vector<float>{2});
    QCOMPARE(pictureOf(*scalar, {3, 1, 0, 10}, 5, 5)->height, 0u);
}

void TestWeightPicture::cancelled()
{
    MemoryWeights weights;
    weights.add("x", Dtype::F32, {100, 10}, normals(1000, 1));
    const WeightCatalog catalog(weights.checkpoint(), {});
    auto weight = openWeight(catalog, 0, weights);
    std::stop_source stop;
    stop.request_stop();
    const auto picture = pictureOf(*weight, {0, 100, 0, 10}, 5, 5, PictureDetail::Exact, {stop.get_token(), {}});
    QVERIFY(!picture && picture.error().code == ErrorCode::Cancelled);
    auto other = openWeight(catalog, 0, weights);
    const auto difference = compareWeights(*weight, *other, {stop.get_token(), {}});
    QVERIFY(!difference && difference.error().code == ErrorCode::Cancelled);
}

void TestWeightPicture::difference()
{
    const std::vector<float> a = normals(70001, 1);
    std::vector<float> b = a, noise = normals(a.size(), 2);
    for (size_t i = 0; i < b.size(); i += 3)
        b[i] += 0.1f * noise[i];
    MemoryWeights weights;
    weights.add("a", Dtype::F32, {70001}, a);
    weights.add("b", Dtype::F32, {1, 70001}, b);
    weights.add("c", Dtype::F32, {70000}, std::vector<float>(a.begin(), a.end() - 1));
    const WeightCatalog catalog(weights.checkpoint(), {});
    auto left = openWeight(catalog, 0, weights), right = openWeight(catalog, 1, weights), other = openWeight(catalog, 2, weights);
    const auto difference = compareWeights(*left, *right);
    QVERIFY(difference);
    double aa = 0, bb = 0, ab = 0, dd = 0, most = 0;
    uint64_t equal = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        const double x = double(a[i]), y = double(b[i]);
        aa += x * x;
        bb += y * y;
        ab += x * y;
        dd += (x - y) * (x - y);
        most = std::max(most, std::abs(x - y));
        equal += x == y;
    }
    QVERIFY(std::abs(difference->relative() - std::sqrt(dd / bb)) < 1e-9);
    QVERIFY(std::abs(difference->cosine() - ab / std::sqrt(aa * bb)) < 1e-9);
    QCOMPARE(difference->maximum, most);
    QCOMPARE(difference->equal, equal);
    QCOMPARE(difference->compared, uint64_t(a.size()));
    const auto itself = compareWeights(*left, *left);
    QCOMPARE(itself->relative(), 0.0);
    QCOMPARE(itself->equalShare(), 1.0);
    QVERIFY(itself->cosine() > 1 - 1e-12);
    const auto misfit = compareWeights(*left, *other);
    QVERIFY(!misfit && misfit.error().code == ErrorCode::NotComparable);
}

void TestWeightPicture::differenceNotFinite()
{
    const float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
    MemoryWeights weights;
    weights.add("a", Dtype::F32, {5}, std::vector<float>{1, nan, inf, 2, inf});
    weights.add("b", Dtype::F32, {5}, std::vector<float>{1, nan, inf, 4, 0});
    weights.add("zero", Dtype::F32, {5}, std::vector<float>(5));
    const WeightCatalog catalog(weights.checkpoint(), {});
    auto a = openWeight(catalog, 0, weights), b = openWeight(catalog, 1, weights), zero = openWeight(catalog, 2, weights);
    const auto difference = compareWeights(*a, *b);
    QCOMPARE(difference->elements, uint64_t(5));
    QCOMPARE(difference->compared, uint64_t(2));
    QCOMPARE(difference->equal, uint64_t(3)); // 1, NaN and Inf
    QCOMPARE(difference->maximum, 2.0);
    QCOMPARE(difference->normB, std::sqrt(17.0));
    QVERIFY(std::isinf(compareWeights(*a, *zero)->relative()));
    QVERIFY(std::isnan(compareWeights(*a, *zero)->cosine()));
    QCOMPARE(compareWeights(*zero, *zero)->relative(), 0.0);
}

void TestWeightPicture::pairs()
{
    MemoryWeights one, two;
    one.add("x.weight", Dtype::F32, {8, 4}, normals(32, 1));
    one.add("y.qweight", Dtype::I32, {1, 8}, std::vector<int>(8));
    one.add("y.scales", Dtype::F16, {1, 8}, std::vector<uint16_t>(8));
    one.add("only here", Dtype::F32, {2}, normals(2, 1));
    two.add("y.weight", Dtype::F32, {8, 8}, normals(64, 1));
    two.add("x.weight", Dtype::F8E4M3, {8, 4}, std::vector<uint8_t>(32));
    two.add("x.weight_scale_inv", Dtype::F32, {1, 1}, std::vector<float>{1});
    const WeightCatalog a(one.checkpoint(), {}), b(two.checkpoint(), {});
    const auto there = pairsByName(a, b), back = pairsByName(b, a);
    QCOMPARE(there.size(), size_t(2));
    QCOMPARE(there[0].a, 0u);
    QCOMPARE(there[0].b, 1u);
    QCOMPARE(there[1].a, 1u);
    QCOMPARE(there[1].b, 0u);
    QCOMPARE(back.size(), size_t(2));
    QCOMPARE(back[0].b, 1u);
}

void TestWeightPicture::checkpoints()
{
    MemoryWeights one, two;
    for (int i = 0; i < 9; ++i) {
        const std::string name = "layers." + std::to_string(i) + ".weight";
        one.add(name, Dtype::F32, {16, 16}, normals(256, uint32_t(i)));
        two.add(name, Dtype::F32, {16, i == 4 ? 8 : 16}, normals(i == 4 ? 128 : 256, uint32_t(i == 7 ? 70 : i)));
    }
    const WeightCatalog a(one.checkpoint(), {}), b(two.checkpoint(), {});
    size_t told = 0;
    const auto differences = compareCheckpoints({a, one}, {b, two}, pairsByName(a, b), {}, [&](const PairDifference &) { ++told; }, 3);
    QVERIFY(differences);
    QCOMPARE(told, size_t(9));
    for (size_t i = 0; i < 9; ++i) {
        const auto &difference = differences->at(i).difference;
        if (i == 4)
            QVERIFY(!difference && difference.error().code == ErrorCode::NotComparable);
        else
            QCOMPARE(difference->relative() > 0.5, i == 7);
    }
    const auto none = compareCheckpoints({a, one}, {b, two}, {});
    QVERIFY(!none && none.error().code == ErrorCode::NotComparable);
}

QTEST_GUILESS_MAIN(TestWeightPicture)
#include "tst_weightpicture.moc"
