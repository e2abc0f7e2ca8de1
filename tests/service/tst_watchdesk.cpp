// SPDX-License-Identifier: GPL-3.0-or-later
// Watches that run in the background of a window: over real sockets, in simulated time.
#include "core/service/verify/watchdesk.h"
#include "tests/service/watchbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace assay;

namespace {

using State = WatchRunner::State;
constexpr int kPatience = 120'000; // a busy machine; nothing of it is measured

int64_t entries(const WatchBench &bench, const char *kind)
{
    const auto report = verifyAudit(bench.beside("audit.jsonl"));
    return report ? std::ranges::count(report->entries, std::string(kind), &AuditEntry::kind) : -1;
}

const OpenWatch &only(const WatchDesk &desk)
{
    return *desk.watches().front();
}

} // namespace

class TestWatchDesk : public QObject
{
    Q_OBJECT
private slots:
    void runsTellsAndPauses()
    {
        WatchBench bench;
        bench.end = WatchBench::kBegin + 29 * WatchBench::kDay;
        bench.onDay = [&bench](int64_t day) { bench.changeBy(day); };
        WatchDesk desk(bench.clock());
        std::vector<WatchRecord> alarms;
        connect(&desk, &WatchDesk::alarmed, this, [&](const QString &, const WatchRecord &record) { alarms.push_back(record); });
        desk.open(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).reading, kPatience);
        QVERIFY(only(desk).state() == State::Paused && bench.mock.answered() == 0); // opening asks nothing
        desk.run(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).state() == State::Waiting && bench.now == bench.end && only(desk).reading->history.records.size() == 75, kPatience);
        QCOMPARE(alarms.size(), size_t(2));
        QVERIFY(alarms[0].check == WatchCheck::Logprobs && alarms[1].check == WatchCheck::Tokenizer);
        QCOMPARE(only(desk).reading->alarms(), size_t(2));
        QVERIFY(!only(desk).reading->auditError && only(desk).reading->audit);
        desk.pause(bench.path());
        QTRY_COMPARE_WITH_TIMEOUT(only(desk).state(), State::Paused, kPatience);
        QVERIFY(!only(desk).runner->error());
        auto read = readWatchFile(std::filesystem::path(bench.path()));
        QVERIFY(Monitor::open(std::move(*read), "other", bench.clock())); // the files are free again
    }

    void beginsANewBaselineBetweenRounds()
    {
        WatchBench bench;
        bench.end = WatchBench::kBegin + 5 * WatchBench::kDay;
        WatchDesk desk(bench.clock());
        desk.open(bench.path());
        desk.run(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(!desk.watches().empty() && only(desk).state() == State::Waiting && bench.now == bench.end, kPatience);
        bench.tokensEach = 4; // a change that is wanted
        desk.renewBaseline(bench.path(), "v2 was announced", "seller", WatchCheck::Tokenizer);
        QTRY_VERIFY_WITH_TIMEOUT(entries(bench, "baseline-accepted") == 1 && only(desk).state() == State::Waiting, kPatience);
        const auto records = [&] { return only(desk).reading->history.records; };
        QTRY_VERIFY_WITH_TIMEOUT(records().back().check == WatchCheck::Tokenizer && records().back().outcome == WatchRecord::Outcome::Learning, kPatience); // at once
        QCOMPARE(only(desk).reading->alarms(), size_t(0));
        const auto log = verifyAudit(bench.beside("audit.jsonl"));
        const auto accepted = std::ranges::find(log->entries, std::string("baseline-accepted"), &AuditEntry::kind);
        QVERIFY2(accepted->what.find("v2 was announced") != std::string::npos && accepted->who == whoIsHere(), accepted->what.c_str());
        QSignalSpy failed(&desk, &WatchDesk::failed);
        desk.renewBaseline(bench.path(), "none such", "nobody");
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).state() == State::Waiting, kPatience); // it goes on
    }

    void recordsASwitch()
    {
        WatchBench bench;
        bench.end = WatchBench::kBegin + 2 * WatchBench::kDay;
        WatchDesk desk(bench.clock());
        desk.open(bench.path());
        desk.run(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(!desk.watches().empty() && only(desk).state() == State::Waiting && bench.now == bench.end, kPatience);
        VersionSwitch made;
        made.who = "ann";
        made.endpoint = "seller";
        made.from = "v1";
        made.to = "v2";
        made.why = "half the price";
        made.wayBack = "set MODEL=v1";
        desk.recordSwitch(bench.path(), made);
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).reading->switches.size() == 1 && only(desk).state() == State::Waiting, kPatience);
        QCOMPARE(only(desk).reading->switches[0].who, std::string("ann"));
        QCOMPARE(only(desk).reading->switches[0].wayBack, std::string("set MODEL=v1"));
        QCOMPARE(only(desk).reading->file.endpoints[0].version, std::string("v2"));
        desk.pause(bench.path());
        QTRY_COMPARE_WITH_TIMEOUT(only(desk).state(), State::Paused, kPatience);
        bench.end = WatchBench::kBegin + 4 * WatchBench::kDay;
        desk.run(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).state() == State::Waiting && bench.now == bench.end && only(desk).reading->history.records.size() == 13, kPatience);
        const auto &rows = only(desk).reading->compliance; // v2 now, v1 before
        QVERIFY(rows.front().version == "v2" && rows.front().compliance.n == 3);
        QVERIFY(rows[1].version == "v1" && rows[1].compliance.n == 6);
    }

    void writesNoWatchOverAnother()
    {
        WatchBench bench;
        WatchDesk desk(bench.clock());
        QSignalSpy failed(&desk, &WatchDesk::failed), listed(&desk, &WatchDesk::listChanged);
        desk.create(bench.path(), bench.file);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
        WatchFile wrong = bench.file;
        wrong.endpoints[0].url = "nowhere";
        desk.create(bench.beside("wrong.json"), wrong);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, kPatience);
        QVERIFY(!std::filesystem::exists(bench.beside("wrong.json")) && listed.isEmpty());
        desk.create(bench.beside("new.json"), bench.file);
        QTRY_VERIFY_WITH_TIMEOUT(desk.watches().size() == 1 && only(desk).reading, kPatience);
        QCOMPARE(only(desk).name(), std::string("what we buy"));
    }

    void saysWhyItCannotRun()
    {
        WatchBench bench;
        QVERIFY(bench.month());
        auto log = *readWholeFile(bench.beside("audit.jsonl"), 1 << 24);
        log[log.size() / 2] ^= 1;
        QVERIFY(writeFileAtomically(bench.beside("audit.jsonl"), std::string_view(log)));
        WatchDesk desk(bench.clock());
        desk.open(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).reading && only(desk).reading->auditError, kPatience);
        desk.run(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).runner->error(), kPatience);
        QCOMPARE(only(desk).runner->error()->code, ErrorCode::AuditBroken);
        QVERIFY(only(desk).state() == State::Paused && !only(desk).goesOn);
        QVERIFY(writeFileAtomically(bench.path(), std::string_view("{}")));
        desk.read(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).error && only(desk).error->code == ErrorCode::MonitorDamaged, kPatience);
        QVERIFY(only(desk).reading); // what was read before stays
    }

    void closesWhileAnEndpointIsSilent()
    {
        WatchBench bench;
        bench.script.fault = MockFault::Silent;
        bench.mock.setScript(bench.script);
        WatchDesk desk(bench.clock());
        desk.open(bench.path());
        desk.run(bench.path());
        QTRY_COMPARE_WITH_TIMEOUT(only(desk).state(), State::Asking, kPatience);
        desk.close(bench.path());
        QVERIFY(desk.watches().empty());
        QVERIFY(entries(bench, "check") <= 0); // half a check is none
    }

    /// The first try, which asks for usage, is no request that failed.
    void asksAgainWhereUsageIsRefused()
    {
        WatchBench bench;
        bench.script.refusedFields = {"stream_options"};
        bench.mock.setScript(bench.script);
        bench.file.endpoints[0].checks = {WatchCheck::Latency};
        bench.write();
        auto read = readWatchFile(std::filesystem::path(bench.path()));
        auto monitor = Monitor::open(std::move(*read), "tester@bench", bench.clock());
        QVERIFY(monitor);
        QVERIFY((*monitor)->round({}));
        const auto &records = (*monitor)->made();
        QCOMPARE(records.size(), size_t(1));
        QVERIFY2(records[0].outcome == WatchRecord::Outcome::Learning, records[0].what.sentence().c_str());
        QCOMPARE(records[0].window.requests, int64_t(3));
        QCOMPARE(records[0].window.failed, int64_t(0));
        QCOMPARE(records[0].version, std::string("v1"));
        const auto rows = (*monitor)->compliance();
        QCOMPARE(rows[1].compliance.value, 1.0); // no request failed
    }
};

QTEST_GUILESS_MAIN(TestWatchDesk)
#include "tst_watchdesk.moc"
