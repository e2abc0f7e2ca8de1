// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that are slow, busy or hang up: what is told meanwhile, what is repeated, and how it is ended.
#include "core/service/fetchtext.h"
#include "core/service/remotefile.h"
#include "core/service/remoteplaces.h"
#include "core/service/workspace.h"
#include "testserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <atomic>

using namespace assay;

namespace {

const QString kModel = QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa");

/// As the product waits, a thousand times faster.
HttpSettings impatient()
{
    HttpSettings settings;
    settings.firstPause = 1;
    return settings;
}

TestReply busy(int status, const QByteArray &retryAfter)
{
    TestReply reply = refused(status);
    if (!retryAfter.isEmpty())
        reply.headers["Retry-After"] = retryAfter;
    return reply;
}

TestReply hungUp(const QByteArray &body)
{
    TestReply reply;
    reply.body = body;
    reply.declaredLength = 1000;
    reply.reset = true;
    return reply;
}

/// Spoils the first answers about the weights, then gives the model.
struct Recovering
{
    Recovering(TestReply reply, int often) : trouble(std::move(reply)), times(often) {}

    TestReply trouble;
    int times;
    std::atomic<int> asked = 0;
    QElapsedTimer clock;
    std::atomic<qint64> secondAsked = -1; ///< ms after the first
    TestServer server{[this](const TestRequest &request) { return answer(request); }};

    TestReply answer(const TestRequest &request)
    {
        const TestSite site{kModel, TestSite::Listing::Python, true, {}};
        if (!request.path.endsWith("model.safetensors"))
            return site(request);
        const int before = asked++;
        if (before == 0)
            clock.start();
        else if (before == 1)
            secondAsked = clock.elapsed();
        return before < times ? trouble : site(request);
    }
};

Result<Inspection> inspected(const QString &url, const HttpSettings &settings, const std::stop_token &stop = {}, const FetchProgress &told = {})
{
    auto files = openRemoteFiles(url.toStdString(), stop, told, settings);
    return files ? inspectModel(std::move(*files), stop) : tl::unexpected(files.error());
}

/// Answers at once about all but the weights, which come a byte at a time and never end.
TestServer::Handler endlessWeights()
{
    return [](const TestRequest &request) {
        const TestSite site{kModel, TestSite::Listing::Python, true, {}};
        TestReply reply = site(request);
        if (request.path.endsWith("model.safetensors"))
            reply.dripMilliseconds = 5;
        return reply;
    };
}

int timesAsked(const TestServer &server, const QByteArray &path)
{
    const auto requests = server.requests();
    return int(std::count_if(requests.begin(), requests.end(), [&](const TestRequest &request) { return request.path == path; }));
}

} // namespace

class TestFetching : public QObject
{
    Q_OBJECT
private slots:
    void tellsWhatComes()
    {
        TestServer server([](const TestRequest &request) {
            TestReply reply = ranged(request, QByteArray(100, 'x'));
            reply.dripMilliseconds = 10;
            return reply;
        });
        std::vector<FetchStatus> told;
        const HttpClient client({}, {}, [&told](const FetchStatus &status) { told.push_back(status); });
        const std::string url = server.url(QStringLiteral("a/model.safetensors?key=secret")).toStdString();
        const auto answer = client.get({url, ByteRange{0, 100}, 100});
        QVERIFY(answer.has_value());
        const auto between = std::find_if(told.begin(), told.end(), [&](const FetchStatus &status) {
            return status.fetched.bytes > 0 && status.fetched.bytes < uint64_t(server.bytesSent());
        });
        QVERIFY(between != told.end());
        QCOMPARE(between->left, uint64_t(1));
        QCOMPARE(between->reading, url);
        QCOMPARE(between->fetched.requests, uint64_t(0));
        QCOMPARE(fetchingText(*between), QStringLiteral("Reading model.safetensors"));
        QCOMPARE(told.back().left, uint64_t(0));
        QCOMPARE(qint64(told.back().fetched.bytes), server.bytesSent());
        QCOMPARE(told.back().fetched.requests, uint64_t(1));
    }

