// SPDX-License-Identifier: GPL-3.0-or-later
// Any two runs side by side. Intervals are held against a bootstrap written in Python over the same numbers (40,000 and 4,000
// resamples of Python's own generator).
#include "core/bench/bootstrap.h"
#include "core/compare/runcomparison.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

/// Numbers that C++ and Python make alike.
class Numbers
{
public:
    double next()
    {
        m_state = (m_state * 1103515245 + 12345) % (uint64_t(1) << 31);
        return double(m_state) / double(uint64_t(1) << 31);
    }

private:
    uint64_t m_state = 7;
};

/// Times that have most of their spread in common, as those of the same prompts have; the first is 3 % shorter.
SamplePairs made(size_t n)
{
    Numbers numbers;
    SamplePairs out;
    for (size_t i = 0; i < n; ++i) {
        const double base = 100 + 80 * numbers.next();
        out.second.push_back(base + 2 * numbers.next());
        out.first.push_back(base * 0.97 + 2 * numbers.next());
    }
    return out;
}

struct Expected
{
    double low, high;
};

void compareInterval(const Estimate &estimate, Expected expected)
{
    // Resampling by another generator leaves the ends some hundredths of the width apart.
    const double room = 0.12 * (expected.high - expected.low);
    QVERIFY(estimate.hasInterval);
    QVERIFY2(std::abs(estimate.low - expected.low) < room, qPrintable(QString::number(estimate.low, 'g', 10)));
    QVERIFY2(std::abs(estimate.high - expected.high) < room, qPrintable(QString::number(estimate.high, 'g', 10)));
}

/// A model measured `times.size()` times: E2E is each time, in milliseconds.
std::shared_ptr<BenchRun> benchRun(const char *name, const std::vector<double> &times)
{
    auto run = std::make_shared<BenchRun>();
    run->header.id = name;
    run->header.subject = {std::string("/models/") + name, name, name};
    run->header.environment.host = "here";
    run->header.environment.device = "cpu";
    run->header.environment.dtype = "f32";
    run->header.state = RunState::Finished;
    run->header.startedAt = "2026-03-02T10:00:00Z";
    for (size_t i = 0; i < times.size(); ++i) {
        MeasureSample sample;
        sample.index = int64_t(i);
        sample.promptTokens = sample.outputTokens = 64;
        sample.firstToken = 0.01;
        sample.gaps.assign(63, (times[i] / 1000 - 0.01) / 63);
        sample.total = times[i] / 1000;
        run->samples.push_back(sample);
    }
    return run;
}

RunComparison compared(const std::shared_ptr<BenchRun> &reference, const std::shared_ptr<BenchRun> &run)
{
    return compareRuns({{reference, nullptr, "A"}, {run, nullptr, "B"}});
}

const RunDifference *rowOf(const RunComparison &comparison, const char *id)
{
    for (const RunDifference &row : comparison.rows) {
        if (row.id == id)
            return &row;
    }
    return nullptr;
}

std::vector<std::string> unlikeIds(const RunComparison &comparison)
{
    std::vector<std::string> out;
    for (const UnlikeSetting &setting : comparison.unlike)
        out.push_back(setting.id + (setting.forbids ? "!" : ""));
    return out;
}

using Ids = std::vector<std::string>;

RequestRecord requestOf(int64_t index, double milliseconds)
{
    RequestRecord record;
    record.index = index;
    record.promptTokens = record.outputTokens = 64;
    record.scheduled = record.sent = index * 1'000'000'000;
    record.status = 200;
    record.chunks.push_back({record.sent + int64_t(milliseconds * 1e6), 0, Channel::Answer, 4, 0});
    record.chunks.push_back({record.sent + int64_t(milliseconds * 1e6) + 10'000'000, 1, Channel::Answer, 4, 0});
    record.ended = record.chunks.back().at;
    record.usage.completion = 2;
    return record;
}

/// TTFT of request i is times[i], whatever the order of sending.
std::shared_ptr<BenchRun> loadRun(const char *name, const std::vector<double> &times, bool backwards = false)
{
    auto run = std::make_shared<BenchRun>();
    run->header.id = name;
    run->header.subject = {std::string("http://host/v1#") + name, name, std::string("endpoint:") + name};
    run->header.environment.host = "here";
    run->header.state = RunState::Finished;
    run->plan.load.emplace().concurrencies = {1};
    run->plan.load->requests = int64_t(times.size());
    for (size_t k = 0; k < times.size(); ++k) {
        const size_t i = backwards ? times.size() - 1 - k : k;
        run->requests.append(requestOf(int64_t(i), times[i]));
    }
    return run;
}

EvaluationRun evaluation(int right, int n)
{
    EvaluationRun run;
    run.header.subject = {"/models/x", "x", "x"};
    run.header.state = RunState::Finished;
    run.protocol.suite = "reasoning";
    run.protocol.suiteFingerprint = "abc";
    for (int i = 0; i < n; ++i) {
        ItemResult item;
        item.itemId = "item" + std::to_string(i);
        item.judged.outcome = i < right ? Outcome::Right : Outcome::Wrong;
        run.items.push_back(item);
    }
    return run;
}

} // namespace

