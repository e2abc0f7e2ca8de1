// SPDX-License-Identifier: GPL-3.0-or-later
// assay evaluate and assay rescore: killed in the middle and gone on with, of a model with a real worker and of the mock endpoint over real
// sockets; what a run that goes on takes from its card; how endpoints are named.
#include "core/evaluate/evaluation.h"
#include "core/mock/mockendpoint.h"
#include "tests/cli/runner.h"

#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

const QString kModel = QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/distilled");
constexpr int kPatience = 60'000; // ms

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

/// Programs that share a data folder of their own.
class DataFolder
{
public:
    std::unique_ptr<QProcess> start(const QStringList &arguments) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("ASSAY_DATA"), m_folder.path());
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        environment.insert(QStringLiteral("LANGUAGE"), QStringLiteral("en"));
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), arguments);
        return process;
    }
    Ran run(const QStringList &arguments) const
    {
        const auto process = start(arguments);
        Ran ran;
        if (process->waitForFinished(kPatience))
            ran = {process->exitCode(), process->readAllStandardOutput(), process->readAllStandardError()};
        return ran;
    }
    /// The answers on disk, as they came, while another program writes there; empty as long as it cannot be read.
    QStringList answers() const
    {
        QStringList out;
        {
            QSqlDatabase store = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
            store.setDatabaseName(m_folder.filePath(QStringLiteral("runs.sqlite")));
            store.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
            QSqlQuery query(store);
            if (store.open() && query.exec(QStringLiteral("SELECT body FROM answers ORDER BY row"))) {
                while (query.next())
                    out << query.value(0).toString();
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("look"));
        return out;
    }

private:
    QTemporaryDir m_folder;
};

