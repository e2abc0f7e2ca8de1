// SPDX-License-Identifier: GPL-3.0-or-later
// The pitfalls of benchmarking.md 4 that a trace can show, by their numbers; the list of all is docs/PITFALLS.md. Each trace is made so that a tool without the guard
// prints the wrong figure that the cited thread complains of; the comment says which, and which line of ours keeps it out.
#include "core/bench/loadanalysis.h"
#include "core/bench/loadnotes.h"
#include "core/bench/machinetext.h"
#include "core/bench/metrics.h"
#include "core/bench/pointtext.h"
#include "core/bench/prompttext.h"
#include "core/bench/requestmetrics.h"
#include "core/bench/series.h"
#include "core/bench/statejson.h"
#include "core/bench/translator.h"
#include "tests/bench/requestmaker.h"
#include "tests/pitfalllist.h"

#include <QtTest>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

using namespace assay;
using namespace assay::made;

namespace {

BenchRun closedRun(int64_t output = 4)
{
    BenchRun run;
    run.plan.promptTokens = {100};
    run.plan.outputTokens = {output};
    run.plan.load.emplace().concurrencies = {1};
    return run;
}

BenchPoint onlyPoint(const BenchRun &run)
{
    return pointsOf(run.plan).front();
}

std::optional<double> valueOf(const BenchRun &run, const char *id)
{
    const auto values = summarize(run, onlyPoint(run));
    const MetricValue *value = findValue(values, id);
    return value ? std::optional(value->estimate.value) : std::nullopt;
}

bool notes(const BenchRun &run, std::string_view id)
{
    for (const LoadNote &note : notesOf(run, onlyPoint(run))) {
        if (id == note.id)
            return !note.text().empty() && note.text().find('%' + std::string("1")) == std::string::npos;
    }
    return false;
}

/// Answers of four pieces, one after the other.
void addSteady(BenchRun &run, int count, int64_t firstIndex = 0)
{
    for (int i = 0; i < count; ++i)
        run.requests.append(steady(1000.0 * double(firstIndex + i), 40, 20, 4, firstIndex + i));
}

/// Runs of a local model, each of so many seconds and joules, ten tokens in each.
BenchRun localRun(const std::vector<std::pair<double, double>> &secondsAndJoules)
{
    BenchRun run;
    run.plan.promptTokens = {8};
    run.plan.outputTokens = {10};
    for (const auto &[seconds, joules] : secondsAndJoules) {
        MeasureSample sample;
        sample.index = int64_t(run.samples.size());
        sample.promptTokens = 8;
        sample.outputTokens = 10;
        sample.firstToken = seconds / 10;
        sample.gaps.assign(9, seconds / 10);
        sample.total = seconds;
        sample.state.joules = joules;
        run.samples.push_back(std::move(sample));
    }
    return run;
}

double theirs(const BenchRun &run, const char *tool, std::string_view name)
{
    for (const ToolFigure &figure : translate(run, onlyPoint(run), tool).figures) {
        if (figure.name == name)
            return figure.value;
    }
    return std::nan("");
}

} // namespace

class TestPitfalls : public QObject
{
    Q_OBJECT

private slots:
    /// docs/PITFALLS.md names a test for each of the twenty, and the tests are there.
    void listIsComplete() { checkPitfallList("PITFALLS.md", 20); }

    /// 1. vllm#3759: 5 ms instead of 214 ms, since the first event has a role and no text. Guard: ChunkFold::add passes over pieces
    /// without text; headers and first bytes are moments of their own.
    void p01_roleOnlyFirstChunk()
    {
        RequestRecord record = request(0, {{5, Channel::Answer, 0}, {214}, {234}, {254}});
        QVERIFY(near(*metricsOf(record).ttft, 0.214));
        QCOMPARE(metricsOf(record).tokens, int64_t(3));
        QCOMPARE(gapsOf(record).size(), size_t(2)); // and no gap of 209 ms (vllm#15106)
        BenchRun run = closedRun(3);
        run.requests.append(record);
        QVERIFY(near(theirs(run, "vllm", "Median TTFT (ms)"), 5));
        QVERIFY(near(theirs(run, "vllm", "P99 ITL (ms)"), 20 + 0.98 * 189)); // of 209, 20 and 20
    }

