// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of an answer become: channels, pieces, counts, ends and failures.
#include "streamtesting.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace assay;

namespace {

std::string sse(std::initializer_list<const char *> events, bool done = true)
{
    std::string out;
    for (const char *event : events)
        out += std::string("data: ") + event + "\n\n";
    return done ? out + "data: [DONE]\n\n" : out;
}

std::string delta(const char *field, const char *text)
{
    return std::string("data: {\"choices\":[{\"index\":0,\"delta\":{\"") + field + "\":\"" + text +
           "\"},\"finish_reason\":null}]}\n\n";
}

const std::string kStop = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

} // namespace

class tst_StreamReader : public QObject
{
    Q_OBJECT
private slots:
    void logProbabilitiesCountTokens();
    void bothReasoningFields();
    void inlineThinking_data();
    void inlineThinking();
    void toolCalls();
    void roleOnlyIsNoPiece();
    void usageWithoutChoices();
    void readsShareTheirMoment();
    void failures_data();
    void failures();
    void limits();
    void endMarks();
    void wordsOfErrors();
};

void tst_StreamReader::logProbabilitiesCountTokens()
{
    for (const auto &[dialect, file] :
         {std::pair("llamacpp", "chat.stream.logprobs.sse"), {"llamacpp-completion", "completion.stream.sse"}})
        for (const ChunkRecord &chunk : readOf(dialect, dataFile(QString::fromLatin1(file))).chunks)
            QCOMPARE(chunk.tokens, 1u);
    for (const ChunkRecord &chunk : readOf("llamacpp", dataFile("chat.stream.sse")).chunks)
        QCOMPARE(chunk.tokens, 0u);
}

void tst_StreamReader::bothReasoningFields()
{
    for (const char *field : {"reasoning_content", "reasoning"}) {
        const RequestRecord record = readOf("vllm", delta(field, "why") + delta("content", "so") + kStop);
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(textOf(record, Channel::Reasoning), std::string("why"));
        QCOMPARE(textOf(record, Channel::Answer), std::string("so"));
    }
}

void tst_StreamReader::inlineThinking_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("reasoning");
    QTest::newRow("tags") << std::string("<think>why</think>so") << std::string("<think>why</think>");
    QTest::newRow("blanks before") << std::string("\n <think>\nwhy</think>\n\nso") << std::string("\n <think>\nwhy</think>");
    QTest::newRow("closing tag alone") << std::string("why\n</think>\nso") << std::string("why\n</think>");
    QTest::newRow("closing tag first") << std::string("</think>so") << std::string("</think>");
    QTest::newRow("no tags") << std::string("1 < 2, <b>so</b> </thin") << std::string();
    QTest::newRow("begins like one") << std::string("<thin air") << std::string();
    QTest::newRow("ends in the beginning") << std::string(" <thi") << std::string();
    QTest::newRow("never closed") << std::string("<think>why </thin") << std::string("<think>why </thin");
    QTest::newRow("later opening is text") << std::string("so <think>no") << std::string();
    QTest::newRow("Magistral") << std::string("[THINK]why</think>[/THINK]so") << std::string("[THINK]why</think>[/THINK]");
    QTest::newRow("second block is answer") << std::string("<think>a</think>b<think>c</think>")
                                            << std::string("<think>a</think>");
    QTest::newRow("false start of the end") << std::string("<think>a<</think>b") << std::string("<think>a<</think>");
}

void tst_StreamReader::inlineThinking()
{
    QFETCH(std::string, text);
    QFETCH(std::string, reasoning);
    for (size_t step = 1; step <= text.size(); ++step) {
        std::string body;
        for (size_t at = 0; at < text.size(); at += step) {
            const QJsonObject content{{"content", QString::fromStdString(text.substr(at, step))}};
            const QJsonObject event{{"choices", QJsonArray{QJsonObject{{"delta", content}}}}};
            body += "data: " + QJsonDocument(event).toJson(QJsonDocument::Compact).toStdString() + "\n\n";
        }
        const RequestRecord record = readOf("vllm", body + kStop);
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(textOf(record, Channel::Reasoning), reasoning);
        QCOMPARE(textOf(record, Channel::Answer), text.substr(reasoning.size()));
        QCOMPARE(record.text, text);
    }
    // A text that is told apart by the server has no tags.
    const RequestRecord told = readOf("vllm", delta("reasoning_content", "why") + delta("content", "<think>") + kStop);
    QCOMPARE(textOf(told, Channel::Answer), std::string("<think>"));
}

void tst_StreamReader::toolCalls()
{
    const std::string body = sse(
        {R"({"choices":[{"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}}]})",
         R"({"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}}]}}]})",
         R"({"choices":[{"delta":{},"finish_reason":"tool_calls"}]})"});
    const RequestRecord record = readOf("openai", body);
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.chunks.size(), size_t(2));
    QCOMPARE(textOf(record, Channel::Tool), std::string("f{\"x\":1}"));
    QCOMPARE(record.finish, std::string("tool_calls"));
}

