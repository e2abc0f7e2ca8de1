// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/compare/samplefamily.h"

#include <QtTest>
#include <cmath>
#include <set>

using namespace assay;
using samplefamily::family;

namespace {

ChartSpec chartOf(const Comparison &comparison, const std::string &id)
{
    for (const ChartSpec &chart : comparisonCharts(comparison)) {
        if (chart.id == id)
            return chart;
    }
    qWarning("there is no chart %s", id.c_str());
    return {};
}

/// A chart of two subjects has their series alone.
bool isPaired(const ChartSpec &chart)
{
    return chart.id == kAccuracyForest || chart.id.starts_with("flips_") || chart.id.starts_with("gap_") || chart.id.starts_with("difference_") || chart.id.starts_with("fidelity_");
}

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private slots:
    void allAreThereAndSound()
    {
        std::set<std::string> ids;
        for (const ChartSpec &chart : comparisonCharts(family())) {
            QVERIFY2(ids.insert(chart.id).second, chart.id.c_str());
            QVERIFY2(!chart.title.empty() && !chart.yLabel.empty(), chart.id.c_str());
            QVERIFY2(chart.missing.empty(), chart.id.c_str());
            if (!isPaired(chart))
                QCOMPARE(chart.series.size(), size_t(3));
            for (const ChartSeries &series : chart.series) {
                for (const ChartPoint &point : series.points) {
                    QVERIFY(std::isfinite(point.x) && std::isfinite(point.y) && !point.label.empty());
                    const double value = chart.kind == ChartKind::Forest ? point.x : point.y;
                    QVERIFY(!point.low || (*point.low <= value && value <= *point.high));
                    if (hasBars(chart.kind) || chart.kind == ChartKind::Matrix)
                        QVERIFY(point.x >= 0 && point.x < double(chart.categories.size()));
                }
            }
        }
        for (const char *id : {"latency_ttft", "latency_tpot", "tpot_cdf", "throughput", "memory", "load", "accuracy",
                               "accuracy_difficulty", "tradeoff", "accuracy_difference", "flips_1", "flips_2", "gap_1", "difference_difficulty"})
            QVERIFY2(ids.count(id), id);
    }

    void latencyIsInMilliseconds()
    {
        const ChartSpec chart = chartOf(family(), "latency_tpot");
        const ChartPoint &point = chart.series[0].points.at(0);
        QVERIFY(near(point.y, 10.1));
        QVERIFY(near(*point.low, 10.0) && near(*point.high, 10.2));
        QCOMPARE(point.n, size_t(7));
        QCOMPARE(point.label, std::string("10.1 [10.0, 10.2] ms"));
        QVERIFY(chart.subtitle.find("64 prompt tokens, 11 output tokens, batch 1; cpu, float32") != std::string::npos);
    }

    void fewRunsHaveNoWhiskers()
    {
        Comparison comparison = family();
        comparison.subjects[0].bench = std::make_shared<BenchRun>(samplefamily::bench("big", {}, 3));
        const ChartSpec chart = chartOf(comparison, "latency_tpot");
        QVERIFY(!chart.series[0].points.at(0).low);
        QVERIFY(chart.series[1].points.at(0).low.has_value());
    }

    void memoryHasOneGroupAMetric()
    {
        const ChartSpec chart = chartOf(family(), "memory");
        QCOMPARE(chart.categories.size(), size_t(3)); // weights, tensor peak, process peak
        QVERIFY(chart.yLabel.find("MiB") != std::string::npos);
        QVERIFY(near(chart.series[0].points.at(1).y, 100));
        Comparison large = family();
        large.subjects[0].bench = std::make_shared<BenchRun>(samplefamily::bench("big", {0.1, 0.01, uint64_t(3) << 30}));
        const ChartSpec inGiB = chartOf(large, "memory");
        QVERIFY(inGiB.yLabel.find("GiB") != std::string::npos);
        QVERIFY(near(inGiB.series[0].points.at(1).y, 3));
    }

    void distributionRisesToOne()
    {
        Comparison comparison = family();
        BenchRun &bench = samplefamily::benchOf(comparison, 0);
        bench.samples[1].gaps.assign(5000, 0.02);
        for (size_t i = 0; i < 5000; ++i)
            bench.samples[1].gaps[i] += double(i) * 1e-6;
        const ChartSpec chart = chartOf(comparison, "tpot_cdf");
        const std::vector<ChartPoint> &points = chart.series[0].points;
        QVERIFY(points.size() <= 400);
        for (size_t i = 1; i < points.size(); ++i)
            QVERIFY(points[i].x >= points[i - 1].x && points[i].y > points[i - 1].y);
        QVERIFY(near(points.back().y, 1));
        QVERIFY(near(points.back().x, 24.999)); // the longest gap, in ms
        QVERIFY(near(points.front().x, 10));
        QCOMPARE(points.front().n, size_t(5060));
        QCOMPARE(chart.yMaximum, std::optional<double>(1));
    }

