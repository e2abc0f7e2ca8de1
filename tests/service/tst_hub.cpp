// SPDX-License-Identifier: GPL-3.0-or-later
// Repositories of a hub: its list of files, its redirects to another server, and who sees the token.
#include "core/base/hash.h"
#include "core/model/facts.h"
#include "core/service/remoteaddress.h"
#include "core/service/remoteplaces.h"
#include "core/service/workspace.h"
#include "testserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QDir>
#include <QtTest>

using namespace assay;

namespace {

const QString kModel = QStringLiteral(ASSAY_TEST_DATA "/models/llama-sharded-bf16");
const QString kRepository = QStringLiteral("maker/llama");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string sumOf(const QByteArray &bytes)
{
    return sha256(std::string_view(bytes.constData(), size_t(bytes.size())));
}

/// The entries of api/models/.../tree/main as a hub gives them: large files with their SHA-256, small ones as git objects.
QJsonArray treeOf(const QString &folder, const QString &prefix)
{
    QJsonArray tree{QJsonObject{{QStringLiteral("type"), QStringLiteral("directory")}, {QStringLiteral("path"), QStringLiteral("original")}}};
    for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files, QDir::Name)) {
        QJsonObject entry{{QStringLiteral("type"), QStringLiteral("file")}, {QStringLiteral("path"), prefix + file.fileName()},
                          {QStringLiteral("size"), file.size()}, {QStringLiteral("oid"), QString(40, u'a')}};
        if (file.suffix() == QStringLiteral("safetensors"))
            entry[QStringLiteral("lfs")] = QJsonObject{{QStringLiteral("oid"), QString::fromStdString(sumOf(contentOf(file.filePath())))},
                                                       {QStringLiteral("size"), file.size()}, {QStringLiteral("pointerSize"), 134}};
        tree.append(entry);
    }
    return tree;
}

/// A hub whose large files lie on another server, and that server.
struct Hub
{
    TestServer storage{[](const TestRequest &request) { return ranged(request, contentOf(kModel + QString::fromUtf8(request.path))); }};
    QString revision = QStringLiteral("main");
    QString folder; ///< with a "/" at its end
    bool pages = false;
    TestServer hub{[this](const TestRequest &request) { return answer(request); }};

    TestReply answer(const TestRequest &request) const
    {
        const QByteArray path = request.path;
        const QByteArray api = "/api/models/" + kRepository.toUtf8() + "/tree/" + revision.toUtf8() + (folder.isEmpty() ? "" : "/" + folder.chopped(1).toUtf8());
        const QByteArray files = "/" + kRepository.toUtf8() + "/resolve/" + revision.toUtf8() + "/" + folder.toUtf8();
        if (path == api)
            return list(request);
        if (path.startsWith(files) && path.endsWith(".safetensors")) {
            TestReply reply = refused(302);
            reply.headers["Location"] = storage.url(QString::fromUtf8(path.mid(files.size()))).toUtf8();
            return reply;
        }
        return path.startsWith(files) ? ranged(request, contentOf(kModel + u'/' + QString::fromUtf8(path.mid(files.size())))) : refused(404);
    }

    TestReply list(const TestRequest &request) const
    {
        TestReply reply;
        QJsonArray tree = treeOf(kModel, folder);
        reply.headers["Content-Type"] = "application/json";
        if (pages) { // one entry a page
            const int page = request.query.mid(qsizetype(strlen("cursor="))).toInt();
            if (page + 1 < tree.size())
                reply.headers["Link"] = "<" + hub.url(QString::fromUtf8(request.path.mid(1))).toUtf8() + "?cursor=" + QByteArray::number(page + 1) + ">; rel=\"next\"";
            tree = QJsonArray{tree.at(page)};
        }
        reply.body = QJsonDocument(tree).toJson();
        return reply;
    }

    Result<Inspection> inspected(const QString &path, const HttpSettings &settings = {}) const
    {
        auto files = openRemoteFiles(hub.url(path).toStdString(), {}, {}, settings);
        return files ? inspectModel(std::move(*files)) : tl::unexpected(files.error());
    }
};

} // namespace