    void cancelsInTheMiddle()
    {
        TestServer server([](const TestRequest &request) {
            TestReply reply = ranged(request, QByteArray(40'000, 'x'));
            reply.dripMilliseconds = 5;
            return reply;
        });
        std::stop_source stop;
        const HttpClient client({}, stop.get_token(), [&stop](const FetchStatus &status) {
            if (status.fetched.bytes > 300) // the body has begun
                stop.request_stop();
        });
        const HttpRequest request{server.url().toStdString(), ByteRange{0, 40'000}, 40'000};
        const std::vector<HttpRequest> requests(40, request);
        for (const auto &answer : client.getAll(requests)) {
            QVERIFY(!answer);
            QCOMPARE(answer.error().code, ErrorCode::Cancelled);
        }
        QTRY_COMPARE(server.openNow(), 0); // though the client lives on
        QVERIFY(client.fetched().bytes > 300 && client.fetched().bytes < 40'000);
        QCOMPARE(server.requests().size(), qsizetype(HttpClient::kParallel));
    }

    void recovers_data()
    {
        QTest::addColumn<TestReply>("trouble");
        QTest::addColumn<int>("times");
        QTest::newRow("429") << busy(429, {}) << 1;
        QTest::newRow("503") << busy(503, {}) << 3;
        QTest::newRow("Retry-After that is no number") << busy(503, "soon") << 1;
        QTest::newRow("Retry-After in the past") << busy(503, "Fri, 01 Jan 2016 00:00:00 GMT") << 1;
        QTest::newRow("Retry-After below nothing") << busy(429, "-5") << 1;
        QTest::newRow("reset at once") << hungUp({}) << 2;
        QTest::newRow("reset in the middle") << hungUp(QByteArray(500, 'x')) << 1;
        TestReply tooShort;
        tooShort.declaredLength = 1000;
        tooShort.closeAfter = true;
        QTest::newRow("closed too early") << tooShort << 4;
    }
    void recovers()
    {
        QFETCH(TestReply, trouble);
        QFETCH(int, times);
        Recovering recovering(trouble, times);
        const auto inspection = inspected(recovering.server.url(), impatient());
        QVERIFY2(inspection.has_value(), inspection ? "" : inspection.error().sentence().c_str());
        const Fetched fetched = *inspection->directory.files->fetched();
        QCOMPARE(fetched.repeated, uint64_t(times));
        QCOMPARE(fetched.requests, uint64_t(recovering.server.requests().size()));
        QVERIFY(fetchedText(fetched).endsWith(QStringLiteral(", %1 of them repeated").arg(times)));
    }

    void waitsAsLongAsTheServerSays()
    {
        Recovering recovering(busy(429, "1"), 1);
        double pause = 0;
        const auto inspection = inspected(recovering.server.url(), impatient(), {}, [&pause](const FetchStatus &status) {
            pause = std::max(pause, status.pauseSeconds);
            if (status.pauseSeconds > 0)
                QVERIFY(fetchingText(status).contains(QStringLiteral("asked again in 1 s")));
        });
        QVERIFY2(inspection.has_value(), inspection ? "" : inspection.error().sentence().c_str());
        QVERIFY(pause > 0 && pause <= 1);
        QVERIFY2(recovering.secondAsked >= 1000, qPrintable(QString::number(recovering.secondAsked)));
    }

    void doesNotWaitForever_data()
    {
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::newRow("an hour") << QByteArray("3600");
        QTest::newRow("a number without end") << QByteArray("9223372036854775807");
        QTest::newRow("the year 9999") << QByteArray("Fri, 31 Dec 9999 23:59:59 GMT");
    }
    void doesNotWaitForever()
    {
        QFETCH(QByteArray, retryAfter);
        TestServer server([retryAfter](const TestRequest &) { return busy(429, retryAfter); });
        const auto files = openRemoteFiles(server.url(QStringLiteral("model.safetensors")).toStdString(), {}, {}, impatient());
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::ServerBusy);
        QVERIFY2(files.error().where.starts_with("Retry-After: "), files.error().where.c_str());
        for (const TestRequest &request : server.requests())
            QCOMPARE(timesAsked(server, request.path), 1);
    }

    void busyForeverIsOneError_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"folder", "model.safetensors", "org/name", "org/name/tree/main"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void busyForeverIsOneError()
    {
        QFETCH(QString, path);
        TestServer server([](const TestRequest &) { return busy(503, {}); });
        const auto files = openRemoteFiles(server.url(path).toStdString(), {}, {}, impatient());
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::ServerBusy);
        QCOMPARE(files.error().arguments.at(1), std::string("503"));
        QCOMPARE(files.error().arguments.at(2), std::string("5"));
        QVERIFY2(server.requests().size() <= 3 * 5, qPrintable(QString::number(server.requests().size())));
    }

    void whatWasNotAskedIsToldToo()
    {
        TestServer server([](const TestRequest &) { return busy(503, {}); });
        const HttpClient client(impatient());
        std::vector<HttpRequest> requests;
        for (int i = 0; i < 163; ++i)
            requests.push_back({server.url(QString::number(i)).toStdString(), std::nullopt, 100});
        const auto answers = client.getAll(requests);
        for (size_t i = 0; i < answers.size(); ++i) {
            const Error error = answers[i] ? refusal(*answers[i], requests[i].url) : answers[i].error();
            QCOMPARE(error.code, ErrorCode::ServerBusy);
            QCOMPARE(error.arguments.front(), requests[i].url);
        }
        QVERIFY2(server.requests().size() <= qsizetype(5 * HttpClient::kParallel), qPrintable(QString::number(server.requests().size())));
        const qsizetype before = server.requests().size();
        QCOMPARE(client.get(requests[0])->status, 503L); // who gave up once asks once
        QCOMPARE(server.requests().size(), before + 1);
    }

    void oneBusyFileDoesNotStopTheOthers()
    {
        TestServer server([](const TestRequest &request) { return request.path == "/3" ? busy(503, {}) : TestReply{}; });
        const HttpClient client(impatient());
        std::vector<HttpRequest> requests;
        for (int i = 0; i < 100; ++i)
            requests.push_back({server.url(QString::number(i)).toStdString(), std::nullopt, 100});
        const auto answers = client.getAll(requests);
        for (size_t i = 0; i < answers.size(); ++i) {
            QVERIFY(answers[i].has_value());
            QCOMPARE(answers[i]->status, i == 3 ? 503L : 200L);
        }
        QCOMPARE(timesAsked(server, "/3"), 5);
        QCOMPARE(client.fetched().repeated, uint64_t(4));
    }

    void resetForeverIsOneError()
    {
        TestServer server([](const TestRequest &) { return hungUp({}); });
        const auto files = openRemoteFiles(server.url(QStringLiteral("model.safetensors")).toStdString(), {}, {}, impatient());
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::ServerUnreachable);
    }

    void cancelsAPause()
    {
        TestServer server([](const TestRequest &) { return busy(503, "100"); });
        std::stop_source stop;
        const auto files = openRemoteFiles(server.url(QStringLiteral("org/name/tree/main")).toStdString(), stop.get_token(),
                                           [&stop](const FetchStatus &status) {
                                               if (status.pauseSeconds > 0)
                                                   stop.request_stop();
                                           });
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::Cancelled);
        QCOMPARE(server.requests().size(), 1);
    }

