// SPDX-License-Identifier: GPL-3.0-or-later
// Charts over loads: endpoints beside each other and beside a model that ran by itself.
#include "core/base/units.h"
#include "core/compare/comparison.h"

#include <QTest>
#include <algorithm>
#include <map>

using namespace assay;

namespace {

constexpr int64_t kMs = 1'000'000;

/// A request that was sent at its time and was answered by reads at even gaps, each of so many tokens.
RequestRecord answered(int64_t index, int32_t point, int64_t sent, int64_t ttft, int64_t gap, int reads, int tokensOfRead = 1)
{
    RequestRecord record;
    record.index = index;
    record.point = point;
    record.promptTokens = 64;
    record.outputTokens = reads * tokensOfRead;
    record.scheduled = record.sent = sent;
    record.headers = record.firstByte = sent + ttft / 2;
    for (int i = 0; i < reads; ++i)
        record.chunks.push_back({sent + ttft + i * gap, uint32_t(i), Channel::Answer, 4, uint32_t(tokensOfRead)});
    record.ended = record.chunks.back().at;
    record.status = 200;
    record.finish = "length";
    record.usage.completion = record.outputTokens;
    record.usage.prompt = 64;
    return record;
}

/// Levels of 1, 2 and 4 requests in flight, 30 requests each; TTFT grows with the level by 10 ms a request in flight.
ComparedSubject endpoint(const std::string &name, int64_t gap, int tokensOfRead = 1)
{
    auto run = std::make_shared<BenchRun>();
    run->plan.outputTokens = {11};
    run->plan.load.emplace();
    run->plan.load->concurrencies = {1, 2, 4};
    Slo goals;
    goals.name = "mine";
    goals.ttft = 0.015;
    goals.tpot = 0.02;
    run->plan.load->slos = {goals};
    run->header.state = RunState::Finished;
    int32_t point = 0;
    for (const int64_t inFlight : run->plan.load->concurrencies) {
        const int64_t length = (inFlight * 10 + 10 * gap) * kMs;
        for (int i = 0; i < 30; ++i)
            run->requests.append(answered(point * kIndexStride + 100 + i, point, (i / inFlight) * length, inFlight * 10 * kMs, gap * kMs, 11, tokensOfRead));
        ++point;
    }
    ComparedSubject subject;
    subject.subject.name = name;
    subject.bench = run;
    return subject;
}

/// The same load without an endpoint: 8 runs of a model by itself, TTFT 5 ms, TPOT 1 ms.
ComparedSubject local(const std::string &name)
{
    auto run = std::make_shared<BenchRun>();
    run->plan.outputTokens = {11};
    run->header.state = RunState::Finished;
    for (int i = 0; i < 8; ++i) {
        MeasureSample sample;
        sample.index = i;
        sample.promptTokens = 64;
        sample.outputTokens = 11;
        sample.firstToken = 0.005;
        sample.gaps.assign(10, 0.001);
        sample.total = 0.015;
        run->samples.push_back(sample);
    }
    ComparedSubject subject;
    subject.subject.name = name;
    subject.bench = run;
    return subject;
}

const ChartSpec *chartOf(const std::vector<ChartSpec> &charts, const std::string &id)
{
    const auto found = std::find_if(charts.begin(), charts.end(), [&](const ChartSpec &chart) { return chart.id == id; });
    return found == charts.end() ? nullptr : &*found;
}

} // namespace

class TestLoadCharts : public QObject
{
    Q_OBJECT
private slots:
    void oneInFlightIsComparedWithAModelByItself();
    void metricsOverTheRequestsInFlight();
    void kneeAndGoalsAreMarked();
    void everyPlotTellsItsLoad();
    void distributionsOverRequests();
    void goalsJudgeTheSameRequests();
    void gapsAreCalledWhatTheyAre();
    void manyRequestsAreThinnedOut();
    void withoutEndpointsNothingIsAdded();
};

void TestLoadCharts::oneInFlightIsComparedWithAModelByItself()
{
    Comparison comparison;
    comparison.subjects = {local("model"), endpoint("server", 2)};
    const auto point = sharedPoint(comparison);
    QVERIFY(point);
    QCOMPARE(point->concurrency, int64_t(0));
    const auto charts = comparisonCharts(comparison);
    const ChartSpec *ttft = chartOf(charts, "latency_ttft");
    QVERIFY(ttft && ttft->series.size() == 2);
    QCOMPARE(ttft->series[0].points.front().y, 5.0);
    QCOMPARE(ttft->series[1].points.front().y, 10.0);
}