    /// 2. api7/aisix#869: 183,581 ms instead of 1,175 ms, since reasoning is not looked at; inference-perf#559: none at all when the
    /// answer never begins. Guard: TTFT is of any channel, TTFA of the answer.
    void p02_reasoningIsText()
    {
        const RequestRecord record = request(0, {{1175, Channel::Reasoning}, {90'000, Channel::Reasoning}, {183'581}, {183'600}});
        QVERIFY(near(*metricsOf(record).ttft, 1.175));
        QVERIFY(near(*metricsOf(record).ttfa, 183.581));
        BenchRun run = closedRun();
        run.requests.append(record);
        QVERIFY(near(theirs(run, "sglang", "Median TTFT (ms)"), 183'581));
        const RequestMetrics thinking = metricsOf(request(0, {{1175, Channel::Reasoning}, {1200, Channel::Reasoning}}));
        QVERIFY(thinking.ttft && !thinking.ttfa && !thinking.failed && thinking.tpot);
        QCOMPARE(thinking.tokens, int64_t(2)); // not zero tokens and a division by them (vllm#42548)
    }

    /// 3. genai-bench#81, #164: 928.8 tokens/s, since 880 reasoning tokens that nobody saw are divided by the second in which 50
    /// visible ones came. Guard: what is hidden belongs to the first read, TPOT is not told, a note is.
    void p03_hiddenReasoning()
    {
        BenchRun run = closedRun(2000);
        RequestRecord record = steady(0, 19'000, 1000.0 / 49, 50);
        record.usage = {.prompt = 100, .completion = 930, .reasoning = 880, .cached = {}};
        const double naive = (930 - 1) / (*metricsOf(record).e2e - *metricsOf(record).ttft);
        QVERIFY(naive > 928);
        QVERIFY(!metricsOf(record).tpot);
        QVERIFY(metricsOf(record).hiddenReasoning);
        QVERIFY(metricsOf(record).firstTokens > 880);
        run.requests.append(record);
        QVERIFY(!valueOf(run, "decode_speed"));
        QVERIFY(near(*valueOf(run, "answer_speed"), 930 / 20.0));
        QVERIFY(notes(run, "hidden_reasoning"));
        record.chunks.front().channel = Channel::Reasoning; // shown: nothing is hidden
        QVERIFY(metricsOf(record).tpot);
    }

    /// 4. vllm#50600: with speculative decoding a gap of 60 ms is called the time of a token, though four came with it. Guard: TPOT
    /// divides by tokens, and only gaps of one token each are called gaps between tokens.
    void p04_chunksAreNotTokens()
    {
        BenchRun run = closedRun(40);
        RequestRecord record = steady(0, 100, 60, 10);
        record.usage.completion = 40;
        run.requests.append(record);
        QVERIFY(near(*valueOf(run, "tpot"), 0.015));
        QVERIFY(near(*valueOf(run, "tokens_per_read"), 4));
        const auto values = summarize(run, onlyPoint(run));
        QCOMPARE(findValue(values, "icl.p50")->label(), std::string("Gap between reads (ICL), p50"));
        QVERIFY(notes(run, "several_tokens_a_read"));
        BenchRun plain = closedRun(10);
        plain.requests.append(steady(0, 100, 60, 10));
        QCOMPARE(findValue(summarize(plain, onlyPoint(plain)), "icl.p50")->label(), std::string("Gap between tokens (ITL), p50"));
    }

    /// 5. The event that holds nothing but usage comes last: 700 ms instead of 300 ms, if it ends the answer. Without usage the pieces
    /// are counted and this is said; a tokenizer's count of the text does not displace the server's (inference-perf#577).
    void p05_missingUsage()
    {
        RequestRecord record = request(0, {{100}, {200}, {300}});
        record.ended = ms(700);
        QVERIFY(near(*metricsOf(record).e2e, 0.3));
        QVERIFY(near(*metricsOf(record).tpot, 0.1));
        BenchRun run = closedRun(3);
        run.requests.append(record);
        QVERIFY(notes(run, "counted_pieces"));
        QVERIFY(near(theirs(run, "sglang", "Mean E2E Latency (ms)"), 700));
        record.usage.completion = 3;
        record.localTokens = 9;
        QCOMPARE(metricsOf(record).tokens, int64_t(3));
        QCOMPARE(metricsOf(record).source, TokenSource::Usage);
    }

    /// 6. vllm#54101: ten requests a second against a server that takes 500 ms and serves one at a time: p99 507 ms from the
    /// sending, seconds from the schedule. Guard: every record keeps its intended arrival, both views are told, the slip is noted.
    void p06_coordinatedOmission()
    {
        BenchRun run = closedRun(2);
        run.plan.load->concurrencies = {};
        run.plan.load->rates = {10};
        run.plan.load->arrivals = Arrivals::Constant;
        for (int i = 0; i < 300; ++i) {
            RequestRecord record = request(500.0 * i, {{500.0 * i + 250}, {500.0 * i + 500}}, i);
            record.scheduled = ms(100.0 * i);
            run.requests.append(record);
        }
        QVERIFY(near(*valueOf(run, "e2e.p99"), 0.5));
        // Request i is due at 0.1 i and done at 0.5 (i + 1); p99 of 300 lies at rank 296.01.
        QVERIFY(near(*valueOf(run, "scheduled_e2e.p99"), 0.5 + 0.4 * 296.01));
        QVERIFY(notes(run, "schedule_slipped"));
        BenchRun onTime = closedRun();
        addSteady(onTime, 10);
        QVERIFY(!notes(onTime, "schedule_slipped"));
    }

    /// 9. Rapid-MLX#1641: 20,701 "prefill" tokens/s instead of 313, since most of the prompt lay in the cache. Guard: what the server
    /// says it had cached is no prefill; cold prompts that hit are noted; the policy stands beside the share.
    void p09_prefixCache()
    {
        BenchRun run = closedRun();
        RequestRecord record = steady(0, 1000, 20, 4);
        record.promptTokens = 20'701;
        record.usage = {.prompt = 20'701, .completion = 4, .reasoning = {}, .cached = 20'388};
        run.requests.append(record);
        QVERIFY(near(*valueOf(run, "prefill_speed.apparent"), 313));
        QVERIFY(near(*valueOf(run, "cached_share"), 20'388 / 20'701.0));
        QVERIFY(notes(run, "cached_although_cold"));
        QCOMPARE(findValue(summarize(run, onlyPoint(run)), "cached_share")->label(), std::string("Prompt tokens from a cache (cold prompts)"));
        run.plan.load->cache = CachePolicy::Warm; // as it was asked for
        QVERIFY(!notes(run, "cached_although_cold"));
        QCOMPARE(findValue(summarize(run, onlyPoint(run)), "cached_share")->label(), std::string("Prompt tokens from a cache (warm prompts)"));
    }

    /// 10. inference-perf#83: 338 tokens on average against 914 for the same limit of 1,000: the first looks 2.7 times as fast by E2E.
    /// Guard: TPOT is the same, the share that ended early is told and noted; SGLang's fallback counts what was asked for.
    void p10_outputLength()
    {
        BenchRun shorter = closedRun(1000), longer = closedRun(1000);
        RequestRecord early = steady(0, 100, 10, 338), late = steady(0, 100, 10, 914);
        early.outputTokens = late.outputTokens = 1000;
        late.finish = "length";
        shorter.requests.append(early);
        longer.requests.append(late);
        QVERIFY(*valueOf(longer, "e2e") > 2.5 * *valueOf(shorter, "e2e"));
        QVERIFY(near(*valueOf(longer, "tpot"), *valueOf(shorter, "tpot")));
        QCOMPARE(*valueOf(shorter, "output_tokens.early"), 1.0);
        QVERIFY(notes(shorter, "ended_early") && !notes(longer, "ended_early"));
        QCOMPARE(*valueOf(shorter, "output_tokens"), 338.0);
        QVERIFY(near(theirs(shorter, "sglang", "Total generated tokens"), 1000));
    }

    /// 11. Rapid-MLX#1710: a template adds 791 tokens, and the prompt looks slow. Guard: the server's count is told, with the
    /// difference to ours, and speeds use it.
    void p11_templateTokens()
    {
        BenchRun run = closedRun();
        RequestRecord record = steady(0, 1000, 20, 4);
        record.usage.prompt = 891;
        run.requests.append(record);
        QCOMPARE(*valueOf(run, "prompt_tokens"), 891.0);
        QCOMPARE(*valueOf(run, "prompt_tokens.difference"), 791.0);
        QVERIFY(near(*valueOf(run, "prefill_speed.apparent"), 891)); // not 100
    }

    /// 12. vllm#4252, #13412: everything at once measures the queue. Guard: the load model is a part of each point's name, so that no
    /// plot goes without; and without a steady part no throughput is told.
    void p12_loadModelInTheTitle()
    {
        BenchRun run = closedRun();
        QVERIFY(describePoint(onlyPoint(run)).find("closed loop, 1 in flight") != std::string::npos);
        run.plan.load->rates = {4};
        QVERIFY(describePoint(onlyPoint(run)).find("open loop, Poisson 4/s") != std::string::npos);
        run.plan.load->rates.clear();
        for (int i = 0; i < 200; ++i)
            run.requests.append(steady(0, 40.0 * (i + 1), 20, 4, i)); // TTFT grows with the place in the queue
        QVERIFY(!valueOf(run, "throughput"));
        QVERIFY(notes(run, "not_steady"));
    }

    /// 13. vllm#5895: errors within a 200 are recorded as answers of no length, and the median TTFT is 0. Guard: an error event or no
    /// text is a failure, counted apart, in no latency and bad for goodput.
    void p13_errorsInA200()
    {
        BenchRun run = closedRun();
        run.plan.load->slos = {{.name = "any", .ttft = {}, .ttfa = {}, .tpot = {}, .e2e = {}, .longestGap = {}}};
        addSteady(run, 4);
        for (int i = 4; i < 10; ++i) {
            RequestRecord error = request(1000.0 * i, {}, i);
            error.failure = i % 2 ? Failure::ErrorInStream : Failure::None; // an honest client, and one that saw nothing wrong
            run.requests.append(error);
        }
        QVERIFY(near(*valueOf(run, "ttft"), 0.04));
        QVERIFY(near(*valueOf(run, "e2e"), 0.1));
        QVERIFY(near(*valueOf(run, "error_rate"), 0.6));
        QVERIFY(near(*valueOf(run, "goodput.share"), 0.4));
        QVERIFY(notes(run, "failed"));
        const auto analysis = analyse(run.requests);
        QCOMPARE(levelOf(*analysis, 0).failures[Failure::ErrorInStream], uint64_t(3));
        QCOMPARE(levelOf(*analysis, 0).failures[Failure::NoText], uint64_t(3));
    }

    /// 14. A p99 of 20 requests is the largest of them. Guard: a percentile is printed only from the size on that has a sample beyond
    /// it with 95 % confidence, with its interval; others are not there, and a note says why.
    void p14_unsupportedPercentiles()
    {
        BenchRun run = closedRun();
        addSteady(run, 58);
        QVERIFY(!valueOf(run, "ttft.p95") && !valueOf(run, "ttft.p99"));
        QVERIFY(notes(run, "few_samples"));
        addSteady(run, 240, 58);
        QVERIFY(valueOf(run, "ttft.p95") && !valueOf(run, "ttft.p99"));
        addSteady(run, 1, 298);
        QVERIFY(valueOf(run, "ttft.p99").has_value());
        QVERIFY(!notes(run, "few_samples"));
        QCOMPARE(findValue(summarize(run, onlyPoint(run)), "ttft.p95")->estimate.hasInterval, true);
    }

    /// 15. One prompt of warm-up leaves the rest cold: 20 requests at a fifth of the speed make the mean TPOT 36 ms instead of 20.
    /// Guard: they are left out until the running median has come to its level, and stay visible.
    void p15_coldBeginning()
    {
        BenchRun run = closedRun(11);
        for (int i = 0; i < 100; ++i)
            run.requests.append(steady(5000.0 * i, 40, i < 20 ? 100 : 20, 11, i));
        QCOMPARE(*valueOf(run, "unsettled"), 20.0);
        QCOMPARE(*valueOf(run, "requests"), 80.0);
        const auto values = summarize(run, onlyPoint(run));
        QVERIFY(near(mean(findValue(values, "tpot")->samples), 0.02));
        QVERIFY(notes(run, "unsettled"));
        QVERIFY(near(theirs(run, "vllm", "Mean TPOT (ms)"), 36)); // who counts all
        QCOMPARE(levelOf(*analyse(run.requests), 0).rows.size(), size_t(100));
    }

    /// 16. An A100's counter sees a quarter of the time and moves every 0.1 s (arXiv 2312.02741), and a hot card draws more. Guard:
    /// no energy of less than 5 s; longer measurements are several windows, so that their scatter is told; a counter that was not
    /// there for one run gives none at all; temperature, clocks and what held them down stay with each run, and the last is said.
    void p16_energyOfShortOrHotRuns()
    {
        BenchRun run = localRun({{2, 200}, {2.5, 250}});
        for (const char *id : {"energy.per_token", "energy.power"})
            QVERIFY(!valueOf(run, id));
        run = localRun({{2, 200}, {2.5, 250}, {0.6, 60}, {5, 1000}, {3, 900}, {4, 1200}, {1, 300}});
        const auto values = summarize(run, onlyPoint(run));
        const MetricValue *power = findValue(values, "energy.power");
        QVERIFY(power);
        // 5.1 s of 100 W, 5 s of 200 W, 7 s of 300 W, and with the last one the second too short for itself.
        QCOMPARE(power->samples.size(), size_t(3));
        QVERIFY(near(power->samples[0], 100) && near(power->samples[1], 200) && near(power->samples[2], 300));
        QVERIFY(near(power->estimate.value, 200));
        QVERIFY(near(findValue(values, "energy.per_token")->samples[2], 2400 / 30.0));
        BenchRun blind = run;
        blind.samples[4].state.joules.reset();
        QVERIFY(!valueOf(blind, "energy.power") && !valueOf(blind, "energy.per_token"));
        QVERIFY(throttlingText(run).empty());
        run.samples[1].state = {.joules = 250, .temperature = 83, .clockHertz = 1.2e9, .memoryClockHertz = 1.5e9, .throttled = {"power cap"}};
        QCOMPARE(throttlingText(run), std::string("power cap in 1 of 7 runs"));
        const auto kept = deviceStateFromJson(toJson(run.samples[1].state));
        QVERIFY(kept && *kept == run.samples[1].state);
    }

    /// 17. nvidia-docker#179, optimum-benchmark#31: "memory" is the allocator's peak in one tool, what it reserved in another, the
    /// process or the whole card in a third. Guard: five figures by five names; one that was not told is absent and never filled in
    /// from another; what others had taken of the card before (a server that reserves most of it) is not this model's.
    void p17_memoryIsFiveNumbers()
    {
        constexpr uint64_t kGiB = uint64_t(1) << 30;
        const std::map<std::string, double> expected{{"memory.tensor_peak", 10}, {"memory.reserved_peak", 12}, {"memory.process_peak", 3},
                                                     {"memory.process_device", 14}, {"memory.device_delta", 15}};
        const auto gibibytes = [](const BenchRun &run) {
            std::map<std::string, double> out;
            for (const MetricValue &value : summarize(run, onlyPoint(run))) {
                if (std::string_view(value.metric->id).starts_with("memory."))
                    out[value.metric->id] = value.estimate.value / double(kGiB);
            }
            return out;
        };
        BenchRun run = localRun({{1, 1}});
        MemoryReading &memory = run.samples.front().memory;
        memory = {.tensorPeak = 10 * kGiB, .tensorCurrent = 9 * kGiB, .reservedPeak = 12 * kGiB, .processPeak = 3 * kGiB,
                  .processDevice = 14 * kGiB, .deviceUsed = 75 * kGiB, .deviceBaseline = 60 * kGiB};
        QVERIFY(gibibytes(run) == expected);
        for (const auto &[id, value] : expected) {
            BenchRun without = run;
            MemoryReading &less = without.samples.front().memory;
            (id == "memory.tensor_peak"      ? less.tensorPeak
             : id == "memory.reserved_peak"  ? less.reservedPeak
             : id == "memory.process_peak"   ? less.processPeak
             : id == "memory.process_device" ? less.processDevice
                                             : less.deviceBaseline)
                .reset();
            auto rest = expected;
            rest.erase(id);
            QVERIFY2(gibibytes(without) == rest, id.c_str());
        }
        std::set<std::string> labels;
        for (const auto &[id, value] : expected)
            labels.insert(findMetric(id)->label);
        QCOMPARE(labels.size(), expected.size());
        BenchRun endpoint = closedRun(); // whatever its server has reserved, no memory is told of it
        addSteady(endpoint, 10);
        QVERIFY(gibibytes(endpoint).empty());
    }

    /// 18. Random ids are no language: experts are hit evenly that text would leave alone, and nothing can be guessed ahead. Guard:
    /// prompts are sentences of common words, of which even a long text has few different ones, as texts do.
    void p18_promptsAreLanguage()
    {
        const std::string text = proseText(4000, 7);
        std::map<std::string, int> words;
        std::istringstream in(text);
        int count = 0;
        for (std::string word; in >> word; ++count) {
            while (!word.empty() && word.back() == '.')
                word.pop_back();
            QVERIFY2(!word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isalpha(c); }), word.c_str());
            word.front() = char(std::tolower(static_cast<unsigned char>(word.front())));
            ++words[word];
        }
        QCOMPARE(count, 4000);
        QVERIFY(words.size() < 400);                 // random ids of a vocabulary of 32,000 have some 3,760 different ones
        QVERIFY(words["the"] > count / 20);          // Zipf's first word: 5 to 7 % of English
        QVERIFY(std::count(text.begin(), text.end(), '.') > count / 25);
        const BenchPlan plan = closedRun().plan;
        const std::string asked = PromptMaker(plan, "run").prompt(pointsOf(plan).front(), 0, 0);
        QVERIFY(asked.find(" the ") != std::string::npos);
        QVERIFY(proseText(4000, 8) != text);
    }

    /// 19. Hosted endpoints vary by the hour. Guard: one session is labelled a spot check; one that was repeated over the day is not.
    void p19_spotCheck()
    {
        BenchRun run = closedRun();
        addSteady(run, 20);
        QVERIFY(notes(run, "spot_check"));
        for (int i = 0; i < 20; ++i) {
            RequestRecord later = steady(8 * 3600e3 + 1000.0 * i, 40, 20, 4, 20 + i);
            later.round = 1;
            run.requests.append(later);
        }
        QVERIFY(!notes(run, "spot_check"));
        QVERIFY(near(*valueOf(run, "request_rate"), 1)); // and the hours between are no part of the rate
    }

    /// The same over a day: answers of one session are alike, so that many of them make one session's figure look sure. Guard: a series
    /// is one figure a session; the median over these is told, with an interval that only sessions narrow, by the hour, and with its length.
    void p19_seriesIsOverSessions()
    {
        std::vector<std::shared_ptr<const BenchRun>> sessions;
        for (int i = 0; i < 8; ++i) {
            BenchRun run = closedRun();
            run.header.state = i == 3 ? RunState::Failed : RunState::Finished; // one that failed does not end a series
            run.header.series = SeriesPlace{"day", i, 8, 3600};
            run.header.startedAt = "2026-11-22T" + std::to_string(10 + i) + ":00:00Z";
            run.header.finishedAt = "2026-11-22T" + std::to_string(10 + i) + ":30:00Z";
            for (int r = 0; r < (i == 7 ? 400 : 20); ++r) // the last hour has most of all answers
                run.requests.append(steady(1000.0 * r, i == 7 ? 900 : 40 + 10 * i, 20, 4, r));
            sessions.insert(sessions.begin(), std::make_shared<BenchRun>(run)); // as a library has them
        }
        const auto joined = joinSeries(sessions);
        QVERIFY(joined);
        const auto values = summarize(*joined, onlyPoint(*joined));
        const MetricValue *ttft = findValue(values, "ttft");
        QVERIFY(ttft);
        QCOMPARE(ttft->samples.size(), size_t(7));
        QVERIFY(near(ttft->estimate.value, 0.08)); // of 40, 50, 60, 80, 90, 100 and 900; of all answers pooled it is 900
        QVERIFY(ttft->estimate.hasInterval && near(ttft->estimate.low, 0.04) && near(ttft->estimate.high, 0.9));
        QVERIFY(notes(*joined, "series") && !notes(*joined, "spot_check"));
        for (const LoadNote &note : notesOf(*joined, onlyPoint(*joined))) {
            if (std::string_view(note.id) == "series")
                QVERIFY2(note.text().starts_with("7 sessions over 7 h 30 min"), note.text().c_str());
        }
        const auto hours = valuesByHour(*joined, onlyPoint(*joined), "ttft");
        QCOMPARE(hours.size(), size_t(7));
        QCOMPARE(hours.front().hour, 10);
        QCOMPARE(hours.back().hour, 17);
        QVERIFY(near(hours.back().values.at(0), 0.9));
        QVERIFY(!joinSeries({sessions.begin(), sessions.begin() + 1})); // one session stays a spot check
        QVERIFY(!secondsOfMoment("2026-02-30T00:00:00Z") && !secondsOfMoment("") && !secondsOfMoment("2026-11-22T25:00:00Z"));
        QCOMPARE(secondsOfMoment("1970-01-02T00:00:01Z"), std::optional<int64_t>(86401));
    }

    /// 20. Several events in one read share a moment: AIPerf 2025 stops at gaps that are not positive, and a median gap of 0 ms is
    /// nobody's experience. Guard: gaps are between reads, by their ids; a clock that stood still gives 0 and no error.
    void p20_zeroGaps()
    {
        BenchRun run = closedRun(9);
        std::vector<Piece> pieces;
        for (int read = 0; read < 3; ++read) {
            for (int i = 0; i < 3; ++i)
                pieces.push_back({100 + 60.0 * read, Channel::Answer, 4, read});
        }
        run.requests.append(request(0, pieces));
        QVERIFY(near(*valueOf(run, "icl.p50"), 0.06));
        QVERIFY(near(*valueOf(run, "tpot"), 0.12 / 6));
        QVERIFY(near(*valueOf(run, "tokens_per_read"), 3));
        QVERIFY(near(theirs(run, "vllm", "Median ITL (ms)"), 0));
        const RequestRecord still = request(0, {{100}, {100}, {100}});
        QCOMPARE(gapsOf(still), std::vector<double>(2, 0.0));
        QVERIFY(!metricsOf(still).tpot && !metricsOf(still).failed);
    }
};

QTEST_APPLESS_MAIN(TestPitfalls)
#include "tst_pitfalls.moc"
