// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/base64.h"
#include "core/protocol/messages.h"

#include <QtTest>

using namespace assay;
using namespace assay::protocol;

class TestLines : public QObject
{
    Q_OBJECT

private slots:
    void requests()
    {
        const std::string line = requestLine(7, method::kLoad, {{"path", "/a\nb"}});
        QCOMPARE(line.find('\n'), line.size() - 1);
        const auto message = parseLine(line);
        QVERIFY(message.has_value());
        QCOMPARE(message->id, std::optional<int64_t>(7));
        QCOMPARE(message->method, std::string("load"));
        QCOMPARE(message->params["path"].get<std::string>(), std::string("/a\nb"));
    }

    void notificationsHaveNoId()
    {
        const auto message = parseLine(notificationLine(notification::kProgress, {{"id", 1}}));
        QVERIFY(message.has_value());
        QVERIFY(!message->id);
        QCOMPARE(message->method, std::string("progress"));
    }

    void results()
    {
        const auto message = parseLine(resultLine(-3, {{"x", 1}}));
        QVERIFY(message.has_value());
        QCOMPARE(message->id, std::optional<int64_t>(-3));
        QVERIFY(message->method.empty());
        QCOMPARE(message->result["x"].get<int>(), 1);
        QVERIFY(!message->error);
    }

    // Every code crosses the line with its arguments, so that the other side can say it in its own language.
    void errors()
    {
        for (int code = 0; code < int(ErrorCode::Count_); ++code) {
            const Error error{ErrorCode(code), {"one", "two"}, "there"};
            const auto message = parseLine(errorLine(5, error));
            QVERIFY(message.has_value());
            QVERIFY(message->error.has_value());
            QCOMPARE(message->error->code, error.code);
            QCOMPARE(message->error->arguments, error.arguments);
            QCOMPARE(message->error->where, error.where);
        }
        QVERIFY(!parseLine(errorLine({}, {ErrorCode::Cancelled, {}, {}}))->id);
    }

    void anErrorOfALaterVersionKeepsItsSentence()
    {
        const auto message =
            parseLine(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"The moon is full.",
            "data":{"id":"moon.full","arguments":[]}}})");
        QVERIFY(message.has_value());
        QCOMPARE(message->error->code, ErrorCode::Internal);
        QVERIFY(message->error->sentence().find("The moon is full.") != std::string::npos);
    }

    void invalidUtf8IsReplaced()
    {
        const auto message = parseLine(notificationLine("x", {{"text", std::string("a\xff", 2)}}));
        QVERIFY(message.has_value());
        QCOMPARE(message->params["text"].get<std::string>(), std::string("a\xef\xbf\xbd"));
    }

    void damagedLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char *name, const QByteArray &line) { QTest::newRow(name) << line; };
        row("empty", "");
        row("no JSON", "hello");
        row("half", R"({"jsonrpc":"2.0","id":1,)");
        row("binary", QByteArray("\0\x01\xff\xfe{", 5));
        row("invalid UTF-8", QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}"));
        row("list", "[1,2]");
        row("number", "12");
        row("no version", R"({"id":1,"method":"x"})");
        row("wrong version", R"({"jsonrpc":"1.0","id":1,"method":"x"})");
        row("version of a wrong type", R"({"jsonrpc":{"a":1},"id":1,"method":"x"})");
        row("text id", R"({"jsonrpc":"2.0","id":"1","method":"x"})");
        row("fraction id", R"({"jsonrpc":"2.0","id":1.5,"method":"x"})");
        row("huge id", R"({"jsonrpc":"2.0","id":18446744073709551615,"method":"x"})");
        row("number method", R"({"jsonrpc":"2.0","id":1,"method":5})");
        row("list params", R"({"jsonrpc":"2.0","id":1,"method":"x","params":[1]})");
        row("neither", R"({"jsonrpc":"2.0","id":1})");
        row("result without id", R"({"jsonrpc":"2.0","result":1})");
        row("error as text", R"({"jsonrpc":"2.0","id":1,"error":"bad"})");
        row("deep", QByteArray(1'000'000, '['));
        row("deep objects", QByteArray("{\"a\":").repeated(100'000));
        row("too long", QByteArray(int(kMaximumLine) + 1, ' '));
    }

    void damagedLines()
    {
        QFETCH(QByteArray, line);
        const auto message = parseLine(std::string_view(line.constData(), size_t(line.size())));
        QVERIFY(!message);
        QCOMPARE(message.error().code, ErrorCode::ProtocolViolation);
    }

    void bracketsInsideTextsAreNoNesting()
    {
        const std::string brackets(1000, '[');
        QVERIFY(parseLine(requestLine(1, "x", {{"text", brackets + "\\\"" + brackets}})).has_value());
    }

    // RFC 4648, section 10.
    void base64_data()
    {
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QByteArray>("coded");
        QTest::newRow("0") << QByteArray("") << QByteArray("");
        QTest::newRow("1") << QByteArray("f") << QByteArray("Zg==");
        QTest::newRow("2") << QByteArray("fo") << QByteArray("Zm8=");
        QTest::newRow("3") << QByteArray("foo") << QByteArray("Zm9v");
        QTest::newRow("4") << QByteArray("foob") << QByteArray("Zm9vYg==");
        QTest::newRow("5") << QByteArray("fooba") << QByteArray("Zm9vYmE=");
        QTest::newRow("6") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
        QTest::newRow("high") << QByteArray("\xff\xfe\xfb") << QByteArray("//77");
    }

    void base64()
    {
        QFETCH(QByteArray, plain);
        QFETCH(QByteArray, coded);
        QCOMPARE(QByteArray::fromStdString(
                     toBase64(std::as_bytes(std::span(plain.constData(), size_t(plain.size()))))),
                 coded);
        const auto back = fromBase64(coded.toStdString());
        QVERIFY(back.has_value());
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(back->data()), qsizetype(back->size())), plain);
    }

    void base64Damaged()
    {
        for (const char *text :
             {"Z", "Zg", "Zg=", "Zg=a", "=g==", "Zh==", "Zm9=", "Zm 9", "Zg==Zg==", "Zm9v\n"})
            QVERIFY2(!fromBase64(text), text);
    }
};

QTEST_GUILESS_MAIN(TestLines)
#include "tst_lines.moc"
