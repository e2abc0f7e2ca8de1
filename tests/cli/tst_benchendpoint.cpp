// SPDX-License-Identifier: GPL-3.0-or-later
// assay bench http://..., against the mock endpoint over real sockets.
#include "core/bench/run.h"
#include "core/endpoint/dialect.h"
#include "core/mock/mockendpoint.h"
#include "core/service/recordbatch.h"
#include "tests/cli/runner.h"

#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
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
    void keysAreNeverShown();
    void killedRunGoesOn();
    void suitesAreAsked();
    void suitesAreAskedWithTheNamedKey();
    void comparedWithEachOther();
};

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

// The variable is asked for the probing and for the items, the named one alone.
void TestBenchEndpoint::suitesAreAskedWithTheNamedKey()
{
    MockScript script = quickScript();
    script.key = "sk-secret-0123456789abcdef";
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const QStringList evaluate{QStringLiteral("evaluate"), QString::fromStdString(mock.url()), QStringLiteral("--suite"), QStringLiteral("addition"), QStringLiteral("--json")};
    const QStringList named = evaluate + QStringList{QStringLiteral("--key-env"), QStringLiteral("ASSAY_TEST_KEY")};
    const Ran missing = runAssay(named);
    QCOMPARE(parsed(missing.out).at("error").at("code").get<std::string>(), std::string("key.missing"));
    QCOMPARE(mock.answered(), int64_t(0));
    qputenv("ASSAY_TEST_KEY", QByteArray::fromStdString(script.key));
    const Ran ran = runAssay(named);
    qunsetenv("ASSAY_TEST_KEY");
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QCOMPARE(parsed(ran.out).at("results").at(0).at("outcomes").at("error").get<int>(), 0);
    QVERIFY(!ran.out.contains("0123456789abcdef") && !ran.err.contains("0123456789abcdef"));
}

// The mock's answers are right by no accident: all are judged, none is an error.
void TestBenchEndpoint::suitesAreAsked()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran ran = runAssay({QStringLiteral("evaluate"), QString::fromStdString(mock.url()), QStringLiteral("--suite"), QStringLiteral("addition"), QStringLiteral("--json")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const json outcomes = parsed(ran.out).at("results").at(0).at("outcomes");
    QCOMPARE(outcomes.at("error").get<int>(), 0);
    QVERIFY(outcomes.at("wrong").get<int>() + outcomes.at("unparsed").get<int>() > 50);
}

QTEST_GUILESS_MAIN(TestBenchEndpoint)
#include "tst_benchendpoint.moc"
