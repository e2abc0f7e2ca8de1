// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/translation.h"
#include "core/service/workerclient.h"
#include "tests/service/fakeworker.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <csignal>

using namespace assay;
using protocol::Json;

namespace {

/// A client that is started, and what became of it.
struct Started
{
    explicit Started(const WorkerCommand &command, int helloLimit = 30000) : client(command)
    {
        client.setHelloLimit(helloLimit);
        QObject::connect(&client, &WorkerClient::ready, [this] { ready = true; });
        QObject::connect(&client, &WorkerClient::failed,
                         [this](const Error &error) { errors.push_back(error); });
        QObject::connect(&client, &WorkerClient::logLine, [this](const QString &line) { log.append(line); });
        client.start();
    }
    bool settled() const { return ready || !errors.empty(); }
    ErrorCode code() const { return errors.empty() ? ErrorCode::Count_ : errors.front().code; }
    std::string sentence() const { return errors.empty() ? std::string() : errors.front().sentence(); }

    WorkerClient client;
    bool ready = false;
    std::vector<Error> errors;
    QStringList log;
};

const Json kMeasureForever = protocol::toJson(protocol::MeasureRequest{1, 8, 8, 1, 1000, 0, 1});

} // namespace

class TestWorkerClient : public QObject
{
    Q_OBJECT
private slots:
    void greets();
    void greetsInPieces();
    void failures_data();
    void failures();
    void missingProgramIsNamed();
    void silence_data();
    void silence();
    void longAnswersKeepTheirPlace();
    void deathNamesCodeAndLastLine();
    void deathInTheMiddle_data();
    void deathInTheMiddle();
    void answersExactlyOnce();
    void requestAfterTheEnd();
    void cancelAnswered();
    void cancelIgnored_data();
    void cancelIgnored();
    void unknownNotificationsAreIgnored();
    void logIsBounded();
    void stopEndsTheProcess();
    void destructionWithOpenRequests();
    void replyMayDeleteTheClient();
};

void TestWorkerClient::greets()
{
    Started worker(fakeWorker());
    QTRY_VERIFY(worker.settled());
    QVERIFY2(worker.ready, worker.sentence().c_str());
    QCOMPARE(worker.client.hello().worker, std::string("fakeworker 1"));
    QCOMPARE(worker.client.hello().pid, int64_t(worker.client.processId()));
    QCOMPARE(worker.client.hello().devices.size(), size_t(1));
}

void TestWorkerClient::greetsInPieces()
{
    Started worker(fakeWorker({QStringLiteral("hello=pieces")}));
    QTRY_VERIFY(worker.settled());
    QVERIFY2(worker.ready, worker.sentence().c_str());
}

void TestWorkerClient::failures_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("other version") << QStringLiteral("hello=old") << ErrorCode::WorkerTooOld;
    QTest::newRow("garbage") << QStringLiteral("hello=garbage") << ErrorCode::ProtocolViolation;
    QTest::newRow("endless line") << QStringLiteral("hello=long") << ErrorCode::ProtocolViolation;
    QTest::newRow("answer to nothing") << QStringLiteral("hello=null") << ErrorCode::ProtocolViolation;
    QTest::newRow("death") << QStringLiteral("hello=die") << ErrorCode::WorkerDied;
}

void TestWorkerClient::failures()
{
    QFETCH(QString, option);
    QFETCH(ErrorCode, code);
    Started worker(fakeWorker({option}));
    QTRY_VERIFY_WITH_TIMEOUT(worker.settled(), 20000);
    const qint64 pid = worker.client.processId();
    QCOMPARE(worker.code(), code);
    QVERIFY(!worker.ready);
    QVERIFY(worker.client.isOver());
    QTRY_VERIFY(!processKnown(pid) || pid == 0);
    QTest::qWait(50);
    QCOMPARE(worker.errors.size(), size_t(1));
}

void TestWorkerClient::missingProgramIsNamed()
{
    Started worker({QStringLiteral("/no/such/assay-worker"), {}});
    QVERIFY2(!worker.settled(), "nobody can have heard a failure within start()");
    QTRY_VERIFY(worker.settled());
    QCOMPARE(worker.code(), ErrorCode::WorkerMissing);
    QVERIFY(worker.sentence().find("/no/such/assay-worker") != std::string::npos);
}

void TestWorkerClient::silence_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("says nothing") << QStringLiteral("hello=silent");
    QTest::newRow("closes its output") << QStringLiteral("hello=close");
}