class TestRunComparison : public QObject
{
    Q_OBJECT
private slots:
    void intervalsAsInPython()
    {
        const SamplePairs few = made(60), many = made(1200);
        const MedianContrast paired = contrastOfPairs(few.first, few.second), apart = contrastOfMedians(few.first, few.second);
        QVERIFY(std::abs(paired.difference.value - (133.67969980202616 - 138.6324886456132)) < 1e-9);
        QVERIFY(std::abs(paired.ratio.value - 133.67969980202616 / 138.6324886456132) < 1e-12);
        compareInterval(paired.difference, {-5.466783196292823, -2.7417863319627997});
        compareInterval(paired.ratio, {0.9602834125255143, 0.9798797955880171});
        compareInterval(apart.difference, {-14.11789770029254, 6.352111852914106});
        compareInterval(apart.ratio, {0.9005616526833067, 1.0481278808119545});
        // From 500 samples on ranks are drawn instead of samples.
        const MedianContrast manyPaired = contrastOfPairs(many.first, many.second), manyApart = contrastOfMedians(many.first, many.second);
        compareInterval(manyPaired.difference, {-4.677136939112103, -3.602521843754232});
        compareInterval(manyPaired.ratio, {0.9670661085893706, 0.9743723896500396});
        compareInterval(manyApart.difference, {-7.302473082053487, -1.2882184201967901});
        QVERIFY(!contrastOfPairs({1, 2, 3}, {1, 2, 4}).difference.hasInterval);
        QCOMPARE(contrastOfPairs({1, 2, 3}, {0, 0, 0}).ratio.n, size_t(0));
    }

    /// What noise hides of runs that have nothing in common, pairs show.
    void pairsShowWhatNoiseHides()
    {
        const SamplePairs samples = made(60);
        auto reference = benchRun("same", samples.second), run = benchRun("same", samples.first);
        RunComparison comparison = compared(reference, run);
        QVERIFY(comparison.unlike.empty());
        const RunDifference *e2e = rowOf(comparison, "e2e");
        QVERIFY2(e2e, QByteArray::number(int(comparison.rows.size())));
        QVERIFY(e2e->difference.paired);
        QCOMPARE(e2e->difference.verdict, DifferenceVerdict::Better);
        QVERIFY2(e2e->judgement.find("better: shorter by 3.57 %") == 0, e2e->judgement.c_str());
        QCOMPARE(e2e->intervalText, std::string("paired, n = 60"));
        compareInterval(e2e->difference.difference, {-0.005466783196292823, -0.0027417863319627997});
        run->plan.seed = 2; // other prompts
        comparison = compared(reference, run);
        QCOMPARE(unlikeIds(comparison), Ids{"seed"});
        e2e = rowOf(comparison, "e2e");
        QVERIFY(!e2e->difference.paired);
        QCOMPARE(e2e->difference.verdict, DifferenceVerdict::WithinNoise);
        QVERIFY2(e2e->judgement.find("smaller than noise") != std::string::npos, e2e->judgement.c_str());
        QCOMPARE(e2e->intervalText, std::string("unpaired, n = 60"));
    }

    void requestsPairByTheirNumber()
    {
        const SamplePairs samples = made(60);
        const auto reference = loadRun("a", samples.second);
        const auto run = loadRun("b", samples.first, true);
        const RunDifference *ttft = nullptr;
        const RunComparison comparison = compared(reference, run);
        ttft = rowOf(comparison, "ttft");
        QVERIFY(ttft && ttft->difference.paired);
        compareInterval(ttft->difference.difference, {-0.005466783196292823, -0.0027417863319627997});
        // A third of the requests is missing: what is left is another mixture of prompts.
        auto third = loadRun("c", std::vector<double>(samples.first.begin(), samples.first.begin() + 40));
        QVERIFY(!rowOf(compared(reference, third), "ttft")->difference.paired);
    }

    void whatIsNotAlikeIsNamed()
    {
        const SamplePairs samples = made(20);
        auto reference = benchRun("same", samples.second), run = benchRun("same", samples.first);
        run->header.environment.dtype = "bf16";
        RunComparison comparison = compared(reference, run);
        QCOMPARE(unlikeIds(comparison), Ids{"dtype"}); // what is compared
        QVERIFY(rowOf(comparison, "e2e")->reason.empty());
        run->header.environment.host = "there";
        run->header.environment.deviceName = "another";
        comparison = compared(reference, run);
        QCOMPARE(unlikeIds(comparison), (Ids{"machine!", "device!", "dtype!"}));
        QCOMPARE(rowOf(comparison, "e2e")->judgement, std::string("not comparable: other machine, device, dtype"));
        QCOMPARE(rowOf(comparison, "e2e")->absoluteText, std::string("-"));
        QVERIFY(comparison.charts.empty());
        // Another subject alone is what is compared; with another dtype there are two causes.
        auto other = benchRun("other", samples.first);
        QCOMPARE(unlikeIds(compared(reference, other)), Ids{"subject"});
        other->header.environment.dtype = "bf16";
        QCOMPARE(unlikeIds(compared(reference, other)), (Ids{"subject", "dtype!"}));
    }