void TestLoadCharts::metricsOverTheRequestsInFlight()
{
    Comparison comparison;
    comparison.subjects = {endpoint("slow", 4), endpoint("quick", 2)};
    const auto charts = comparisonCharts(comparison);
    const ChartSpec *ttft = chartOf(charts, "sweep_ttft_concurrency");
    QVERIFY(ttft);
    QCOMPARE(ttft->series.size(), size_t(2));
    QCOMPARE(ttft->series[0].points.size(), size_t(3));
    for (size_t i = 0; i < 3; ++i) {
        const double inFlight = double(1 << i);
        QCOMPARE(ttft->series[0].points[i].x, inFlight);
        QVERIFY(std::abs(ttft->series[0].points[i].y - 10 * inFlight) < 1e-9);
    }
    const ChartSpec *goodput = chartOf(charts, "sweep_goodput_concurrency");
    QVERIFY(goodput && goodput->percent);
    // TTFT of 10 ms meets the goal of 15 ms, 20 and 40 ms do not.
    QCOMPARE(goodput->series[0].points[0].y, 1.0);
    QCOMPARE(goodput->series[0].points[1].y, 0.0);
    QVERIFY(chartOf(charts, "sweep_throughput_concurrency"));
    QVERIFY(!chartOf(charts, "sweep_ttft_prompt")); // one length: nothing to draw over
}

void TestLoadCharts::kneeAndGoalsAreMarked()
{
    // Half as fast again with each doubling, but the goals (15 ms to the first token) hold for one request in flight alone.
    Comparison comparison;
    comparison.subjects = {endpoint("server", 4), local("model")};
    auto charts = comparisonCharts(comparison);
    const ChartSpec *throughput = chartOf(charts, "sweep_throughput_concurrency");
    QVERIFY(throughput && throughput->series[0].points.size() == 3);
    QCOMPARE(throughput->series[0].points[0].mark, std::string("knee, goals met up to here"));
    QCOMPARE(throughput->series[0].points[1].mark, std::string());
    QCOMPARE(chartOf(charts, "sweep_ttft_concurrency")->series[0].points[0].mark, std::string("knee, goals met up to here"));
    QVERIFY2(throughput->note.find("server: 1 is the highest level with good answers: at 2 only 0 % are.") != std::string::npos, throughput->note.c_str());
    QVERIFY2(throughput->note.find("meet all goals (mine) up to this load: closed loop, 1 in flight.") != std::string::npos, throughput->note.c_str());
    QVERIFY(throughput->note.find("model") == std::string::npos); // alone it has no sweep
    const ChartSpec *goodput = chartOf(charts, "sweep_goodput_concurrency");
    QVERIFY(goodput && goodput->lines.size() == 1);
    QCOMPARE(goodput->lines.front().at, 0.95);

    // Without goals the throughput alone decides: it grows up to the highest level, so no knee is shown.
    auto run = std::make_shared<BenchRun>(*comparison.subjects[0].bench);
    run->plan.load->slos.clear();
    comparison.subjects[0].bench = run;
    charts = comparisonCharts(comparison);
    throughput = chartOf(charts, "sweep_throughput_concurrency");
    QVERIFY(throughput);
    for (const ChartPoint &point : throughput->series[0].points)
        QCOMPARE(point.mark, std::string());
    QVERIFY2(throughput->note.find("the server may bear more") != std::string::npos, throughput->note.c_str());
    QVERIFY(throughput->note.find("goals") == std::string::npos);
}

/// Pitfall 12: a latency without its load model says nothing.
void TestLoadCharts::everyPlotTellsItsLoad()
{
    Comparison comparison;
    comparison.subjects = {endpoint("server", 4), endpoint("other", 2)};
    for (const ChartSpec &chart : comparisonCharts(comparison)) {
        if (!chart.missing.empty() || chart.series.empty())
            continue;
        bool told = chart.subtitle.find("closed loop") != std::string::npos;
        for (const std::string &category : chart.categories)
            told = told || category.find("closed loop") != std::string::npos;
        QVERIFY2(told, chart.id.c_str());
    }
    const auto charts = comparisonCharts(comparison);
    QCOMPARE(chartOf(charts, "sweep_ttft_concurrency")->subtitle.substr(0, 68), std::string("64 prompt tokens, 11 output tokens; closed loop, 1 to 4 in flight; "));
    comparison.subjects = {local("model"), endpoint("server", 4)};
    const auto mixed = comparisonCharts(comparison);
    const ChartSpec *curve = chartOf(mixed, "ttft_cdf");
    QVERIFY(curve);
    QVERIFY2(curve->subtitle.starts_with("64 prompt tokens, 11 output tokens, batch 1; endpoints: closed loop, 1 in flight"), curve->subtitle.c_str());
}

void TestLoadCharts::distributionsOverRequests()
{
    Comparison comparison;
    comparison.subjects = {endpoint("a", 4), local("b")};
    const auto charts = comparisonCharts(comparison);
    const ChartSpec *curve = chartOf(charts, "ttft_cdf");
    QVERIFY(curve);
    QCOMPARE(curve->series.size(), size_t(1)); // eight runs make no curve
    QCOMPARE(curve->series[0].points.back().y, 1.0);
}

