// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/selftest.h"

#include "core/endpoint/filelimit.h"
#include "core/endpoint/loadrunner.h"

#include <QDateTime>
#include <QSysInfo>
#include <algorithm>
#include <cmath>
#include <ctime>

namespace assay {

namespace {

constexpr double kSpread = 0.5; ///< seconds over which streams begin
constexpr double kFirst = 0.05; ///< seconds to the first piece

int64_t now(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

MockScript scriptOf(const SelfTestLevel &level)
{
    MockScript script;
    script.ttft = kFirst;
    script.gap = 1 / level.rate;
    script.jitter = level.inStep ? 0 : 0.5; // streams of many users are not in step
    script.pieces = std::max<int64_t>(int64_t(std::lround(level.rate * level.seconds)), 2);
    script.keepRequests = level.streams;
    return script;
}

LoadLevel loadOf(const SelfTestLevel &level)
{
    LoadLevel load;
    load.requests = level.streams;
    if (level.inStep) {
        load.concurrency = level.streams;
        return load;
    }
    for (int64_t i = 0; i < level.streams; ++i)
        load.arrivals.push_back(int64_t(kSpread * 1e9 * double(i) / double(level.streams)));
    return load;
}

std::string textOf(const MockScript &script)
{
    std::string text = "word0";
    for (int64_t i = 1; i < script.pieces; ++i)
        text += " word" + std::to_string(i);
    return text;
}

} // namespace

std::vector<SelfTestLevel> selfTestLevels()
{
    return {{1, 50}, {10, 50}, {100, 50}, {250, 50}, {500, 50}, {500, 50, 2, true}, {1000, 50}, {1000, 75}, {1000, 100}, {1000, 150}, {1000, 200}, {2000, 150},
            {2000, 200}, {2000, 300}};
}

Result<SelfTestResult> runSelfTestLevel(const SelfTestLevel &level, std::stop_token stop)
{
    allowManyFiles(); // both ends of every connection are ours
    const MockScript script = scriptOf(level);
    MockEndpoint mock(script);
    if (auto started = mock.start(); !started)
        return tl::unexpected(started.error());
    EndpointTarget target;
    target.url = mock.url();
    target.dialect = "openai-chat";
    target.model = script.model;
    std::vector<RequestRecord> records;
    records.reserve(size_t(level.streams));
    const auto make = [&](int64_t index) {
        LoadRequest request;
        request.prompt = "self-test " + std::to_string(index);
        request.outputTokens = script.pieces;
        return std::optional(std::move(request));
    };
    const int64_t origin = now(CLOCK_MONOTONIC), spent = now(CLOCK_PROCESS_CPUTIME_ID);
    const double mockBefore = mock.processorSeconds();
    LoadRunner runner(target, origin);
    const auto ran = runner.run(loadOf(level), make, [&](RequestRecord &&record) { records.push_back(std::move(record)); }, stop);
    const double mockSeconds = mock.processorSeconds() - mockBefore;
    const double allSeconds = double(now(CLOCK_PROCESS_CPUTIME_ID) - spent) * 1e-9;
    const double seconds = double(now(CLOCK_MONOTONIC) - origin) * 1e-9;
    if (!ran)
        return tl::unexpected(ran.error());
    SelfTestResult result = compareWithMock(records, mock.requests(), origin, textOf(script));
    result.level = level;
    result.mockSeconds = mockSeconds;
    result.clientSeconds = std::max(allSeconds - mockSeconds, 0.0);
    result.seconds = seconds;
    return result;
}

Result<SelfTestReport> runSelfTest(const std::vector<SelfTestLevel> &levels, const std::function<void(const SelfTestResult &)> &done,
                                   std::stop_token stop)
{
    SelfTestReport report;
    report.made = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
    report.host = QSysInfo::machineHostName().toStdString();
    report.assay = ASSAY_VERSION;
    int unproven = 0;
    for (const SelfTestLevel &level : levels) {
        auto result = runSelfTestLevel(level, stop);
        if (!result)
            return tl::unexpected(result.error());
        done(*result);
        unproven = result->proven() || level.inStep ? 0 : unproven + 1;
        report.results.push_back(std::move(*result));
        if (unproven == 2)
            break;
    }
    return report;
}

} // namespace assay
