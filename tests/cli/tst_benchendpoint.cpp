// SPDX-License-Identifier: GPL-3.0-or-later
// assay bench http://..., against the mock endpoint over real sockets.
#include "core/bench/run.h"
#include "core/endpoint/dialect.h"
#include "core/mock/mockendpoint.h"
#include "core/service/recordbatch.h"
#include "tests/cli/runner.h"
#include "tests/endpoint/tlsservers.h"

#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace assay;
using nlohmann::json;

namespace {

MockScript quickScript()
{
    MockScript script;
    script.ttft = 0.002;
    script.gap = 0.0005;
    return script;
}

json parsed(const QByteArray &text)
{
    return json::parse(text.begin(), text.end(), nullptr, false);
}

Ran bench(const MockEndpoint &mock, const QStringList &options)
{
    return runAssay(QStringList{QStringLiteral("bench"), QString::fromStdString(mock.url())} + options);
}

/// What became of the requests for an answer so far.
struct Posts
{
    int answered = 0, silent = 0; ///< silent: the mock read them and will never answer
};
Posts postsAt(const MockEndpoint &mock)
{
    Posts posts;
    for (const MockRequest &request : mock.requests()) {
        if (request.method != "POST")
            continue;
        posts.silent += request.fault == MockFault::Silent;
        posts.answered += request.fault == MockFault::None && request.ended > 0;
    }
    return posts;
}

/// Requests in the store of this data folder, while another program writes there; -1: it cannot be read now.
int recordsIn(const QString &data)
{
    int count = -1;
    {
        QSqlDatabase store = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
        store.setDatabaseName(data + QStringLiteral("/runs.sqlite"));
        QSqlQuery query(store);
        if (store.open() && query.exec(QStringLiteral("SELECT body FROM requests"))) {
            for (count = 0; query.next();) {
                const QByteArray body = query.value(0).toByteArray();
                if (!splitRecords({body.data(), size_t(body.size())}, [&count](std::string_view) { ++count; }))
                    qFatal("the store holds damaged records");
            }
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("look"));
    return count;
}

QStringList small()
{
    return {QStringLiteral("--output-tokens"), QStringLiteral("8"), QStringLiteral("--runs"), QStringLiteral("6"), QStringLiteral("--json")};
}

} // namespace

class TestBenchEndpoint : public QObject
{
    Q_OBJECT
private slots:
    void everyDialect_data();
    void everyDialect();
    void foundByAsking();
    void plansAreSavedAndRead();
    void levelsAndNotes();
    void wrongUsage_data();
    void wrongUsage();
    void errorsHaveCodes();
    void unreachable();
    void everyCommandGoesThroughTheProxy_data();
    void everyCommandGoesThroughTheProxy();
    void keysAreNeverShown();
    void killedRunGoesOn();
    void seriesOutlivesFailuresAndKilling();
    void seriesOfAnotherProcess();
    void comparedWithEachOther();
    void limitsAreTold_data();
    void limitsAreTold();
    void goalsAndCurrencyInTheTable();
    void throughAProxyToAnOwnAuthority();
};

void TestBenchEndpoint::limitsAreTold_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("requests") << QStringList{QStringLiteral("--limit-requests"), QStringLiteral("9")} << QByteArray("ended at its limit of 9 requests after 9 of 1,004 requests");
    QTest::newRow("time") << QStringList{QStringLiteral("--limit-seconds"), QStringLiteral("0.3")} << QByteArray("ended at its limit of 0.3 s after ");
    QTest::newRow("tokens") << QStringList{QStringLiteral("--limit-tokens"), QStringLiteral("5000")} << QByteArray("ended before it could pass its limit of 5,000 tokens after ");
    QTest::newRow("money") << QStringList{QStringLiteral("--limit-money"), QStringLiteral("0.1"), QStringLiteral("--prices"), QStringLiteral("0,1000"), QStringLiteral("--currency"), QStringLiteral("EUR")}
                           << QByteArray("ended before it could pass its limit of 0.1 EUR after ");
}

