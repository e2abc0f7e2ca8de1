// SPDX-License-Identifier: GPL-3.0-or-later
// A watch that goes on for long: what is written of it and read again, new baselines, inputs that leave the border, versions.
#include "core/base/file.h"
#include "core/identify/watch/utctime.h"
#include "core/identify/watch/watchediting.h"
#include "core/identify/watch/watchreading.h"
#include "core/identify/watch/watchseries.h"

#include <QTemporaryDir>
#include <QTest>

using namespace assay;

namespace {

using Outcome = WatchRecord::Outcome;
constexpr int64_t kDay = 86'400, kBegin = 1'767'225'600; // 2026-01-01T00:00:00Z

WatchFile usual()
{
    WatchFile file;
    file.name = "what we buy";
    WatchEndpoint endpoint{"seller", "https://api.example.com/v1", "deepseek-r1", "openai", "SELLER_KEY", "v1", {WatchCheck::Logprobs, WatchCheck::Latency}};
    file.endpoints = {endpoint};
    file.every = {{WatchCheck::Logprobs, 3600}, {WatchCheck::Border, kDay}, {WatchCheck::Tokenizer, kDay}, {WatchCheck::Latency, 900}};
    file.logprobs.top = 5;
    file.tokenizer.probes = {{"digits", "12345"}};
    file.sla["v1"].ttft = 0.5;
    file.sla["v1"].errors = 0.02;
    file.sla["v1"].availability = 0.99;
    file.sla["v1"].days = 7;
    file.sla["v2"].ttft = 0.25;
    file.alerts.webhook = "https://hooks.example.com/x";
    file.alerts.command = {"logger", "-t", "assay"};
    file.alpha = 0.02;
    return file;
}

WatchRecord latency(int64_t day, const char *version, double ttft)
{
    WatchRecord record;
    record.at = record.due = kBegin + day * kDay;
    record.endpoint = "seller";
    record.version = version;
    record.check = WatchCheck::Latency;
    record.outcome = Outcome::Learning;
    record.window.ttft.assign(10, ttft);
    record.window.requests = 10;
    return record;
}

WatchRecord today(WatchCheck check, int64_t day, WatchWindow window)
{
    WatchRecord record;
    record.at = record.due = kBegin + day * kDay;
    record.endpoint = "seller";
    record.check = check;
    record.outcome = Outcome::Compared;
    record.window = std::move(window);
    return record;
}

/// Ten inputs of which so many answer with a second token once in ten calls, the others always alike.
WatchWindow answers(int atTheBorder)
{
    WatchWindow window;
    for (int input = 0; input < 10; ++input) {
        auto &counts = window.answers["p" + std::to_string(input)];
        counts["yes"] = input < atTheBorder ? 9 : 10;
        if (input < atTheBorder)
            counts["no"] = 1;
    }
    window.requests = 100;
    return window;
}

} // namespace

class TestWatchReading : public QObject
{
    Q_OBJECT
private slots:
    void whatIsWrittenIsRead()
    {
        const WatchFile file = usual();
        const std::string text = watchFileText(file);
        const auto read = readWatchFile(text, "watch.json");
        QVERIFY2(read, read ? "" : read.error().sentence().c_str());
        QCOMPARE(read->endpoints.size(), size_t(1));
        QVERIFY(read->endpoints[0].checks == file.endpoints[0].checks && read->endpoints[0].keyVariable == "SELLER_KEY" && read->endpoints[0].version == "v1");
        QVERIFY(read->everyOf(WatchCheck::Logprobs) == 3600 && read->everyOf(WatchCheck::Latency) == 900 && read->logprobs.top == 5);
        QVERIFY(read->tokenizer.probes == file.tokenizer.probes && read->border.candidates == defaultBorderCandidates());
        QVERIFY(read->sla.at("v1").errors == 0.02 && read->sla.at("v1").days == 7 && !read->sla.at("v1").tpot && read->sla.at("v2").ttft == 0.25);
        QVERIFY(read->alerts.webhook == file.alerts.webhook && read->alerts.command == file.alerts.command && read->alpha == 0.02 && read->seed == file.seed);
        QCOMPARE(watchFileText(*read), text);
        QVERIFY(text.find("dialect") == std::string::npos && text.find("horizon") == std::string::npos && text.find("candidates") == std::string::npos); // nobody changed them
    }

