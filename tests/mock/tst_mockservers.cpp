// SPDX-License-Identifier: GPL-3.0-or-later
// The servers that the mock plays, held against what real ones said (llama.cpp, recorded) and what the others document:
// the mock may say less, but nothing under a name or of a type that the real one does not use.
#include "core/mock/mockendpoint.h"
#include "rawclient.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace assay;

namespace {

QString shared(const QString &name)
{
    const QString given = qEnvironmentVariable("ASSAY_SHARED");
    return (given.isEmpty() ? QStringLiteral(ASSAY_SOURCE_DIR "/../shared") : given) + u'/' + name;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// "choices[].delta.content" for every name in a value. Values of maps whose names are data count as one.
void namesOf(const QJsonValue &value, const QString &before, QSet<QString> &out)
{
    if (value.isArray()) {
        for (const QJsonValue &item : value.toArray())
            namesOf(item, before + QStringLiteral("[]"), out);
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            out.insert(before + u'.' + it.key());
            namesOf(it.value(), before + u'.' + it.key(), out);
        }
    }
}

QSet<QString> namesOf(const QByteArray &body)
{
    RawAnswer answer;
    answer.body = body;
    QSet<QString> out;
    if (const QJsonDocument document = QJsonDocument::fromJson(body); !document.isNull()) {
        namesOf(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), {}, out);
    } else {
        for (const QJsonObject &event : answer.events())
            namesOf(event, {}, out);
    }
    return out;
}

MockScript playing(MockServer server)
{
    MockScript script;
    script.server = server;
    script.ttft = 0.002;
    script.gap = 0.001;
    script.pieces = 4;
    if (server == MockServer::LlamaCpp || server == MockServer::DeepSeek || server == MockServer::OpenAi)
        script.cachedTokens = 1; // the others' documents have no such field, or have it null
    return script;
}

} // namespace

class TestMockServers : public QObject
{
    Q_OBJECT
private slots:
    void speaksLikeLlamaCpp_data();
    void speaksLikeLlamaCpp();
    void answersLikeTheDocumentation_data();
    void answersLikeTheDocumentation();
    void knowsOnlyItsOwnRoutes();
    void refusesOtherModels();
    void countsTokens();
    void tellsTimesInTgisHeaders();
};

void TestMockServers::speaksLikeLlamaCpp_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("recorded");
    QTest::addColumn<QStringList>("needed"); ///< names that the mock must use, too
    const QByteArray messages = R"("messages":[{"role":"user","content":"one two"}],"max_tokens":3)";
    const QStringList timings{QStringLiteral(".timings.predicted_ms"), QStringLiteral(".usage.completion_tokens")};
    QTest::newRow("chat stream") << post("/v1/chat/completions", "{\"stream\":true,\"stream_options\":{\"include_usage\":true}," + messages + "}")
                                 << QStringLiteral("chat.stream.usage.sse") << timings + QStringList{QStringLiteral(".choices[].delta.content")};
    QTest::newRow("chat") << post("/v1/chat/completions", "{" + messages + "}") << QStringLiteral("chat.json") << timings;
    QTest::newRow("completions stream") << post("/v1/completions", R"({"stream":true,"prompt":"one two","stream_options":{"include_usage":true}})")
                                        << QStringLiteral("v1-completions.stream.sse") << timings;
    QTest::newRow("native stream") << post("/completion", R"({"stream":true,"prompt":"one two"})") << QStringLiteral("completion.stream.sse")
                                   << QStringList{QStringLiteral(".tokens_evaluated"), QStringLiteral(".timings.prompt_n"), QStringLiteral(".stop")};
    QTest::newRow("native") << post("/completion", R"({"prompt":"one two"})") << QStringLiteral("completion.json") << QStringList{QStringLiteral(".content")};
    QTest::newRow("messages stream") << post("/v1/messages", "{\"stream\":true," + messages + "}") << QStringLiteral("messages.stream.sse")
                                     << QStringList{QStringLiteral(".delta.text"), QStringLiteral(".usage.output_tokens")};
    QTest::newRow("messages") << post("/v1/messages", "{" + messages + "}") << QStringLiteral("messages.json") << QStringList{QStringLiteral(".content[].text")};
    QTest::newRow("models") << get("/v1/models") << QStringLiteral("v1-models.json") << QStringList{QStringLiteral(".data[].meta.n_params")};
    QTest::newRow("props") << get("/props") << QStringLiteral("props.json") << QStringList{QStringLiteral(".default_generation_settings.n_ctx"), QStringLiteral(".chat_template")};
    QTest::newRow("health") << get("/health") << QStringLiteral("health.json") << QStringList{QStringLiteral(".status")};
    QTest::newRow("slots") << get("/slots") << QStringLiteral("slots.idle.json") << QStringList{QStringLiteral("[].n_ctx")};
    QTest::newRow("tokens") << post("/tokenize", R"({"content":"one two"})") << QStringLiteral("tokenize.json") << QStringList{QStringLiteral(".tokens")};
    QTest::newRow("count") << post("/v1/messages/count_tokens", "{" + messages + "}") << QStringLiteral("messages.count-tokens.json") << QStringList{QStringLiteral(".input_tokens")};
    QTest::newRow("unknown path") << get("/nothing") << QStringLiteral("error.404.json") << QStringList{QStringLiteral(".error.message")};
}

void TestMockServers::speaksLikeLlamaCpp()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, recorded);
    QFETCH(QStringList, needed);
    const QByteArray reference = contents(shared(QStringLiteral("reference-api/llama.cpp/") + recorded));
    if (reference.isEmpty())
        QSKIP("the recorded answers are not here");
    MockEndpoint mock(playing(MockServer::LlamaCpp));
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer answer = client.ask(request);
    QCOMPARE(answer.header("server"), QByteArray("llama.cpp"));
    const QSet<QString> ours = namesOf(answer.body), theirs = namesOf(reference);
    QVERIFY2(!theirs.isEmpty() && theirs.contains(ours), qPrintable(QStringList((ours - theirs).values()).join(u' ')));
    for (const QString &name : needed)
        QVERIFY2(ours.contains(name), qPrintable(name));
}

