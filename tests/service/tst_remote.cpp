// SPDX-License-Identifier: GPL-3.0-or-later
// Models on servers, over a real HTTP server in this process, honest and not.
#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "core/model/facts.h"
#include "core/service/remoteaddress.h"
#include "core/service/remoteplaces.h"
#include "core/service/subjectfiles.h"
#include "core/service/workerbackend.h"
#include "core/service/workspace.h"
#include "testserver.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <thread>

using namespace assay;

namespace {

const QString kModels = QStringLiteral(ASSAY_TEST_DATA "/models");

/// As the product repeats what failed, a thousand times faster.
HttpSettings impatient()
{
    HttpSettings settings;
    settings.firstPause = 1;
    return settings;
}

Result<std::shared_ptr<const FileSet>> opened(const QString &url, const HttpSettings &settings = impatient(), std::stop_token stop = {})
{
    return openRemoteFiles(url.toStdString(), std::move(stop), {}, settings);
}

Result<Inspection> inspected(const QString &url, const HttpSettings &settings = impatient(), const std::stop_token &stop = {})
{
    auto files = opened(url, settings, stop);
    return files ? inspectModel(std::move(*files), stop) : tl::unexpected(files.error());
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A safetensors file whose header is longer than what is asked for at first.
QByteArray longHeader()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("model.safetensors")).toStdString();
    const std::vector<std::byte> zeros(16);
    const TensorToWrite tensor{"a", Dtype::F32, {4}, zeros};
    if (!writeSafetensors(path, std::span(&tensor, 1), {{"note", std::string(100'000, 'x')}}))
        qFatal("cannot write");
    return contentOf(folder.filePath(QStringLiteral("model.safetensors")));
}

/// Answers with one file under any path, changed by the function.
TestServer::Handler oneFile(const QByteArray &body, std::function<void(TestReply &, const TestRequest &)> spoil)
{
    return [=](const TestRequest &request) {
        if (!request.path.endsWith("model.safetensors"))
            return refused(404);
        TestReply reply = ranged(request, body);
        spoil(reply, request);
        return reply;
    };
}

QStringList findingIds(const Inspection &inspection)
{
    QStringList ids;
    for (const Finding &finding : inspection.facts.findings)
        ids << QString::fromLatin1(definitionOf(finding.code).id);
    return ids;
}

} // namespace

class TestRemote : public QObject
{
    Q_OBJECT

    QTemporaryDir m_r1;

private slots:
    void initTestCase()
    {
        QProcess python;
        python.start(QStringLiteral("python3"), {QStringLiteral(ASSAY_TEST_DATA "/generators/make_r1_index.py"), QStringLiteral("--config"),
                                                 QStringLiteral(ASSAY_TEST_DATA "/configs/r1-shape.json"), QStringLiteral("--out"), m_r1.path()});
        QVERIFY(python.waitForFinished(100000));
        QCOMPARE(python.exitCode(), 0);
    }

    void r1InUnderTwentyMegabytes_data()
    {
        QTest::addColumn<int>("listing");
        QTest::newRow("python's listing") << int(TestSite::Listing::Python);
        QTest::newRow("nginx's listing") << int(TestSite::Listing::Nginx);
        QTest::newRow("no listing") << int(TestSite::Listing::None);
    }
    void r1InUnderTwentyMegabytes()
    {
        QFETCH(int, listing);
        TestServer server(TestSite{m_r1.path(), TestSite::Listing(listing), true, QStringLiteral("r1")});
        const auto inspection = inspected(server.url(QStringLiteral("r1")));
        QVERIFY2(inspection.has_value(), inspection ? "" : inspection.error().sentence().c_str());
        QCOMPARE(inspection->facts.name, std::string("r1"));
        QCOMPARE(inspection->facts.parameters.main, uint64_t(671026419200));
        QCOMPARE(inspection->facts.tensorCount, uint64_t(91991));
        QCOMPARE(inspection->directory.checkpoint.files.size(), size_t(163));
        QCOMPARE(inspection->facts.fileBytes, uint64_t(688586727753));
        QVERIFY(inspection->directory.checkpoint.complete());
        const auto fetched = inspection->directory.files->fetched();
        QVERIFY(fetched.has_value());
        QCOMPARE(qint64(fetched->bytes), server.bytesSent()); // the server's own count
        QCOMPARE(qint64(fetched->requests), qint64(server.requests().size()));
        qInfo("%lld bytes in %lld requests, %d at once", qint64(fetched->bytes), qint64(fetched->requests), server.largestAtOnce());
        QVERIFY(fetched->bytes < 20'000'000);
        QVERIFY(server.largestAtOnce() > 1 && server.largestAtOnce() <= int(HttpClient::kParallel));
    }

    void r1WithoutRanges()
    {
        for (const auto listing : {TestSite::Listing::Python, TestSite::Listing::None}) {
            TestServer server(TestSite{m_r1.path(), listing, false, QStringLiteral("r1")});
            const auto inspection = inspected(server.url(QStringLiteral("r1/")));
            QVERIFY(!inspection);
            QCOMPARE(inspection.error().code, ErrorCode::ServerWithoutRanges);
            const bool listed = listing == TestSite::Listing::Python; // else the index is needed first
            const QString file = listed ? QStringLiteral("/model-00001-of-000163.safetensors") : QStringLiteral("/model.safetensors.index.json");
            QVERIFY2(QString::fromStdString(inspection.error().sentence()).contains(file), inspection.error().sentence().c_str());
        }
    }

    void aMissingShardIsAFinding()
    {
        QTemporaryDir folder;
        for (const QString &name : QDir(kModels + QStringLiteral("/llama-sharded-bf16")).entryList(QDir::Files)) {
            if (!name.startsWith(QStringLiteral("model-00002")))
                QVERIFY(QFile::copy(kModels + QStringLiteral("/llama-sharded-bf16/") + name, folder.filePath(name)));
        }
        for (const auto listing : {TestSite::Listing::Python, TestSite::Listing::None}) {
            TestServer server(TestSite{folder.path(), listing, true, {}});
            const auto inspection = inspected(server.url());
            QVERIFY2(inspection.has_value(), inspection ? "" : inspection.error().sentence().c_str());
            QVERIFY(findingIds(*inspection).contains(QStringLiteral("shard.set_incomplete")));
            QVERIFY(!findingIds(*inspection).contains(QStringLiteral("index.missing")));
        }
    }

    void readsTheSameAsTheDisk_data()
    {
        QTest::addColumn<bool>("ranges");
        QTest::addColumn<QString>("path");
        QTest::newRow("folder") << true << QString();
        QTest::newRow("folder, config's address") << true << QStringLiteral("config.json");
        QTest::newRow("file") << true << QStringLiteral("model.safetensors");
        QTest::newRow("file with a query") << true << QStringLiteral("model.safetensors?download=true");
        QTest::newRow("small files need no ranges") << false << QString();
    }
    void readsTheSameAsTheDisk()
    {
        QFETCH(bool, ranges);
        QFETCH(QString, path);
        const QString folder = kModels + QStringLiteral("/llama-gqa");
        TestServer server(TestSite{folder, TestSite::Listing::Nginx, ranges, QStringLiteral("a b")});
        const auto remote = inspected(server.url(QStringLiteral("a%20b/") + path));
        QVERIFY2(remote.has_value(), remote ? "" : remote.error().sentence().c_str());
        const auto local = inspectModel(std::filesystem::path((folder + QStringLiteral("/model.safetensors")).toStdString()));
        QVERIFY(local.has_value());
        QCOMPARE(remote->facts.parameters.total, local->facts.parameters.total);
        QCOMPARE(remote->facts.attention, local->facts.attention);
        const TensorRecord &tensor = local->directory.checkpoint.tensors.back();
        const auto here = local->directory.files->open("model.safetensors");
        const auto there = remote->directory.files->open("model.safetensors");
        QVERIFY(here && there);
        QCOMPARE((*there)->readText(tensor.offset, tensor.bytes).value(), (*here)->readText(tensor.offset, tensor.bytes).value());
        QVERIFY(!(*there)->readText((*there)->size(), 1));
    }

    void ggufFiles()
    {
        const QString folder = QStringLiteral(ASSAY_TEST_DATA "/gguf");
        TestServer server(TestSite{folder, TestSite::Listing::None, true, {}});
        for (const char *name : {"llama-tiny-q8_0.gguf", "llama-tiny256-q4_k.gguf", "llama-tiny-f32-split-00002-of-00003.gguf"}) {
            const auto remote = inspected(server.url(QLatin1String(name)));
            QVERIFY2(remote.has_value(), remote ? "" : remote.error().sentence().c_str());
            const auto local = inspectModel(std::filesystem::path(folder.toStdString()) / name);
            QVERIFY(local.has_value());
            QCOMPARE(remote->facts.format, std::string("gguf"));
            QCOMPARE(remote->facts.parameters.total, local->facts.parameters.total);
            QCOMPARE(remote->facts.tensorCount, local->facts.tensorCount);
            QCOMPARE(remote->directory.checkpoint.files.size(), local->directory.checkpoint.files.size());
        }
    }

    void liesAreTold_data()
    {
        using Spoil = std::function<void(TestReply &, const TestRequest &)>;
        QTest::addColumn<Spoil>("spoil");
        QTest::addColumn<QString>("reason");
        const auto always = [](void (*change)(TestReply &)) { return Spoil([change](TestReply &reply, const TestRequest &) { change(reply); }); };
        QTest::newRow("no Content-Range") << always([](TestReply &reply) { reply.headers.remove("Content-Range"); }) << "which";
        QTest::newRow("nonsense in Content-Range") << always([](TestReply &reply) { reply.headers["Content-Range"] = "bytes -1-x/y"; }) << "which";
        QTest::newRow("unknown size") << always([](TestReply &reply) { reply.headers["Content-Range"] = "bytes 0-65535/*"; }) << "how large";
        QTest::newRow("another range") << always([](TestReply &reply) { reply.headers["Content-Range"] = "bytes 1-65536/99999999"; }) << "another range";
        QTest::newRow("a short body") << always([](TestReply &reply) { reply.body.chop(10); }) << "more or fewer";
        QTest::newRow("a long body") << always([](TestReply &reply) { reply.body += QByteArray(10, 'x'); }) << "more or fewer";
        QTest::newRow("an endless body") << always([](TestReply &reply) { reply.body = QByteArray(3'000'000, 'x'); }) << "more or fewer";
        QTest::newRow("a Content-Length that is not kept") << always([](TestReply &reply) {
            reply.declaredLength = reply.body.size() + 5;
            reply.closeAfter = true;
        }) << "too early";
        QTest::newRow("another file at the second look") << Spoil([](TestReply &reply, const TestRequest &request) {
            reply.headers["ETag"] = request.headers["range"].startsWith("bytes=0-") ? "\"a\"" : "\"b\"";
        }) << "changed in between";
        QTest::newRow("another size at the second look") << Spoil([](TestReply &reply, const TestRequest &request) {
            if (!request.headers["range"].startsWith("bytes=0-"))
                reply.headers["Content-Range"].append("0");
        }) << "changed in between";
    }
    void liesAreTold()
    {
        using Spoil = std::function<void(TestReply &, const TestRequest &)>;
        QFETCH(Spoil, spoil);
        QFETCH(QString, reason);
        TestServer server(oneFile(longHeader(), spoil));
        const auto inspection = inspected(server.url(QStringLiteral("model.safetensors")));
        QVERIFY(!inspection);
        QCOMPARE(inspection.error().code, ErrorCode::ServerLied);
        QVERIFY2(QString::fromStdString(inspection.error().sentence()).contains(reason), inspection.error().sentence().c_str());
    }

    void honestAnswersOfThatFileAreRead()
    {
        TestServer server(oneFile(longHeader(), [](TestReply &reply, const TestRequest &) { reply.headers["ETag"] = "\"a\""; }));
        const auto inspection = inspected(server.url(QStringLiteral("model.safetensors")));
        QVERIFY2(inspection.has_value(), inspection ? "" : inspection.error().sentence().c_str());
        QCOMPARE(inspection->facts.tensorCount, uint64_t(1));
    }

    void refusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("path");
        for (const int status : {401, 403, 404, 410, 429, 500, 503}) {
            for (const char *path : {"model.safetensors", "folder", "org/name/tree/main"})
                QTest::addRow("%d %s", status, path) << status << QString::fromLatin1(path);
        }
    }
    void refusals()
    {
        QFETCH(int, status);
        QFETCH(QString, path);
        TestServer server([status](const TestRequest &) { return refused(status); });
        const auto files = opened(server.url(path));
        QVERIFY(!files);
        const bool missing = status == 404 || (status == 410 && !path.startsWith(QStringLiteral("org")));
        const bool closed = status == 401 || status == 403, busy = status == 429 || status == 503;
        QCOMPARE(files.error().code, missing ? ErrorCode::NoModelThere
                                     : closed ? ErrorCode::ServerWantsToken
                                     : busy ? ErrorCode::ServerBusy : ErrorCode::ServerRefused);
        if (!missing)
            QCOMPARE(files.error().arguments.at(1), std::to_string(status));
    }

    void noModelBehindAPage()
    {
        TestServer server([](const TestRequest &) {
            TestReply reply;
            reply.headers["Content-Type"] = "text/html";
            reply.body = "<a href=\"index.html\">a page for every address</a>";
            return reply;
        });
        QCOMPARE(inspected(server.url(QStringLiteral("somewhere"))).error().code, ErrorCode::NoModelThere);
    }

    void redirectsEndSomewhere()
    {
        TestServer server([](const TestRequest &request) {
            TestReply reply = refused(302);
            reply.headers["Location"] = request.path + "x";
            return reply;
        });
        for (const char *path : {"model.safetensors", "folder"}) {
            const auto files = opened(server.url(QString::fromLatin1(path)));
            QVERIFY(!files);
            QCOMPARE(files.error().code, ErrorCode::TooManyRedirects);
        }
        TestServer away([](const TestRequest &) {
            TestReply reply = refused(302);
            reply.headers["Location"] = "file:///etc/hostname";
            return reply;
        });
        QCOMPARE(opened(away.url(QStringLiteral("model.safetensors"))).error().code, ErrorCode::UrlInvalid);
    }

    void aRedirectSendsNoFlood()
    {
        TestServer server([](const TestRequest &) {
            TestReply reply = refused(302);
            reply.headers["Location"] = "/again";
            reply.body = QByteArray(8'000'000, 'x');
            reply.declaredLength = qint64(1) << 50;
            return reply;
        });
        QCOMPARE(opened(server.url(QStringLiteral("model.safetensors"))).error().code, ErrorCode::ServerLied);
    }

    void noServer()
    {
        QString url;
        {
            TestServer server([](const TestRequest &) { return refused(404); });
            url = server.url(QStringLiteral("model.safetensors"));
        }
        QCOMPARE(opened(url).error().code, ErrorCode::ServerUnreachable);
        QCOMPARE(opened(QStringLiteral("http://name.invalid/model")).error().code, ErrorCode::ServerUnreachable);
    }

    void wrongAddresses()
    {
        for (const char *url : {"ftp://host/model", "http://", "https://user:secret@host/model", "file:///etc/passwd", "http://host/%zz"}) {
            const auto files = openSubjectFiles(url);
            QVERIFY2(!files, url);
            QCOMPARE(files.error().code, ErrorCode::UrlInvalid);
            QVERIFY(files.error().sentence().find("secret") == std::string::npos);
        }
        QVERIFY(!isRemoteSubject("/a/b"));
        QVERIFY(isRemoteSubject("s3://bucket/model"));
        QVERIFY(!isRemoteSubject("models/a:b"));
    }

    void cancelsASlowServer()
    {
        std::stop_source stop;
        TestServer server([&stop](const TestRequest &request) {
            TestReply reply = ranged(request, QByteArray(40'000, '{'));
            reply.dripMilliseconds = 20;
            stop.request_stop(); // while the answer is on its way
            return reply;
        });
        QCOMPARE(inspected(server.url(QStringLiteral("model.safetensors")), impatient(), stop.get_token()).error().code, ErrorCode::Cancelled);
    }

    void givesUpAServerThatStandsStill()
    {
        TestServer server([](const TestRequest &request) {
            TestReply reply = ranged(request, "{");
            reply.declaredLength = 1000;
            return reply;
        });
        HttpSettings settings;
        settings.stallSeconds = 1;
        QCOMPARE(opened(server.url(QStringLiteral("model.safetensors")), settings).error().code, ErrorCode::ServerUnreachable);
    }

    void anEmptyFileIsNoModel()
    {
        TestServer server([](const TestRequest &) {
            TestReply reply = refused(416);
            reply.headers["Content-Range"] = "bytes */0";
            return reply;
        });
        QCOMPARE(inspected(server.url(QStringLiteral("model.safetensors"))).error().code, ErrorCode::SafetensorsTooShort);
    }

    void aWorkerIsNotSentThere()
    {
        WorkerBackend backend({}, "http://127.0.0.1:1/model");
        std::optional<Error> error;
        backend.open("cpu", "f32", {}, [&error](const Result<LoadSample> &result) { error = result.error(); });
        QVERIFY(error.has_value());
        QCOMPARE(error->code, ErrorCode::BadUsage);
        QVERIFY(error->sentence().find("download it first") != std::string::npos);
    }

    void theWorkspaceOpensAddresses()
    {
        TestServer server(TestSite{kModels + QStringLiteral("/llama-gqa"), TestSite::Listing::Python, true, QStringLiteral("m/llama")});
        Workspace workspace;
        QSignalSpy settled(&workspace, &Workspace::allSettled);
        const int id = workspace.open(server.url(QStringLiteral("m/llama")));
        QCOMPARE(workspace.open(server.url(QStringLiteral("m/llama"))), id);
        QVERIFY(settled.wait(60000));
        const Subject *subject = workspace.find(id);
        QVERIFY2(subject->state == SubjectState::Ready, subject->error ? subject->error->sentence().c_str() : "");
        QCOMPARE(subject->name, QStringLiteral("llama"));
        QCOMPARE(subject->path, server.url(QStringLiteral("m/llama")));
        QVERIFY(!subject->fingerprint.empty());
        for (const TestRequest &request : server.requests()) // no pieces of weights for the fingerprint
            QVERIFY2(!request.headers.contains("range") || request.headers["range"].startsWith("bytes=0-"),
                     request.path + " " + request.headers["range"]);
    }
};

QTEST_GUILESS_MAIN(TestRemote)
#include "tst_remote.moc"