void TestWorkerClient::silence()
{
    QFETCH(QString, option);
    Started worker(fakeWorker({option}), 300);
    const qint64 pid = worker.client.processId();
    QTRY_VERIFY(worker.settled());
    QCOMPARE(worker.code(), ErrorCode::WorkerSilent);
    QTRY_VERIFY(!processKnown(pid));
}

void TestWorkerClient::deathNamesCodeAndLastLine()
{
    Started worker(fakeWorker({QStringLiteral("hello=die")}));
    QTRY_VERIFY(worker.settled());
    const std::string text = worker.sentence();
    QVERIFY2(text.find("3") != std::string::npos, text.c_str());
    QVERIFY2(text.find("libfake.so") != std::string::npos, text.c_str());
    QCOMPARE(worker.log.size(), 2);
}

void TestWorkerClient::deathInTheMiddle_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("part");
    QTest::newRow("exit") << QStringLiteral("measure=die") << QStringLiteral("instance of 'fake'");
    QTest::newRow("kill -9") << QStringLiteral("measure=kill") << QStringLiteral("memory");
}

void TestWorkerClient::deathInTheMiddle()
{
    QFETCH(QString, option);
    QFETCH(QString, part);
    Started worker(fakeWorker({option, QStringLiteral("log=3")}));
    QTRY_VERIFY(worker.ready);
    std::vector<Error> replies;
    int notified = 0;
    worker.client.request(
        protocol::method::kMeasure, kMeasureForever,
        [&](const Result<Json> &answer) {
            if (!answer)
                replies.push_back(answer.error());
        },
        [&](const std::string &, const Json &) { ++notified; });
    QTRY_VERIFY(!worker.errors.empty());
    QCOMPARE(notified, 3);
    QCOMPARE(replies.size(), size_t(1));
    QCOMPARE(replies[0].code, ErrorCode::WorkerDied);
    const QString sentence = QString::fromStdString(replies[0].sentence());
    QVERIFY2(sentence.contains(part), qPrintable(sentence));
    QVERIFY2(!sentence.contains(QStringLiteral("line ")), "a log line from before says nothing about the end");
}

void TestWorkerClient::answersExactlyOnce()
{
    Started worker(fakeWorker());
    QTRY_VERIFY(worker.ready);
    std::vector<int> answers(200, 0);
    for (int &count : answers)
        worker.client.request(protocol::method::kTokenize, Json::object(),
                              [&count](const Result<Json> &answer) { count += answer ? 1 : 100; });
    QTRY_COMPARE(std::count(answers.begin(), answers.end(), 1), 200);
    worker.client.giveUp({ErrorCode::Internal, {"test"}, {}});
    QTest::qWait(50);
    QCOMPARE(std::count(answers.begin(), answers.end(), 1), 200);
}

void TestWorkerClient::longAnswersKeepTheirPlace()
{
    Started worker(fakeWorker());
    QTRY_VERIFY(worker.ready);
    QStringList order;
    // An answer of half a megabyte is parsed on another thread; the short ones around it must not overtake
    // it.
    const Json plan = protocol::toJson(protocol::MeasureRequest{1, 8, 100, 1, 400, 0, 1});
    size_t answered = 0;
    worker.client.request(
        protocol::method::kMeasure, plan,
        [&](const Result<Json> &answer) {
            order.append(QStringLiteral("measure"));
            answered = answer ? answer->at("samples").size() : 0;
        },
        [&](const std::string &, const Json &) { order.append(QStringLiteral("sample")); });
    worker.client.request(protocol::method::kTokenize, Json::object(),
                          [&](const Result<Json> &) { order.append(QStringLiteral("tokenize")); });
    QTRY_COMPARE(order.size(), 402);
    QCOMPARE(order[399], QStringLiteral("sample"));
    QCOMPARE(order[400], QStringLiteral("measure"));
    QCOMPARE(order[401], QStringLiteral("tokenize"));
    QCOMPARE(answered, size_t(400));
}

void TestWorkerClient::requestAfterTheEnd()
{
    Started worker({QStringLiteral("/no/such/assay-worker"), {}});
    QTRY_VERIFY(worker.settled());
    std::optional<Error> error;
    worker.client.request(protocol::method::kTokenize, Json::object(),
                          [&](const Result<Json> &answer) { error = answer.error(); });
    QVERIFY(!error);
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->code, ErrorCode::WorkerMissing);
}

