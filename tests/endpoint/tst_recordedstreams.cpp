// SPDX-License-Identifier: GPL-3.0-or-later
// Recorded answers of llama.cpp's server and documented ones of others, read whole and in every cut; what they hold is taken
// out of them again by Qt's own JSON reader, or written here as the documents say it.
#include "streamtesting.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace assay;

namespace {

QString sharedFolder()
{
    const QString given = qEnvironmentVariable("ASSAY_SHARED");
    return given.isEmpty() ? QStringLiteral(ASSAY_SOURCE_DIR "/../shared") : given;
}

} // namespace

class tst_RecordedStreams : public QObject
{
    Q_OBJECT
private slots:
    void recorded_data();
    void recorded();
    void cutByTheClient();
    void nativeTimings();
    void documentedStreams_data();
    void documentedStreams();
    void documentedAnswers_data();
    void documentedAnswers();
};

void tst_RecordedStreams::recorded_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("dialect");
    for (const char *name : {"chat.stream", "chat.stream.usage", "chat.stream.timings", "chat.stream.logprobs",
                             "reasoning.stream", "reasoning2.stream"})
        QTest::newRow(name) << QString::fromLatin1(name) << QByteArray("llamacpp");
    QTest::newRow("v1-completions.stream") << QStringLiteral("v1-completions.stream") << QByteArray("openai-completions");
    QTest::newRow("completion.stream") << QStringLiteral("completion.stream") << QByteArray("llamacpp-completion");
    QTest::newRow("messages.stream") << QStringLiteral("messages.stream") << QByteArray("anthropic");
}

void tst_RecordedStreams::recorded()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, dialect);
    const std::string body = dataFile(file + QStringLiteral(".sse"));
    // What is in it, by another reader.
    std::string answer, reasoning;
    size_t pieces = 0;
    QJsonObject usage, timings;
    for (const QByteArray &line : QByteArray::fromStdString(body).split('\n')) {
        const QJsonObject event = QJsonDocument::fromJson(line.startsWith("data: ") ? line.mid(6) : QByteArray()).object();
        const QJsonObject choice = event["choices"].toArray().first().toObject();
        for (const QJsonValue &text : {choice["delta"]["content"], choice["text"], event["content"], event["delta"]["text"]}) {
            answer += text.toString().toStdString();
            pieces += text.toString().isEmpty() ? 0 : 1;
        }
        reasoning += choice["delta"]["reasoning_content"].toString().toStdString();
        pieces += choice["delta"]["reasoning_content"].toString().isEmpty() ? 0 : 1;
        if (event.contains("usage"))
            usage = event["usage"].toObject();
        if (event.contains("timings"))
            timings = event["timings"].toObject();
    }
    QVERIFY(pieces > 0);
    const RequestRecord whole = readOf(dialect, body);
    QCOMPARE(whole.failure, Failure::None);
    QCOMPARE(textOf(whole, Channel::Answer), answer);
    QCOMPARE(textOf(whole, Channel::Reasoning), reasoning);
    QCOMPARE(whole.chunks.size(), pieces);
    QVERIFY(!whole.finish.empty());
    QCOMPARE(whole.receivedBytes, body.size());
    if (dialect != "anthropic") {
        const QString counted = usage.contains("completion_tokens") ? "completion_tokens" : "predicted_n";
        QCOMPARE(whole.usage.completion.value_or(-1), (usage.contains(counted) ? usage : timings)[counted].toInteger());
        QCOMPARE(whole.usage.prompt.value_or(-1), timings["prompt_n"].toInteger() + timings["cache_n"].toInteger());
        QCOMPARE(whole.usage.cached.value_or(-1), timings["cache_n"].toInteger());
        QCOMPARE(whole.times.prompt.value_or(-1), timings["prompt_ms"].toDouble() * 1e-3);
        QCOMPARE(whole.times.decode.value_or(-1), timings["predicted_ms"].toDouble() * 1e-3);
    } else {
        QCOMPARE(whole.usage.prompt.value_or(-1), 12); // 1 and 11 of the cache
        QCOMPARE(whole.usage.cached.value_or(-1), 11);
        QCOMPARE(whole.usage.completion.value_or(-1), 6);
        QCOMPARE(whole.finish, std::string("max_tokens"));
    }
    for (size_t step = 1; step <= body.size(); step = step < 40 ? step + 1 : step * 2) {
        RequestRecord cut = readOf(dialect, body, step);
        QCOMPARE(cut.chunks.size(), whole.chunks.size());
        cut.chunks = whole.chunks; // moments and reads are those of the cutting
        QCOMPARE(cut, whole);
    }
}

void tst_RecordedStreams::cutByTheClient()
{
    const RequestRecord record = readOf("llamacpp", dataFile("chat.stream.cut.sse"));
    QCOMPARE(record.failure, Failure::CutShort);
    QCOMPARE(record.chunks.size(), size_t(11));
}

void tst_RecordedStreams::nativeTimings()
{
    const RequestRecord record = readOf("llamacpp-completion", dataFile("completion.json"));
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.usage.completion.value_or(-1), 8);
    QCOMPARE(record.finish, std::string("limit"));
    const RequestRecord whole = readOf("llamacpp", dataFile("reasoning.json"));
    QCOMPARE(whole.failure, Failure::None);
    QCOMPARE(textOf(whole, Channel::Reasoning), std::string("\nTwo and two."));
    QCOMPARE(textOf(whole, Channel::Answer), std::string("\n\nThe answer is 4."));
    QCOMPARE(whole.usage.completion.value_or(-1), 29);
    QCOMPARE(textOf(readOf("anthropic", dataFile("messages.json")), Channel::Answer).empty(), false);
}

