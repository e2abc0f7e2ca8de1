// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/budget.h"
#include "core/bench/loadestimate.h"
#include "core/bench/pointtext.h"
#include "core/bench/presets.h"
#include "core/bench/prompttext.h"

#include <QTest>
#include <set>
#include <sstream>

using namespace assay;

namespace {

BenchPlan loadPlan(const EndpointLoad &load)
{
    BenchPlan plan;
    plan.promptTokens = {100};
    plan.outputTokens = {20};
    plan.load = load;
    return plan;
}

int64_t wordsIn(const std::string &text)
{
    std::istringstream stream(text);
    int64_t words = 0;
    for (std::string word; stream >> word;)
        ++words;
    return words;
}

RequestRecord answered(int64_t index, int64_t prompt, int64_t completion)
{
    RequestRecord record;
    record.index = index;
    record.status = 200;
    record.promptTokens = prompt;
    record.usage.prompt = prompt;
    record.usage.completion = completion;
    return record;
}

} // namespace

class TestLoadPlan : public QObject
{
    Q_OBJECT
private slots:
    void depthsAreLocalPoints();
    void levelsVaryFastest();
    void loadModelIsNamed();
    void requestsOfLevels();
    void promptsAreLanguage();
    void coldPromptsShareNoBeginning();
    void warmPromptsRepeat();
    void pilotFindsTemplateAndWords();
    void budgetReservesTheWorstCase();
    void budgetCountsWhatWasAnswered();
    void estimateBeforeAndAfterThePilot();
    void presetsHavePlans();
};

void TestLoadPlan::depthsAreLocalPoints()
{
    BenchPlan plan;
    plan.depths = {0, 512};
    const std::vector<BenchPoint> points = pointsOf(plan);
    QCOMPARE(points.size(), size_t(2));
    QCOMPARE(points[1].depth, int64_t(512));
    QCOMPARE(describePoint(points[0]), std::string("64 prompt tokens, 64 output tokens, batch 1"));
    QCOMPARE(describePoint(points[1]), std::string("64 prompt tokens after 512, 64 output tokens, batch 1"));
    plan.passes = true;
    QCOMPARE(pointsOf(plan).size(), size_t(1)); // a pass has no context before it
}

void TestLoadPlan::levelsVaryFastest()
{
    EndpointLoad load;
    load.concurrencies = {1, 8};
    BenchPlan plan = loadPlan(load);
    plan.promptTokens = {100, 200};
    plan.batches = {1, 2, 4}; // says nothing to an endpoint
    const std::vector<BenchPoint> points = pointsOf(plan);
    QCOMPARE(points.size(), size_t(4));
    QCOMPARE(points[0].concurrency, int64_t(1));
    QCOMPARE(points[1].concurrency, int64_t(8));
    QCOMPARE(points[1].promptTokens, int64_t(100));
    QCOMPARE(points[2].promptTokens, int64_t(200));
    plan.load->rates = {4};
    QCOMPARE(pointsOf(plan).size(), size_t(2)); // rates stand in place of concurrencies
    QCOMPARE(pointsOf(plan).front().concurrency, int64_t(0));
}

// Pitfall 12: a latency without its load model says nothing.
void TestLoadPlan::loadModelIsNamed()
{
    BenchPoint point;
    point.promptTokens = 64;
    point.outputTokens = 32;
    QCOMPARE(loadText(point), std::string());
    point.concurrency = 8;
    QCOMPARE(describePoint(point), std::string("64 prompt tokens, 32 output tokens; closed loop, 8 in flight"));
    point.concurrency = 0;
    point.rate = 4;
    QCOMPARE(loadText(point), std::string("open loop, Poisson 4/s"));
    point.arrivals = Arrivals::Constant;
    point.rate = 0.5;
    QCOMPARE(loadText(point), std::string("open loop, constant 0.5/s"));
    point.arrivals = Arrivals::Trace;
    point.rate = 2;
    QCOMPARE(loadText(point), std::string("open loop, trace at 2 times its pace"));
}

