// SPDX-License-Identifier: GPL-3.0-or-later
// Watches that run in the background of a window: over real sockets, in simulated time.
#include "core/service/verify/watchdesk.h"
#include "tests/service/watchbench.h"

#include <QSignalSpy>
#include <QTest>

#include <map>

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

/// Whether so many checks were made and nothing more is due: the clock alone stands at its end before the last ones are made.
bool stands(const WatchDesk &desk, size_t checks)
{
    return only(desk).state() == State::Waiting && only(desk).reading && only(desk).reading->history.records.size() == checks;
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
        QTRY_VERIFY_WITH_TIMEOUT(stands(desk, 75), kPatience);
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
        QTRY_VERIFY_WITH_TIMEOUT(stands(desk, 15), kPatience);
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
        QTRY_VERIFY_WITH_TIMEOUT(stands(desk, 8), kPatience);
        VersionSwitch made;
        made.who = "ann";
        made.endpoint = "seller";
        made.from = "v1";
        made.to = "v2";
        made.why = "half the price";
        made.wayBack = "set MODEL=v1";
        desk.recordSwitch(bench.path(), made);
        const auto isHeldTo = [&](const char *version) { return only(desk).reading->file.endpoints[0].version == version; };
        QTRY_VERIFY_WITH_TIMEOUT(only(desk).reading->switches.size() == 1 && isHeldTo("v2") && only(desk).state() == State::Waiting, kPatience);
        QCOMPARE(only(desk).reading->switches[0].who, std::string("ann"));
        QCOMPARE(only(desk).reading->switches[0].wayBack, std::string("set MODEL=v1"));
        desk.pause(bench.path());
        QTRY_COMPARE_WITH_TIMEOUT(only(desk).state(), State::Paused, kPatience);
        bench.end = WatchBench::kBegin + 4 * WatchBench::kDay;
        desk.run(bench.path());
        QTRY_VERIFY_WITH_TIMEOUT(stands(desk, 13), kPatience);
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

    /// Five inputs have a rare second answer while they are looked for and recorded, and never again; five others have it from then on.
    void looksForOtherInputsWhereTheBorderIsLeft()
    {
        WatchBench bench;
        std::mutex mutex;
        std::map<std::string, int> calls;
        MockHooks hooks;
        hooks.answer = [&](const MockAsked &asked) {
            const std::lock_guard lock(mutex);
            const int call = calls[asked.last]++;
            const bool second = asked.last < std::string("m") ? call == 0 || call == 3 : call % 2 == 0;
            return std::vector<MockToken>{{second ? "no" : "yes", 1, -0.5, false}};
        };
        bench.mock.setHooks(hooks);
        bench.file.endpoints[0].checks = {WatchCheck::Border};
        bench.file.border.candidates = {"a", "b", "c", "d", "e", "v", "w", "x", "y", "z"};
        bench.file.border.keep = 5;
        bench.file.border.least = 3;
        bench.file.border.referenceCalls = 10;
        bench.file.border.permutations = 999;
        bench.write();
        bench.end = WatchBench::kBegin + 5 * WatchBench::kDay;
        auto read = readWatchFile(std::filesystem::path(bench.path()));
        auto monitor = Monitor::open(std::move(*read), "tester@bench", bench.clock());
        QVERIFY(monitor);
        QVERIFY((*monitor)->run(bench.end.load(), {}));
        const auto &records = (*monitor)->made();
        QCOMPARE(records.size(), size_t(6));
        QVERIFY(std::ranges::none_of(records, &WatchRecord::change));
        QVERIFY(records[0].outcome == WatchRecord::Outcome::Learning && records[0].window.answers.contains("a"));
        QVERIFY2(records[3].what.sentence().find("only 0 of 5 inputs") != std::string::npos, records[3].what.sentence().c_str());
        QVERIFY(records[4].outcome == WatchRecord::Outcome::Learning && records[4].window.answers.contains("v") && !records[4].window.answers.contains("a"));
        QCOMPARE(records[5].outcome, WatchRecord::Outcome::Compared);
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