void tst_RecordedStreams::documentedStreams_data()
{
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("reasoning");
    QTest::addColumn<int>("prompt");
    QTest::addColumn<int>("completion");
    QTest::newRow("deepseek") << QByteArray("deepseek") << QStringLiteral("deepseek-api.json") << QByteArray("Two") << 9 << 21;
    QTest::newRow("openai") << QByteArray("openai") << QStringLiteral("openai.json") << QByteArray() << 12 << 2;
}

void tst_RecordedStreams::documentedStreams()
{
    QFETCH(QByteArray, dialect);
    QFETCH(QString, file);
    QFile source(sharedFolder() + QStringLiteral("/reference/responses/") + file);
    if (!source.open(QIODevice::ReadOnly))
        QSKIP("the documented answers are not here (ASSAY_SHARED)");
    int streams = 0;
    for (const QJsonValue &endpoint : QJsonDocument::fromJson(source.readAll())["endpoints"].toArray()) {
        std::string body;
        for (const QJsonValue &line : endpoint["stream_lines"].toArray())
            body += line.toString().toStdString() + "\n";
        if (body.empty())
            continue;
        ++streams;
        const RequestRecord record = readOf(dialect, body);
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(textOf(record, Channel::Answer), std::string("4"));
        QTEST(QByteArray::fromStdString(textOf(record, Channel::Reasoning)), "reasoning");
        QTEST(int(record.usage.prompt.value_or(-1)), "prompt");
        QTEST(int(record.usage.completion.value_or(-1)), "completion");
        QCOMPARE(record.finish, std::string("stop"));
    }
    QVERIFY(streams > 0);
}

void tst_RecordedStreams::documentedAnswers_data()
{
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("reasoning");
    QTest::addColumn<int>("hiddenReasoning"); ///< -1: not told
    const QByteArray thought = "Two and two make four.";
    const QString chat = QStringLiteral("/v1/chat/completions");
    QTest::newRow("deepseek") << QByteArray("deepseek") << QStringLiteral("deepseek-api.json")
                              << QStringLiteral("/chat/completions") << thought << 17;
    QTest::newRow("openai") << QByteArray("openai") << QStringLiteral("openai.json") << chat << QByteArray() << 0;
    QTest::newRow("vllm") << QByteArray("vllm") << QStringLiteral("vllm.json") << chat << thought << -1;
    QTest::newRow("sglang") << QByteArray("sglang") << QStringLiteral("sglang.json") << chat << thought << 17;
    QTest::newRow("llamacpp") << QByteArray("llamacpp") << QStringLiteral("llamacpp.json") << chat << thought << -1;
    QTest::newRow("lmstudio") << QByteArray("lmstudio") << QStringLiteral("lmstudio.json")
                              << QStringLiteral("/api/v0/chat/completions") << QByteArray() << -1;
    QTest::newRow("ollama") << QByteArray("ollama") << QStringLiteral("ollama.json") << QStringLiteral("/api/chat") << thought
                            << -1;
    QTest::newRow("ollama's chat") << QByteArray("openai-chat") << QStringLiteral("ollama.json") << chat << thought << -1;
}

void tst_RecordedStreams::documentedAnswers()
{
    QFETCH(QByteArray, dialect);
    QFETCH(QString, file);
    QFETCH(QString, path);
    QFETCH(int, hiddenReasoning);
    QFile source(sharedFolder() + QStringLiteral("/reference/responses/") + file);
    if (!source.open(QIODevice::ReadOnly))
        QSKIP("the documented answers are not here (ASSAY_SHARED)");
    int answers = 0;
    for (const QJsonValue &endpoint : QJsonDocument::fromJson(source.readAll())["endpoints"].toArray()) {
        if (endpoint["path"].toString() != path || endpoint["status"].toInt() != 200)
            continue;
        ++answers;
        const QJsonObject body = endpoint["body"].toObject();
        const RequestRecord record = readOf(dialect, QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString());
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(textOf(record, Channel::Answer), std::string("4"));
        QTEST(QByteArray::fromStdString(textOf(record, Channel::Reasoning)), "reasoning");
        QCOMPARE(record.model, body["model"].toString().toStdString());
        QCOMPARE(int(record.usage.reasoning.value_or(-1)), hiddenReasoning);
        const QJsonValue counted = body["usage"]["completion_tokens"];
        QCOMPARE(record.usage.completion.value_or(-1),
                 counted.isUndefined() ? body["eval_count"].toInteger() : counted.toInteger());
        if (body.contains("eval_duration"))
            QCOMPARE(record.times.decode.value_or(-1), body["eval_duration"].toDouble() * 1e-9);
        if (body.contains("stats"))
            QCOMPARE(record.times.decode.value_or(-1), body["stats"]["generation_time"].toDouble());
    }
    QVERIFY(answers > 0);
}

QTEST_APPLESS_MAIN(tst_RecordedStreams)
#include "tst_recordedstreams.moc"
