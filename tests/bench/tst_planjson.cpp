// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/planjson.h"
#include "core/bench/requestcolumns.h"
#include "core/bench/run.h"
#include "tests/bench/requestmaker.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::made;
using nlohmann::json;

namespace {

EndpointLoad fullLoad()
{
    EndpointLoad load;
    load.concurrencies = {1, 4};
    load.rates = {0.5, 2};
    load.untilSaturated = true;
    load.arrivals = Arrivals::Trace;
    load.trace = {0, 0.25, 3};
    load.requests = 50;
    load.seconds = 60;
    load.mostInFlight = 32;
    load.retries = 2;
    load.cache = CachePolicy::Warm;
    load.slos = {{.name = "all", .ttft = 1, .ttfa = 2, .tpot = 0.03, .e2e = 4, .longestGap = 5, .fromSchedule = true}, {}};
    load.limits = {60, 100, 1'000'000, 2.5};
    load.prices = Prices{0.27, 1.1, 0.07, "EUR"};
    load.temperature = 0.6;
    load.ignoreEos = true;
    load.thinking = "high";
    load.keepTexts = false;
    return load;
}

} // namespace

class TestPlanJson : public QObject
{
    Q_OBJECT

private slots:
    void loadsComeBack()
    {
        for (const EndpointLoad &load : {fullLoad(), EndpointLoad{}}) {
            const auto again = endpointLoadFromJson(json::parse(toJson(load).dump()));
            QVERIFY2(again, again ? "" : again.error().sentence().c_str());
            QVERIFY(*again == load);
        }
    }

    void plansComeBack()
    {
        BenchPlan plan;
        plan.depths = {0, 8192};
        plan.load = fullLoad();
        const auto again = benchPlanFromJson(json::parse(toJson(plan).dump()));
        QVERIFY2(again, again ? "" : again.error().sentence().c_str());
        QVERIFY(*again == plan);
    }

    void olderPlansStillRead()
    {
        // As it was written before there were loads.
        const auto plan = benchPlanFromJson(json::parse(R"({"prompt_tokens":[64],"output_tokens":[32],"batches":[1],"runs":7,
            "warmup":1,"loads":3,"device":"cpu","dtype":"auto","seed":1})"));
        QVERIFY(plan);
        QCOMPARE(plan->depths, std::vector<int64_t>{0});
        QVERIFY(!plan->load);
    }

    void recordsComeBack()
    {
        RequestRecord record = request(100, {{300, Channel::Reasoning}, {320, Channel::Tool, 9}, {320, Channel::Answer, 2, 1, 3}}, 7);
        record.point = 2;
        record.attempt = 1;
        record.round = 3;
        record.warmup = true;
        record.connected = ms(120);
        record.text = "Hallo";
        record.failure = Failure::StallTimeout;
        record.detail = "slow";
        record.model = "m";
        record.usage = {.prompt = 1, .completion = 2, .reasoning = 3, .cached = 4};
        record.times = {.queue = 0.5, .prompt = {}, .decode = 1, .total = {}};
        record.localTokens = 12;
        record.receivedBytes = std::numeric_limits<uint64_t>::max();
        record.retryAfterMs = 5;
        for (const RequestRecord &each : {record, RequestRecord{}}) {
            const auto again = requestRecordFromJson(json::parse(toJson(each).dump()));
            QVERIFY2(again, again ? "" : again.error().sentence().c_str());
            QVERIFY(*again == each);
        }
    }

    void runsCarryTheirRequests()
    {
        BenchRun run;
        run.plan.load = fullLoad();
        run.requests.append(steady(0, 1, 1, 3));
        run.requests.append(failed(5, 6, Failure::Dns, 1));
        const auto again = benchRunFromJson(json::parse(toJson(run).dump()));
        QVERIFY2(again, again ? "" : again.error().sentence().c_str());
        QCOMPARE(again->requests.size(), size_t(2));
        QVERIFY(again->requests.at(0) == run.requests.at(0));
        QVERIFY(again->requests.at(1) == run.requests.at(1));
    }