void TestLoadPlan::requestsOfLevels()
{
    EndpointLoad load;
    load.concurrencies = {1, 8};
    BenchPlan plan = loadPlan(load);
    plan.runs = 5;
    plan.warmup = 2;
    QCOMPARE(levelSize(plan, 0), (LevelSize{kPilotRequests, 2, 5}));
    QCOMPARE(levelSize(plan, 1), (LevelSize{0, 16, 40}));
    QCOMPARE(levelSize(plan, 2), LevelSize{});
    plan.load->requests = 30;
    QCOMPARE(levelSize(plan, 1).counted, int64_t(30));
    plan.load->requests = 0;
    plan.load->rates = {4};
    plan.load->seconds = 2.5;
    QCOMPARE(levelSize(plan, 0).counted, int64_t(10));
    // What must be in the server's cache has been asked before.
    plan.warmup = 0;
    QCOMPARE(levelSize(plan, 0).warmup, int64_t(0));
    plan.load->cache = CachePolicy::Warm;
    QCOMPARE(levelSize(plan, 0).warmup, int64_t(1));
    // Numbers that no run could hold stay within a point's indices.
    plan.runs = std::numeric_limits<int64_t>::max();
    plan.warmup = plan.runs;
    plan.load->rates.clear();
    plan.load->seconds = 0;
    QVERIFY(levelSize(plan, 1).all() <= kIndexStride);
}

// Pitfall 18: words, not noise, and as many as were asked for.
void TestLoadPlan::promptsAreLanguage()
{
    for (const int64_t words : {1, 2, 7, 64, 1000}) {
        const std::string text = proseText(words, 5);
        QCOMPARE(wordsIn(text), words);
        QVERIFY(text.front() >= 'A' && text.front() <= 'Z');
        QCOMPARE(text.back(), '.');
    }
    QCOMPARE(proseText(50, 5), proseText(50, 5));
    QVERIFY(proseText(50, 5) != proseText(50, 6));
    std::set<std::string> different;
    std::istringstream stream(proseText(2000, 1));
    for (std::string word; stream >> word;)
        different.insert(word);
    QVERIFY2(different.size() > 150, "few words make a prompt that speculation guesses");
    QVERIFY(proseText(-5, 1).empty());
}

// Pitfall 9: a prefix that was seen before would be read from a cache.
void TestLoadPlan::coldPromptsShareNoBeginning()
{
    BenchPlan plan = loadPlan({});
    const BenchPoint point = pointsOf(plan).front();
    const PromptMaker maker(plan, "run-1"), again(plan, "run-2");
    std::set<std::string> beginnings;
    for (int64_t index = 0; index < 1000; ++index)
        beginnings.insert(maker.prompt(point, 0, index).substr(0, 13));
    QCOMPARE(beginnings.size(), size_t(1000));
    // The same plan again, seed and all, is another run.
    QVERIFY(maker.prompt(point, 0, 7).substr(0, 13) != again.prompt(point, 0, 7).substr(0, 13));
    QCOMPARE(maker.prompt(point, 0, 7), PromptMaker(plan, "run-1").prompt(point, 0, 7));
}

void TestLoadPlan::warmPromptsRepeat()
{
    EndpointLoad load;
    load.cache = CachePolicy::Warm;
    BenchPlan plan = loadPlan(load);
    BenchPoint point = pointsOf(plan).front();
    const PromptMaker maker(plan, "run-1");
    QCOMPARE(maker.prompt(point, 0, 1), maker.prompt(point, 0, 2));
    QVERIFY(maker.prompt(point, 0, 1) != maker.prompt(point, 1, 1));
    // With a depth that is what repeats, and the prompt after it is new.
    point.depth = 300;
    const std::string one = maker.prompt(point, 0, 1), two = maker.prompt(point, 0, 2);
    const size_t common = size_t(std::mismatch(one.begin(), one.end(), two.begin(), two.end()).first - one.begin());
    QVERIFY(one != two);
    QVERIFY(wordsIn(one.substr(0, common)) >= 200);
}

// Pitfall 11: a server counts its template too; two lengths tell it from the words.
void TestLoadPlan::pilotFindsTemplateAndWords()
{
    const auto scale = measuredScale(48, 300 + 48 * 2, 384, 300 + 384 * 2);
    QVERIFY(scale);
    QCOMPARE(scale->perWord, 2.0);
    QCOMPARE(scale->overhead, 300.0);
    const PromptMaker maker(loadPlan({}), "run", *scale);
    QCOMPARE(maker.wordsFor(1300), int64_t(500));
    QCOMPARE(maker.wordsFor(10), int64_t(1));
    QVERIFY(!measuredScale(48, 100, 48, 200));
    QVERIFY(!measuredScale(48, 0, 384, 0));
    QVERIFY(!measuredScale(48, 1, 384, std::numeric_limits<int32_t>::max())); // a liar
}