class TestHub : public QObject
{
    Q_OBJECT
private slots:
    void opens_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("revision");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<bool>("pages");
        QTest::newRow("repository") << kRepository << QStringLiteral("main") << QString() << false;
        QTest::newRow("in pages") << kRepository << QStringLiteral("main") << QString() << true;
        QTest::newRow("branch") << kRepository + QStringLiteral("/tree/v1.0") << QStringLiteral("v1.0") << QString() << false;
        QTest::newRow("branch with a slash") << kRepository + QStringLiteral("/tree/refs%2Fpr%2F1") << QStringLiteral("refs/pr/1") << QString() << false;
        QTest::newRow("folder") << kRepository + QStringLiteral("/tree/main/part") << QStringLiteral("main") << QStringLiteral("part/") << false;
        QTest::newRow("file") << kRepository + QStringLiteral("/blob/main/model-00003-of-00005.safetensors") << QStringLiteral("main") << QString() << false;
        QTest::newRow("config") << kRepository + QStringLiteral("/blob/main/config.json") << QStringLiteral("main") << QString() << false;
        QTest::newRow("to download") << kRepository + QStringLiteral("/resolve/main/model-00001-of-00005.safetensors?download=true") << QStringLiteral("main") << QString() << false;
        QTest::newRow("with a slash at the end") << kRepository + QStringLiteral("/tree/main/") << QStringLiteral("main") << QString() << false;
        QTest::newRow("file to resolve") << kRepository + QStringLiteral("/resolve/main/model-00001-of-00005.safetensors") << QStringLiteral("main") << QString() << false;
    }
    void opens()
    {
        QFETCH(QString, path);
        QFETCH(QString, revision);
        QFETCH(QString, folder);
        QFETCH(bool, pages);
        Hub hub;
        hub.revision = revision;
        hub.folder = folder;
        hub.pages = pages;
        const auto remote = hub.inspected(path);
        QVERIFY2(remote.has_value(), remote ? "" : remote.error().sentence().c_str());
        const auto local = inspectModel(std::filesystem::path(kModel.toStdString()));
        QVERIFY(local.has_value());
        QCOMPARE(remote->facts.name, kRepository.toStdString());
        QCOMPARE(remote->facts.tensorCount, local->facts.tensorCount);
        QCOMPARE(remote->facts.parameters.total, local->facts.parameters.total);
        const FileEntry *shard = remote->directory.files->find("model-00002-of-00005.safetensors");
        QVERIFY(shard != nullptr && shard->expected.has_value());
        const QByteArray content = contentOf(kModel + QStringLiteral("/model-00002-of-00005.safetensors"));
        QCOMPARE(shard->expected->hash, sumOf(content));
        QVERIFY(!shard->expected->git);
        QCOMPARE(shard->bytes.value_or(0), uint64_t(content.size()));
        QVERIFY(remote->directory.files->find("config.json")->expected->git);
    }

    void theWorkspaceCallsItByItsName()
    {
        Hub hub;
        hub.revision = QStringLiteral("v1.0");
        Workspace workspace;
        QSignalSpy settled(&workspace, &Workspace::allSettled);
        const int id = workspace.open(hub.hub.url(kRepository + QStringLiteral("/tree/v1.0")));
        QVERIFY(settled.wait(60000));
        QCOMPARE(workspace.find(id)->state, SubjectState::Ready);
        QCOMPARE(workspace.find(id)->name, QStringLiteral("llama"));
    }

    void theTokenStaysWithItsHub()
    {
        Hub hub;
        HttpSettings settings;
        settings.token = "secret-token";
        settings.tokenOrigin = originOf(hub.hub.url().toStdString());
        QVERIFY(hub.inspected(kRepository, settings).has_value());
        QVERIFY(!hub.hub.requests().isEmpty() && !hub.storage.requests().isEmpty());
        for (const TestRequest &request : hub.hub.requests())
            QCOMPARE(request.headers["authorization"], QByteArray("Bearer secret-token"));
        for (const TestRequest &request : hub.storage.requests())
            QVERIFY(!request.headers.contains("authorization"));
    }

    void otherServersSeeNoToken()
    {
        Hub hub;
        HttpSettings settings;
        settings.token = "secret-token";
        settings.tokenOrigin = "https://another.invalid";
        QVERIFY(hub.inspected(kRepository, settings).has_value());
        for (const TestRequest &request : hub.hub.requests() + hub.storage.requests())
            QVERIFY(!request.headers.contains("authorization"));
    }

    void theEnvironmentNamesTheHub()
    {
        qputenv("HF_TOKEN", "abc");
        qputenv("HF_ENDPOINT", "http://127.0.0.1:8080/");
        QCOMPARE(settingsFromEnvironment().token, std::string("abc"));
        QCOMPARE(settingsFromEnvironment().tokenOrigin, std::string("http://127.0.0.1:8080"));
        qunsetenv("HF_ENDPOINT");
        qunsetenv("HF_TOKEN");
        QVERIFY(settingsFromEnvironment().tokenOrigin.starts_with("https://"));
        QVERIFY(settingsFromEnvironment().token.empty());
    }

    void aLineEndInTheTokenIsNoHeader()
    {
        qputenv("HF_TOKEN", "abc\r\nX-Other: 1\n");
        const std::string token = settingsFromEnvironment().token;
        qunsetenv("HF_TOKEN");
        QCOMPARE(token, std::string("abcX-Other:1"));
    }

    void closedRepositories_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("token");
        QTest::addColumn<bool>("forThisServer");
        QTest::addColumn<QString>("told");
        for (const char *path : {"org/name", "org/name/tree/main", "org/name/resolve/main/model.safetensors"}) {
            QTest::addRow("no token, %s", path) << path << 401 << QString() << true << QStringLiteral("there is no token in HF_TOKEN");
            QTest::addRow("another's token, %s", path) << path << 403 << QStringLiteral("secret-token") << false << QStringLiteral("HF_ENDPOINT tells which");
            QTest::addRow("refused token, %s", path) << path << 403 << QStringLiteral("secret-token") << true << QStringLiteral("does not change that");
        }
    }
    void closedRepositories()
    {
        QFETCH(QString, path);
        QFETCH(int, status);
        QFETCH(QString, token);
        QFETCH(bool, forThisServer);
        QFETCH(QString, told);
        TestServer server([status](const TestRequest &) { return refused(status); });
        HttpSettings settings;
        settings.token = token.toStdString();
        settings.tokenOrigin = forThisServer ? originOf(server.url().toStdString()) : "https://another.invalid";
        const auto files = openRemoteFiles(server.url(path).toStdString(), {}, {}, settings);
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::ServerWantsToken);
        const QString sentence = QString::fromStdString(files.error().sentence());
        QVERIFY2(sentence.contains(told) && sentence.contains(QStringLiteral("HF_TOKEN")), qPrintable(sentence));
        QVERIFY2(sentence.contains(QString::number(status)), qPrintable(sentence));
        QVERIFY(!sentence.contains(QStringLiteral("secret")));
    }

    void aClosedFileOfAnOpenRepository()
    {
        Hub hub;
        TestServer gated([&hub](const TestRequest &request) {
            return request.path.endsWith(".safetensors") ? refused(403) : hub.answer(request);
        });
        const auto files = openRemoteFiles(gated.url(kRepository).toStdString(), {}, {}, {});
        const auto inspection = files ? inspectModel(*files) : tl::unexpected(files.error());
        QVERIFY(!inspection);
        QCOMPARE(inspection.error().code, ErrorCode::ServerWantsToken);
    }

    void aListThatIsNoneIsNoHub()
    {
        TestServer server([](const TestRequest &) {
            TestReply reply;
            reply.body = "{\"error\": [";
            return reply;
        });
        const auto files = openRemoteFiles(server.url(QStringLiteral("org/name/tree/main")).toStdString(), {}, {}, {});
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::NoModelThere);
    }

    void addressesAreTakenApart()
    {
        const auto address = parseAddress("HTTPS://Host.example:443/a%20b//c/?x=1#here");
        QVERIFY(address.has_value());
        QCOMPARE(address->origin, std::string("https://host.example"));
        QCOMPARE(address->parts, (std::vector<std::string>{"a b", "c"}));
        QCOMPARE(address->query, std::string("?x=1"));
        QCOMPARE(address->url(), std::string("https://host.example/a%20b/c"));
        QCOMPARE(parseAddress("http://[::1]:8000")->origin, std::string("http://[::1]:8000"));
        QVERIFY(!hubPlace(*parseAddress("http://h/a")));
        QVERIFY(!hubPlace(*parseAddress("http://h/a/b/c/d")));
        QVERIFY(!hubPlace(*parseAddress("http://h/a/b/blob/main")));
        QVERIFY(!hubPlace(*parseAddress("http://h/a/b"))->certain);
    }
};

QTEST_GUILESS_MAIN(TestHub)
#include "tst_hub.moc"