    void onlyTheVersionChanges()
    {
        const std::string text = "{\"schema\": \"assay-watch/1\", \"alpha\": 0.03, \"endpoints\": [{\"name\": \"a\", \"url\": \"http://h/v1\", \"model\": \"m\", \"checks\": [\"latency\"]}], "
                                 "\"sla\": {\"v2\": {\"ttft\": 1}}}";
        const auto changed = withVersion(text, "watch.json", "a", "v2");
        QVERIFY2(changed, changed ? "" : changed.error().sentence().c_str());
        const auto read = readWatchFile(*changed, "watch.json");
        QVERIFY(read && read->endpoints[0].version == "v2" && read->alpha == 0.03);
        QVERIFY(changed->find("\"schema\"") < changed->find("\"alpha\"") && changed->find("\"alpha\"") < changed->find("\"endpoints\"")); // as somebody wrote it
        QCOMPARE(withVersion(text, "watch.json", "b", "v2").error().code, ErrorCode::MonitorDamaged);
        QCOMPARE(withVersion(text, "watch.json", "a", "v9").error().code, ErrorCode::MonitorDamaged); // no limits of it
        QCOMPARE(withVersion("{", "watch.json", "a", "v2").error().code, ErrorCode::MonitorDamaged);
    }

    void callsAreCounted()
    {
        WatchFile file = usual(); // 10 calls an hour, 10 each quarter of an hour
        QCOMPARE(callsADay(file), 10.0 * 24 + 10.0 * 96);
        file.endpoints[0].checks = {WatchCheck::Tokenizer, WatchCheck::Border};
        QCOMPARE(callsADay(file), 2.0 + 20 * 10);
    }

    void versionsAreHeldToTheirOwnLimits()
    {
        WatchFile file = usual();
        file.endpoints[0].version = "v2";
        file.sla["v1"] = {};
        file.sla["v1"].ttft = 0.5;
        std::vector<WatchRecord> records;
        for (int64_t day = 0; day < 10; ++day)
            records.push_back(latency(day, day < 6 ? "v1" : "v2", day < 6 ? 0.4 : 0.3)); // 0.4 meets v1's limit; 0.3 does not meet v2's
        const auto rows = slaByVersion(file, records, kBegin + 9 * kDay);
        QCOMPARE(rows.size(), size_t(2));
        QCOMPARE(rows[0].version, std::string("v2"));
        QCOMPARE(rows[0].compliance.n, size_t(40));
        QVERIFY(rows[0].breached());
        QCOMPARE(rows[1].version, std::string("v1"));
        QCOMPARE(rows[1].compliance.n, size_t(60));
        QCOMPARE(rows[1].compliance.value, 1.0);
        for (WatchRecord &record : records)
            record.version.clear(); // as histories were before
        QCOMPARE(slaByVersion(file, records, kBegin + 9 * kDay)[0].compliance.n, size_t(100));
    }

    void aNewBaselineForgets()
    {
        WatchFile file = usual();
        WatchSeries series(file, WatchCheck::Tokenizer), again(file, WatchCheck::Tokenizer);
        std::vector<WatchRecord> records;
        const auto judge = [&](int64_t day, int64_t count) {
            WatchWindow window;
            window.tokens["digits"] = {count, count};
            records.push_back(today(WatchCheck::Tokenizer, day, window));
            series.judge(records.back());
        };
        judge(0, 5);
        judge(1, 5);
        QCOMPARE(records[1].outcome, Outcome::Compared);
        WatchRecord renewed = today(WatchCheck::Tokenizer, 2, {});
        renewed.outcome = Outcome::Renewed;
        renewed.segment = series.segment();
        records.push_back(renewed);
        series.replay(renewed);
        QVERIFY(!series.isLearned());
        judge(3, 9); // another count, and no change
        QVERIFY(records[3].outcome == Outcome::Learning && !records[3].change);
        judge(4, 5);
        QVERIFY(records[4].change);
        std::string lines;
        for (const WatchRecord &record : records)
            lines += recordLine(record);
        const WatchHistory read = readWatchHistory(lines);
        QVERIFY(read.unreadable == 0 && read.records[2].outcome == Outcome::Renewed);
        for (const WatchRecord &record : read.records)
            again.replay(record);
        QCOMPARE(again.segment(), series.segment());
    }