void tst_StreamReader::roleOnlyIsNoPiece()
{
    const std::string role = R"(data: {"choices":[{"delta":{"role":"assistant","content":""}}]})"
                             "\n\n";
    const RequestRecord record = readOf("vllm", role + role + delta("content", "a") + delta("content", "") + kStop, role.size());
    QCOMPARE(record.chunks.size(), size_t(1));
    QVERIFY(record.chunks.front().at > 0); // that of its own read, not of the first
}

void tst_StreamReader::usageWithoutChoices()
{
    const std::string usage = R"(data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":7}})"
                              "\n\n";
    const RequestRecord record = readOf("vllm", delta("content", "a") + usage + kStop);
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.chunks.size(), size_t(1));
    QCOMPARE(record.usage.completion.value_or(-1), 7);
    const RequestRecord none = readOf("vllm", delta("content", "a") + kStop);
    QVERIFY(!none.usage.completion && !none.usage.prompt && !none.usage.cached);
    const RequestRecord odd = readOf("vllm", delta("content", "a") +
                                                 R"(data: {"usage":{"prompt_tokens":-3,"completion_tokens":"7"}})"
                                                 "\n\n" +
                                                 kStop);
    QVERIFY(!odd.usage.completion && !odd.usage.prompt);
}

void tst_StreamReader::readsShareTheirMoment()
{
    const std::string two = delta("content", "a") + delta("content", "b");
    const RequestRecord record = readOf("vllm", two + two + kStop, two.size());
    QCOMPARE(record.chunks.size(), size_t(4));
    QCOMPARE(record.chunks[0].at, record.chunks[1].at);
    QCOMPARE(record.chunks[0].read, record.chunks[1].read);
    QCOMPARE(record.chunks[2].read, record.chunks[1].read + 1);
    QVERIFY(record.chunks[2].at > record.chunks[1].at);
}

void tst_StreamReader::failures_data()
{
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<Failure>("failure");
    QTest::addColumn<QByteArray>("words");
    const std::string text = delta("content", "a");
    QTest::newRow("error event") << QByteArray("vllm") << text + sse({R"({"error":{"message":"out of memory","code":500}})"})
                                 << Failure::ErrorInStream << QByteArray("out of memory");
    QTest::newRow("flat error")
        << QByteArray("sglang")
        << sse({R"({"object":"error","message":"too long","type":"BadRequestError","param":null,"code":400})"})
        << Failure::ErrorInStream << QByteArray("too long");
    QTest::newRow("error in words") << QByteArray("tgi")
                                    << sse({R"({"error":"Request failed","error_type":"generation"})"}, false)
                                    << Failure::ErrorInStream << QByteArray("Request failed");
    QTest::newRow("error at once") << QByteArray("vllm") << std::string(R"({"error":{"message":"no"}})") << Failure::ErrorInStream
                                   << QByteArray("no");
    QTest::newRow("ollama") << QByteArray("ollama")
                            << std::string("{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"error\":\"crashed\"}\n")
                            << Failure::ErrorInStream << QByteArray("crashed");
    QTest::newRow("anthropic")
        << QByteArray("anthropic")
        << std::string("event: error\ndata: "
                       "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n")
        << Failure::ErrorInStream << QByteArray("Overloaded");
    QTest::newRow("old llama.cpp") << QByteArray("llamacpp")
                                   << text + "error: {\"code\":500,\"message\":\"slot gone\",\"type\":\"server_error\"}\n\n"
                                   << Failure::ErrorInStream << QByteArray("slot gone");
    QTest::newRow("no error") << QByteArray("vllm")
                              << sse({R"({"error":null,"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]})"})
                              << Failure::None << QByteArray();
    QTest::newRow("broken JSON") << QByteArray("vllm") << text + "data: {\"choices\":[\n\n" << Failure::Malformed << QByteArray();
    QTest::newRow("no JSON") << QByteArray("vllm") << text + "data: hello\n\n" << Failure::Malformed << QByteArray();
    QTest::newRow("no object") << QByteArray("vllm") << text + "data: 12\n\n" << Failure::Malformed << QByteArray();
    QTest::newRow("broken UTF-8") << QByteArray("vllm") << delta("content", "\xC3") + kStop << Failure::Malformed << QByteArray();
    QTest::newRow("broken UTF-8 elsewhere") << QByteArray("vllm") << sse({"{\"id\":\"\xFF\"}"}) << Failure::Malformed
                                            << QByteArray();
    QTest::newRow("half an event") << QByteArray("vllm") << text + "data: {\"choi" << Failure::Malformed << QByteArray();
    QTest::newRow("half a line") << QByteArray("vllm") << text + "da" << Failure::Malformed
                                 << QByteArray("half a line at the end");
    QTest::newRow("half a JSON line") << QByteArray("ollama") << std::string("{\"message\":{\"content\":\"a\"}}\n{\"mess")
                                      << Failure::Malformed << QByteArray();
    QTest::newRow("HTML") << QByteArray("vllm")
                          << std::string("\n<!DOCTYPE html><html><head><title>Sign in</title></head></html>")
                          << Failure::NotTheProtocol << QByteArray("Sign in");
    QTest::newRow("prose") << QByteArray("vllm") << std::string("Hello, this is a proxy") << Failure::NotTheProtocol
                           << QByteArray("Hello, this is a proxy");
    QTest::newRow("prose that looks like a field")
        << QByteArray("vllm") << std::string("error occurred\n\n") << Failure::NotTheProtocol << QByteArray();
    QTest::newRow("other JSON") << QByteArray("vllm") << std::string(R"({"status":"ok"})") << Failure::NotTheProtocol
                                << QByteArray();
    QTest::newRow("no end mark") << QByteArray("vllm") << text << Failure::CutShort << QByteArray();
    QTest::newRow("nothing") << QByteArray("vllm") << std::string() << Failure::CutShort << QByteArray();
    QTest::newRow("comments only") << QByteArray("vllm") << std::string(": keep-alive\n\n") << Failure::CutShort << QByteArray();
    QTest::newRow("no text") << QByteArray("vllm") << kStop << Failure::NoText << QByteArray();
    QTest::newRow("no text of Ollama") << QByteArray("ollama")
                                       << std::string("{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n")
                                       << Failure::NoText << QByteArray();
}