/// The run keeps which limit ended it: said below its table, and in the list of runs ever after.
void TestBenchEndpoint::limitsAreTold()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, words);
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran ran = bench(mock, options + QStringList{QStringLiteral("--output-tokens"), QStringLiteral("8"), QStringLiteral("--runs"), QStringLiteral("1000")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QVERIFY2(ran.out.contains("! mock-model: " + words) && ran.err.contains(words), ran.out.constData());
    const Ran listed = runAssay({QStringLiteral("runs")});
    const QList<QByteArray> lines = listed.out.split('\n');
    const auto line = std::ranges::find_if(lines, [&](const QByteArray &one) { return one.contains("finished, " + words); });
    QVERIFY2(line != lines.end() && line->contains(" of 1,004 requests"), listed.out.constData());
    const json runs = parsed(runAssay({QStringLiteral("runs"), QStringLiteral("--json")}).out).at("runs");
    QVERIFY(std::ranges::any_of(runs, [&](const json &run) { return QByteArray::fromStdString(run.value("ended_early", "")).startsWith(words) && run.at("name") == "mock-model"; }));
}

void TestBenchEndpoint::goalsAndCurrencyInTheTable()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran ran = bench(mock, {QStringLiteral("--output-tokens"), QStringLiteral("8"), QStringLiteral("--runs"), QStringLiteral("40"), QStringLiteral("--slo"), QStringLiteral("ttft=20,tpot=20"),
                                 QStringLiteral("--slo"), QStringLiteral("e2e=0.000001"), QStringLiteral("--prices"), QStringLiteral("1,2"), QStringLiteral("--currency"),
                                 QStringLiteral("EUR")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const auto lineWith = [&](const QByteArray &begin) {
        for (const QByteArray &line : ran.out.split('\n')) {
            if (line.trimmed().startsWith(begin))
                return line.simplified();
        }
        return QByteArray();
    };
    QVERIFY2(ran.out.contains("A good request keeps ttft 20.0 s, tpot 20.0 s\n") && ran.out.contains("A good request keeps e2e 1.00 us\n"), ran.out.constData());
    QVERIFY2(lineWith("Share of good answers (ttft=20,tpot=20) ").contains(" 100 "), ran.out.constData());
    QVERIFY2(lineWith("Share of good answers (e2e=0.000001) ").contains(" 0 "), ran.out.constData());
    QVERIFY2(lineWith("Cost of a request (EUR) ").contains("n = 40"), ran.out.constData());
    QVERIFY2(lineWith("Spent: ").endsWith(" EUR"), ran.out.constData());
    QVERIFY(!ran.out.contains("USD"));
}

/// The name stands for a server that only the proxy knows, and whose certificate only --ca-file makes a known one.
void TestBenchEndpoint::throughAProxyToAnOwnAuthority()
{
    if (!TlsProxy::isInstalled())
        QSKIP("nghttpx is missing (Debian: nghttp2-proxy)");
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    QTemporaryDir folder;
    TlsProxy server;
    QVERIFY(server.start(mock.port(), folder.path(), Certificate::OfAnother));
    const QString address = QStringLiteral("model.invalid:") + server.url().section(QLatin1Char(':'), -1), url = QStringLiteral("https://") + address;
    TunnelProxy proxy;
    const QStringList byProxy{QStringLiteral("--proxy"), QString::fromStdString(proxy.url())}, known{QStringLiteral("--ca-file"), server.certificate()};
    const QStringList inspect{QStringLiteral("inspect"), url, QStringLiteral("--json")}, measure = QStringList{QStringLiteral("bench"), url} + small();
    for (const QStringList &call : {inspect, measure}) {
        QCOMPARE(runAssay(call + known).exitCode, 69); // no such name without the proxy
        const Ran unknown = runAssay(call + byProxy);
        QVERIFY2(unknown.exitCode == 69 && unknown.err.contains("certificate"), unknown.err.constData());
        QVERIFY(mock.requests().empty());
    }
    const Ran inspected = runAssay(inspect + byProxy + known);
    QVERIFY2(inspected.exitCode == 0 && inspected.out.contains("mock-model"), inspected.err.constData());
    const Ran measured = runAssay(measure + byProxy + known);
    QVERIFY2(measured.exitCode == 0, measured.err.constData());
    QCOMPARE(parsed(measured.out).at("runs").at(0).at("points").at(0).at("counted").get<int>(), 6);
    for (const std::string &head : proxy.heads())
        QVERIFY2(head.starts_with("CONNECT " + address.toStdString() + " "), head.c_str());
}

void TestBenchEndpoint::comparedWithEachOther()
{
    MockEndpoint first(quickScript()), second(quickScript());
    QVERIFY(first.start() && second.start());
    const Ran ran = runAssay({QStringLiteral("compare"), QString::fromStdString(first.url()), QString::fromStdString(second.url() + "/v1"),
                              QStringLiteral("--output-tokens"), QStringLiteral("4")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    for (const QByteArray &line : ran.out.split('\n')) {
        if (line.contains("Time to first token (TTFT)"))
            QVERIFY2(line.count(" ms") == 2 && !line.contains(" - "), line.constData());
        if (line.contains("Counted requests"))
            QVERIFY2(line.count("7") >= 2, line.constData()); // the usual number of runs
    }
    QVERIFY(ran.out.contains("Time to first token (TTFT)") && ran.out.contains("Counted requests"));
    // What is there is not measured again, other lengths are.
    const auto asked = [&first] {
        const std::vector<MockRequest> requests = first.requests();
        return std::count_if(requests.begin(), requests.end(), [](const MockRequest &request) { return request.method == "POST"; });
    };
    const auto before = asked();
    for (const auto &[length, more] : {std::pair("4", false), {"6", true}}) {
        const Ran again = runAssay({QStringLiteral("compare"), QString::fromStdString(first.url()), QString::fromStdString(second.url() + "/v1"),
                                    QStringLiteral("--output-tokens"), QLatin1String(length)});
        QVERIFY2(again.exitCode == 0, again.err.constData());
        QCOMPARE(asked() > before, more);
    }
}

void TestBenchEndpoint::everyDialect_data()
{
    QTest::addColumn<QString>("dialect");
    for (const Dialect &dialect : dialects())
        QTest::newRow(dialect.id) << QString::fromLatin1(dialect.id);
}

void TestBenchEndpoint::everyDialect()
{
    QFETCH(QString, dialect);
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran ran = bench(mock, small() + QStringList{QStringLiteral("--dialect"), dialect, QStringLiteral("--model"), QStringLiteral("mock-model")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const json out = parsed(ran.out);
    const json &point = out.at("runs").at(0).at("points").at(0);
    QCOMPARE(point.at("load").get<std::string>(), std::string("closed loop, 1 in flight"));
    QCOMPARE(point.at("counted").get<int>(), 6);
    QVERIFY(point.at("failures").empty());
    const double ttft = point.at("metrics").at("ttft").at("value").get<double>();
    QVERIFY2(ttft >= 0.002, std::to_string(ttft).c_str());
    QVERIFY(out.at("runs").at(0).at("run").at("requests").at("count").get<int>() >= 6);
}

void TestBenchEndpoint::foundByAsking()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran ran = bench(mock, small());
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const json run = parsed(ran.out).at("runs").at(0);
    QCOMPARE(run.at("subject").get<std::string>(), std::string("mock-model"));
    QVERIFY(ran.err.contains("Before the start: "));
    QVERIFY(ran.err.contains("After the pilot: "));
}

void TestBenchEndpoint::plansAreSavedAndRead()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("plan.json"));
    const QStringList made{QStringLiteral("bench"), QStringLiteral("--preset"), QStringLiteral("chat"), QStringLiteral("--rate"), QStringLiteral("20"),
                           QStringLiteral("--requests"), QStringLiteral("5"), QStringLiteral("--output-tokens"), QStringLiteral("4"),
                           QStringLiteral("--depth"), QStringLiteral("0"), QStringLiteral("--save-plan"), file};
    const Ran saved = runAssay(made);
    QVERIFY2(saved.exitCode == 0, saved.err.constData());
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran ran = bench(mock, {QStringLiteral("--plan"), file, QStringLiteral("--json")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const json run = parsed(ran.out).at("runs").at(0);
    QCOMPARE(run.at("points").size(), size_t(1));
    QCOMPARE(run.at("points").at(0).at("load").get<std::string>(), std::string("open loop, Poisson 20/s"));
    QCOMPARE(run.at("points").at(0).at("counted").get<int>(), 5);
    QVERIFY(run.at("points").at(0).at("metrics").contains("goodput"));
    QFile damaged(file);
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("{\"prompt_tokens\": \"many\"}");
    damaged.close();
    const Ran refused = bench(mock, {QStringLiteral("--plan"), file, QStringLiteral("--json")});
    QCOMPARE(refused.exitCode, 65);
    QVERIFY2(refused.err.contains("prompt_tokens"), refused.err.constData());
    QCOMPARE(parsed(refused.out).at("error").at("code").get<std::string>(), std::string("plan.damaged"));
}

void TestBenchEndpoint::levelsAndNotes()
{
    MockScript script = quickScript();
    script.fault = MockFault::ErrorInStream;
    script.faultShare = 0.2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const Ran ran = bench(mock, {QStringLiteral("--concurrency"), QStringLiteral("1,2"), QStringLiteral("--runs"), QStringLiteral("20"),
                                 QStringLiteral("--output-tokens"), QStringLiteral("8"), QStringLiteral("--prices"), QStringLiteral("1,2"),
                                 QStringLiteral("--as"), QStringLiteral("vllm")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    for (const char *text : {"closed loop, 1 in flight", "closed loop, 2 in flight", "! Error", "Spent: ", "USD", "Mean TTFT (ms)"})
        QVERIFY2(ran.out.contains(text), (QByteArray(text) + " is not in " + ran.out).constData());
}

void TestBenchEndpoint::wrongUsage_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("both loops") << QStringList{QStringLiteral("--rate"), QStringLiteral("1"), QStringLiteral("--concurrency"), QStringLiteral("1")};
    QTest::newRow("no rate") << QStringList{QStringLiteral("--rate"), QStringLiteral("0")};
    QTest::newRow("no number") << QStringList{QStringLiteral("--rate"), QStringLiteral("fast")};
    QTest::newRow("no level") << QStringList{QStringLiteral("--concurrency"), QStringLiteral(",")};
    QTest::newRow("batches of an endpoint") << QStringList{QStringLiteral("--batch"), QStringLiteral("4")};
    QTest::newRow("money without prices") << QStringList{QStringLiteral("--limit-money"), QStringLiteral("1")};
    QTest::newRow("one price") << QStringList{QStringLiteral("--prices"), QStringLiteral("1")};
    QTest::newRow("no such SLO") << QStringList{QStringLiteral("--slo"), QStringLiteral("speed=1")};
    QTest::newRow("no such preset") << QStringList{QStringLiteral("--preset"), QStringLiteral("none")};
    QTest::newRow("no such dialect") << QStringList{QStringLiteral("--dialect"), QStringLiteral("none")};
    QTest::newRow("no times") << QStringList{QStringLiteral("--repeat"), QStringLiteral("0")};
    QTest::newRow("no span") << QStringList{QStringLiteral("--repeat"), QStringLiteral("2"), QStringLiteral("--every"), QStringLiteral("soon")};
    QTest::newRow("a span without times") << QStringList{QStringLiteral("--every"), QStringLiteral("1h")};
    QTest::newRow("prompts of an endpoint") << QStringList{QStringLiteral("--prompt"), QStringLiteral("text")};
    QTest::newRow("no such tool") << QStringList{QStringLiteral("--as"), QStringLiteral("none")};
    QTest::newRow("no such cache") << QStringList{QStringLiteral("--cache"), QStringLiteral("lukewarm")};
    QTest::newRow("no such run") << QStringList{QStringLiteral("--resume")};
    QTest::newRow("no key there") << QStringList{QStringLiteral("--key-env"), QStringLiteral("ASSAY_TEST_NO_SUCH_VARIABLE")};
}

void TestBenchEndpoint::wrongUsage()
{
    QFETCH(QStringList, options);
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran ran = bench(mock, options);
    QCOMPARE(ran.exitCode, 64);
    QVERIFY(ran.out.isEmpty());
    QVERIFY(ran.err.startsWith("assay: "));
    for (const MockRequest &request : mock.requests()) // what it is may have been asked
        QCOMPARE(request.method, std::string("GET"));
}

void TestBenchEndpoint::errorsHaveCodes()
{
    const Ran resumed = runAssay({QStringLiteral("bench"), QStringLiteral("--resume"), QStringLiteral("no-such-run"), QStringLiteral("--json")});
    QCOMPARE(parsed(resumed.out).at("error").at("code").get<std::string>(), std::string("run.missing"));
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran keyless = bench(mock, {QStringLiteral("--key-env"), QStringLiteral("ASSAY_TEST_NO_SUCH_VARIABLE"), QStringLiteral("--json")});
    QCOMPARE(parsed(keyless.out).at("error").at("code").get<std::string>(), std::string("key.missing"));
}

void TestBenchEndpoint::unreachable()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const QString url = QString::fromStdString(mock.url());
    mock.stop();
    const Ran asked = runAssay({QStringLiteral("bench"), url});
    QCOMPARE(asked.exitCode, 69);
    const Ran named = runAssay({QStringLiteral("bench"), url, QStringLiteral("--dialect"), QStringLiteral("vllm"), QStringLiteral("--model"), QStringLiteral("m")});
    QCOMPARE(named.exitCode, 69);
    QVERIFY2(named.err.contains("cannot be reached"), named.err.constData());
}

void TestBenchEndpoint::everyCommandGoesThroughTheProxy_data()
{
    QTest::addColumn<QString>("command");
    for (const char *command : {"inspect", "bench", "compare", "evaluate"})
        QTest::newRow(command) << QString::fromLatin1(command);
}

/// The proxy refuses; nobody else would ever say so of a host that there is not.
void TestBenchEndpoint::everyCommandGoesThroughTheProxy()
{
    QFETCH(QString, command);
    const QString url = QStringLiteral("http://model.invalid:8000/v1");
    const Ran ran = runAssay({command, url, QStringLiteral("--proxy"), QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--ca-file"), QStringLiteral("own.pem")});
    QVERIFY(ran.exitCode != 0);
    QVERIFY2(ran.err.contains("Connection refused"), ran.err.constData());
    const Ran usage = runAssay({command, url, QStringLiteral("--http"), QStringLiteral("3")});
    QVERIFY2(usage.err.contains("auto|1|2"), usage.err.constData());
}

void TestBenchEndpoint::keysAreNeverShown()
{
    const QByteArray key = "sk-secret-0123456789abcdef";
    for (const bool right : {true, false}) {
        MockScript script = quickScript();
        script.key = right ? key.toStdString() : "another one";
        MockEndpoint mock(script);
        QVERIFY(mock.start());
        qputenv("ASSAY_TEST_KEY", key);
        const Ran ran = bench(mock, small() + QStringList{QStringLiteral("--key-env"), QStringLiteral("ASSAY_TEST_KEY"), QStringLiteral("--dialect"), QStringLiteral("vllm"),
                                                          QStringLiteral("--model"), QStringLiteral("mock-model")});
        qunsetenv("ASSAY_TEST_KEY");
        QCOMPARE(ran.exitCode, right ? 0 : 69);
        QVERIFY(!ran.out.contains("0123456789abcdef") && !ran.err.contains("0123456789abcdef"));
    }
}

// Issue 5, 1: resume after a crash; every request's raw record is on disk when it ends.
void TestBenchEndpoint::killedRunGoesOn()
{
    constexpr int kRequests = 100, kBefore = 60;
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    QTemporaryDir data;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ASSAY_DATA"), data.path());
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    QProcess killed;
    killed.setProcessEnvironment(environment);
    killed.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"),
                 {QStringLiteral("bench"), QString::fromStdString(mock.url()), QStringLiteral("--output-tokens"), QStringLiteral("8"),
                  QStringLiteral("--concurrency"), QStringLiteral("2"), QStringLiteral("--requests"), QString::number(kRequests)});
    QVERIFY(killed.waitForStarted());
    QVERIFY(QTest::qWaitFor([&] { return postsAt(mock).answered >= kBefore; }, 60'000));
    MockScript silent = quickScript();
    silent.fault = MockFault::Silent;
    mock.setScript(silent);
    // Both in flight hang and all others have ended: what comes to the disk now comes while the run is under way.
    QVERIFY2(QTest::qWaitFor([&] { return postsAt(mock).silent == 2; }, 60'000), "the run was over before it could be killed");
    const int ended = postsAt(mock).answered;
    QVERIFY(QTest::qWaitFor([&] { return recordsIn(data.path()) == ended; }, 60'000));
    QCOMPARE(killed.state(), QProcess::Running);
    killed.kill();
    QVERIFY(killed.waitForFinished());
    QCOMPARE(recordsIn(data.path()), ended);
    mock.setScript(quickScript());
    QProcess resumed;
    resumed.setProcessEnvironment(environment);
    resumed.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), {QStringLiteral("bench"), QStringLiteral("--resume"), QStringLiteral("--json")});
    QVERIFY(resumed.waitForFinished(60'000));
    const QByteArray complaints = resumed.readAllStandardError();
    QVERIFY2(resumed.exitCode() == 0, complaints.constData());
    const json run = parsed(resumed.readAllStandardOutput()).at("runs").at(0);
    QCOMPARE(run.at("run").at("header").at("state").get<std::string>(), std::string("finished"));
    std::set<int64_t> indices;
    int afterWarmup = 0;
    const auto read = benchRunFromJson(run.at("run"));
    QVERIFY(read);
    for (size_t i = 0; i < read->requests.size(); ++i) {
        QVERIFY(indices.insert(read->requests.at(i).index).second);
        afterWarmup += !read->requests.at(i).warmup;
    }
    QCOMPARE(afterWarmup, kRequests);
    // Asked again were those that were not on disk, and no other.
    QCOMPARE(postsAt(mock).answered - ended, int(indices.size()) - ended);
}

// Three sessions, of which the second fails and before the third of which the program is killed.
void TestBenchEndpoint::seriesOutlivesFailuresAndKilling()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    QTemporaryDir data;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ASSAY_DATA"), data.path());
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    QProcess killed;
    killed.setProcessEnvironment(environment);
    killed.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), QStringList{QStringLiteral("bench"), QString::fromStdString(mock.url())} + small() +
                                                                    QStringList{QStringLiteral("--repeat"), QStringLiteral("3"), QStringLiteral("--every"), QStringLiteral("2s")});
    QByteArray said;
    const auto says = [&](const char *text) {
        return QTest::qWaitFor([&] { said += killed.readAllStandardError(); return said.contains(text); }, 60'000);
    };
    QVERIFY2(says("Session 2 of 3"), said.constData());
    MockScript broken = quickScript();
    broken.fault = MockFault::Status;
    mock.setScript(broken);
    QVERIFY2(says("Session 2 failed, the series goes on"), said.constData());
    mock.setScript(quickScript());
    killed.kill();
    QVERIFY(killed.waitForFinished());
    QProcess resumed;
    resumed.setProcessEnvironment(environment);
    resumed.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), {QStringLiteral("bench"), QStringLiteral("--resume"), QStringLiteral("--json")});
    QVERIFY(resumed.waitForFinished(60'000));
    const QByteArray complaints = resumed.readAllStandardError();
    QVERIFY2(resumed.exitCode() == 0, complaints.constData());
    const json out = parsed(resumed.readAllStandardOutput()), &series = out.at("series").at("endpoints").at(0);
    QCOMPARE(series.at("planned").get<int>(), 3);
    QCOMPARE(series.at("sessions").get<int>(), 2);
    QCOMPARE(series.at("failed").get<int>(), 1);
    const json &ttft = series.at("points").at(0).at("metrics").at("ttft");
    QCOMPARE(ttft.at("n").get<int>(), 2);
    QVERIFY(ttft.at("value").get<double>() >= 0.002);
    QVERIFY(!ttft.at("by_hour").empty());
    std::map<int, std::string> states;
    for (const json &run : out.at("runs"))
        states.emplace(run.at("run").at("header").at("series").at("session").get<int>(), run.at("run").at("header").at("state").get<std::string>());
    QCOMPARE(states, (std::map<int, std::string>{{0, "finished"}, {1, "failed"}, {2, "finished"}}));
    // What was measured is one figure over the sessions from now on, and says so; there is nothing more to resume.
    QProcess again;
    again.setProcessEnvironment(environment);
    again.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), {QStringLiteral("bench"), QStringLiteral("--resume")});
    QVERIFY(again.waitForFinished(60'000) && again.exitCode() != 0);
    again.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), {QStringLiteral("compare"), QString::fromStdString(mock.url()), QStringLiteral("--output-tokens"), QStringLiteral("8"), QStringLiteral("--json")});
    QVERIFY(again.waitForFinished(60'000));
    const QByteArray compared = again.readAllStandardOutput();
    QVERIFY2(compared.contains("2 sessions over") && !compared.contains("Spot check"), compared.constData());
}

// While a process waits for its second session nobody else goes on with the series; when it has gone, anybody does.
void TestBenchEndpoint::seriesOfAnotherProcess()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    QTemporaryDir data;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ASSAY_DATA"), data.path());
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    const QStringList resume{QStringLiteral("bench"), QStringLiteral("--resume")};
    const auto waits = [](QProcess &process) {
        QByteArray said;
        const bool did = QTest::qWaitFor([&] { said += process.readAllStandardError(); return said.contains("Session 2 of 2 begins at"); }, 60'000);
        return did ? QByteArray() : said + "?";
    };
    QProcess first;
    first.setProcessEnvironment(environment);
    first.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), QStringList{QStringLiteral("bench"), QString::fromStdString(mock.url())} + small() +
                                                                   QStringList{QStringLiteral("--repeat"), QStringLiteral("2"), QStringLiteral("--every"), QStringLiteral("1h")});
    QCOMPARE(waits(first), QByteArray());
    const auto asked = mock.answered();
    QProcess second;
    second.setProcessEnvironment(environment);
    second.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), resume);
    QVERIFY(second.waitForFinished(60'000)); // it does not wait for the hour
    QCOMPARE(second.exitCode(), 64);
    const QByteArray refused = second.readAllStandardError();
    QVERIFY2(refused.contains("another process (" + QByteArray::number(first.processId()) + ") is measuring this"), refused.constData());
    QCOMPARE(mock.answered(), asked);
    first.kill();
    QVERIFY(first.waitForFinished());
    second.start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), resume);
    QCOMPARE(waits(second), QByteArray());
    second.kill();
    QVERIFY(second.waitForFinished());
}

QTEST_GUILESS_MAIN(TestBenchEndpoint)
#include "tst_benchendpoint.moc"
