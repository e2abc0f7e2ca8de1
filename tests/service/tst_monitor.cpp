// SPDX-License-Identifier: GPL-3.0-or-later
// A monitor over real sockets: a simulated month with two changes, and everything that may come in between.
#include "core/base/file.h"
#include "core/mock/mockendpoint.h"
#include "core/service/verify/monitor.h"

#include <QTemporaryDir>
#include <QTest>
#include <arpa/inet.h>
#include <algorithm>
#include <atomic>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace assay;

namespace {

using nlohmann::json;
using Outcome = WatchRecord::Outcome;

constexpr int64_t kDay = 86'400, kBegin = 1'767'225'600; // 2026-01-01T00:00:00Z

/// Takes what is POSTed to it, and answers 204.
class Webhook
{
public:
    Webhook()
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_socket, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(m_socket, 8) != 0
            || ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
            return;
        m_port = ntohs(address.sin_port);
        m_thread = std::jthread([this](const std::stop_token &stop) { serve(stop); });
    }
    ~Webhook()
    {
        m_thread.request_stop();
        m_thread = {};
        for (const int client : m_held)
            ::close(client);
        ::close(m_socket);
    }
    std::atomic<bool> silent{false}; ///< takes what comes, and answers nothing

    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port) + "/hooks/assay"; }
    std::vector<std::string> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    void serve(const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            pollfd ready{m_socket, POLLIN, 0};
            if (::poll(&ready, 1, 20) <= 0)
                continue;
            const int client = ::accept(m_socket, nullptr, nullptr);
            std::string request;
            char buffer[4096];
            while (!isWhole(request)) {
                const ssize_t got = ::recv(client, buffer, sizeof buffer, 0);
                if (got <= 0)
                    break;
                request.append(buffer, size_t(got));
            }
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(request);
            }
            if (silent) {
                m_held.push_back(client);
                continue;
            }
            static const char kAnswer[] = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
            (void)::send(client, kAnswer, sizeof kAnswer - 1, MSG_NOSIGNAL);
            ::close(client);
        }
    }
    static bool isWhole(const std::string &request)
    {
        const size_t head = request.find("\r\n\r\n"), length = request.find("Content-Length: ");
        return head != std::string::npos && length != std::string::npos && request.size() >= head + 4 + size_t(std::atoll(request.c_str() + length + 16));
    }

    int m_socket = -1;
    uint16_t m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::vector<int> m_held;
    std::jthread m_thread;
};

/// An endpoint that one can change, a folder with the files of a watch, a clock that only the test moves.
struct Bench
{
    QTemporaryDir folder;
    MockEndpoint mock;
    Webhook webhook;
    WatchFile file;
    std::atomic<int64_t> now{kBegin};
    std::atomic<double> logprob{-0.5};
    std::atomic<int64_t> tokensEach{1};
    std::vector<Told> told;
    std::function<void(int64_t day)> onDay; ///< when the waiting is over

