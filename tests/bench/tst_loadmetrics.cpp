// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/goodputpoints.h"
#include "core/bench/metrics.h"
#include "core/bench/settling.h"
#include "tests/bench/requestmaker.h"

#include <QtTest>
#include <random>

using namespace assay;
using namespace assay::made;

namespace {

/// A plan with one closed level of four in flight.
BenchRun closedRun(int64_t concurrency = 4)
{
    BenchRun run;
    run.plan.promptTokens = {100};
    run.plan.outputTokens = {4};
    run.plan.load.emplace().concurrencies = {concurrency};
    return run;
}

BenchPoint onlyPoint(const BenchRun &run)
{
    return pointsOf(run.plan).front();
}

const LevelAnalysis &only(const BenchRun &run)
{
    return levelOf(*analyse(run.requests), 0);
}

double valueOf(const BenchRun &run, const char *id)
{
    const auto values = summarize(run, onlyPoint(run));
    const MetricValue *value = findValue(values, id);
    return value ? value->estimate.value : std::nan("");
}

bool has(const BenchRun &run, const char *id)
{
    return findValue(summarize(run, onlyPoint(run)), id) != nullptr;
}

/// One after the other, a request each 100 ms: 40 ms to the first piece, then three more 20 ms apart, done at 100 ms.
BenchRun oneByOne(int requests)
{
    BenchRun run = closedRun(1);
    for (int i = 0; i < requests; ++i) {
        RequestRecord record = steady(100.0 * i, 40, 20, 4, i);
        record.ended = ms(100.0 * i + 100);
        run.requests.append(record);
    }
    return run;
}

/// A closed loop as it goes when known: `concurrency` places, each answer of ten tokens takes `ttft` and nine gaps, all times of an
/// answer the same number drawn from 1 +- spread. So concurrency * 10 / (ttft + 9 gap) tokens a second.
struct Loop
{
    int concurrency = 8, warmup = 0, counted = 24;
    double ttft = 100, gap = 10, spread = 0;
    double answer() const { return ttft + 9 * gap; }
    double rate() const { return concurrency * 1e4 / answer(); }
};

BenchRun played(const Loop &loop, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> factor(1 - loop.spread, 1 + loop.spread);
    BenchRun run = closedRun(loop.concurrency);
    std::vector<int64_t> free(size_t(loop.concurrency), 0);
    for (int i = 0; i < loop.warmup + loop.counted; ++i) {
        const auto place = std::min_element(free.begin(), free.end());
        const double took = factor(random), due = double(*place) * 1e-6;
        RequestRecord record = steady(due, loop.ttft * took, loop.gap * took, 10, i);
        record.scheduled = *place;
        record.sent = *place + i % 1000; // handing it over takes a moment
        record.warmup = i < loop.warmup;
        record.ended = record.chunks.back().at;
        *place = record.ended;
        run.requests.append(record);
    }
    return run;
}

/// The mean of a figure over many such loops, as a multiple of what is known.
double meanShare(const Loop &loop, const char *id, double known)
{
    constexpr int kLoops = 60;
    double sum = 0;
    for (int i = 0; i < kLoops; ++i)
        sum += valueOf(played(loop, unsigned(i)), id) / known;
    return sum / kLoops;
}

} // namespace

