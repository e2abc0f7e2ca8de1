// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/comparison.h"
#include "core/compare/memorysheet.h"
#include "tests/model/modelfiles.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::test;

namespace {

MemoryModel smallModel()
{
    const QTemporaryDir folder;
    SmallLlama().write(folder.filePath("small"));
    MemoryModel model = memoryModel(inspected(folder.filePath("small")).facts);
    model.contextLength = 4096;
    return model;
}

Device deviceOf(uint64_t memory)
{
    Device device;
    device.name = "card";
    device.memory = memory;
    device.memoryReported = true;
    device.memorySource = "a log";
    device.bandwidth = 1e9;
    return device;
}

/// Two points of a benchmark in float32, three runs each.
BenchRun runWith(uint64_t first, uint64_t second)
{
    BenchRun run;
    run.header.environment.dtype = "float32";
    for (int i = 0; i < 3; ++i) {
        for (const auto &[prompt, peak] : {std::pair(int64_t(64), first), std::pair(int64_t(128), second)}) {
            MeasureSample sample;
            sample.promptTokens = prompt;
            sample.outputTokens = 16;
            sample.batch = 1;
            sample.memory.tensorPeak = peak - uint64_t(i);
            run.samples.push_back(sample);
        }
    }
    return run;
}

} // namespace

class TestMemorySheet : public QObject
{
    Q_OBJECT
private slots:
    /// A bar of the formula's parts and one of what was measured, and the gap between them in words.
    void predictedStandsBesideMeasured()
    {
        const QTemporaryDir folder;
        SmallLlama().write(folder.filePath("small"));
        ComparedSubject subject;
        subject.subject.name = "small";
        subject.facts = std::make_shared<ModelFacts>(inspected(folder.filePath("small")).facts);
        MemoryRequest request = *engineRequest("f32");
        request.context = 80;
        const MemoryPlan plan = planMemory(memoryModel(*subject.facts), request);
        const double high = double(plan.total().high - plan.of(MemoryTermKind::Overhead).high);
        BenchRun run = runWith(uint64_t(2 * high), uint64_t(2 * high));
        run.loads = {{0.1, plan.of(MemoryTermKind::Weights).high, true, {}}};
        run.samples.resize(1);
        subject.bench = std::make_shared<BenchRun>(run);
        Comparison comparison;
        comparison.subjects = {subject};
        const auto charts = comparisonCharts(comparison);
        const auto stack = std::find_if(charts.begin(), charts.end(), [](const ChartSpec &chart) { return chart.id == "memory_stack"; });
        QVERIFY(stack != charts.end() && stack->stacked);
        QCOMPARE(stack->categories, (std::vector<std::string>{"small, predicted", "small, measured"}));
        std::array<double, 2> tops{};
        for (const ChartSeries &series : stack->series) {
            for (const ChartPoint &point : series.points)
                tops[size_t(point.x)] = std::max(tops[size_t(point.x)], point.y);
        }
        QVERIFY(std::abs(tops[0] - high / 1048576) < 1e-9);
        QVERIFY(std::abs(tops[1] - double(uint64_t(2 * high)) / 1048576) < 1e-9);
        QCOMPARE(stack->series.front().points.size(), size_t(2)); // weights are in both bars
        QVERIFY2(stack->note.find("the prediction is 50.0 % too low.") != std::string::npos, stack->note.c_str());
    }