    Bench()
    {
        MockScript script;
        script.ttft = script.gap = 0;
        script.usage = MockScript::Usage::Always;
        mock.setScript(script);
        MockHooks hooks;
        hooks.countTokens = [this](std::string_view text) { return int64_t(text.size()) * tokensEach; };
        hooks.answer = [this](const MockAsked &asked) {
            const bool second = asked.last.size() == 1 && asked.last != "x" && asked.number % 2 == 1; // one-letter prompts but "x" are at a border
            const double noise = 0.02 * double((asked.number * 7919) % 11 - 5);
            MockToken first{second ? "no" : "yes", 1, logprob + noise, false};
            first.top = {{"yes", logprob + noise}, {"no", -2.0 - noise}, {"maybe", -3.5 + noise}};
            return std::vector<MockToken>{first, {" more", 2, -0.1, false}};
        };
        mock.setHooks(hooks);
        const auto started = mock.start();
        if (!started)
            qFatal("%s", started.error().sentence().c_str());
        WatchEndpoint endpoint;
        endpoint.name = "seller";
        endpoint.url = mock.url() + "/v1";
        endpoint.model = "mock-model";
        endpoint.checks = {WatchCheck::Logprobs, WatchCheck::Tokenizer};
        file.name = "bench";
        file.endpoints = {endpoint};
        file.tokenizer.probes = {{"digits", "1234567"}, {"words", "a few words"}};
        file.border.candidates = {"a", "b", "c", "dd"};
        file.border.least = 2;
        file.border.referenceCalls = 10;
        file.alerts.webhook = webhook.url();
        file.alerts.webhookSeconds = 10;
        for (auto *path : {&file.audit, &file.baseline, &file.history})
            *path = folder.filePath(QString::fromStdString(*path)).toStdString();
    }
    WatchEndpoint &endpoint() { return file.endpoints.front(); }
    MonitorClock clock()
    {
        return {[this] { return now.load(); }, [this](int64_t until, const std::stop_token &) {
                    now = std::max(until, now + 1);
                    if (onDay)
                        onDay((now - kBegin) / kDay);
                }};
    }
    Result<std::unique_ptr<Monitor>> open()
    {
        auto monitor = Monitor::open(file, "tester@bench", clock());
        if (monitor)
            (*monitor)->onTold = [this](const Told &one) { told.push_back(one); };
        return monitor;
    }
    /// A program that lives for one round.
    ExitCode once()
    {
        auto monitor = open();
        if (!monitor || !(*monitor)->round({}))
            return ExitCode::Internal;
        return (*monitor)->exitCode();
    }
    bool wasTold(const char *words) const
    {
        return std::any_of(told.begin(), told.end(), [&](const Told &one) { return one.sentence().find(words) != std::string::npos; });
    }
    std::vector<WatchRecord> records() const
    {
        const auto text = readWholeFile(file.history, 1 << 24);
        return text ? readWatchHistory(*text).records : std::vector<WatchRecord>();
    }
    int64_t entries(const char *kind) const
    {
        const auto report = verifyAudit(file.audit);
        return report ? std::count_if(report->entries.begin(), report->entries.end(), [kind](const AuditEntry &entry) { return entry.kind == kind; }) : -1;
    }
};

/// What happens to the endpoint in the month: another model's probabilities on day 12, another tokenizer on day 20.
void changeBy(Bench &bench, int64_t day)
{
    bench.logprob = day < 12 ? -0.5 : -1.1;
    bench.tokensEach = day < 20 ? 1 : 3;
}

} // namespace

class TestMonitor : public QObject
{
    Q_OBJECT
private slots:
    void findsBothChangesOfAMonth_data()
    {
        QTest::addColumn<bool>("aProgramADay");
        QTest::newRow("one program") << false;
        QTest::newRow("a program a day") << true;
    }

    void findsBothChangesOfAMonth()
    {
        QFETCH(bool, aProgramADay);
        Bench bench;
        std::vector<ExitCode> codes;
        if (aProgramADay) {
            for (int64_t day = 0; day < 30; ++day) {
                changeBy(bench, day);
                bench.now = kBegin + day * kDay;
                codes.push_back(bench.once());
            }
            QCOMPARE(codes[0], ExitCode::Inconclusive); // nothing is learned yet
            QCOMPARE(codes[5], ExitCode::Ok);
            QCOMPARE(codes[14], ExitCode::Contradicted);
            QCOMPARE(codes[15], ExitCode::Ok);
            QCOMPARE(codes[20], ExitCode::Contradicted);
            QCOMPARE(std::count(codes.begin(), codes.end(), ExitCode::Contradicted), 2);
        } else {
            auto monitor = bench.open();
            QVERIFY2(monitor, monitor ? "" : monitor.error().sentence().c_str());
            bench.onDay = [&bench](int64_t day) { changeBy(bench, day); };
            QVERIFY((*monitor)->run(kBegin + 29 * kDay, {}));
            QCOMPARE((*monitor)->exitCode(), ExitCode::Contradicted);
        }
        const auto records = bench.records();
        QCOMPARE(records.size(), size_t(60));
        std::vector<std::pair<int64_t, WatchCheck>> changes;
        for (const WatchRecord &record : records) {
            if (record.change)
                changes.emplace_back((record.at - kBegin) / kDay, record.check);
        }
        // Three days of the smallest p there is; a count that is not the same is certain at once.
        QVERIFY((changes == std::vector<std::pair<int64_t, WatchCheck>>{{14, WatchCheck::Logprobs}, {20, WatchCheck::Tokenizer}}));
        QCOMPARE(bench.webhook.requests().size(), size_t(2));
        const std::string body = bench.webhook.requests()[1];
        QVERIFY2(body.starts_with("POST /hooks/assay HTTP/1.1"), body.c_str());
        const json alert = json::parse(body.substr(body.find("\r\n\r\n") + 4));
        QCOMPARE(alert["endpoint"].get<std::string>(), std::string("seller"));
        QCOMPARE(alert["check"].get<std::string>(), std::string("tokenizer"));
        QCOMPARE(alert["at"].get<std::string>(), std::string("2026-01-21T00:00:00Z"));
        QCOMPARE(bench.entries("check"), int64_t(60));
        QCOMPARE(bench.entries("alert"), int64_t(2));
        QCOMPARE(bench.entries("baseline"), int64_t(4)); // of both checks, before and after
        QVERIFY(std::filesystem::exists(bench.file.baseline));
    }