/// Figures of levels, worked out by hand.
class TestLoadMetrics : public QObject
{
    Q_OBJECT

private slots:
    void oneAfterTheOther()
    {
        const BenchRun run = oneByOne(7);
        QVERIFY(near(valueOf(run, "ttft"), 0.04));
        QVERIFY(near(valueOf(run, "e2e"), 0.1));
        QVERIFY(near(valueOf(run, "tpot"), 0.02));
        QVERIFY(near(valueOf(run, "icl.p50"), 0.02));
        QVERIFY(near(valueOf(run, "decode_speed"), 50));
        QVERIFY(near(valueOf(run, "answer_speed"), 40));
        QVERIFY(near(valueOf(run, "prefill_speed.apparent"), 2500));
        // From 0 to 600 ms: six answers of four tokens. The seventh was only sent.
        QVERIFY(near(valueOf(run, "throughput"), 40));
        QVERIFY(near(valueOf(run, "request_rate"), 10));
        QVERIFY(near(valueOf(run, "throughput.total"), 40 + 6 * 100 / 0.6));
        QVERIFY(near(valueOf(run, "throughput.whole"), 28 / 0.7));
        QVERIFY(near(valueOf(run, "concurrency"), 1));
        QCOMPARE(valueOf(run, "concurrency.peak"), 1.0);
        QCOMPARE(valueOf(run, "requests"), 7.0);
        QCOMPARE(valueOf(run, "error_rate"), 0.0);
        QVERIFY(near(valueOf(run, "tokens_per_read"), 1));
        QCOMPARE(valueOf(run, "output_tokens"), 4.0);
        QVERIFY(!has(run, "retries") && !has(run, "cancelled") && !has(run, "goodput") && !has(run, "cost.request"));
        QVERIFY(!has(run, "request_rate.offered") && !has(run, "cached_share") && !has(run, "hidden_reasoning"));
    }

    void rampAndDrainAreLeftOut()
    {
        // A warm-up request at 0, counted ones at 1000 and 2000, each with ten tokens 100 ms apart after 100 ms, and one that is
        // sent with the last and hangs on for five seconds: the window is 1000..2000 ms.
        BenchRun run = closedRun(2);
        RequestRecord warm = steady(0, 100, 250, 10, 0); // pieces at 100, 350, ... 2350
        warm.warmup = true;
        run.requests.append(warm);
        run.requests.append(steady(1000, 100, 100, 10, 1)); // 1100 ... 2000
        run.requests.append(steady(2000, 100, 100, 10, 2));
        run.requests.append(steady(2000, 100, 500, 10, 3));
        const auto &level = only(run);
        QVERIFY(level.steady);
        QVERIFY(near(level.steady->seconds, 1));
        // Ten of the first counted one; the warm-up's at 1100, 1350, 1600, 1850.
        QVERIFY(near(valueOf(run, "throughput"), 14));
        QVERIFY(near(valueOf(run, "throughput.whole"), 30 / 5.6));
    }

    void tokensOfAPieceByTheServersCount()
    {
        // Two requests at 0 and 1000 ms; the first has pieces at 500 (2 tokens), 900 (3), 1500 (5): within 0..1000 are 5 of 10.
        BenchRun run = closedRun(1);
        run.requests.append(request(0, {{500, Channel::Answer, 4, -1, 2}, {900, Channel::Answer, 4, -1, 3}, {1500, Channel::Answer, 4, -1, 5}}, 0));
        run.requests.append(request(1000, {{1100}}, 1));
        QVERIFY(near(valueOf(run, "throughput"), 5));
        // Without its counts 10 tokens are spread by text: 3 to the first read (a third of the bytes), 3.5 to each other.
        BenchRun plain = closedRun(1);
        RequestRecord record = request(0, {{500}, {900}, {1500}}, 0);
        record.usage.completion = 10;
        plain.requests.append(record);
        plain.requests.append(request(1000, {{1100}}, 1));
        QVERIFY(near(valueOf(plain, "throughput"), 6.5));
    }

    /// From the first counted sending to the last one these lean high by up to a half: at both ends all requests are at the same
    /// point of their lives, and the ends of one wave more fall into the time.
    void shortClosedLoopsDoNotLean_data()
    {
        QTest::addColumn<Loop>("loop");
        QTest::newRow("three waves in step") << Loop{};
        QTest::newRow("three waves") << Loop{.spread = 0.05};
        QTest::newRow("three waves after a warm-up") << Loop{.warmup = 8, .spread = 0.05};
        QTest::newRow("late first token") << Loop{.warmup = 8, .ttft = 1000, .gap = 10, .spread = 0.05};
        QTest::newRow("early first token") << Loop{.warmup = 8, .ttft = 10, .gap = 100, .spread = 0.05};
        QTest::newRow("wide spread") << Loop{.warmup = 8, .spread = 0.3};
        QTest::newRow("one more than three waves") << Loop{.warmup = 8, .counted = 25, .spread = 0.05};
        QTest::newRow("one less than four waves") << Loop{.warmup = 8, .counted = 31, .spread = 0.05};
        QTest::newRow("many in flight") << Loop{.concurrency = 64, .warmup = 64, .counted = 192, .spread = 0.05};
        QTest::newRow("one in flight") << Loop{.concurrency = 1, .warmup = 1, .counted = 3, .spread = 0.05};
        QTest::newRow("seven waves") << Loop{.warmup = 8, .counted = 56, .spread = 0.05};
    }