    void columnsHoldEveryField()
    {
        RequestRecord odd = request(100, {{300, Channel::Reasoning}, {320, Channel::Tool, 9}, {320, Channel::Answer, 2, 1, 3}}, 7);
        odd.point = 2;
        odd.attempt = 1;
        odd.round = 3;
        odd.warmup = true;
        odd.connected = ms(120);
        odd.text = "Hallo";
        odd.failure = Failure::StallTimeout;
        odd.detail = "slow";
        odd.model = "m";
        odd.usage = {.prompt = 1, .completion = 2, .reasoning = 3, .cached = 4};
        odd.times = {.queue = 0.1 + 0.2, .prompt = {}, .decode = 1e-300, .total = {}};
        odd.localTokens = 12;
        odd.receivedBytes = std::numeric_limits<uint64_t>::max();
        odd.retryAfterMs = 5;
        RequestRecord extreme;
        extreme.index = std::numeric_limits<int64_t>::min();
        extreme.sent = std::numeric_limits<int64_t>::max();
        extreme.scheduled = std::numeric_limits<int64_t>::min();
        extreme.chunks = {{std::numeric_limits<int64_t>::min(), std::numeric_limits<uint32_t>::max(), Channel::Answer, 0, 0}, {0, 0, Channel::Answer, 1, 1}};
        RequestLog log;
        for (const RequestRecord &record : {odd, RequestRecord{}, extreme, odd, RequestRecord{}})
            log.append(record);
        const auto again = requestsFromColumns(json::parse(requestColumns(log).dump()));
        QVERIFY2(again, again ? "" : again.error().sentence().c_str());
        QCOMPARE(again->size(), log.size());
        for (size_t i = 0; i < log.size(); ++i)
            QVERIFY2(again->at(i) == log.at(i), std::to_string(i).c_str());
    }

    /// The layout as docs/REPORT.md tells it, so that other programs can read it.
    void columnsAsDocumented()
    {
        RequestLog log;
        for (int i = 0; i < 3; ++i)
            log.append(request(100 * i, {{100.0 * i + 50, Channel::Answer}, {100.0 * i + 70, Channel::Answer}}, 2));
        const json columns = requestColumns(log);
        QCOMPARE(columns.at("layout").get<std::string>(), std::string("columns"));
        QCOMPARE(columns.at("version").get<int>(), 1);
        QCOMPARE(columns.at("count").get<int>(), 3);
        QCOMPARE(columns.at("piece_count").get<int>(), 6);
        QCOMPARE(columns.at("requests").at("sent").get<std::string>(), std::string("0 100000000 100000000"));
        QCOMPARE(columns.at("requests").at("pieces").get<std::string>(), std::string("2x3"));
        QCOMPARE(columns.at("requests").at("connected").get<std::string>(), std::string("-x3"));
        QCOMPARE(columns.at("requests").at("failure").at("values"), json({"none"}));
        QCOMPARE(columns.at("requests").at("failure").at("which").get<std::string>(), std::string("0x3"));
        QCOMPARE(columns.at("pieces").at("gap").get<std::string>(), std::string("50000000 20000000 50000000 20000000 50000000 20000000"));
    }