    void measuredPointsShowTheEstimatesError()
    {
        const MemoryModel model = smallModel();
        MemoryRequest request;
        request.runtime = findRuntime("assay");
        request.weights = findWeightFormat("f32");
        request.cache = findCacheFormat("f32");
        request.context = 80;
        const MemoryPlan plan = planMemory(model, request);
        const uint64_t low = plan.total().low - plan.of(MemoryTermKind::Overhead).low;
        const auto points = measuredMemory(model, runWith(low, 1'000'000'000));
        QCOMPARE(points.size(), size_t(2));
        QCOMPARE(points[0].context, int64_t(80));
        QCOMPARE(points[0].bytes, low); // the largest of the runs
        QCOMPARE(points[0].n, size_t(3));
        QCOMPARE(points[0].estimate.low, low);
        QCOMPARE(points[0].error(), 0.0);
        QCOMPARE(points[1].context, int64_t(144));
        QVERIFY(points[1].error() < -0.99); // far below what was measured
        QVERIFY(std::abs(points[1].error() - (double(points[1].estimate.high) / 1e9 - 1)) < 1e-12);
    }

    void runsWithoutTensorMemoryGiveNoPoints()
    {
        const MemoryModel model = smallModel();
        BenchRun run = runWith(1000, 2000);
        for (MeasureSample &sample : run.samples)
            sample.memory.tensorPeak.reset();
        QVERIFY(measuredMemory(model, run).empty());
        run = runWith(1000, 2000);
        run.header.environment.dtype = "something else";
        QVERIFY(measuredMemory(model, run).empty());
    }

    void chartsHoldTheSum()
    {
        const MemoryModel model = smallModel();
        const Device device = deviceOf(uint64_t(4) << 30);
        MemoryRequest request;
        request.device = &device;
        request.devices = 2;
        MemorySheet sheet = memorySheet(model, request);
        sheet.measured = measuredMemory(model, runWith(100'000, 200'000));
        const ChartSpec bars = memoryBars(sheet);
        QVERIFY(bars.stacked && bars.missing.empty());
        QCOMPARE(bars.series.size(), sheet.plan.terms.size());
        double before = 0;
        for (const ChartSeries &series : bars.series) { // upper ends stand on each other
            QCOMPARE(series.points[1].base, before);
            before = series.points[1].y;
        }
        QVERIFY(std::abs(before * 1073741824.0 - double(sheet.plan.perDevice().high)) < 8);
        QCOMPARE(bars.lines.size(), size_t(1));
        QCOMPARE(bars.lines.front().at, 4.0);
        const ChartSpec curve = memoryCurve(model, sheet);
        QCOMPARE(curve.series.size(), size_t(3)); // upper, lower, measured
        QVERIFY(!curve.series[2].joined && curve.series[2].points.size() == 2);
        QVERIFY(std::is_sorted(curve.series[0].points.begin(), curve.series[0].points.end(),
                               [](const ChartPoint &a, const ChartPoint &b) { return a.y < b.y; }));
    }

    void theVerdictSaysWhatFits_data()
    {
        QTest::addColumn<qulonglong>("memory");
        QTest::addColumn<QString>("says");
        QTest::newRow("nothing") << qulonglong(1000) << "Does not fit card";
        QTest::newRow("perhaps") << qulonglong(350'000'000) << "May fit card";
        QTest::newRow("well") << qulonglong(4) * 1000'000'000 << "Fits card up to";
    }
    void theVerdictSaysWhatFits()
    {
        QFETCH(qulonglong, memory);
        QFETCH(QString, says);
        const MemoryModel model = smallModel();
        const Device device = deviceOf(memory);
        MemoryRequest request;
        request.device = &device;
        const QString verdict = QString::fromStdString(memoryVerdict(memorySheet(model, request)));
        QVERIFY2(verdict.startsWith(says), qPrintable(verdict));
    }

    void withoutDeviceOrCache()
    {
        MemoryModel model = smallModel();
        MemoryRequest request;
        MemorySheet sheet = memorySheet(model, request);
        QVERIFY(!sheet.usable && !sheet.fit && !sheet.floor);
        QVERIFY(QString::fromStdString(memoryVerdict(sheet)).startsWith("Needs about"));
        QVERIFY(memorySheetJson(sheet)["device"].is_null());
        model.cache.groups.clear();
        const Device device = deviceOf(uint64_t(4) << 30);
        request.device = &device;
        sheet = memorySheet(model, request);
        QVERIFY(!sheet.plan.cacheKnown && !sheet.fit);
        QVERIFY(QString::fromStdString(memoryVerdict(sheet)).startsWith("Fits card"));
        QVERIFY(!memoryCurve(model, sheet).missing.empty());
        QVERIFY(!memorySheetJson(sheet)["cache_known"].get<bool>());
    }

    void jsonHasEveryTerm()
    {
        const MemoryModel model = smallModel();
        const Device device = deviceOf(uint64_t(4) << 30);
        MemoryRequest request;
        request.device = &device;
        const auto json = memorySheetJson(memorySheet(model, request));
        uint64_t sum = 0;
        for (const auto &term : json["terms"]) {
            QVERIFY(!term["formula"].get<std::string>().empty());
            sum += term["bytes"]["high"].get<uint64_t>();
        }
        QCOMPARE(json["total"]["high"].get<uint64_t>(), sum);
        QVERIFY(json["fits"].get<bool>() && json["decode_floor"]["estimate"].get<bool>());
        QVERIFY(json["largest_context"]["low"].get<int64_t>() > 0);
        for (const auto &assumption : json["runtime"]["assumptions"])
            QVERIFY(!assumption["source"].get<std::string>().empty());
    }

    void recomputing()
    {
        const MemoryModel model = smallModel();
        const Device device = deviceOf(uint64_t(4) << 30);
        MemoryRequest request;
        request.device = &device;
        QBENCHMARK {
            const MemorySheet sheet = memorySheet(model, request);
            memoryBars(sheet);
            memoryCurve(model, sheet);
        }
    }
};

QTEST_APPLESS_MAIN(TestMemorySheet)
#include "tst_memorysheet.moc"