void TestWorkerClient::cancelAnswered()
{
    Started worker(fakeWorker({QStringLiteral("measure=slow")}));
    QTRY_VERIFY(worker.ready);
    std::optional<Error> error;
    int notified = 0;
    const int64_t id = worker.client.request(
        protocol::method::kMeasure, kMeasureForever,
        [&](const Result<Json> &answer) { error = answer.error(); },
        [&](const std::string &, const Json &) { ++notified; });
    QTRY_VERIFY(notified > 0);
    worker.client.cancel(id);
    worker.client.cancel(id);
    const int before = notified;
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->code, ErrorCode::Cancelled);
    QCOMPARE(notified, before);
    QVERIFY2(worker.client.isReady(), "a worker that answers is kept");
}

void TestWorkerClient::cancelIgnored_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("ends at SIGTERM") << QStringList{QStringLiteral("measure=slow"),
                                                    QStringLiteral("cancel=ignore")};
    QTest::newRow("ends at SIGKILL") << QStringList{
        QStringLiteral("measure=slow"), QStringLiteral("cancel=ignore"), QStringLiteral("term=ignore")};
}

void TestWorkerClient::cancelIgnored()
{
    QFETCH(QStringList, options);
    Started worker(fakeWorker(options));
    QTRY_VERIFY(worker.ready);
    const qint64 pid = worker.client.processId();
    std::optional<Error> error;
    const int64_t id = worker.client.request(protocol::method::kMeasure, kMeasureForever,
                                             [&](const Result<Json> &answer) { error = answer.error(); });
    worker.client.cancel(id);
    QTRY_VERIFY_WITH_TIMEOUT(error.has_value(), 20000);
    QCOMPARE(error->code, ErrorCode::Cancelled);
    QTRY_VERIFY(!processKnown(pid));
    QCOMPARE(worker.code(), ErrorCode::WorkerDied);
}

void TestWorkerClient::unknownNotificationsAreIgnored()
{
    Started worker(fakeWorker());
    QTRY_VERIFY(worker.ready);
    bool answered = false;
    // Without a receiver of its own a request's notifications go nowhere.
    worker.client.request(protocol::method::kMeasure, kMeasureForever,
                          [&](const Result<Json> &answer) { answered = answer.has_value(); });
    QTRY_VERIFY(answered);
    QVERIFY(worker.client.isReady());
}

void TestWorkerClient::logIsBounded()
{
    Started worker(fakeWorker({QStringLiteral("log=50000")}));
    QTRY_VERIFY_WITH_TIMEOUT(worker.settled(), 20000);
    QVERIFY(worker.ready);
    QTRY_COMPARE(worker.log.isEmpty() ? QString() : worker.log.last(), QStringLiteral("line 49999"));
}

void TestWorkerClient::stopEndsTheProcess()
{
    Started worker(fakeWorker());
    QTRY_VERIFY(worker.ready);
    const qint64 pid = worker.client.processId();
    worker.client.stop();
    QTRY_VERIFY(!processKnown(pid));
    QTRY_VERIFY(worker.client.isOver());
    QVERIFY2(worker.errors.empty(), "an end that was asked for is no failure");
}

void TestWorkerClient::destructionWithOpenRequests()
{
    std::vector<Error> errors;
    qint64 pid = 0;
    QElapsedTimer clock;
    {
        Started worker(fakeWorker({QStringLiteral("measure=slow"), QStringLiteral("cancel=ignore"),
                                   QStringLiteral("term=ignore")}));
        QTRY_VERIFY(worker.ready);
        pid = worker.client.processId();
        for (int i = 0; i < 3; ++i)
            worker.client.request(protocol::method::kMeasure, kMeasureForever,
                                  [&](const Result<Json> &answer) { errors.push_back(answer.error()); });
        clock.start();
    }
    QVERIFY2(clock.elapsed() < 2000, "the destructor waits for nobody");
    QCOMPARE(errors.size(), size_t(3));
    QCOMPARE(errors[0].code, ErrorCode::Cancelled);
    QTRY_VERIFY(!processKnown(pid));
}

void TestWorkerClient::replyMayDeleteTheClient()
{
    auto client = std::make_unique<WorkerClient>(fakeWorker());
    bool answered = false;
    connect(client.get(), &WorkerClient::ready, this, [&] {
        for (int i = 0; i < 3; ++i)
            client->request(protocol::method::kTokenize, Json::object(), [&](const Result<Json> &answer) {
                answered = answered || answer.has_value();
                client.reset();
            });
    });
    client->start();
    QTRY_VERIFY(answered);
    QVERIFY(!client);
}

QTEST_GUILESS_MAIN(TestWorkerClient)
#include "tst_workerclient.moc"
