// SPDX-License-Identifier: GPL-3.0-or-later
// What a report says of a watch, in every form of text; hostile strings in it stay text.
#include "core/report/watchreport.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

using Outcome = WatchRecord::Outcome;
constexpr int64_t kDay = 86'400, kBegin = 1'767'225'600; // 2026-01-01T00:00:00Z

WatchRecord record(WatchCheck check, int64_t day, double statistic)
{
    WatchRecord out;
    out.at = out.due = kBegin + day * kDay;
    out.endpoint = "seller";
    out.check = check;
    out.outcome = Outcome::Compared;
    out.statistic = statistic;
    out.window.requests = 10;
    out.what = {"as before", {}};
    return out;
}

/// Ten days, a change on the eighth, limits of two versions of which one is broken, a switch, a whole audit log.
WatchReading sample()
{
    WatchReading out;
    out.path = "watch.json";
    out.file.name = "what we buy";
    out.file.endpoints = {{"seller", "https://api.example.com/v1", "deepseek-r1", "openai", "", "v2", {WatchCheck::Logprobs, WatchCheck::Tokenizer}}};
    out.file.alerts.webhook = "https://hooks.example.com/x";
    for (int64_t day = 0; day < 10; ++day)
        out.history.records.push_back(record(WatchCheck::Logprobs, day, 0.1 * double(day)));
    WatchRecord &change = out.history.records[7];
    change.change = true;
    change.since = kBegin + 6 * kDay;
    change.what = {"log-probabilities of the first token changed", {}};
    change.alerted = true;
    change.alertTries = 1;
    out.history.records[3].outcome = Outcome::Failed;
    out.history.records[3].statistic.reset();
    out.compliance = {{"seller", "v2", SlaRow::Limit::Ttft, 0.5, 0.95, {0.8, 0.7, 0.9, 50, true}}, {"seller", "v1", SlaRow::Limit::Errors, {}, 0.99, {1, 0.97, 1, 100, true}}};
    AuditReport audit;
    audit.endKnown = true;
    audit.entries = {{0, "2026-01-01T00:00:00Z", "ann@here", "opened", "begun", json::object(), std::string(64, '0'), std::string(64, 'a')},
                     {1, "2026-01-05T00:00:00Z", "ann@here", "switch", "seller: v1 to v2", json{{"endpoint", "seller"}, {"from", "v1"}, {"to", "v2"}, {"why", "half the price"}, {"way-back", "set MODEL=v1"}},
                      std::string(64, 'a'), std::string(64, 'b')}};
    out.switches = versionSwitches(audit.entries);
    out.audit = audit;
    return out;
}

bool has(const std::string &text, const char *what)
{
    return text.find(what) != std::string::npos;
}

} // namespace

class TestWatchReport : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatThePageSays()
    {
        const Report report = buildWatchReport(sample(), "en");
        QCOMPARE(report.sections.size(), size_t(2));
        QVERIFY2(has(report.verdict, "10 checks since 2026-01-01: 1 change was found. 1 check was inconclusive. 1 agreed limit is not met."), report.verdict.c_str());
        const std::string markdown = reportMarkdown(report);
        for (const char *part : {"# Watch over time: what we buy", "https://api.example.com/v1", "half the price", "set MODEL=v1", "2026-01-08T00:00:00Z", "2026-01-07", "taken", "not met",
                                 "70.0 %", "The chain of 2 entries is whole", "1:bbbbbbbb", "Log-probabilities of the first token", "not checked yet"})
            QVERIFY2(has(markdown, part), part);
        QVERIFY(!has(markdown, "Token counts")); // nothing to draw of them
        const std::string html = reportHtml(report);
        QVERIFY(has(html, "half the price") && has(html, "id=\"watch\"") && has(html, "id=\"audit\""));
        QVERIFY(!report.chartTables.at("watch_logprobs").rows.empty());
    }

    void numbersForMachines()
    {
        const Report report = buildWatchReport(sample(), "en");
        const json document = json::parse(reportJson(report));
        const json &watch = document["watch"];
        QCOMPARE(watch["checks"].size(), size_t(10));
        QCOMPARE(watch["checks"][7]["since"].get<std::string>(), std::string("2026-01-07T00:00:00Z"));
        QVERIFY(!watch["checks"][0].contains("window"));
        QVERIFY(watch["limits"][0]["breached"] == true && watch["limits"][0]["interval"][1] == 0.9 && watch["limits"][1]["breached"] == false);
        QCOMPARE(watch["switches"][0]["way_back"].get<std::string>(), std::string("set MODEL=v1"));
        QCOMPARE(watch["audit"]["last"]["entry"].get<int>(), 1);
        QVERIFY(watch["audit"]["broken"].is_null());
        const std::string csv = reportCsv(report);
        QVERIFY2(has(csv, "seller,other,Watch,limit.v2.ttft,rate,0.8,0.7,0.9,50,0.84"), csv.c_str());
        QVERIFY2(has(csv, "seller,other,Watch,change.logprobs,,2026-01-08T00:00:00Z: log-probabilities of the first token changed,,,,"), csv.c_str());
    }

    void aBrokenChainIsSaidFirst()
    {
        WatchReading reading = sample();
        reading.audit.reset();
        reading.switches.clear();
        reading.auditError = Error{ErrorCode::AuditBroken, {"audit.jsonl", "7", "was changed"}, {}};
        const Report report = buildWatchReport(reading, "en");
        const auto *said = std::get_if<ReportParagraph>(&report.sections[1].blocks.front());
        QVERIFY(said && said->emphasis && has(said->text, "entry 7 was changed"));
        QCOMPARE(report.sections[1].blocks.size(), size_t(1));
        QVERIFY(has(json::parse(reportJson(report))["watch"]["audit"]["broken"].get<std::string>(), "entry 7"));
    }

    void nothingWasCheckedYet()
    {
        WatchReading reading;
        reading.file = sample().file;
        const Report report = buildWatchReport(reading, "en");
        QCOMPARE(report.verdict, std::string("Nothing was checked yet."));
        QVERIFY(report.chartTables.empty());
        QVERIFY(has(reportMarkdown(report), "There is no audit log yet"));
        QVERIFY(!reportCsv(report).empty() && json::parse(reportJson(report))["watch"]["checks"].empty());
    }

    void strangersNamesStayText()
    {
        WatchReading reading = sample();
        reading.file.name = "<script>alert(1)</script>";
        reading.file.endpoints[0].name = reading.history.records[7].endpoint = "=cmd|' /C calc'!A0";
        const Report report = buildWatchReport(reading, "en");
        QVERIFY(!has(reportHtml(report), "<script>"));
        QVERIFY(!has(reportMarkdown(report), "<script>"));
        QVERIFY2(has(reportCsv(report), "'=cmd"), reportCsv(report).c_str());
    }
};

QTEST_APPLESS_MAIN(TestWatchReport)
#include "tst_watchreport.moc"