void TestLoadPlan::budgetReservesTheWorstCase()
{
    PlanLimits limits;
    limits.money = 1;
    Budget budget(limits, Prices{1000, 1000, 0, "EUR"}); // a thousandth of a unit for each token
    QVERIFY(budget.reserve(1, 300, 100, 1));
    QVERIFY(budget.reserve(2, 300, 100, 1));
    QVERIFY(!budget.reserve(3, 300, 100, 1)); // 1.2 in the worst case
    QCOMPARE(budget.reached(), PlanLimit::Money);
    budget.settle(answered(1, 100, 10));
    QVERIFY(budget.reserve(3, 300, 100, 1)); // 0.11 + 0.4 + 0.4
    QCOMPARE(*budget.money(), 0.11);
    // Each try may cost as much.
    Budget retried(limits, Prices{1000, 1000, 0, "EUR"});
    QVERIFY(!retried.reserve(1, 300, 100, 3));
    PlanLimits few;
    few.requests = 2;
    Budget counted(few, std::nullopt);
    QVERIFY(counted.reserve(1, 1, 1, 1) && counted.reserve(2, 1, 1, 1) && !counted.reserve(3, 1, 1, 1));
    QCOMPARE(counted.reached(), PlanLimit::Requests);
    QVERIFY(!counted.money());
    Budget resumed(few, std::nullopt);
    resumed.add(Spend{1, 100, 10, 0}); // of an earlier part
    QVERIFY(resumed.reserve(1, 1, 1, 1) && !resumed.reserve(2, 1, 1, 1));
    QCOMPARE(resumed.spent(), (Spend{1, 100, 10, 0}));
}

void TestLoadPlan::budgetCountsWhatWasAnswered()
{
    RequestRecord refused;
    refused.promptTokens = 500;
    refused.failure = Failure::RateLimited;
    refused.status = 429;
    QCOMPARE(spendOf(refused), (Spend{1, 0, 0, 0}));
    RequestRecord broken = refused; // some of it came, and no counts
    broken.failure = Failure::Reset;
    broken.status = 200;
    broken.chunks = {ChunkRecord{}, ChunkRecord{}, ChunkRecord{}};
    QCOMPARE(spendOf(broken), (Spend{1, 500, 3, 0}));
    RequestRecord cached = answered(1, 1000, 10);
    cached.usage.cached = 400;
    QCOMPARE(moneyOf(spendOf(cached), Prices{10, 100, 1, "USD"}), (600 * 10.0 + 400 * 1.0 + 10 * 100.0) / 1e6);
    RequestRecord liar = answered(1, std::numeric_limits<int64_t>::max(), -5);
    QVERIFY(spendOf(liar).tokens() > 0);
}

void TestLoadPlan::estimateBeforeAndAfterThePilot()
{
    EndpointLoad load;
    load.concurrencies = {4};
    load.prices = Prices{1, 2, 0, "USD"};
    BenchPlan plan = loadPlan(load);
    plan.runs = 5;
    plan.warmup = 0;
    const PlanEstimate before = estimatePlan(plan);
    QCOMPARE(*before.requests, int64_t(23)); // 5 runs of 4 and the pilot's 3
    QCOMPARE(*before.promptTokens, 2300.0);
    QCOMPARE(*before.completionTokens, 460.0);
    QCOMPARE(*before.money, (2300 * 1.0 + 460 * 2.0) / 1e6);
    QVERIFY(!before.seconds); // nothing is known of the server yet
    QVERIFY(!before.assumptions.empty());
    const PlanEstimate after = estimatePlan(plan, PilotResult{0.5, 0.05, 0.5});
    QCOMPARE(*after.completionTokens, 230.0);
    QCOMPARE(*after.seconds, 5 * (0.5 + 10 * 0.05));
    // Levels that end by time take that time; how many requests fit in is not known before the pilot.
    plan.load->seconds = 10;
    QVERIFY(!estimatePlan(plan).requests);
    QCOMPARE(*estimatePlan(plan).seconds, 10.0);
    plan.load->rates = {2};
    QCOMPARE(*estimatePlan(plan).requests, int64_t(23));
}

void TestLoadPlan::presetsHavePlans()
{
    for (const PlanPreset &preset : planPresets()) {
        QVERIFY2(!pointsOf(preset.local).empty(), preset.id);
        QVERIFY2(!preset.local.load && preset.endpoint.load, preset.id);
        for (const BenchPoint &point : pointsOf(preset.endpoint))
            QVERIFY2(point.isLoad(), preset.id);
        QCOMPARE(findPreset(preset.id), &preset);
    }
    for (const char *id : {"chat", "rag", "code", "reasoning"})
        QVERIFY2(findPreset(id)->endpoint.load->slos.size() == 1, id);
    QVERIFY(!findPreset("none"));
}

QTEST_APPLESS_MAIN(TestLoadPlan)
#include "tst_loadplan.moc"