    void shortClosedLoopsDoNotLean()
    {
        QFETCH(Loop, loop);
        const double tokens = meanShare(loop, "throughput", loop.rate()), answers = meanShare(loop, "request_rate", loop.rate() / 10);
        QVERIFY2(std::abs(tokens - 1) < 0.04, std::to_string(tokens).c_str());
        QVERIFY2(std::abs(answers - 1) < 0.02, std::to_string(answers).c_str());
        QVERIFY(std::abs(meanShare(loop, "concurrency", loop.concurrency) - 1) < 0.02);
    }

    void noSteadyStateInLessThanAWave()
    {
        QVERIFY(!has(played(Loop{.counted = 12}, 1), "throughput")); // one wave and a half
        QVERIFY(!has(played(Loop{.counted = 16}, 1), "throughput")); // the second one began, and none after it
        QVERIFY(has(played(Loop{.counted = 17}, 1), "throughput"));
    }

    void noSteadyStateInABurst()
    {
        BenchRun run = closedRun(3);
        for (int i = 0; i < 3; ++i)
            run.requests.append(steady(i, 100, 100, 10, i)); // all sent within 2 ms, answers take a second
        QVERIFY(!has(run, "throughput") && !has(run, "request_rate"));
        QVERIFY(near(valueOf(run, "throughput.whole"), 30 / 1.002));
        QCOMPARE(valueOf(run, "concurrency.peak"), 3.0);
    }

    void roundsAreMeasuredApart()
    {
        // The same seven requests in two goes with an hour between, while another subject was measured.
        BenchRun run = oneByOne(7);
        for (int i = 0; i < 7; ++i) {
            RequestRecord record = steady(3'600'000 + 100.0 * i, 40, 20, 4, 7 + i);
            record.ended = ms(3'600'000 + 100.0 * i + 100);
            record.round = 1;
            run.requests.append(record);
        }
        QVERIFY(near(valueOf(run, "throughput"), 40));
        QVERIFY(near(valueOf(run, "throughput.whole"), 40));
        QVERIFY(near(valueOf(run, "concurrency"), 1));
        QCOMPARE(valueOf(run, "requests"), 14.0);
    }

    void concurrencyByLittleAndBySweep()
    {
        // In flight 0..100, 50..150 and 150..200: peak 2 (150 ends where 150 begins); 250 ms of work in 200 ms.
        BenchRun run = closedRun(2);
        int i = 0;
        for (const auto &[from, to] : {std::pair(0.0, 100.0), std::pair(50.0, 150.0), std::pair(150.0, 200.0)}) {
            RequestRecord record = request(from, {{from + 10}, {to}}, i++);
            record.scheduled -= 1; // by a schedule: no closed loop, in which one takes another's place
            record.ended = ms(to);
            run.requests.append(record);
        }
        QCOMPARE(valueOf(run, "concurrency.peak"), 2.0);
        // Steady from 0 to 150: 100 + 100 of 150.
        QVERIFY(near(valueOf(run, "concurrency"), 200 / 150.0));
    }

