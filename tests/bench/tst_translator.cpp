// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/translator.h"
#include "tests/bench/requestmaker.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::made;

namespace {

/// Two requests that every tool sees differently: a role-only event, reasoning, a piece of two tokens, a late end of the stream.
BenchRun made2()
{
    BenchRun run;
    run.plan.promptTokens = {100};
    run.plan.outputTokens = {20};
    run.plan.load.emplace().concurrencies = {1};
    for (int i = 0; i < 2; ++i) {
        const double t = 2000.0 * i;
        RequestRecord record = request(t, {{t + 200, Channel::Reasoning}, {t + 300, Channel::Reasoning}, {t + 400}, {t + 500}, {t + 600 + 200 * i}}, i);
        record.firstByte = ms(t + 50);
        record.ended = ms(t + 1000);
        record.outputTokens = 20;
        record.usage = {.prompt = 120, .completion = 11, .reasoning = 4, .cached = {}};
        run.requests.append(record);
    }
    // None of these is anybody's success, or counted.
    run.requests.append(failed(4000, 4001, Failure::ServerError, 2));
    RequestRecord warm = steady(5000, 1, 1, 3, 3);
    warm.warmup = true;
    run.requests.append(warm);
    return run;
}

double figure(const ToolReport &report, std::string_view name)
{
    for (const ToolFigure &each : report.figures) {
        if (each.name == name)
            return each.value;
    }
    return std::nan("");
}

} // namespace

/// By hand, from the formulas of each tool's code as benchmarking.md 1 has them. N = 11 in both; requests take 0.6 and 0.8 s until
/// the last text, 1 s until the end; first sending to last end 3 s.
class TestTranslator : public QObject
{
    Q_OBJECT

private slots:
    void figures_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("value");
        const auto row = [](const char *tool, const char *name, double value) { QTest::addRow("%s: %s", tool, name) << tool << name << value; };
        row("vllm", "Successful requests", 2);
        row("vllm", "Benchmark duration (s)", 3);
        row("vllm", "Total input tokens", 240);
        row("vllm", "Request throughput (req/s)", 2 / 3.0);
        row("vllm", "Output token throughput (tok/s)", 22 / 3.0);
        row("vllm", "Total Token throughput (tok/s)", 262 / 3.0);
        row("vllm", "Mean TTFT (ms)", 50);
        row("vllm", "Mean TPOT (ms)", (550 + 750) / 2.0 / 10);
        row("vllm", "Mean ITL (ms)", (150 + 4 * 100 + 150 + 3 * 100 + 300) / 10.0);
        row("vllm", "P99 E2EL (ms)", 798);
        row("sglang", "Mean TTFT (ms)", 400);
        row("sglang", "Mean TPOT (ms)", 60);
        row("sglang", "Mean ITL (ms)", (100 + 100 + 100 + 300) / 4.0);
        row("sglang", "Mean E2E Latency (ms)", 1000);
        row("sglang", "Concurrency", 2 / 3.0);
        row("aiperf", "Time to First Token (ms), avg", 200);
        row("aiperf", "Time to First Output Token (ms), p50", 400);
        row("aiperf", "Inter Token Latency (ms), avg", (40 + 60) / 2.0);
        row("aiperf", "Inter Token Latency (ms), max", 60);
        row("aiperf", "Request Latency (ms), min", 600);
        row("aiperf", "Output Token Throughput Per User (tokens/sec/user), avg", (25 + 1 / 0.06) / 2);
        row("genai-perf", "Time To First Token (ms), avg", 400);
        row("genai-perf", "Inter Token Latency (ms), avg", (20 + 40) / 2.0);
        row("guidellm", "TTFT (ms), mean", 200);
        row("guidellm", "ITL (ms), mean", 50);
        row("guidellm", "TPOT (ms), mean", 1000 / 11.0);
        row("guidellm", "Request Latency (s), median", 1);
        row("llmperf", "ttft_s mean", 0.4);
        row("llmperf", "inter_token_latency_s mean", 0.2);
        row("llmperf", "request_output_throughput_token_per_s p50", 11);
        row("llmperf", "results_num_completed_requests_per_min", 40);
        row("inference-perf", "time_to_first_token (s) mean", 0.4);
        row("inference-perf", "time_per_output_token (s) mean", 0.03);
        row("inference-perf", "normalized_time_per_output_token (s) mean", 1 / 11.0);
        row("inference-perf", "schedule_delay (s) mean", 0);
    }

    void figures()
    {
        QFETCH(QString, tool);
        QFETCH(QString, name);
        QFETCH(double, value);
        const BenchRun run = made2();
        const ToolReport report = translate(run, pointsOf(run.plan).front(), tool.toStdString());
        const double said = figure(report, name.toStdString());
        QVERIFY2(near(said, value), std::to_string(said).c_str());
    }

    void oursStandsBeside()
    {
        const BenchRun run = made2();
        const ToolReport report = translate(run, pointsOf(run.plan).front(), "vllm");
        for (const ToolFigure &each : report.figures) {
            QVERIFY2(*each.differs, each.name.c_str());
            if (each.name == "Median TTFT (ms)")
                QVERIFY(each.our && near(*each.our, 200));
            if (each.name == "P99 TTFT (ms)")
                QVERIFY(!each.our); // two requests support none
        }
        // Ours subtracts what the first read brought: 11 tokens in 5 pieces of one length, 2 with the first.
        const ToolReport aiperf = translate(run, pointsOf(run.plan).front(), "aiperf");
        for (const ToolFigure &each : aiperf.figures) {
            if (each.name == "Inter Token Latency (ms), p50")
                QVERIFY(each.our && near(*each.our, (400 / 9.0 + 600 / 9.0) / 2));
        }
    }

    void llamaBenchOfAWorker()
    {
        BenchRun run;
        run.plan.promptTokens = {100};
        run.plan.outputTokens = {11};
        for (int i = 0; i < 2; ++i) {
            MeasureSample sample;
            sample.promptTokens = 100;
            sample.outputTokens = 11;
            sample.firstToken = i == 0 ? 0.5 : 1;
            sample.total = sample.firstToken + 1;
            run.samples.push_back(sample);
        }
        const ToolReport report = translate(run, pointOf(run.samples.front()), "llama-bench");
        QVERIFY(near(figure(report, "pp t/s, avg"), 150));
        QVERIFY(near(figure(report, "tg t/s, avg"), 10));
        QVERIFY(translate(run, pointOf(run.samples.front()), "vllm").figures.empty());
        QVERIFY(translate(made2(), pointsOf(made2().plan).front(), "llama-bench").figures.empty());
    }

    void writes()
    {
        const BenchRun run = made2();
        for (const char *id : toolIds()) {
            const ToolReport report = translate(run, pointsOf(run.plan).front(), id);
            QCOMPARE(std::string(report.id), std::string(id));
            const auto object = nlohmann::json::parse(toJson(report).dump());
            QCOMPARE(object["figures"].size(), report.figures.size());
            QVERIFY(toText(report).starts_with(report.tool));
        }
        const std::string text = toText(translate(run, pointsOf(run.plan).front(), "vllm"));
        QVERIFY2(text.find("Mean TTFT (ms)") != std::string::npos && text.find("50.00") != std::string::npos, text.c_str());
        QVERIFY(translate(run, pointsOf(run.plan).front(), "abacus").figures.empty());
        QVERIFY(translate({}, {}, "vllm").figures.empty());
    }
};

QTEST_APPLESS_MAIN(TestTranslator)
#include "tst_translator.moc"