void tst_StreamReader::failures()
{
    QFETCH(QByteArray, dialect);
    QFETCH(std::string, body);
    QFETCH(Failure, failure);
    QFETCH(QByteArray, words);
    for (size_t step : {size_t(0), size_t(1), size_t(7)}) {
        const RequestRecord record = readOf(dialect, body, step);
        QCOMPARE(record.failure, failure);
        if (!words.isEmpty() && (step == 0 || failure != Failure::NotTheProtocol)) // prose is known at its first bytes
            QCOMPARE(QByteArray::fromStdString(record.detail), words);
    }
}

void tst_StreamReader::limits()
{
    std::string endless;
    for (int i = 0; i < 300; ++i)
        endless += delta("content", "a");
    StreamLimits few;
    few.chunks = 100;
    QCOMPARE(readOf("vllm", endless, 0, few).failure, Failure::Endless);
    StreamLimits small;
    small.bytes = 1000;
    QCOMPARE(readOf("vllm", endless, 100, small).failure, Failure::Endless);
    QCOMPARE(readOf("vllm", "{\"choices\":[" + std::string(2000, ' '), 100, small).failure, Failure::Endless);
    StreamLimits silent;
    silent.keepText = false;
    const RequestRecord record = readOf("vllm", delta("content", "ab") + kStop, 0, silent);
    QVERIFY(record.text.empty());
    QCOMPARE(record.chunks.front().bytes, 2u);
}

void tst_StreamReader::endMarks()
{
    // Some servers leave [DONE] out, or its blank line; whoever told the end has answered. What follows is no matter.
    const std::string finished = delta("content", "a") + R"(data: {"choices":[{"delta":{},"finish_reason":"length"}]})"
                                                         "\n\n";
    QCOMPARE(readOf("vllm", finished).failure, Failure::None);
    QCOMPARE(readOf("vllm", delta("content", "a") + "data: [DONE]").failure, Failure::None);
    QCOMPARE(readOf("vllm", finished + "data: [DONE]\n\ndata: rubbish\n\n").failure, Failure::None);
    const RequestRecord special = readOf(
        "tgi",
        sse({R"({"token":{"id":5,"text":"a","special":false},"generated_text":null,"details":null})",
             R"({"token":{"id":2,"text":"</s>","special":true},"generated_text":"a","details":{"finish_reason":"eos_token","generated_tokens":2}})"},
            false));
    QCOMPARE(special.failure, Failure::None);
    QCOMPARE(special.text, std::string("a"));
    QCOMPARE(special.chunks.front().tokens, 1u);
    QCOMPARE(special.usage.completion.value_or(-1), 2);
}

void tst_StreamReader::wordsOfErrors()
{
    QCOMPARE(wordsOfError(dataFile("error.too-long.json")),
             std::string("request (1209 tokens) exceeds the available context size (512 tokens), try increasing it"));
    QCOMPARE(wordsOfError(R"({"detail":[{"loc":["body"],"msg":"field required"}]})"), std::string("field required"));
    QCOMPARE(wordsOfError(R"({"error":"model 'nope' not found"})"), std::string("model 'nope' not found"));
    QCOMPARE(wordsOfError("<html><title>502 Bad Gateway</title></html>"), std::string("502 Bad Gateway"));
    QCOMPARE(wordsOfError("bad\r\n  thing"), std::string("bad thing"));
    QVERIFY(wordsOfError(std::string(100'000, 'x')).size() <= 300);
    QVERIFY(wordsOfError("\xFF\xFE").size() > 0);
}

QTEST_APPLESS_MAIN(tst_StreamReader)
#include "tst_streamreader.moc"