    void failuresRetriesAndCancelled()
    {
        BenchRun run = oneByOne(6);
        run.plan.load->retries = 2;
        run.requests.append(failed(600, 601, Failure::RateLimited, 6));
        RequestRecord retry = steady(700, 40, 20, 4, 6);
        retry.attempt = 1;
        run.requests.append(retry);
        run.requests.append(failed(800, 801, Failure::ServerError, 7));
        run.requests.append(failed(800, 900, Failure::Cancelled, 8));
        QCOMPARE(valueOf(run, "requests"), 8.0);
        QVERIFY(near(valueOf(run, "error_rate"), 0.25));
        QCOMPARE(valueOf(run, "retries"), 1.0);
        QCOMPARE(valueOf(run, "recovered"), 1.0);
        QCOMPARE(valueOf(run, "cancelled"), 1.0);
        const auto values = summarize(run, onlyPoint(run));
        QCOMPARE(findValue(values, "ttft")->samples.size(), size_t(6)); // neither failed ones nor the retry
        QCOMPARE(only(run).failures[Failure::RateLimited], uint64_t(1));
        QCOMPARE(only(run).failures[Failure::ServerError], uint64_t(1));
        QCOMPARE(only(run).failures[Failure::None], uint64_t(6));
    }

    void goodputNamesItsSlo()
    {
        BenchRun run = oneByOne(9);
        run.plan.load->slos = {{.name = "fast", .ttft = 0.03, .ttfa = {}, .tpot = {}, .e2e = {}, .longestGap = {}},
                               {.name = "fine", .ttft = 0.04, .ttfa = {}, .tpot = 0.02, .e2e = {}, .longestGap = {}}};
        run.requests.append(failed(900, 901, Failure::Reset, 9)); // sent at 900, so the window is 0..900
        std::map<std::string, double> values;
        for (const MetricValue &value : summarize(run, onlyPoint(run)))
            values[value.key()] = value.estimate.value;
        QCOMPARE(values["goodput.share[fast]"], 0.0);
        QVERIFY(near(values["goodput.share[fine]"], 0.9));
        QVERIFY(near(values["goodput[fine]"], 10));
        QCOMPARE(values["goodput[fast]"], 0.0);
        for (const MetricValue &value : summarize(run, onlyPoint(run)))
            QVERIFY(value.key() != "goodput[fine]" || value.label() == "Goodput (fine)");
    }

    void draggedSlosAgreeWithTheMetrics()
    {
        std::mt19937 random(5);
        BenchRun run = closedRun(1);
        for (int i = 0; i < 400; ++i) {
            RequestRecord record = steady(100.0 * i, 1 + double(random() % 80), 1 + double(random() % 7), 1 + int(random() % 4), i);
            record.scheduled -= ms(double(random() % 30));
            record.attempt = random() % 20 == 0;
            record.warmup = i < 10;
            if (random() % 10 == 0)
                record.failure = Failure(1 + random() % (int(Failure::Count_) - 1));
            if (random() % 10 == 0)
                record.usage = {.prompt = {}, .completion = 50, .reasoning = 40, .cached = {}};
            if (random() % 10 == 0)
                record.chunks.front().channel = Channel::Reasoning;
            run.requests.append(record);
        }
        const GoodputPoints points(only(run));
        for (int i = 0; i < 200; ++i) {
            Slo slo;
            slo.name = "any";
            for (auto member : {&Slo::ttft, &Slo::ttfa, &Slo::tpot, &Slo::e2e, &Slo::longestGap}) {
                if (random() % 2)
                    slo.*member = double(random() % 100) * 1e-3;
            }
            slo.fromSchedule = random() % 2;
            run.plan.load->slos = {slo};
            const Goodput dragged = points.at(slo);
            QCOMPARE(dragged.share.value, valueOf(run, "goodput.share"));
            QVERIFY(near(*dragged.perSecond, valueOf(run, "goodput")));
            size_t good = 0;
            for (size_t r = 0; r < run.requests.size(); ++r) {
                const RequestRecord record = run.requests.at(r);
                good += !record.warmup && !only(run).rows[r].unsettled && meets(record, slo);
            }
            QCOMPARE(dragged.good, good);
        }
    }

