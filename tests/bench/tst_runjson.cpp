// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/decodingtext.h"
#include "core/bench/run.h"
#include "core/bench/weightstext.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

BenchRun fullRun()
{
    BenchRun run;
    run.header.id = "r-1";
    run.header.subject = {"/models/a", "a", "sha256:1"};
    run.header.environment = {"host", "Linux", "CPU", 8, 4, "cpu", "", "bf16", "0.1", "1.13.1", "0.1"};
    run.header.environment.weights = {{"Q4_K", "Q4_K", 1000, 562}, {"F16", "f32", 10, 40}};
    run.header.environment.unused = {"left.over"};
    run.header.environment.unusedCount = 101;
    run.header.state = RunState::Failed;
    run.header.startedAt = "2026-11-21T20:00:00Z";
    run.header.finishedAt = "2026-11-21T20:01:00Z";
    run.header.error = "The worker ended.";
    run.plan.promptTokens = {16, 64};
    run.plan.batches = {1, 4};
    run.plan.seed = 0xFFFFFFFFFFFFFFFFull;
    run.plan.decoding = "eager";
    run.plan.streamed = true;
    run.plan.prompts = "text";
    run.header.series = SeriesPlace{"s-1", 2, 24, 3600};
    run.loads.push_back({1.25, 1234567890123ull, false, {}, 1234567890999ull});
    MeasureSample sample;
    sample.index = 3;
    sample.warmup = true;
    sample.promptTokens = 16;
    sample.outputTokens = 3;
    sample.firstToken = 0.1;
    sample.gaps = {0.1 + 0.2, 1e-300};
    sample.total = 0.4;
    sample.memory.tensorPeak = 0;
    sample.memory.deviceBaseline = 77;
    sample.load1 = 1.5;
    sample.decoding = "eager";
    sample.eagerReason = "it was asked for";
    sample.prompts = "random";
    sample.predictedBytes = 78;
    run.samples.push_back(sample);
    return run;
}

} // namespace

class TestRunJson : public QObject
{
    Q_OBJECT

private slots:
    void comesBackAsItWent()
    {
        const BenchRun run = fullRun();
        const Result<BenchRun> back = benchRunFromJson(json::parse(toJson(run).dump()));
        QVERIFY(back.has_value());
        QCOMPARE(back->header.id, run.header.id);
        QVERIFY(back->header.subject == run.header.subject);
        QVERIFY(back->header.environment == run.header.environment);
        QVERIFY(back->header.state == RunState::Failed);
        QCOMPARE(back->header.error, run.header.error);
        QVERIFY(back->plan == run.plan);
        QVERIFY(back->header.series == run.header.series);
        QCOMPARE(back->loads.at(0).weightBytes, uint64_t(1234567890123ull));
        QVERIFY(!back->loads.at(0).pagesCached);
        QCOMPARE(back->loads.at(0).heldBytes, std::optional<uint64_t>(1234567890999ull));
        QCOMPARE(back->samples.at(0).predictedBytes, std::optional<uint64_t>(78));
        const MeasureSample &sample = back->samples.at(0);
        QCOMPARE(sample.gaps, run.samples[0].gaps); // bit for bit
        QVERIFY(sample.warmup);
        QCOMPARE(sample.memory.tensorPeak, std::optional<uint64_t>(0));
        QVERIFY(!sample.memory.processPeak.has_value());
        QCOMPARE(sample.memory.deviceBaseline, std::optional<uint64_t>(77));
        QCOMPARE(sample.load1, 1.5);
        QCOMPARE(sample.decoding, std::string("eager"));
        QCOMPARE(sample.prompts, std::string("random"));
        QCOMPARE(sample.eagerReason, std::string("it was asked for"));
    }

    /// What programs wrote that did not tell of weights and decoding yet.
    void olderRunsAreRead()
    {
        json stored = toJson(fullRun());
        for (const char *field : {"weights", "unused", "unused_count"})
            stored["header"]["environment"].erase(field);
        stored["header"]["environment"]["dtype"] = "bfloat16";
        stored["loads"][0].erase("held_bytes");
        for (const char *field : {"predicted_bytes", "decoding", "eager_reason"})
            stored["samples"][0].erase(field);
        for (const char *field : {"decoding", "streamed"})
            stored["plan"].erase(field);
        const Result<BenchRun> back = benchRunFromJson(stored);
        QVERIFY(back.has_value());
        QVERIFY(back->header.environment.weights.empty());
        QCOMPARE(back->header.environment.dtype, std::string("bf16"));
        QVERIFY(!back->loads.at(0).heldBytes && !back->samples.at(0).predictedBytes);
        QCOMPARE(back->samples.at(0).load1, 1.5);
        QCOMPARE(back->plan.decoding, std::string("auto"));
        QVERIFY(!back->plan.streamed);
        QCOMPARE(decodingText(*back), std::string());
    }