    void throughputIsALineOverBatches()
    {
        QVERIFY(chartOf(family(), "throughput").kind == ChartKind::GroupedBars);
        Comparison comparison = family();
        BenchRun &bench = samplefamily::benchOf(comparison, 0);
        const auto more = samplefamily::bench("big", {}, 7, {64, 11, 4}).samples;
        bench.samples.insert(bench.samples.begin(), more.begin(), more.end());
        const ChartSpec chart = chartOf(comparison, "throughput");
        QVERIFY(chart.kind == ChartKind::Lines);
        QCOMPARE(chart.series[0].points.size(), size_t(2));
        QCOMPARE(chart.series[0].points[0].x, 1.0);
        QCOMPARE(chart.series[0].points[1].x, 4.0);
        QCOMPARE(chart.series[1].points.size(), size_t(1));
        QCOMPARE(chartOf(comparison, "latency_ttft").categories.size(), size_t(2));
    }

    void accuracyHasSuiteAndTasks()
    {
        const ChartSpec chart = chartOf(family(), "accuracy");
        QCOMPARE(chart.categories, (std::vector<std::string>{"Sums of numbers", "sorting", "addition"}));
        QVERIFY(near(chart.series[0].points[0].y, 0.9));
        QVERIFY(chart.percent);
        QVERIFY(near(*chart.series[0].points[0].low, 0.8256343384950865)); // Wilson of 90/100
        QCOMPARE(chart.series[0].points[1].n, size_t(50));
    }

    void curveFallsWithDifficulty()
    {
        const ChartSpec chart = chartOf(family(), "accuracy_difficulty");
        QCOMPARE(chart.xLabel, std::string("difficulty (digits)"));
        const std::vector<ChartPoint> &points = chart.series[0].points;
        QCOMPARE(points.size(), size_t(5));
        QCOMPARE(points[0].y, 1.0);
        QCOMPARE(points[4].y, 0.5);
        QCOMPARE(points[4].x, 5.0);
        QCOMPARE(points[4].n, size_t(20));
    }

    void twoSuitesHaveTwoCurves()
    {
        Comparison comparison = family();
        comparison.subjects[0].evaluations.push_back(
            std::make_shared<EvaluationRun>(samplefamily::evaluation("big", 50, 100, "products")));
        QVERIFY(!chartOf(comparison, "accuracy_difficulty").id.empty());
        QCOMPARE(chartOf(comparison, "accuracy_difficulty_products").series.size(), size_t(1));
        QCOMPARE(chartOf(comparison, "accuracy").categories.size(), size_t(6));
        QCOMPARE(chartOf(comparison, "accuracy").categories.front(), std::string("sums")); // not their titles, which begin alike
    }

    void tradeoffNeedsBoth()
    {
        Comparison comparison = family();
        comparison.subjects[0].bench = nullptr;
        comparison.subjects[1].evaluations.clear();
        const ChartSpec chart = chartOf(comparison, "tradeoff");
        QCOMPARE(chart.series.size(), size_t(1));
        QVERIFY(chart.series[0].role == Role::Base);
        QVERIFY(near(chart.series[0].points[0].x, 2.525));
        QVERIFY(near(chart.series[0].points[0].size, 25.0 * (1 << 20)));
    }

    void emptyChartsSayWhy()
    {
        Comparison comparison = family();
        for (ComparedSubject &subject : comparison.subjects) {
            subject.bench = nullptr;
            subject.evaluations.clear();
        }
        for (const ChartSpec &chart : comparisonCharts(comparison))
            QVERIFY2(!chart.missing.empty() && chart.series.empty(), chart.id.c_str());
        BenchRun failed = samplefamily::bench("big", {});
        failed.samples.clear();
        failed.loads.clear();
        failed.header.state = RunState::Failed;
        failed.header.error = "It broke.";
        comparison.subjects[0].bench = std::make_shared<BenchRun>(failed);
        QVERIFY(chartOf(comparison, "latency_ttft").missing.find("It broke.") != std::string::npos);
        QVERIFY(comparisonCharts(Comparison{}).empty());
    }

    void sameRolesAreNumbered()
    {
        Comparison comparison = family();
        comparison.subjects[2].role = Role::Distilled;
        const ChartSpec chart = chartOf(comparison, "memory");
        QCOMPARE(chart.series[1].order, 0);
        QCOMPARE(chart.series[2].order, 1);
    }
};

QTEST_APPLESS_MAIN(TestCharts)
#include "tst_charts.moc"
