// SPDX-License-Identifier: GPL-3.0-or-later
// Held against the examples and rules of the WHATWG's HTML standard, section "Server-sent events".
#include "core/endpoint/streamsplitter.h"

#include <QTest>

using namespace assay;

namespace {

/// The events of a body that comes in pieces of this many bytes; each piece lies in memory of its own, which goes away.
std::vector<std::string> eventsOf(const std::string &body, size_t step, Framing framing, bool *tooLong = nullptr,
                                  size_t longest = 1 << 20)
{
    StreamSplitter splitter(framing, longest);
    std::vector<std::string> events;
    std::string_view event;
    for (size_t at = 0; at < body.size(); at += step) {
        const std::vector<char> piece(body.begin() + std::ptrdiff_t(at),
                                      body.begin() + std::ptrdiff_t(std::min(at + step, body.size())));
        splitter.feed({piece.data(), piece.size()});
        while (splitter.next(event))
            events.emplace_back(event);
    }
    if (tooLong != nullptr)
        *tooLong = splitter.tooLong();
    return events;
}

std::string withEnds(std::string text, const std::string &end)
{
    for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + end.size()))
        text.replace(at, 1, end);
    return text;
}

} // namespace

class tst_StreamSplitter : public QObject
{
    Q_OBJECT
private slots:
    void sse_data();
    void sse();
    void mixedLineEnds();
    void jsonLines();
    void endsWithoutBlankLine();
    void halfLines();
    void boundedLines();
    void manyLinesTakeLinearTime();
};

void tst_StreamSplitter::sse_data()
{
    using Events = std::vector<std::string>;
    QTest::addColumn<std::string>("body");
    QTest::addColumn<Events>("events");
    QTest::newRow("joined lines") << std::string("data: YHOO\ndata: +2\ndata: 10\n\n") << Events{"YHOO\n+2\n10"};
    QTest::newRow("comment, id")
        << std::string(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n")
        << Events{"first event", "second event", " third event"};
    QTest::newRow("empty data") << std::string("data\n\ndata\ndata\n\ndata:") << Events{"", "\n"};
    QTest::newRow("optional space") << std::string("data:test\n\ndata: test\n\n") << Events{"test", "test"};
    QTest::newRow("BOM") << std::string("\xEF\xBB\xBF"
                                        "data: a\n\ndata: \xEF\xBB\xBF"
                                        "b\n\n")
                         << Events{"a", "\xEF\xBB\xBF"
                                        "b"};
    QTest::newRow("blank lines") << std::string("\n\n\ndata: a\n\n\n\nevent: x\n\ndata: b\n\n") << Events{"a", "b"};
    QTest::newRow("unknown field") << std::string("dat: a\nData: b\n data: c\ndata: d\n\n") << Events{"d"};
    QTest::newRow("keep-alives") << std::string(": keep-alive\n\n:\n\ndata: {}\n\n: x\n") << Events{"{}"};
    QTest::newRow("colons") << std::string("data: a:b: c\n\n") << Events{"a:b: c"};
}

void tst_StreamSplitter::sse()
{
    QFETCH(std::string, body);
    QFETCH(std::vector<std::string>, events);
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const std::string text = withEnds(body, end);
        for (size_t step = 1; step <= text.size(); ++step)
            QCOMPARE(eventsOf(text, step, Framing::Sse), events);
    }
}

void tst_StreamSplitter::mixedLineEnds()
{
    const std::string body = "data: a\r\ndata: b\rdata: c\n\r\ndata: d\r\rdata: e\n\n";
    for (size_t step = 1; step <= body.size(); ++step)
        QCOMPARE(eventsOf(body, step, Framing::Sse), (std::vector<std::string>{"a\nb\nc", "d", "e"}));
}

void tst_StreamSplitter::jsonLines()
{
    const std::string body = "\xEF\xBB\xBF{\"a\":1}\n\n  {\"b\":\"data: x\"} \r\n\r\n[2]\n";
    for (size_t step = 1; step <= body.size(); ++step)
        QCOMPARE(eventsOf(body, step, Framing::JsonLines), (std::vector<std::string>{"{\"a\":1}", "{\"b\":\"data: x\"}", "[2]"}));
}

void tst_StreamSplitter::endsWithoutBlankLine()
{
    for (const auto &[framing, body] : {std::pair(Framing::Sse, "data: 1\n\ndata: 2\ndata: 3"),
                                        {Framing::Sse, "data: 1\n\ndata: 2\n3\ndata: 3\n"},
                                        {Framing::JsonLines, "1\n2\\n3"}}) {
        StreamSplitter splitter(framing);
        std::string_view event;
        splitter.feed(body);
        QVERIFY(splitter.next(event));
        QCOMPARE(event, std::string_view("1"));
        QVERIFY(!splitter.next(event));
        QVERIFY(splitter.last(event));
        QCOMPARE(event, framing == Framing::Sse ? std::string_view("2\n3") : std::string_view("2\\n3"));
        QVERIFY(!splitter.halfLine());
    }
    StreamSplitter nothing;
    std::string_view event;
    nothing.feed("data: 1\n\n");
    QVERIFY(nothing.next(event));
    QVERIFY(!nothing.next(event));
    QVERIFY(!nothing.last(event));
}

void tst_StreamSplitter::halfLines()
{
    StreamSplitter splitter;
    std::string_view event;
    splitter.feed("data: 1\n\nda");
    QVERIFY(splitter.next(event));
    QVERIFY(!splitter.next(event));
    QVERIFY(!splitter.last(event));
    QVERIFY(splitter.halfLine());
}

void tst_StreamSplitter::boundedLines()
{
    bool tooLong = false;
    const std::string body = "data: 1\n\ndata: " + std::string(200, 'x') + "\n\ndata: 2\n\n";
    for (const size_t step : {size_t(1), size_t(64), body.size()}) {
        QCOMPARE(eventsOf(body, step, Framing::Sse, &tooLong, 100), std::vector<std::string>{"1"});
        QVERIFY(tooLong);
    }
    std::string lines; // short ones that add up to one event
    for (int i = 0; i < 100; ++i)
        lines += "data: 12345678\n";
    QCOMPARE(eventsOf(lines + "\n", 16, Framing::Sse, &tooLong, 100), std::vector<std::string>{});
    QVERIFY(tooLong);
}

void tst_StreamSplitter::manyLinesTakeLinearTime()
{
    // With a search to the end at every line this would be some 10^12 steps, and the test's own limit would end it.
    const std::string ends[] = {std::string(2'000'000, '\r'), std::string(2'000'000, '\n')};
    for (const std::string &body : ends)
        QCOMPARE(eventsOf(body, body.size(), Framing::Sse), std::vector<std::string>{});
}

QTEST_APPLESS_MAIN(tst_StreamSplitter)
#include "tst_streamsplitter.moc"