    void theWorkspaceTellsAndCancels()
    {
        TestServer server(endlessWeights());
        Workspace workspace;
        QSignalSpy changed(&workspace, &Workspace::changed), settled(&workspace, &Workspace::allSettled);
        const int id = workspace.open(server.url());
        const auto reading = [&] {
            const auto &status = workspace.find(id)->fetching;
            return status && QString::fromStdString(status->reading).endsWith(QStringLiteral("model.safetensors")) && status->fetched.bytes > 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(reading(), 60000);
        changed.clear();
        workspace.cancel(id);
        QCOMPARE(changed.size(), 1); // at once
        QCOMPARE(settled.size(), 1);
        QCOMPARE(workspace.find(id)->state, SubjectState::Failed);
        QCOMPARE(workspace.find(id)->error->code, ErrorCode::Cancelled);
        QVERIFY(!workspace.find(id)->fetching);
        QTRY_COMPARE_WITH_TIMEOUT(server.openNow(), 0, 60000);
        workspace.cancel(id); // nothing more to cancel
        QCOMPARE(changed.size(), 1);
    }

    void aCancelledReloadKeepsWhatWasThere()
    {
        std::atomic<bool> slow = false;
        const TestServer::Handler endless = endlessWeights();
        TestServer server([&slow, endless](const TestRequest &request) {
            TestReply reply = endless(request);
            reply.dripMilliseconds = slow ? reply.dripMilliseconds : 0;
            return reply;
        });
        Workspace workspace;
        const int id = workspace.open(server.url());
        QTRY_COMPARE_WITH_TIMEOUT(workspace.find(id)->state, SubjectState::Ready, 60000);
        slow = true;
        workspace.reload(id);
        QTRY_VERIFY_WITH_TIMEOUT(workspace.find(id)->fetching.has_value(), 60000);
        workspace.cancel(id);
        QCOMPARE(workspace.find(id)->state, SubjectState::Ready);
        QVERIFY(workspace.find(id)->inspection != nullptr);
        QVERIFY(!workspace.find(id)->error);
    }
};

QTEST_GUILESS_MAIN(TestFetching)
#include "tst_fetching.moc"