/// Half choices, half answers in words, in a file of the user's own; 300 items.
QString writeSuite(const QTemporaryDir &folder)
{
    const QString path = folder.filePath(QStringLiteral("mine.jsonl"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(R"({"suite":"mine","scoring":"mixed","stop":["\n"],"max_tokens":24})" "\n");
    for (int i = 0; i < 300; ++i) {
        const QByteArray prompt = "add      " + QByteArray::number(11 + i) + "+      " + QByteArray::number(7 * i % 90 + 10) + ":";
        const QByteArray what = i % 2 ? QByteArray(R"(,"answer":"160"})") : QByteArray(R"(,"choices":["61","99","160"],"answer":1})");
        file.write("{\"id\":\"m" + QByteArray::number(i) + "\",\"task\":\"add\",\"prompt\":\"" + prompt + "\"" + what + "\n");
    }
    return path;
}

std::map<std::string, ItemResult> itemsOf(const Ran &ran)
{
    std::map<std::string, ItemResult> out;
    const json all = parsed(ran.out);
    if (all.is_discarded())
        return out;
    const auto run = evaluationRunFromJson(all.at("results").at(0).at("run"));
    for (const ItemResult &item : run ? run->items : ItemRows())
        out.emplace(item.itemId, item);
    return out;
}

bool sameAnswer(const ItemResult &a, const ItemResult &b)
{
    // What is computed together may differ in the last bits.
    const auto near = [](const ChoiceLikelihood &x, const ChoiceLikelihood &y) { return std::abs(x.logLikelihood - y.logLikelihood) < 1e-3 && x.tokens == y.tokens; };
    return a.given.output == b.given.output && a.judged.outcome == b.judged.outcome && a.given.choices.size() == b.given.choices.size() &&
           std::equal(a.given.choices.begin(), a.given.choices.end(), b.given.choices.begin(), near);
}

int postsOf(const MockEndpoint &mock, MockFault fault)
{
    const auto requests = mock.requests();
    return int(std::ranges::count_if(requests, [&](const MockRequest &one) { return one.method == "POST" && one.fault == fault && (fault != MockFault::None || one.ended > 0); }));
}

} // namespace

class TestEvaluateCommand : public QObject
{
    Q_OBJECT
private slots:
    void killedModelRunGoesOn();
    void killedEndpointRunGoesOn();
    void cardIsNotContradicted();
    void endpointsAreNamed();
    void severalSamples();
    void rescores();
    void suitesAreAsked();
    void suitesAreAskedWithTheNamedKey();
};

/// The suite's file is gone when the run goes on: the store keeps it.
void TestEvaluateCommand::killedModelRunGoesOn()
{
    QTemporaryDir files;
    const QString suite = writeSuite(files);
    const QStringList evaluate{QStringLiteral("evaluate"), kModel, QStringLiteral("--suite"), suite, QStringLiteral("--json")};
    const DataFolder broken, whole;
    const auto killed = broken.start(evaluate);
    QVERIFY(killed->waitForStarted());
    QVERIFY(QTest::qWaitFor([&] { return broken.answers().size() >= 40 || killed->state() == QProcess::NotRunning; }, kPatience));
    killed->kill();
    QVERIFY(killed->waitForFinished());
    const QStringList before = broken.answers();
    QVERIFY2(before.size() >= 40 && before.size() < 300, QByteArray::number(before.size()).constData());
    const Ran unbroken = whole.run(evaluate);
    QVERIFY2(unbroken.exitCode == 0, unbroken.err.constData());
    QVERIFY(QFile::remove(suite));
    const Ran resumed = broken.run({QStringLiteral("evaluate"), QStringLiteral("--resume"), QStringLiteral("--json")});
    QVERIFY2(resumed.exitCode == 0, resumed.err.constData());
    // What was there is as it came: it was not asked again.
    const QStringList after = broken.answers();
    QCOMPARE(after.size(), qsizetype(300));
    QCOMPARE(after.mid(0, before.size()), before);
    const auto one = itemsOf(resumed), other = itemsOf(unbroken);
    QCOMPARE(one.size(), size_t(300));
    QCOMPARE(other.size(), size_t(300));
    for (const auto &[id, item] : one)
        QVERIFY2(sameAnswer(item, other.at(id)), id.c_str());
    const json first = parsed(unbroken.out), second = parsed(resumed.out);
    QVERIFY(second.at("results").at(0).at("accuracy") == first.at("results").at(0).at("accuracy"));
}

/// What k answers to each item come to is told as the field tells it, and held against counting them here.
void TestEvaluateCommand::severalSamples()
{
    QTemporaryDir files;
    const QString suite = files.filePath(QStringLiteral("few.jsonl"));
    QFile file(suite);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"suite":"few","scoring":"generate","stop":["\n"],"max_tokens":8})" "\n");
    for (const char *letters : {"a c b", "k q b", "d a z m"}) {
        QStringList sorted = QString::fromLatin1(letters).split(u' ');
        sorted.sort();
        file.write(QStringLiteral("{\"id\":\"%1\",\"prompt\":\"sort %1:\",\"answer\":\"%2\"}\n").arg(QLatin1String(letters), sorted.join(u' ')).toUtf8());
    }
    file.close();
    const DataFolder data;
    const QStringList evaluate{QStringLiteral("evaluate"), kModel, QStringLiteral("--suite"), suite, QStringLiteral("--samples"), QStringLiteral("4"),
                               QStringLiteral("--temperature"), QStringLiteral("2"), QStringLiteral("--seed"), QStringLiteral("5")};
    const Ran told = data.run(evaluate + QStringList{QStringLiteral("--json")});
    QVERIFY2(told.exitCode == 0, told.err.constData());
    const json result = parsed(told.out).at("results").at(0);
    const auto run = evaluationRunFromJson(result.at("run"));
    QVERIFY(run && run->items.size() == 12);
    std::map<std::string, int> right;
    for (const ItemResult &item : run->items)
        right[item.itemId] += item.judged.outcome == Outcome::Right;
    double any = 0, share = 0;
    for (const auto &[id, count] : right) {
        any += count > 0;
        share += count / 4.0;
    }
    QCOMPARE(result.at("samples").at("k").get<int>(), 4);
    QVERIFY(std::abs(result.at("samples").at("pass").at("value").get<double>() - any / 3) < 1e-12);
    QVERIFY(std::abs(result.at("samples").at("avg").at("value").get<double>() - share / 3) < 1e-12);
    const Ran shown = data.run(evaluate);
    QVERIFY2(shown.exitCode == 0 && shown.out.contains("pass@4 "), shown.out.constData());
    const Ran once = data.run({QStringLiteral("evaluate"), kModel, QStringLiteral("--suite"), suite});
    QVERIFY2(once.exitCode == 0 && !once.out.contains("pass@"), once.out.constData());
}

