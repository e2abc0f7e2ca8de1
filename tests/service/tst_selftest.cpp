// SPDX-License-Identifier: GPL-3.0-or-later
// The self-test's arithmetic against records made by hand, its record on disk, and a small real one.
#include "core/service/selftest.h"

#include <QFile>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

constexpr int64_t kMs = 1'000'000;

MockRequest truth(int64_t index, std::vector<int64_t> chunks, int64_t received)
{
    MockRequest request;
    request.body = R"({"messages":[{"role":"user","content":"self-test )" + std::to_string(index) + R"("}]})";
    request.received = received;
    request.chunks = std::move(chunks);
    return request;
}

RequestRecord recorded(int64_t index, const std::vector<int64_t> &chunks, int64_t sent)
{
    RequestRecord record;
    record.index = index;
    record.sent = sent;
    record.text = "text";
    for (const int64_t at : chunks)
        record.chunks.push_back({at, 0, Channel::Answer, 2, 0});
    return record;
}

} // namespace

class TestSelfTest : public QObject
{
    Q_OBJECT
private slots:
    void comparesMoments();
    void seesLostAndInventedPieces();
    void provesUpToTheFirstFailure();
    void keepsItsReport();
    void ignoresReportsOfOthers();
    void runsAgainstTheRealClient();
    void stops();
};

void TestSelfTest::comparesMoments()
{
    const int64_t origin = 1000 * kMs; // the mock's clock is absolute, the records count from the origin
    const std::vector<MockRequest> mock{truth(7, {1110 * kMs, 1120 * kMs, 1130 * kMs}, 1010 * kMs)};
    const std::vector<RequestRecord> client{recorded(7, {112 * kMs, 121 * kMs, 134 * kMs}, 9 * kMs)};
    const SelfTestResult result = compareWithMock(client, mock, origin, "text");
    QCOMPARE(result.written, 3);
    QCOMPARE(result.lost + result.invented + result.failed + result.altered, 0);
    QCOMPARE(result.ttft.median, 0.003);  // 103 ms against 100 ms
    QCOMPARE(result.tpot.median, 0.001);  // 11 ms against 10 ms
    QCOMPARE(result.chunk.n, 3);
    QCOMPARE(result.chunk.median, 0.002); // of 2, 1 and 4 ms
    QCOMPARE(result.chunk.most, 0.004);
    QVERIFY(!result.proven());
}

void TestSelfTest::seesLostAndInventedPieces()
{
    const std::vector<MockRequest> mock{truth(0, {1, 2, 3}, 0), truth(1, {1, 2}, 0), truth(2, {1}, 0)};
    std::vector<RequestRecord> client{recorded(0, {1, 2}, 0), recorded(1, {1, 2, 3, 4}, 0), recorded(9, {5}, 0)};
    SelfTestResult result = compareWithMock(client, mock, 0, "text");
    QCOMPARE(result.written, 6);
    QCOMPARE(result.lost, 2);     // one of the first, all of the third
    QCOMPARE(result.invented, 3); // two of the second, one of a request that never was
    QVERIFY(!result.proven());
    client = {recorded(0, {1, 2, 3}, 0), recorded(1, {1, 2}, 0), recorded(2, {1}, 0)};
    QVERIFY(compareWithMock(client, mock, 0, "text").proven());
    client[1].text = "texT";
    QCOMPARE(compareWithMock(client, mock, 0, "text").altered, 1);
    client[1].failure = Failure::CutShort;
    result = compareWithMock(client, mock, 0, "text");
    QVERIFY(result.failed == 1 && result.altered == 0 && !result.proven());
}

void TestSelfTest::provesUpToTheFirstFailure()
{
    const auto result = [](int64_t streams, double p99, bool inStep = false) {
        SelfTestResult out;
        out.level = {streams, 50, 1, inStep};
        out.written = streams * 50;
        out.chunk.p99 = p99;
        return out;
    };
    SelfTestReport report;
    QCOMPARE(report.provenRate(), 0.0);
    report.results = {result(10, 0.0001), result(100, 0.0019), result(200, 0.5, true), result(300, 0.0005), result(400, 0.002), result(500, 0.0001)};
    QCOMPARE(report.provenRate(), 15'000.0); // the level after a failed one proves nothing
    report.results = {result(10, 0.1)};
    QCOMPARE(report.provenRate(), 0.0);
}

void TestSelfTest::keepsItsReport()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("new/selftest.json"));
    QVERIFY(!lastSelfTest(file));
    SelfTestReport report;
    report.made = "2026-01-02T03:04:05Z";
    report.host = QSysInfo::machineHostName().toStdString();
    report.assay = ASSAY_VERSION;
    SelfTestResult result;
    result.level = {10, 50, 2, false};
    result.written = 1000;
    result.ttft = {0.001, 0.002, 0.003, 10};
    result.clientSeconds = 0.25;
    report.results = {result};
    QVERIFY(keepSelfTest(report, file));
    const auto again = lastSelfTest(file);
    QVERIFY(again);
    QVERIFY(*again == report);
    QCOMPARE(again->provenRate(), 500.0);
    const auto unwritable = keepSelfTest(report, QStringLiteral("/proc/nowhere/selftest.json"));
    QVERIFY(!unwritable && unwritable.error().code == ErrorCode::FileUnwritable);
}

void TestSelfTest::ignoresReportsOfOthers()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("selftest.json"));
    SelfTestReport report;
    report.host = "another machine";
    report.assay = ASSAY_VERSION;
    QVERIFY(keepSelfTest(report, path));
    QVERIFY(!lastSelfTest(path));
    report.host = QSysInfo::machineHostName().toStdString();
    report.assay = "0.0.0";
    QVERIFY(keepSelfTest(report, path));
    QVERIFY(!lastSelfTest(path));
    for (const QByteArray damaged : {"", "{", "[]", R"({"made":1})", R"({"made":"","host":"","assay":"","levels":[{"streams":"x"}]})"}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(damaged);
        file.close();
        QVERIFY(!lastSelfTest(path));
    }
}

void TestSelfTest::runsAgainstTheRealClient()
{
    const auto report = runSelfTest({{1, 100, 0.2}, {20, 100, 0.2}, {20, 100, 0.2, true}}, [](const SelfTestResult &) {});
    QVERIFY(report);
    QCOMPARE(report->results.size(), size_t(3)); // however late a busy machine was, three are not refused
    const int64_t written[] = {20, 400, 400};
    for (size_t i = 0; i < 3; ++i) {
        const SelfTestResult &result = report->results[i];
        QCOMPARE(result.written, written[i]);
        QCOMPARE(result.lost, 0);
        QCOMPARE(result.invented, 0);
        QCOMPARE(result.failed, 0);
        QCOMPARE(result.altered, 0);
        QCOMPARE(result.chunk.n, written[i]);
        QVERIFY(result.clientSeconds > 0 && result.mockSeconds > 0);
    }
}

void TestSelfTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const auto report = runSelfTest({{1, 50, 0.1}}, [](const SelfTestResult &) {}, source.get_token());
    QVERIFY(!report);
    QCOMPARE(int(report.error().code), int(ErrorCode::Cancelled));
}

QTEST_GUILESS_MAIN(TestSelfTest)
#include "tst_selftest.moc"