    void otherLengthsAreNotCompared()
    {
        const SamplePairs samples = made(60);
        auto reference = benchRun("same", samples.second), run = benchRun("same", samples.first);
        run->plan.promptTokens = {256};
        for (MeasureSample &sample : run->samples)
            sample.promptTokens = 256;
        RunComparison comparison = compared(reference, run);
        QCOMPARE(unlikeIds(comparison), Ids{"prompt_tokens"});
        QCOMPARE(rowOf(comparison, "e2e")->judgement, std::string("not comparable: other prompt tokens"));
        // A point that both have is compared, whatever else was measured.
        run->plan.promptTokens = {64, 256};
        const auto shorter = benchRun("same", samples.first);
        run->samples.insert(run->samples.end(), shorter->samples.begin(), shorter->samples.end());
        comparison = compared(reference, run);
        QCOMPARE(rowOf(comparison, "e2e")->difference.verdict, DifferenceVerdict::Better);
        QVERIFY(std::all_of(comparison.rows.begin(), comparison.rows.end(), [](const RunDifference &row) { return row.reason.empty(); }));
    }

    void coldAndWarmAreNotCompared()
    {
        const SamplePairs samples = made(20);
        auto reference = loadRun("a", samples.second), run = loadRun("a", samples.first);
        run->plan.load->cache = CachePolicy::Warm;
        const RunComparison comparison = compared(reference, run);
        QCOMPARE(unlikeIds(comparison), Ids{"cache!"});
        QVERIFY(rowOf(comparison, "ttft")->judgement.find("not comparable: other prompts for the server's cache") == 0);
    }

    void theSameIsTheSame()
    {
        const SamplePairs samples = made(20);
        const RunComparison comparison = compared(benchRun("same", samples.second), benchRun("same", samples.second));
        QCOMPARE(rowOf(comparison, "e2e")->judgement, std::string("the same"));
        QCOMPARE(rowOf(comparison, "e2e")->difference.verdict, DifferenceVerdict::WithinNoise);
    }

    void threeSamplesJudgeNothing()
    {
        const RunComparison comparison = compared(benchRun("same", {100, 101, 102}), benchRun("same", {90, 91, 92}));
        QCOMPARE(rowOf(comparison, "e2e")->difference.verdict, DifferenceVerdict::Unknown);
        QVERIFY(rowOf(comparison, "e2e")->judgement.find("too few samples") == 0);
    }

    void accuracyIsPaired()
    {
        const auto reference = std::make_shared<EvaluationRun>(evaluation(40, 100)), run = std::make_shared<EvaluationRun>(evaluation(60, 100));
        const RunComparison comparison = compareRuns({{nullptr, reference, "A"}, {nullptr, run, "B"}});
        QCOMPARE(comparison.rows.size(), size_t(1));
        QCOMPARE(comparison.rows[0].difference.verdict, DifferenceVerdict::Better);
        // Twenty items only the second got right: 2 * 0.5^20.
        QCOMPARE(comparison.rows[0].judgement, std::string("better (p < 0.001)"));
        const RunComparison mixed = compareRuns({{benchRun("x", {1, 2}), nullptr, "A"}, {nullptr, run, "B"}});
        QVERIFY(mixed.rows.empty());
        QCOMPARE(unlikeIds(mixed).front(), std::string("kind!"));
        QCOMPARE(mixed.notes.front(), std::string("These runs have no metric in common."));
    }

    void chartAndJsonSayTheSame()
    {
        const SamplePairs samples = made(60);
        const RunComparison comparison = compared(benchRun("same", samples.second), benchRun("same", samples.first));
        QCOMPARE(comparison.charts.size(), size_t(1));
        const ChartSpec &chart = comparison.charts[0];
        QCOMPARE(chart.kind, ChartKind::Forest);
        const auto place = std::find(chart.categories.begin(), chart.categories.end(), rowOf(comparison, "e2e")->label);
        QVERIFY(place != chart.categories.end());
        const auto &points = chart.series[0].points;
        const auto point = std::find_if(points.begin(), points.end(), [&](const ChartPoint &p) { return p.y == double(place - chart.categories.begin()); });
        QVERIFY(std::abs(point->x - (133.67969980202616 / 138.6324886456132 - 1) * 100) < 1e-6);
        QVERIFY(*point->low < point->x && point->x < *point->high && *point->high < 0);
        const nlohmann::json json = toJson(comparison);
        QCOMPARE(json["runs"].size(), size_t(2));
        const auto &rows = json["differences"];
        const auto row = std::find_if(rows.begin(), rows.end(), [](const auto &one) { return one["metric"] == "e2e"; });
        QCOMPARE((*row)["verdict"].template get<std::string>(), std::string("better"));
        QVERIFY((*row)["paired"].template get<bool>());
        QVERIFY(compareRuns({}).rows.empty() && compareRuns({{benchRun("a", {1}), nullptr, "A"}}).rows.empty());
    }
};

QTEST_APPLESS_MAIN(TestRunComparison)
#include "tst_runcomparison.moc"
