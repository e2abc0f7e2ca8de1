// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"
#include "core/identify/watch/watchediting.h"
#include "core/mock/mockendpoint.h"
#include "core/service/verify/monitor.h"

#include <QTemporaryDir>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace assay {

/// A watch file of an endpoint that one can change, over real sockets, in simulated time: it goes on to the next check at once, and
/// stands still at `end`.
struct WatchBench
{
    static constexpr int64_t kDay = 86'400, kBegin = 1'767'225'600; // 2026-01-01T00:00:00Z

    QTemporaryDir folder;
    MockEndpoint mock;
    MockScript script;
    WatchFile file;
    std::atomic<int64_t> now{kBegin}, end{kBegin};
    std::atomic<double> logprob{-0.5};
    std::atomic<int64_t> tokensEach{1};
    std::function<void(int64_t day)> onDay; ///< when the waiting is over, on the monitor's thread

    WatchBench()
    {
        script.ttft = script.gap = 0;
        script.usage = MockScript::Usage::Always;
        mock.setScript(script);
        MockHooks hooks;
        hooks.countTokens = [this](std::string_view text) { return int64_t(text.size()) * tokensEach; };
        hooks.answer = [this](const MockAsked &asked) {
            const double noise = 0.02 * double((asked.number * 7919) % 11 - 5);
            MockToken first{"yes", 1, logprob + noise, false};
            first.top = {{"yes", logprob + noise}, {"no", -2.0 - noise}, {"maybe", -3.5 + noise}};
            return std::vector<MockToken>{first, {" more", 2, -0.1, false}};
        };
        mock.setHooks(hooks);
        if (const auto started = mock.start(); !started)
            qFatal("%s", started.error().sentence().c_str());
        file.name = "what we buy";
        file.endpoints = {{"seller", mock.url() + "/v1", "mock-model", "openai", "", "v1", {WatchCheck::Logprobs, WatchCheck::Tokenizer, WatchCheck::Latency}}};
        file.tokenizer.probes = {{"digits", "1234567"}, {"words", "a few words"}};
        file.logprobs.permutations = 999;
        file.every[WatchCheck::Latency] = 2 * kDay; // too seldom to be judged within a month: a busy machine has no steady times
        file.latency.calls = 3;
        file.latency.outputTokens = 2;
        file.sla["v1"].ttft = 5.0;
        file.sla["v1"].errors = 0.05;
        file.sla["v1"].availability = 0.99;
        file.sla["v2"].ttft = 2.0;
        write();
    }
    void write() const
    {
        if (!writeFileAtomically(path(), std::string_view(watchFileText(file))))
            qFatal("cannot write the watch file");
    }
    std::string path() const { return folder.filePath(QStringLiteral("watch.json")).toStdString(); }
    std::string beside(const char *name) const { return folder.filePath(QLatin1String(name)).toStdString(); }
    MonitorClock clock()
    {
        return {[this] { return now.load(); }, [this](int64_t until, const std::stop_token &stop) {
                    if (until > end) {
                        std::mutex mutex;
                        std::condition_variable_any never;
                        std::unique_lock lock(mutex);
                        never.wait(lock, stop, [] { return false; });
                        return;
                    }
                    now = std::max(until, now + 1);
                    if (onDay)
                        onDay((now - kBegin) / kDay);
                }};
    }
    /// What happens to the endpoint in a month: another model's probabilities on day 12, another tokenizer on day 20.
    void changeBy(int64_t day)
    {
        logprob = day < 12 ? -0.5 : -1.1;
        tokensEach = day < 20 ? 1 : 3;
    }
    /// A month of it, by a monitor that ends then.
    Result<void> month()
    {
        auto read = readWatchFile(std::filesystem::path(path()));
        auto monitor = read ? Monitor::open(std::move(*read), "tester@bench", clock()) : tl::unexpected(read.error());
        if (!monitor)
            return tl::unexpected(monitor.error());
        onDay = [this](int64_t day) { changeBy(day); };
        end = kBegin + 29 * kDay;
        return (*monitor)->run(end.load(), {});
    }
};

} // namespace assay