    void endsInWords_data()
    {
        QTest::addColumn<EndedEarly>("ended");
        QTest::addColumn<QString>("words");
        PlanLimits limits;
        limits.seconds = 60;
        limits.requests = 1;
        limits.tokens = 10'000;
        limits.money = 0.5;
        const auto row = [&](const char *name, PlanLimit limit, int64_t done, int64_t planned, EndedEarly::Counted counted, const char *words) {
            EndedEarly ended = endedAt(limit, limits, Prices{1, 2, 1, "EUR"});
            ended.done = done;
            ended.planned = planned;
            ended.counted = counted;
            QTest::newRow(name) << ended << QString::fromLatin1(words);
        };
        using Counted = EndedEarly::Counted;
        row("time", PlanLimit::Time, 118, 500, Counted::Requests, "ended at its limit of 60 s after 118 of 500 requests");
        row("requests", PlanLimit::Requests, 1, 500, Counted::Requests, "ended at its limit of 1 request after 1 of 500 requests");
        row("tokens", PlanLimit::Tokens, 37, 0, Counted::Requests, "ended before it could pass its limit of 10,000 tokens after 37 requests");
        row("money", PlanLimit::Money, 1'118, 5'000, Counted::Requests, "ended before it could pass its limit of 0.5 EUR after 1,118 of 5,000 requests");
        row("answers", PlanLimit::Money, 0, 1, Counted::Answers, "ended before it could pass its limit of 0.5 EUR after 0 of 1 answer");
        row("answers of unknown number", PlanLimit::Time, 1, 0, Counted::Answers, "ended at its limit of 60 s after 1 answer");
    }