    void looksForOtherInputsWhereTheBorderIsLeft()
    {
        WatchFile file = usual();
        file.border.permutations = 199;
        file.border.least = 5;
        WatchSeries series(file, WatchCheck::Border), again(file, WatchCheck::Border);
        std::vector<WatchRecord> records;
        const auto judge = [&](int atTheBorder) {
            records.push_back(today(WatchCheck::Border, int64_t(records.size()), answers(atTheBorder)));
            series.judge(records.back());
        };
        judge(10); // the reference
        QCOMPARE(records[0].outcome, Outcome::Learning);
        for (int check = 0; check < 5; ++check)
            judge(check % 2 == 0 ? 6 : 0); // within three checks enough inputs show both answers
        QVERIFY(series.isLearned() && series.segment() == 0);
        for (int check = 0; check < 2; ++check)
            judge(0);
        QVERIFY2(series.isLearned(), "six inputs were at the border three checks ago");
        judge(0);
        QVERIFY(!records.back().change);
        QVERIFY2(records.back().what.sentence().find("only 0 of 10 inputs") != std::string::npos, records.back().what.sentence().c_str());
        QVERIFY(!series.isLearned() && series.reference().empty()); // the next check looks for others
        QCOMPARE(series.segment(), int64_t(1));
        for (const WatchRecord &record : records)
            again.replay(record);
        QVERIFY(again.segment() == 1 && !again.isLearned());
        judge(8);
        QVERIFY(records.back().outcome == Outcome::Learning && series.isLearned());
    }

    void readsWhatLiesThere()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("watch.json")).toStdString();
        QVERIFY(writeFileAtomically(path, std::string_view(watchFileText(usual()))));
        auto reading = readWatch(path, kBegin);
        QVERIFY(reading && reading->history.records.empty() && !reading->audit && !reading->auditError && !reading->nextDue() && !reading->lastCheck());
        WatchRecord change = latency(3, "v1", 2.0), logprobs = today(WatchCheck::Logprobs, 4, {});
        change.change = true;
        logprobs.window.logprobs = {{{"a", -1.0}}};
        const std::string lines = recordLine(change) + recordLine(logprobs) + "{\"half a line";
        QVERIFY(writeFileAtomically(path.parent_path() / "history.jsonl", std::string_view(lines)));
        nlohmann::json details{{"endpoint", "seller"}, {"from", "v0"}, {"to", "v1"}, {"why", "cheaper"}, {"way-back", "set MODEL=v0"}};
        QVERIFY(appendAudit(path.parent_path() / "audit.jsonl", {"ann", "switch", "to v1", details}, kBegin));
        reading = readWatch(path, kBegin + 5 * kDay);
        QVERIFY(reading);
        QCOMPARE(reading->history.records.size(), size_t(2));
        QCOMPARE(reading->history.unreadable, size_t(0)); // a monitor may be writing it
        QCOMPARE(reading->alarms(), size_t(1));
        QCOMPARE(*reading->lastCheck(), kBegin + 4 * kDay);
        QCOMPARE(*reading->nextDue(), kBegin + 3 * kDay + 900);
        QVERIFY(reading->history.records[1].window.logprobs.empty()); // nobody shows them
        QVERIFY(reading->compliance[0].breached());
        QCOMPARE(reading->switches.size(), size_t(1));
        QVERIFY(reading->switches[0].who == "ann" && reading->switches[0].wayBack == "set MODEL=v0" && reading->switches[0].at == utcText(kBegin));
        std::string log = *readWholeFile(path.parent_path() / "audit.jsonl", 1 << 20);
        log.replace(log.find("cheaper"), 7, "dearer!");
        QVERIFY(writeFileAtomically(path.parent_path() / "audit.jsonl", std::string_view(log)));
        reading = readWatch(path, kBegin);
        QVERIFY(reading && reading->auditError && reading->auditError->code == ErrorCode::AuditBroken && reading->switches.empty());
        QVERIFY2(reading->auditError->sentence().find("entry 1 was changed") != std::string::npos, reading->auditError->sentence().c_str());
        QCOMPARE(reading->history.records.size(), size_t(2));
    }
};

QTEST_APPLESS_MAIN(TestWatchReading)
#include "tst_watchreading.moc"