void TestMockServers::answersLikeTheDocumentation_data()
{
    QTest::addColumn<int>("server");
    QTest::addColumn<QString>("file");
    const std::pair<MockServer, const char *> kFiles[] = {
        {MockServer::Vllm, "vllm"}, {MockServer::SgLang, "sglang"}, {MockServer::Tgi, "tgi"}, {MockServer::Ollama, "ollama"},
        {MockServer::LmStudio, "lmstudio"}, {MockServer::DeepSeek, "deepseek-api"}, {MockServer::OpenAi, "openai"}};
    for (const auto &[server, file] : kFiles)
        QTest::newRow(file) << int(server) << QString::fromLatin1(file);
}

/// Every documented GET has its answer here, with the documented names; a chat's body has no others either.
void TestMockServers::answersLikeTheDocumentation()
{
    QFETCH(int, server);
    QFETCH(QString, file);
    const QJsonObject document = QJsonDocument::fromJson(contents(shared(QStringLiteral("reference/responses/%1.json").arg(file)))).object();
    if (document.isEmpty())
        QSKIP("the documented answers are not here");
    MockEndpoint mock(playing(MockServer(server)));
    QVERIFY(mock.start());
    RawClient client(mock.port());
    int checked = 0;
    for (const QJsonValue &value : document[QStringLiteral("endpoints")].toArray()) {
        const QJsonObject endpoint = value.toObject();
        const QByteArray path = endpoint[QStringLiteral("path")].toString().toUtf8();
        const bool isGet = endpoint[QStringLiteral("method")] == QStringLiteral("GET"), isChat = path.endsWith("/chat/completions") || path == "/chat/completions";
        if (!isGet && !isChat && path != "/api/show" && path != "/api/chat" && path != "/generate")
            continue;
        QJsonObject body = endpoint[QStringLiteral("request")].toObject();
        if (body.contains(QStringLiteral("model")))
            body[QStringLiteral("model")] = QStringLiteral("mock-model");
        const bool ownGenerate = path != "/generate" || MockServer(server) == MockServer::Tgi;
        if (!ownGenerate)
            continue;
        const RawAnswer answer = client.ask(isGet ? get(path) : post(path, QJsonDocument(body).toJson()));
        QVERIFY2(answer.status == 200, path);
        if (!endpoint[QStringLiteral("body")].isObject())
            continue;
        QSet<QString> theirs, ours = namesOf(answer.body);
        namesOf(endpoint[QStringLiteral("body")], {}, theirs);
        if (path == "/server_info") // all arguments of the server, of which the document shows some
            theirs |= {QStringLiteral(".mem_fraction_static"), QStringLiteral(".kv_cache_dtype")};
        QVERIFY2(!ours.isEmpty() && theirs.contains(ours), qPrintable(QString::fromUtf8(path) + u' ' + QStringList((ours - theirs).values()).join(u' ')));
        ++checked;
    }
    QVERIFY(checked >= 2);
}

void TestMockServers::knowsOnlyItsOwnRoutes()
{
    const QByteArray kPaths[] = {"/props", "/version", "/api/tags", "/info", "/model_info", "/api/v0/models"};
    const std::pair<MockServer, QByteArray> kOwners[] = {
        {MockServer::LlamaCpp, "/props"}, {MockServer::Vllm, "/version"}, {MockServer::Ollama, "/api/tags"},
        {MockServer::Tgi, "/info"}, {MockServer::SgLang, "/model_info"}, {MockServer::OpenAi, ""}};
    for (const auto &[server, own] : kOwners) {
        MockEndpoint mock(playing(server));
        QVERIFY(mock.start());
        RawClient client(mock.port());
        for (const QByteArray &path : kPaths)
            QVERIFY2(client.ask(get(path)).status == (path == own ? 200 : 404), own + " and " + path);
    }
}

void TestMockServers::refusesOtherModels()
{
    const QByteArray request = post("/v1/chat/completions", R"({"model":"nope","messages":[{"role":"user","content":"x"}]})");
    for (const auto &[server, status] : {std::pair{MockServer::Vllm, 404}, {MockServer::OpenAi, 404}, {MockServer::LlamaCpp, 200}}) {
        MockEndpoint mock(playing(server));
        QVERIFY(mock.start());
        RawClient client(mock.port());
        QCOMPARE(client.ask(request).status, status);
    }
}

void TestMockServers::countsTokens()
{
    MockEndpoint mock(playing(MockServer::Vllm));
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const QJsonObject counted = QJsonDocument::fromJson(client.ask(post("/tokenize", R"({"prompt":"one two one"})")).body).object();
    QCOMPARE(counted[QStringLiteral("count")].toInt(), 3);
    QCOMPARE(counted[QStringLiteral("tokens")].toArray().size(), 3);
}

void TestMockServers::tellsTimesInTgisHeaders()
{
    MockEndpoint mock(playing(MockServer::Tgi));
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer answer = client.ask(post("/generate", R"({"inputs":"one two"})"));
    QCOMPARE(answer.header("x-prompt-tokens"), QByteArray("2"));
    QCOMPARE(answer.header("x-generated-tokens"), QByteArray("4"));
    QCOMPARE(answer.header("x-inference-time"), QByteArray("5")); // 2 ms and three gaps
}

QTEST_GUILESS_MAIN(TestMockServers)
#include "tst_mockservers.moc"