    /// A run keeps which limit ended it; what an older program reads of it is as it was.
    void endsInWords()
    {
        QFETCH(EndedEarly, ended);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(endedEarlyText(ended)), words);
        BenchRun run = fullRun();
        const json before = toJson(run);
        run.header.state = RunState::Finished;
        run.header.endedEarly = ended;
        QCOMPARE(QString::fromStdString(stateText(run.header)), QStringLiteral("finished, ") + words);
        json stored = json::parse(toJson(run).dump());
        const Result<BenchRun> back = benchRunFromJson(stored);
        QVERIFY(back && back->header.endedEarly == ended);
        // A limit that only a later program knows is no damage, and says nothing.
        stored["header"]["ended_early"]["limit"] = "carbon";
        const Result<BenchRun> later = benchRunFromJson(stored);
        QVERIFY(later && !later->header.endedEarly);
        for (const char *damage : {R"({"limit": 3})", R"({"limit": "time"})", R"([])"}) {
            stored["header"]["ended_early"] = json::parse(damage);
            QVERIFY(!benchRunFromJson(stored));
        }
        stored["header"].erase("ended_early");
        stored["header"]["state"] = before["header"]["state"];
        QCOMPARE(stored.dump(), before.dump());
    }

    void weightsInAWord()
    {
        Environment environment = fullRun().header.environment;
        QCOMPARE(weightsText(environment), std::string("562 B as stored in Q4_K; 40 B in f32 from F16"));
        QCOMPARE(weightsDetail(environment),
                 std::string("562 B as stored in Q4_K: 1,000 parameters\n40 B in f32 from F16: 10 parameters"));
        QCOMPARE(unusedText(environment), std::string("101 tensors: left.over, ..."));
        // The file's spelling and the engine's; sizes only where the worker tells them; the largest first.
        environment.weights = {{"BF16", "bf16", 7, 0}};
        environment.unusedCount = 0;
        QCOMPARE(weightsText(environment), std::string("7 as stored in BF16"));
        QCOMPARE(unusedText(environment), std::string());
        environment.weights.clear();
        for (const char *type : {"A", "B", "C", "D", "E", "F"})
            environment.weights.push_back({type, "f32", 1, environment.weights.size() + 1});
        QCOMPARE(weightsText(environment), std::string("6 B in f32 from F; 5 B in f32 from E; 4 B in f32 from D; 3 B in f32 from C; 2 more kinds"));
    }

    void decodingInAWord()
    {
        BenchRun run = fullRun();
        const auto decodedAs = [&](const char *way, const char *reason) {
            run.samples.push_back(run.samples.front());
            run.samples.back().decoding = way;
            run.samples.back().eagerReason = reason;
            return decodingText(run);
        };
        QCOMPARE(decodingText(run), std::string("step by step: it was asked for"));
        run.samples.clear();
        QCOMPARE(decodingText(run), std::string());
        run = fullRun();
        run.samples.front().decoding.clear(); // of an older worker
        QCOMPARE(decodedAs("graph", ""), std::string("by recorded graphs"));
        QCOMPARE(decodedAs("graph", ""), std::string("by recorded graphs"));
        QCOMPARE(decodedAs("eager", ""), std::string("by recorded graphs; step by step"));
        QCOMPARE(decodedAs("of another kind", ""), std::string("by recorded graphs; step by step; of another kind"));
        for (MeasureSample &sample : run.samples)
            sample.outputTokens = 1; // the prefill's own
        QCOMPARE(decodingText(run), std::string());

        QCOMPARE(askedDecodingText(run.plan), std::string("eager, each token read at once"));
        run.plan.streamed = false;
        QCOMPARE(askedDecodingText(run.plan), std::string("eager"));
        QCOMPARE(askedDecodingText(BenchPlan()), std::string());
        run.plan.passes = true;
        QCOMPARE(askedDecodingText(run.plan), std::string());
    }

    void damageNamesTheField_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        QTest::newRow("wrong type") << "/plan/runs" << "\"seven\"" << "plan.runs";
        QTest::newRow("nested") << "/samples/0/gaps" << "[1, true]" << "samples[0].gaps";
        QTest::newRow("negative bytes") << "/loads/0/weight_bytes" << "-1" << "loads[0].weight_bytes";
        QTest::newRow("memory") << "/samples/0/memory/tensor_peak" << "\"much\"" << "samples[0].memory.tensor_peak";
        QTest::newRow("unknown state") << "/header/state" << "\"dreaming\"" << "header.state";
        QTest::newRow("list") << "/samples" << "{}" << "samples";
        QTest::newRow("huge index") << "/samples/0/index" << "18446744073709551615" << "samples[0].index";
        QTest::newRow("cores") << "/header/environment/cores" << "99999999999" << "header.environment.cores";
        QTest::newRow("weights") << "/header/environment/weights/1/bytes" << "-1" << "header.environment.weights[1].bytes";
        QTest::newRow("decoding") << "/samples/0/decoding" << "7" << "samples[0].decoding";
        QTest::newRow("streamed") << "/plan/streamed" << "\"yes\"" << "plan.streamed";
        QTest::newRow("unused") << "/header/environment/unused" << "[7]" << "header.environment.unused";
        QTest::newRow("header") << "/header" << "7" << "header.object";
    }
    void damageNamesTheField()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, named);
        json stored = toJson(fullRun());
        stored[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        const Result<BenchRun> back = benchRunFromJson(stored);
        QVERIFY(!back.has_value());
        QVERIFY(back.error().code == ErrorCode::StoreDamaged);
        QCOMPARE(back.error().arguments.back(), named.toStdString());
    }

    void missingFieldsAreDamage()
    {
        json stored = toJson(fullRun());
        stored["plan"].erase("seed");
        const Result<BenchRun> back = benchRunFromJson(stored);
        QVERIFY(!back.has_value());
        QCOMPARE(back.error().arguments.back(), std::string("plan.seed"));
        QVERIFY(!benchRunFromJson(json::array()).has_value());
        QVERIFY(!benchRunFromJson(json()).has_value());
    }

    void bytesThatAreNotTextCanBeWritten()
    {
        BenchRun run = fullRun();
        run.header.subject.name = "evil\xFF\xC0\xAF name \xE4\xB8\xAD";
        const std::string text = toJson(run).dump(); // throws on broken UTF-8
        const Result<BenchRun> back = benchRunFromJson(json::parse(text));
        QVERIFY(back.has_value());
        QCOMPARE(back->header.subject.name, std::string("evil\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD name \xE4\xB8\xAD"));
    }

    void pointsAreAllCombinations()
    {
        BenchPlan plan;
        plan.promptTokens = {16, 64};
        plan.outputTokens = {8};
        plan.batches = {1, 2};
        const std::vector<BenchPoint> expected{{16, 8, 1}, {64, 8, 1}, {16, 8, 2}, {64, 8, 2}};
        QVERIFY(pointsOf(plan) == expected);
        plan.batches.clear();
        QVERIFY(pointsOf(plan).empty());
    }
};

QTEST_APPLESS_MAIN(TestRunJson)
#include "tst_runjson.moc"