    void checksNothingTwice()
    {
        Bench bench;
        QCOMPARE(bench.once(), ExitCode::Inconclusive);
        const int64_t asked = bench.mock.answered();
        bench.now += kDay - 1;
        QCOMPARE(bench.once(), ExitCode::Ok); // nothing was due
        QCOMPARE(bench.mock.answered(), asked);
        bench.now += 5 * kDay; // four are missed: one check, at the schedule's own time
        bench.once();
        QCOMPARE(bench.records().size(), size_t(4));
        QCOMPARE(bench.records()[2].due, kBegin + 5 * kDay);
    }

    void oneMonitorAtATime()
    {
        Bench bench;
        const auto first = bench.open();
        QVERIFY(first);
        const auto second = bench.open();
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::FileUnwritable);
    }

    void endpointDown()
    {
        Bench bench;
        for (int day = 0; day < 4; ++day, bench.now += kDay)
            bench.once();
        const std::string url = bench.endpoint().url;
        bench.endpoint().url = "http://127.0.0.1:9"; // nothing listens on discard
        QCOMPARE(bench.once(), ExitCode::Inconclusive);
        QCOMPARE(bench.records().back().outcome, Outcome::Failed);
        QVERIFY(bench.records().back().what.sentence().find("did not answer") != std::string::npos);
        bench.endpoint().url = url;
        bench.now += kDay;
        QCOMPARE(bench.once(), ExitCode::Ok);
        QCOMPARE(bench.records().back().outcome, Outcome::Compared);
        QCOMPARE(bench.webhook.requests().size(), size_t(0));
    }

    void webhookDown()
    {
        Bench bench;
        const std::string url = bench.file.alerts.webhook;
        bench.file.alerts.webhook = "http://127.0.0.1:9/hook";
        bench.once();
        bench.now += kDay;
        bench.tokensEach = 2;
        QCOMPARE(bench.once(), ExitCode::Contradicted);
        QVERIFY(bench.wasTold("the webhook did not take the alert"));
        QCOMPARE(bench.entries("alert"), int64_t(1));
        QVERIFY(!bench.records()[3].alerted);
        bench.file.alerts.webhook = url; // it is there again: the next program tells what is untold
        bench.once();
        QCOMPARE(bench.webhook.requests().size(), size_t(1));
        bench.once();
        QCOMPARE(bench.webhook.requests().size(), size_t(1));
        QCOMPARE(bench.entries("alert"), int64_t(2));
        QVERIFY(bench.records()[3].alerted);
    }

    void webhookSilent()
    {
        Bench bench;
        bench.webhook.silent = true;
        bench.file.alerts.webhookSeconds = 0.5;
        bench.once();
        bench.now += kDay;
        bench.tokensEach = 2;
        for (int round = 0; round < 8; ++round)
            bench.once();
        QVERIFY(bench.wasTold("the webhook did not take the alert"));
        QCOMPARE(bench.webhook.requests().size(), size_t(5)); // then it is given up
        QCOMPARE(bench.entries("alert"), int64_t(5));
    }

    void saysWhatTheEndpointLacks()
    {
        Bench bench;
        bench.mock.setHooks({});
        MockScript script;
        script.ttft = script.gap = 0;
        script.usage = MockScript::Usage::Never;
        bench.mock.setScript(script);
        QCOMPARE(bench.once(), ExitCode::Inconclusive);
        const auto records = bench.records();
        QCOMPARE(records.size(), size_t(2));
        QVERIFY2(records[0].what.sentence().find("no log-probabilities") != std::string::npos, records[0].what.sentence().c_str());
        QVERIFY2(records[1].what.sentence().find("does not tell how many tokens") != std::string::npos, records[1].what.sentence().c_str());
        QVERIFY(!std::filesystem::exists(bench.file.baseline));
    }

    void commandTakesTheAlert()
    {
        Bench bench;
        const QString out = bench.folder.filePath(QStringLiteral("alert.json"));
        qputenv("ASSAY_TEST_WATCH_KEY", "sk-command");
        bench.endpoint().keyVariable = "ASSAY_TEST_WATCH_KEY";
        bench.file.alerts.webhook.clear();
        bench.file.alerts.command = {"/bin/sh", "-c", "cat > " + out.toStdString() + "; echo \"$ASSAY_TEST_WATCH_KEY\" >> " + out.toStdString()};
        bench.once();
        bench.now += kDay;
        bench.tokensEach = 2;
        QCOMPARE(bench.once(), ExitCode::Contradicted);
        const auto text = readWholeFile(out.toStdString(), 1 << 16);
        QVERIFY(text);
        QVERIFY2(text->find("\"check\":\"tokenizer\"") != std::string::npos && text->find("sk-command") == std::string::npos, text->c_str());
        QVERIFY(bench.wasTold("command took the alert"));
        bench.tokensEach = 4;
        bench.now += kDay;
        bench.file.alerts.command = {"/no/such/program"};
        QCOMPARE(bench.once(), ExitCode::Contradicted);
        QVERIFY(bench.wasTold("could not be started"));
        for (const std::string &path : {bench.file.audit, bench.file.history, bench.file.baseline})
            QVERIFY(readWholeFile(path, 1 << 24)->find("sk-command") == std::string::npos);
        qunsetenv("ASSAY_TEST_WATCH_KEY");
    }

    void keyMissing()
    {
        Bench bench;
        bench.endpoint().keyVariable = "ASSAY_TEST_NO_SUCH_KEY";
        QCOMPARE(bench.once(), ExitCode::Inconclusive);
        QCOMPARE(bench.mock.answered(), int64_t(0));
        QVERIFY(bench.records()[0].what.sentence().find("ASSAY_TEST_NO_SUCH_KEY") != std::string::npos);
    }

    void clockGoesBack()
    {
        Bench bench;
        for (int day = 0; day < 5; ++day, bench.now += kDay)
            bench.once();
        bench.now = kBegin + 2 * kDay;
        const int64_t asked = bench.mock.answered();
        QCOMPARE(bench.once(), ExitCode::Inconclusive);
        QCOMPARE(bench.mock.answered(), asked);
        QCOMPARE(bench.records().back().outcome, Outcome::Clock);
        QVERIFY(bench.records().back().what.sentence().find("2026-01-05T00:00:00Z") != std::string::npos);
        QCOMPARE(bench.entries("clock"), int64_t(1));
        QCOMPARE(bench.once(), ExitCode::Ok); // told once; nothing is due
        bench.now += kDay;
        QCOMPARE(bench.once(), ExitCode::Ok);
        QCOMPARE(bench.records().back().outcome, Outcome::Compared);
    }

    void goesOnAfterACrash()
    {
        Bench bench;
        for (int day = 0; day < 4; ++day, bench.now += kDay)
            bench.once();
        // Half a line in the history, an audit log that lacks the last check, a baseline that was not written.
        const auto history = readWholeFile(bench.file.history, 1 << 24);
        QVERIFY(writeFileAtomically(bench.file.history, std::string_view(*history + "{\"at\":17")));
        std::filesystem::remove(bench.file.baseline);
        QCOMPARE(bench.once(), ExitCode::Ok);
        QVERIFY(bench.wasTold("line of the history cannot be read"));
        QVERIFY(bench.wasTold("made anew from the history"));
        QVERIFY(std::filesystem::exists(bench.file.baseline));
        QCOMPARE(bench.records().back().outcome, Outcome::Compared);
    }

    void refusesWhatWasAltered()
    {
        Bench bench;
        for (int day = 0; day < 4; ++day, bench.now += kDay)
            bench.once();
        const auto baseline = readWholeFile(bench.file.baseline, 1 << 24);
        std::string changed = *baseline;
        changed.replace(changed.find("-0."), 3, "-1.");
        QVERIFY(writeFileAtomically(bench.file.baseline, std::string_view(changed)));
        auto monitor = bench.open();
        QVERIFY(!monitor);
        QCOMPARE(monitor.error().code, ErrorCode::MonitorDamaged);
        QVERIFY(writeFileAtomically(bench.file.baseline, std::string_view(*baseline)));
        QVERIFY(bench.open());
        auto audit = *readWholeFile(bench.file.audit, 1 << 24);
        audit[audit.size() / 2] ^= 1;
        QVERIFY(writeFileAtomically(bench.file.audit, std::string_view(audit)));
        monitor = bench.open();
        QVERIFY(!monitor);
        QCOMPARE(monitor.error().code, ErrorCode::AuditBroken);
    }

    void watchesBorders()
    {
        Bench bench;
        bench.endpoint().checks = {WatchCheck::Border};
        QCOMPARE(bench.once(), ExitCode::Inconclusive);
        QCOMPARE(bench.records()[0].outcome, Outcome::Learning);
        QCOMPARE(bench.records()[0].window.answers.size(), size_t(3)); // "dd" has one answer
        bench.now += kDay;
        QCOMPARE(bench.once(), ExitCode::Ok);
        QVERIFY(bench.records()[1].p && bench.records()[1].statistic);
        bench.file.border.least = 4;
        for (auto *path : {&bench.file.history, &bench.file.baseline, &bench.file.audit})
            *path += ".other"; // begins anew
        QCOMPARE(bench.once(), ExitCode::Inconclusive);
    }

    void holdsAgreedLimits()
    {
        Bench bench;
        bench.endpoint().checks = {WatchCheck::Latency};
        bench.endpoint().version = "v1";
        bench.file.sla["v1"].errors = 0.05;
        bench.file.latency.outputTokens = 2;
        MockScript script;
        script.ttft = script.gap = 0;
        bench.mock.setScript(script);
        QCOMPARE(bench.once(), ExitCode::Inconclusive); // it learns
        script.fault = MockFault::Status;
        script.status = 400;
        script.faultShare = 0.5;
        bench.mock.setScript(script);
        bench.now += kDay;
        QCOMPARE(bench.once(), ExitCode::Contradicted);
        const WatchRecord breach = bench.records().back();
        QCOMPARE(breach.outcome, Outcome::Limits);
        QVERIFY2(breach.what.sentence().find("requests without failure") != std::string::npos, breach.what.sentence().c_str());
        QCOMPARE(bench.webhook.requests().size(), size_t(1));
        auto monitor = bench.open();
        QVERIFY(monitor);
        QVERIFY((*monitor)->compliance().front().breached());
        bench.now += kDay;
        QVERIFY((*monitor)->round({}));
        QCOMPARE(bench.webhook.requests().size(), size_t(1)); // told once
    }

    void endsInTheMiddle()
    {
        Bench bench;
        auto monitor = bench.open();
        QVERIFY(monitor);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY((*monitor)->run({}, stop.get_token()));
        QVERIFY((*monitor)->made().empty());
    }
};

QTEST_GUILESS_MAIN(TestMonitor)
#include "tst_monitor.moc"