/// Killed while requests hang: every answer that had come is on disk, and no other is asked again.
void TestEvaluateCommand::killedEndpointRunGoesOn()
{
    constexpr int kItems = 119;
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const DataFolder data;
    const auto killed = data.start({QStringLiteral("evaluate"), QString::fromStdString(mock.url()), QStringLiteral("--suite"), QStringLiteral("addition"), QStringLiteral("--concurrency"),
                                    QStringLiteral("2"), QStringLiteral("--max-tokens"), QStringLiteral("9")});
    QVERIFY(killed->waitForStarted());
    QVERIFY(QTest::qWaitFor([&] { return postsOf(mock, MockFault::None) >= 40; }, kPatience));
    MockScript silent = quickScript();
    silent.fault = MockFault::Silent;
    mock.setScript(silent);
    QVERIFY2(QTest::qWaitFor([&] { return postsOf(mock, MockFault::Silent) == 2; }, kPatience), "the run was over before it could be killed");
    const int answered = postsOf(mock, MockFault::None);
    const auto onDisk = [&] { return int(data.answers().size()); };
    QVERIFY(QTest::qWaitFor([&] { return onDisk() > 0 && onDisk() + 3 >= answered; }, kPatience)); // one or two POSTs were the probing's
    QTest::qWait(200);
    const int kept = onDisk();
    killed->kill();
    QVERIFY(killed->waitForFinished());
    QCOMPARE(onDisk(), kept);
    mock.setScript(quickScript());
    const Ran resumed = data.run({QStringLiteral("evaluate"), QStringLiteral("--resume"), QStringLiteral("--json")});
    QVERIFY2(resumed.exitCode == 0, resumed.err.constData());
    const auto items = itemsOf(resumed);
    QCOMPARE(items.size(), size_t(kItems));
    QCOMPARE(postsOf(mock, MockFault::None) - answered, kItems - kept); // what was missing, and no probing
    const json run = parsed(resumed.out).at("results").at(0).at("run");
    QCOMPARE(run.at("protocol").at("max_tokens").get<int>(), 9);
    for (const MockRequest &request : mock.requests()) {
        if (request.method == "POST" && request.body.find("add ") != std::string::npos)
            QVERIFY2(request.body.find("\"max_tokens\":9") != std::string::npos, request.body.c_str());
    }
}

/// Options that contradict the card are refused, one sentence each; those that say the same are not.
void TestEvaluateCommand::cardIsNotContradicted()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const DataFolder data;
    const QString url = QString::fromStdString(mock.url());
    const QStringList end{QStringLiteral("--limit-requests"), QStringLiteral("5"), QStringLiteral("--retries"), QStringLiteral("0"), QStringLiteral("--concurrency"), QStringLiteral("1"),
                          QStringLiteral("--json")};
    const Ran first = data.run(QStringList{QStringLiteral("evaluate"), url, QStringLiteral("--suite"), QStringLiteral("sorting"), QStringLiteral("--temperature"), QStringLiteral("0.5"),
                                           QStringLiteral("--dialect"), QStringLiteral("vllm"), QStringLiteral("--model"), QStringLiteral("mock-model")} + end);
    QVERIFY2(first.exitCode == 0, first.err.constData());
    QCOMPARE(itemsOf(first).size(), size_t(5));
    const QStringList resume{QStringLiteral("evaluate"), QStringLiteral("--resume")};
    const std::vector<std::pair<QStringList, const char *>> contradictions{
        {{QStringLiteral("--temperature"), QStringLiteral("0.7")}, "the run began with --temperature 0.5, which cannot be changed while it goes on"},
        {{QStringLiteral("--max-tokens"), QStringLiteral("7")}, "the run began without --max-tokens"},
        {{QStringLiteral("--samples"), QStringLiteral("4")}, "the run began with --samples 1"},
        {{QStringLiteral("--template"), QStringLiteral("tools")}, "the run began without --template"},
        {{QStringLiteral("--chat")}, "the run began without --chat"},
        {{QStringLiteral("--letters")}, "the run began without --letters"},
        {{QStringLiteral("--dialect"), QStringLiteral("openai-completions")}, "the run began with --dialect vllm"},
        {{QStringLiteral("--model"), QStringLiteral("other")}, "the run began with --model mock-model"},
        {{QStringLiteral("--suite"), QStringLiteral("addition")}, "is not the one that the run began with"},
    };
    const auto asked = mock.answered();
    for (const auto &[options, sentence] : contradictions) {
        const Ran refused = data.run(resume + options);
        QCOMPARE(refused.exitCode, 64);
        QVERIFY2(refused.err.contains(sentence), refused.err.constData());
    }
    QCOMPARE(mock.answered(), asked);
    const Ran same = data.run(resume + QStringList{QStringLiteral("--temperature"), QStringLiteral("0.5"), QStringLiteral("--dialect"), QStringLiteral("vllm"), QStringLiteral("--limit-requests"),
                                                  QStringLiteral("9"), QStringLiteral("--retries"), QStringLiteral("0"), QStringLiteral("--json")});
    QVERIFY2(same.exitCode == 0, same.err.constData());
    QCOMPARE(itemsOf(same).size(), size_t(9)); // limits are of the whole run: four more
}