void TestLoadCharts::goalsJudgeTheSameRequests()
{
    Comparison comparison;
    comparison.subjects = {endpoint("server", 2), local("model")};
    const auto map = goodputMap(comparison);
    QVERIFY(map);
    QCOMPARE(map->lines.size(), size_t(2));
    QVERIFY(map->lines[0].vertical && map->lines[0].handle == kTtftHandle && std::abs(map->lines[0].at - 15) < 1e-9);
    QCOMPARE(map->series[0].points.size(), size_t(30));
    QVERIFY2(map->note.find("server: 100 % of 30") != std::string::npos, map->note.c_str());
    QVERIFY2(map->note.find("model: 100 % of 8") != std::string::npos, map->note.c_str());
    moveGoal(comparison, kTtftHandle, 7); // between the model's 5 ms and the server's 10 ms
    const auto moved = goodputMap(comparison);
    QVERIFY2(moved->note.find("server: 0 % of 30") != std::string::npos, moved->note.c_str());
    QVERIFY2(moved->note.find("model: 100 % of 8") != std::string::npos, moved->note.c_str());
    moveGoal(comparison, kTpotHandle, 0.5);
    QVERIFY2(goodputMap(comparison)->note.find("model: 0 % of 8") != std::string::npos, "TPOT counts, too");
}

/// A gap is called a token's time only where a read brings one token (benchmarking.md 1, ITL and ICL).
void TestLoadCharts::gapsAreCalledWhatTheyAre()
{
    Comparison comparison;
    comparison.subjects = {endpoint("one each", 4), local("model")};
    const auto titleOf = [&] {
        const auto charts = comparisonCharts(comparison);
        const ChartSpec *chart = chartOf(charts, "tpot_cdf");
        return chart ? chart->title + "|" + chart->xLabel : std::string();
    };
    const auto gapRows = [&] {
        std::map<std::string, std::vector<std::string>> rows;
        for (const ComparisonRow &row : comparisonTable(comparison)) {
            for (const ComparisonCell &cell : row.cells) {
                if (row.id.starts_with("metric.icl.p50"))
                    rows[row.label].push_back(cell.value ? "there" : "-");
            }
        }
        return rows;
    };
    using Cells = std::vector<std::string>;
    QCOMPARE(titleOf(), std::string("Distribution of the time between tokens|time between tokens (ms)"));
    QVERIFY((gapRows() == std::map<std::string, Cells>{{"Gap between tokens (ITL), p50", {"there", "there"}}}));
    // The same server with reads of four tokens.
    comparison.subjects.front() = endpoint("four each", 4, 4);
    QCOMPARE(titleOf(), std::string("Distribution of the time between reads|time between reads (ms)"));
    QVERIFY((gapRows() == std::map<std::string, Cells>{{"Gap between reads (ICL), p50", {"there", "-"}}, {"Gap between tokens (ITL), p50", {"-", "there"}}}));
    const auto charts = comparisonCharts(comparison);
    QVERIFY2(chartOf(charts, "tpot_cdf")->note.ends_with("A read of four each brought 4.00 tokens on average."), chartOf(charts, "tpot_cdf")->note.c_str());
}

/// However many requests a run has, the map and its twin stay small, and say what they leave out.
void TestLoadCharts::manyRequestsAreThinnedOut()
{
    constexpr int kRequests = 20'000;
    Comparison comparison;
    comparison.subjects = {endpoint("server", 2), local("model")};
    auto run = std::make_shared<BenchRun>(*comparison.subjects.front().bench);
    run->requests = {};
    run->plan.load->concurrencies = {1};
    for (int i = 0; i < kRequests; ++i)
        run->requests.append(answered(100 + i, 0, i * 20 * kMs, 10 * kMs, kMs, 2));
    comparison.subjects.front().bench = run;
    const auto map = goodputMap(comparison);
    QVERIFY(map);
    const size_t drawn = map->series.front().points.size();
    QVERIFY2(drawn > 1'000 && drawn <= 3'000, std::to_string(drawn).c_str());
    QVERIFY2(map->note.find("server: 100 % of 20000 meet all goals") != std::string::npos, map->note.c_str());
    QVERIFY2(map->note.find(groupedDigits(int64_t(drawn)) + " of them drawn, " + groupedDigits(int64_t(kRequests - drawn)) + " left out") != std::string::npos,
             map->note.c_str());
}

void TestLoadCharts::withoutEndpointsNothingIsAdded()
{
    Comparison comparison;
    comparison.subjects = {local("a"), local("b")};
    QVERIFY(!goodputMap(comparison));
    for (const ChartSpec &chart : comparisonCharts(comparison))
        QVERIFY2(chart.id.find("sweep_") != 0 && chart.id != "ttft_cdf" && chart.id != kGoodputMap, chart.id.c_str());
}

QTEST_GUILESS_MAIN(TestLoadCharts)
#include "tst_loadcharts.moc"