    void damagedColumnsAreNamed_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("field");
        QTest::newRow("newer") << "/version" << "2" << "version";
        QTest::newRow("count") << "/count" << "4" << "count";
        QTest::newRow("no number") << "/requests/sent" << R"("0 one 2")" << "sent";
        QTest::newRow("runs where none may be") << "/requests/sent" << R"("0x9999999999")" << "sent";
        QTest::newRow("too long") << "/requests/status" << R"("200x99999999999")" << "requests";
        QTest::newRow("too short") << "/requests/status" << R"("200")" << "status";
        QTest::newRow("huge") << "/requests/status" << R"("99999999999x3")" << "status";
        QTest::newRow("no text") << "/requests/status" << "7" << "status";
        QTest::newRow("pieces") << "/requests/pieces" << R"("999999999999x3")" << "gap";
        QTest::newRow("fewer pieces") << "/requests/pieces" << R"("1x3")" << "pieces";
        QTest::newRow("channel") << "/pieces/channel" << R"("300x6")" << "channel";
        QTest::newRow("runs of gaps") << "/pieces/gap" << R"("1x6")" << "gap";
        QTest::newRow("words") << "/requests/finish/which" << R"("7x3")" << "finish";
        QTest::newRow("no words") << "/requests/finish/values" << "[1]" << "finish";
        QTest::newRow("texts") << "/requests/text" << R"(["one"])" << "text";
        QTest::newRow("parts") << "/requests" << "[]" << "failure";
    }

    void damagedColumnsAreNamed()
    {
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, field);
        RequestLog log;
        for (int i = 0; i < 3; ++i)
            log.append(request(100 * i, {{100.0 * i + 50, Channel::Answer}, {100.0 * i + 70, Channel::Answer}}, 2));
        json columns = requestColumns(log);
        QVERIFY(requestsFromColumns(columns));
        columns[json::json_pointer(path.toStdString())] = json::parse(value.toStdString());
        const auto read = requestsFromColumns(columns);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::StoreDamaged);
        QCOMPARE(QString::fromStdString(read.error().arguments.back()), field);
    }

    void requestsOfOlderProgramsAreRead()
    {
        BenchRun run;
        run.plan.load = fullLoad();
        json old = toJson(run);
        old["requests"] = json::array({toJson(steady(0, 1, 1, 3)), toJson(failed(5, 6, Failure::Dns, 1))});
        const auto again = benchRunFromJson(old);
        QVERIFY2(again, again ? "" : again.error().sentence().c_str());
        QCOMPARE(again->requests.size(), size_t(2));
        QVERIFY(again->requests.at(1) == failed(5, 6, Failure::Dns, 1));
    }

    void wrongFieldsAreNamed_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("field");
        QTest::newRow("arrivals") << "/arrivals" << R"("sometimes")" << "arrivals";
        QTest::newRow("cache") << "/cache" << "7" << "cache";
        QTest::newRow("slo") << "/slos/0/ttft" << R"("fast")" << "slos[0].ttft";
        QTest::newRow("limits") << "/limits" << "[]" << "limits.object";
        QTest::newRow("prices") << "/prices/currency" << "1" << "prices.currency";
        QTest::newRow("rates") << "/rates/1" << "{}" << "rates";
    }

    void wrongFieldsAreNamed()
    {
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, field);
        json object = toJson(fullLoad());
        object[json::json_pointer(path.toStdString())] = json::parse(value.toStdString());
        const auto load = endpointLoadFromJson(object);
        QVERIFY(!load);
        QCOMPARE(load.error().code, ErrorCode::StoreDamaged);
        QCOMPARE(QString::fromStdString(load.error().arguments.back()), field);
    }

    void wrongPiecesAreRefused()
    {
        const json good = toJson(steady(0, 1, 1, 2));
        QVERIFY(requestRecordFromJson(good));
        for (const char *piece : {"[1,2,\"answer\",4]", "[1,2,\"song\",4,5]", "[1,-2,\"answer\",4,5]", "[1.5,2,\"answer\",4,5]", "[1,4294967296,\"answer\",4,5]", "{}"}) {
            json bad = good;
            bad["chunks"][1] = json::parse(piece);
            QVERIFY2(!requestRecordFromJson(bad), piece);
        }
        json newer = good;
        newer["failure"] = "eaten_by_a_dog";
        QCOMPARE(requestRecordFromJson(newer)->failure, Failure::Malformed);
    }
};

QTEST_APPLESS_MAIN(TestPlanJson)
#include "tst_planjson.moc"