    void whatCannotBeJudgedIsNotMet()
    {
        Slo tpot;
        tpot.tpot = 0.01;
        QVERIFY(meets(request(0, {{100}}), tpot)); // one read has no gap
        RequestRecord hidden = request(0, {{100}, {101}, {102}});
        hidden.usage = {.prompt = {}, .completion = 500, .reasoning = 497, .cached = {}};
        QVERIFY(!meets(hidden, tpot));
        QVERIFY(meets(hidden, Slo{}));
        RequestRecord thinking = request(0, {{100, Channel::Reasoning}, {101, Channel::Reasoning}});
        Slo answer;
        answer.ttfa = 10;
        QVERIFY(!meets(thinking, answer)); // it never answered
        RequestRecord retry = request(0, {{100}});
        retry.attempt = 1;
        QVERIFY(!meets(retry, Slo{}));
        RequestRecord broken = request(0, {{100}});
        broken.failure = Failure::CutShort;
        QVERIFY(!meets(broken, Slo{}));
    }

    void sloPresetsSayWhereTheyAreFrom()
    {
        QVERIFY(sloPresets().size() >= 11);
        for (const SloPreset &preset : sloPresets()) {
            QVERIFY(!preset.slo.name.empty() && *preset.source);
            QCOMPARE(std::string_view(preset.source).starts_with("mlperf.conf"), preset.slo.name.starts_with("MLPerf"));
        }
        // mlperf.conf: DeepSeek-R1 interactive 1.5 s and 15 ms.
        const auto found = std::find_if(sloPresets().begin(), sloPresets().end(), [](const auto &p) { return p.slo.name == "MLPerf DeepSeek-R1 interactive"; });
        QVERIFY(found != sloPresets().end());
        QCOMPARE(*found->slo.ttft, 1.5);
        QCOMPARE(*found->slo.tpot, 0.015);
    }

    void costsByThePlansPrices()
    {
        BenchRun run = oneByOne(0);
        run.plan.load->prices = Prices{.prompt = 1, .completion = 10, .cached = 0.1, .currency = "EUR"};
        for (int i = 0; i < 6; ++i) {
            RequestRecord record = steady(100.0 * i, 40, 20, 4, i);
            record.usage = {.prompt = 1000, .completion = 4, .reasoning = {}, .cached = 600};
            run.requests.append(record);
        }
        // (400 * 1 + 600 * 0.1 + 4 * 10) / 1e6 = 500e-6
        QVERIFY(near(valueOf(run, "cost.request"), 500e-6));
        QVERIFY(near(valueOf(run, "cost.million"), 125));
        QVERIFY(near(valueOf(run, "cost.all"), 3000e-6));
        const auto values = summarize(run, onlyPoint(run));
        QCOMPARE(findValue(values, "cost.request")->qualifier, std::string("EUR"));
        QCOMPARE(findValue(values, "cached_share")->qualifier, std::string("cold prompts"));
        QVERIFY(near(valueOf(run, "cached_share"), 0.6));
        QCOMPARE(valueOf(run, "prompt_tokens"), 1000.0);
        QCOMPARE(valueOf(run, "prompt_tokens.difference"), 900.0);
        // A retry that was answered is paid, and brings no tokens that anybody counts twice.
        RequestRecord cut = steady(600, 40, 20, 4, 6);
        cut.failure = Failure::CutShort;
        cut.usage = {.prompt = 1000, .completion = 4, .reasoning = {}, .cached = 600};
        run.requests.append(cut);
        QVERIFY(near(valueOf(run, "cost.million"), 125 * 7 / 6.0));
    }

    void openLoopTellsItsArrivals()
    {
        BenchRun run = closedRun();
        run.plan.load->rates = {5};
        run.plan.load->arrivals = Arrivals::Constant;
        for (int i = 0; i < 6; ++i) {
            RequestRecord record = steady(200.0 * i + 3, 40, 20, 4, i);
            record.scheduled = ms(200.0 * i);
            run.requests.append(record);
        }
        QVERIFY(near(valueOf(run, "request_rate.offered"), 5));
        QVERIFY(near(valueOf(run, "schedule_delay"), 0.003));
        QVERIFY(near(valueOf(run, "scheduled_ttft"), 0.043));
        QVERIFY(near(valueOf(run, "scheduled_e2e"), 0.103));
        QVERIFY(!has(run, "concurrency.offered"));
    }