/// With both names nothing is asked but the items; an option of endpoints that none is given for is a mistake.
void TestEvaluateCommand::endpointsAreNamed()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const QStringList evaluate{QStringLiteral("evaluate"), QString::fromStdString(mock.url()), QStringLiteral("--suite"), QStringLiteral("recall"), QStringLiteral("--items"),
                               QStringLiteral("6"), QStringLiteral("--json")};
    const Ran ran = runAssay(evaluate + QStringList{QStringLiteral("--model"), QStringLiteral("mock-model"), QStringLiteral("--dialect"), QStringLiteral("openai-completions")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QCOMPARE(mock.answered(), int64_t(6));
    for (const MockRequest &request : mock.requests())
        QCOMPARE(request.path, std::string("/v1/completions"));
    const json run = parsed(ran.out).at("results").at(0).at("run");
    QCOMPARE(run.at("header").at("environment").at("worker").get<std::string>(), std::string("openai-completions"));
    QCOMPARE(run.at("protocol").at("chat_template").get<std::string>(), std::string());
    const Ran unknown = runAssay(evaluate + QStringList{QStringLiteral("--dialect"), QStringLiteral("latin")});
    QCOMPARE(unknown.exitCode, 64);
    const Ran model = runAssay({QStringLiteral("evaluate"), kModel, QStringLiteral("--suite"), QStringLiteral("recall"), QStringLiteral("--dialect"), QStringLiteral("vllm")});
    QCOMPARE(model.exitCode, 64);
    QVERIFY2(model.err.contains("--dialect is for endpoints"), model.err.constData());
}

void TestEvaluateCommand::rescores()
{
    MockScript script = quickScript();
    script.pieces = 1;
    script.words = {"The answer is 6"};
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const DataFolder data;
    const Ran ran = data.run({QStringLiteral("evaluate"), QString::fromStdString(mock.url()), QStringLiteral("--suite"), QStringLiteral("recall"), QStringLiteral("--json")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const json before = parsed(ran.out).at("results").at(0);
    const int right = before.at("outcomes").at("right").get<int>();
    const QString id = QString::fromStdString(before.at("run").at("header").at("id").get<std::string>());
    int sixes = 0;
    for (const json &item : before.at("run").at("items"))
        sixes += item.at("expected").get<std::string>() == "6";
    QVERIFY(sixes > 0 && right != sixes);
    const auto asked = mock.answered();
    const Ran again = data.run({QStringLiteral("rescore"), id.left(8), QStringLiteral("--scorer"), QStringLiteral("number"), QStringLiteral("--json")});
    QVERIFY2(again.exitCode == 0, again.err.constData());
    const json result = parsed(again.out).at("results").at(0);
    QCOMPARE(result.at("before").at("outcomes").at("right").get<int>(), right);
    QCOMPARE(result.at("after").at("outcomes").at("right").get<int>(), sixes);
    QCOMPARE(result.at("after").at("scorer").get<std::string>().substr(0, 6), std::string("number"));
    QCOMPARE(result.at("judged").get<int>(), int(before.at("run").at("items").size()));
    QCOMPARE(mock.answered(), asked); // nothing is asked
    // It is kept: the suite's own scorer now has that as the judgement before.
    const Ran back = data.run({QStringLiteral("rescore"), id, QStringLiteral("--json")});
    QVERIFY2(back.exitCode == 0, back.err.constData());
    QCOMPARE(parsed(back.out).at("results").at(0).at("before").at("outcomes").at("right").get<int>(), sixes);
    QCOMPARE(parsed(back.out).at("results").at(0).at("after").at("outcomes").at("right").get<int>(), right);
    QCOMPARE(data.run({QStringLiteral("rescore"), QStringLiteral("nosuch")}).exitCode, 64);
    const Ran scorer = data.run({QStringLiteral("rescore"), id, QStringLiteral("--scorer"), QStringLiteral("taste")});
    QVERIFY2(scorer.exitCode == 64 && scorer.err.contains("exact_match"), scorer.err.constData());
}

// The variable is asked for the probing and for the items, the named one alone.
void TestEvaluateCommand::suitesAreAskedWithTheNamedKey()
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
void TestEvaluateCommand::suitesAreAsked()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const Ran ran = runAssay({QStringLiteral("evaluate"), QString::fromStdString(mock.url()), QStringLiteral("--suite"), QStringLiteral("addition"), QStringLiteral("--json")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const json outcomes = parsed(ran.out).at("results").at(0).at("outcomes");
    QCOMPARE(outcomes.at("error").get<int>(), 0);
    QVERIFY(outcomes.at("wrong").get<int>() + outcomes.at("unparsed").get<int>() > 50);
}

QTEST_GUILESS_MAIN(TestEvaluateCommand)
#include "tst_evaluatecommand.moc"