    void pointsAreApart()
    {
        BenchRun run = closedRun();
        run.plan.load->concurrencies = {1, 2};
        RequestRecord slow = steady(0, 80, 20, 4);
        slow.point = 1;
        run.requests.append(steady(0, 40, 20, 4));
        run.requests.append(slow);
        const auto points = pointsOf(run.plan);
        QVERIFY(near(findValue(summarize(run, points[0]), "ttft")->estimate.value, 0.04));
        QVERIFY(near(findValue(summarize(run, points[1]), "ttft")->estimate.value, 0.08));
        QVERIFY(summarize(run, BenchPoint{1, 2, 3}).empty());
    }

    void analysisIsKeptWithTheLog()
    {
        BenchRun run = oneByOne(6);
        const auto first = analyse(run.requests);
        const RequestLog copy = run.requests;
        QCOMPARE(analyse(copy), first);
        run.requests.append(steady(600, 40, 20, 4, 6));
        QVERIFY(analyse(run.requests) != first);
        QCOMPARE(analyse(copy), first);
        QCOMPARE(levelOf(*analyse(run.requests), 0).rows.size(), size_t(7));
        // Another plan, other values.
        QVERIFY(!has(run, "goodput"));
        run.plan.load->slos = {{.name = "any", .ttft = {}, .ttfa = {}, .tpot = {}, .e2e = {}, .longestGap = {}}};
        QVERIFY(has(run, "goodput"));
    }

    void damagedRecordsAreCountedAndNoMore()
    {
        BenchRun run = oneByOne(6);
        run.requests.appendEncoded("");
        run.requests.appendEncoded("\x01\xff\xff\xff");
        RequestRecord far = steady(0, 1, 1, 1);
        far.point = 2'000'000'000;
        run.requests.append(far);
        far.point = -1;
        run.requests.append(far);
        QCOMPARE(analyse(run.requests)->damaged, size_t(4));
        QCOMPARE(valueOf(run, "requests"), 6.0);
        RequestRecord wild;
        wild.sent = std::numeric_limits<int64_t>::min();
        wild.scheduled = wild.ended = std::numeric_limits<int64_t>::max();
        wild.round = -7;
        wild.chunks = {{std::numeric_limits<int64_t>::max(), 1, Channel::Answer, 1, 0}, {0, 2, Channel::Answer, 1, 0}};
        run.requests.append(wild);
        for (const MetricValue &value : summarize(run, onlyPoint(run)))
            QVERIFY2(std::isfinite(value.estimate.value), value.metric->id);
    }

    void settling()
    {
        QCOMPARE(unsettledRequests(std::vector<double>(100, 0.02)), size_t(0));
        QCOMPARE(unsettledRequests({0.5, 0.5, 0.02}), size_t(0)); // too few to tell
        std::vector<double> tpots(100, 0.02);
        std::fill(tpots.begin(), tpots.begin() + 8, 0.2);
        QCOMPARE(unsettledRequests(tpots), size_t(8));
        tpots[50] = 5; // an odd one later drops nothing
        QCOMPARE(unsettledRequests(tpots), size_t(8));
        for (size_t i = 0; i < tpots.size(); ++i)
            tpots[i] = 0.01 + 0.001 * double(i); // it never settles: half at most
        QVERIFY(unsettledRequests(tpots) <= 50);
        std::mt19937 random(2);
        std::normal_distribution<double> noise(0.02, 0.004);
        int dropped = 0;
        for (int run = 0; run < 200; ++run) {
            for (double &tpot : tpots)
                tpot = noise(random);
            dropped += unsettledRequests(tpots) > 0;
        }
        QVERIFY(dropped < 10); // mere noise is no warming up
    }
};

QTEST_APPLESS_MAIN(TestLoadMetrics)
#include "tst_loadmetrics.moc"
