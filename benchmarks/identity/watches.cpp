// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarks/identity/watches.h"

#include "benchmarks/identity/tally.h"
#include "core/base/file.h"
#include "core/evaluate/generators/randomdraw.h"
#include "core/identify/watch/watchseries.h"
#include "core/mock/mockendpoint.h"
#include "core/service/verify/monitor.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <numbers>
#include <set>
#include <sstream>
#include <stdexcept>

namespace assay {
namespace {

constexpr int64_t kDay = 86'400, kBegin = 1'767'225'600; // 2026-01-01T00:00:00Z
constexpr int64_t kCountsDay = 20, kPermutations = 999;
constexpr double kNoise = 0.05; ///< that an honest stack adds to logits (identity.md, section 9)
constexpr uint64_t kMostBytes = uint64_t(64) << 20;

/// With all permutations of a monitor the bench takes hours; fewer only make the smallest p larger, so that a change is found later.
WatchFile settings(uint64_t seed)
{
    WatchFile file;
    file.logprobs.permutations = file.border.permutations = kPermutations;
    file.tokenizer.probes = defaultTokenizerProbes();
    file.seed = seed;
    return file;
}

/// Standard normal (Box and Muller).
double normal(RandomDraw &draw)
{
    const auto uniform = [&draw] { return (double(draw.bits() >> 11) + 0.5) * 0x1p-53; };
    return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
}

void addNoise(TopLogprobs &top, double deviation, RandomDraw &draw)
{
    for (auto &[token, value] : top)
        value += deviation * normal(draw);
}

std::vector<TopLogprobs> drawnCalls(const std::vector<TopLogprobs> &calls, bool byDay, int64_t count, RandomDraw &draw)
{
    TopLogprobs ofDay; // noise, by token
    for (const TopLogprobs &call : calls)
        for (const auto &[token, value] : call)
            ofDay[token] = 0;
    const double deviation = byDay ? kNoise * std::sqrt(0.5) : kNoise;
    if (byDay)
        addNoise(ofDay, deviation, draw);
    std::vector<TopLogprobs> out;
    for (int64_t i = 0; i < count; ++i) {
        out.push_back(draw.oneOf(calls));
        addNoise(out.back(), deviation, draw);
        for (auto &[token, value] : out.back())
            value += ofDay.at(token);
    }
    return out;
}

std::string firstCharacter(const std::string &answer)
{
    size_t end = answer.empty() ? 0 : 1;
    while (end < answer.size() && (static_cast<unsigned char>(answer[end]) & 0xC0) == 0x80)
        ++end;
    return answer.substr(0, end);
}

/// What an endpoint answers that gives one token.
std::string oneToken(const SubjectPool &pool, size_t prompt, RandomDraw &draw)
{
    return firstCharacter(draw.oneOf(pool.samples[prompt]));
}

/// As MonitorCalls looks for them: prompts with two answers among a few tries.
std::vector<size_t> borderPrompts(const SubjectPool &pool, const BorderSettings &border, RandomDraw &draw)
{
    std::vector<size_t> kept;
    for (size_t prompt = 0; prompt < pool.samples.size() && int64_t(kept.size()) < border.keep; ++prompt) {
        std::set<std::string> seen;
        for (int64_t i = 0; i < border.tries; ++i)
            seen.insert(oneToken(pool, prompt, draw));
        if (seen.size() > 1)
            kept.push_back(prompt);
    }
    return kept;
}

AnswerCounts drawnAnswers(const SubjectPool &pool, const std::vector<size_t> &prompts, int64_t calls, RandomDraw &draw)
{
    AnswerCounts out;
    for (const size_t prompt : prompts)
        for (int64_t i = 0; i < calls; ++i)
            ++out["p" + std::to_string(prompt)][oneToken(pool, prompt, draw)];
    return out;
}

WatchMonth told(const WatchPool &pool, const WatchSubject &subject, const WatchFile &file, RandomDraw draw)
{
    WatchSeries series(file, subject.check);
    const bool border = subject.check == WatchCheck::Border;
    const SubjectPool *answers = border ? &pool.answers.pools.at(subject.before) : nullptr;
    const std::vector<size_t> prompts = border ? borderPrompts(*answers, file.border, draw) : std::vector<size_t>();
    WatchMonth month;
    for (int64_t day = 0; day < kMonth; ++day) {
        const bool changed = subject.changes() && day >= kChangeDay;
        const std::string &from = changed ? subject.after : subject.before;
        WatchRecord record;
        record.at = record.due = kBegin + day * kDay;
        record.check = subject.check;
        record.outcome = WatchRecord::Outcome::Compared;
        if (border)
            record.window.answers = drawnAnswers(pool.answers.pools.at(from), prompts, series.isLearned() ? file.border.calls : file.border.referenceCalls, draw);
        else
            record.window.logprobs = drawnCalls(pool.calls.at(from), subject.byDay, file.logprobs.calls, draw);
        series.judge(record);
        if (record.p && !changed)
            month.lastP = record.p;
        if (record.change)
            month.alarms.push_back(day);
        if (record.change && changed && !month.delay)
            month.delay = day - kChangeDay + 1;
    }
    if (!subject.changes())
        return month;
    month.alarms.erase(std::remove_if(month.alarms.begin(), month.alarms.end(), [](int64_t day) { return day >= kChangeDay; }), month.alarms.end());
    return month;
}

/// A month's figures over all runs of a subject.
struct MonthTally
{
    size_t months = 0, early = 0, found = 0;
    std::vector<double> delays, p;
};

MonthTally measure(const WatchPool &pool, const WatchSubject &subject, size_t runs, unsigned threads)
{
    MonthTally tally;
    std::mutex mutex;
    forRuns(runs, threads, [&](size_t run) {
        const WatchMonth month = watchMonth(pool, subject, run + 1);
        const std::lock_guard lock(mutex);
        ++tally.months;
        tally.early += month.early() > 0;
        tally.found += month.delay.has_value();
        if (month.delay)
            tally.delays.push_back(double(*month.delay));
        if (month.lastP)
            tally.p.push_back(*month.lastP);
    });
    return tally;
}

std::string medianOf(std::vector<double> values)
{
    if (values.empty())
        return "-";
    std::ranges::nth_element(values, values.begin() + ptrdiff_t(values.size() / 2));
    return std::to_string(int(values[values.size() / 2]));
}

} // namespace

size_t WatchMonth::early() const
{
    return alarms.size();
}

WatchPool readWatchPool(const std::filesystem::path &identity)
{
    WatchPool pool;
    const auto text = readWholeFile(identity / "watch.json", kMostBytes);
    if (!text)
        throw std::runtime_error(text.error().sentence());
    const auto json = nlohmann::json::parse(*text);
    for (const auto &[name, calls] : json.at("subjects").items())
        for (const auto &call : calls)
            pool.calls[name].insert(pool.calls[name].end(), call.at("calls").get<size_t>(), call.at("top").get<TopLogprobs>());
    pool.answers = readPools(identity / "pool");
    return pool;
}

const std::vector<WatchSubject> &watchSubjects()
{
    using C = WatchCheck;
    static const std::vector<WatchSubject> kSubjects{
        {"no change, log-probabilities", C::Logprobs, "full", "", "the same model all the month"},
        {"no change, noise by days", C::Logprobs, "full", "", "half of the noise's variance is common to a day's calls, as where the load differs by days: what supposing independent calls costs", true},
        {"no change, border inputs", C::Border, "full-again", "", "first characters of answers at temperature 1"},
        {"int8, log-probabilities", C::Logprobs, "full", "int8", "overnight"},
        {"int4, log-probabilities", C::Logprobs, "full", "int4", "overnight"},
        {"distilled, log-probabilities", C::Logprobs, "full", "distilled", "overnight"},
        {"base, log-probabilities", C::Logprobs, "full", "base", "overnight"},
        {"hidden prompt, log-probabilities", C::Logprobs, "full", "hidden", "overnight"},
        {"f32 instead of bf16, log-probabilities", C::Logprobs, "full", "full-f32", "the same weights, computed otherwise: a change of the stack alone"},
        {"int8, border inputs", C::Border, "full-again", "int8", "overnight"},
        {"int4, border inputs", C::Border, "full-again", "int4", "overnight"},
        {"distilled, border inputs", C::Border, "full-again", "distilled", "overnight"},
        {"temperature 1.3, border inputs", C::Border, "full-again", "warmer", "overnight"},
        {"hidden prompt, border inputs", C::Border, "full-again", "hidden", "overnight"},
    };
    return kSubjects;
}

WatchMonth watchMonth(const WatchPool &pool, const WatchSubject &subject, uint64_t seed)
{
    return told(pool, subject, settings(seed), RandomDraw(seed * 1000 + uint64_t(&subject - watchSubjects().data())));
}

SocketMonth socketMonth(const WatchPool &pool, const std::filesystem::path &place, bool changes, uint64_t seed)
{
    const auto folder = place / ("watch-" + std::to_string(seed) + (changes ? "-changes" : ""));
    std::filesystem::create_directories(folder);
    std::atomic<int64_t> now = kBegin;
    RandomDraw draw(seed);
    MockScript script;
    script.ttft = script.gap = 0;
    script.usage = MockScript::Usage::Always;
    MockEndpoint mock(script);
    MockHooks hooks;
    hooks.countTokens = [&now, changes](std::string_view text) { return changes && now >= kBegin + kCountsDay * kDay ? int64_t(text.size() / 2 + 3) : int64_t(text.size() + 3); };
    hooks.answer = [&](const MockAsked &) {
        const auto &calls = pool.calls.at(changes && now >= kBegin + kChangeDay * kDay ? "int4" : "full");
        TopLogprobs top = draw.oneOf(calls);
        addNoise(top, kNoise, draw);
        MockToken token{"a", 1, -0.1};
        token.top.assign(top.begin(), top.end());
        const auto likeliest = std::ranges::max_element(token.top, {}, &std::pair<std::string, double>::second);
        token.text = likeliest->first;
        token.logprob = likeliest->second;
        return std::vector<MockToken>{token};
    };
    mock.setHooks(hooks);
    SocketMonth month;
    if (!mock.start())
        return month;
    WatchFile file = settings(seed);
    WatchEndpoint endpoint;
    endpoint.name = "seller";
    endpoint.url = mock.url() + "/v1";
    endpoint.model = script.model;
    endpoint.checks = {WatchCheck::Logprobs, WatchCheck::Tokenizer};
    file.name = "bench";
    file.endpoints = {endpoint};
    for (auto *path : {&file.audit, &file.baseline, &file.history})
        *path = (folder / *path).string();
    {
        auto monitor = Monitor::open(file, "bench@bench", {[&now] { return now.load(); }, [&now](int64_t until, const std::stop_token &) { now = std::max(until, now + 1); }});
        if (!monitor)
            return month;
        month.ran = (*monitor)->run(kBegin + (kMonth - 1) * kDay, {}).has_value();
        for (const WatchRecord &record : (*monitor)->made())
            if (record.change)
                month.alarms.emplace_back(record.check, (record.at - kBegin) / kDay);
    }
    std::filesystem::remove_all(folder);
    return month;
}

std::string watchSection(const WatchPool &pool, size_t runs, unsigned threads, FalseAlarms &falseAlarms)
{
    std::ostringstream out;
    out << "### A model that changes overnight (watching)\n\nMonths of " << kMonth << " daily checks; where something changes it does so before the check of day " << kChangeDay + 1
        << ". Log-probabilities are those that `assay-worker` computed for the first token behind one prompt (`tests/data/identity/watch.json`), each call with normal noise of 0.05 on every one of "
           "them (section 9's for an honest stack; our own worker has next to none); answers to border inputs are the first characters of the pool's. Each day draws 10 calls, of 20 border inputs each. "
        << kPermutations << " permutations (`assay monitor`: 9999, with which a smaller p is possible and a change found sooner).\n\n"
        << "| subject | months | with a false alarm [95 %] | change found [95 %] | median checks until then |\n|---|---|---|---|---|\n";
    std::map<std::string, std::vector<double>> null;
    for (const WatchSubject &subject : watchSubjects()) {
        const MonthTally tally = measure(pool, subject, runs, threads);
        out << "| " << subject.name << (subject.honest() ? " (honest)" : "") << " | " << tally.months << " | " << benchShare(tally.early, tally.months) << " | "
            << (subject.changes() ? benchShare(tally.found, tally.months) : "-") << " | " << medianOf(tally.delays) << " |\n";
        std::printf("%-40s early %zu, found %zu of %zu\n", subject.name.c_str(), tally.early, tally.found, tally.months);
        std::fflush(stdout);
        if (!subject.changes())
            null[subject.name] = tally.p;
        if (subject.honest()) {
            falseAlarms.alarms += tally.early;
            falseAlarms.months += tally.months;
        }
    }
    out << "\n";
    for (const WatchSubject &subject : watchSubjects())
        out << "- **" << subject.name << "**" << (subject.honest() ? " (honest)" : "") << ": " << subject.what << ".\n";
    out << "\n";
    out << "p-values of the last check of each month without change:\n\n";
    writeCalibration(out, null);
    return out.str();
}

std::string monitorSection(const WatchPool &pool, const std::filesystem::path &place, size_t runs, unsigned threads, FalseAlarms &falseAlarms)
{
    std::ostringstream out;
    size_t logprobs = 0, counts = 0, early = 0, honest = 0, ran = 0;
    std::mutex mutex;
    for (const bool changes : {false, true}) {
        forRuns(runs, threads, [&](size_t run) {
            const SocketMonth month = socketMonth(pool, place, changes, run + 1);
            const std::lock_guard lock(mutex);
            if (!month.ran)
                return;
            ++ran;
            const auto at = [&](WatchCheck check, int64_t from) {
                return std::ranges::any_of(month.alarms, [&](const auto &alarm) { return alarm.first == check && alarm.second >= from; });
            };
            if (!changes) {
                ++honest;
                falseAlarms.alarms += !month.alarms.empty();
                ++falseAlarms.months;
                return;
            }
            logprobs += at(WatchCheck::Logprobs, kChangeDay);
            counts += at(WatchCheck::Tokenizer, kCountsDay);
            early += std::ranges::any_of(month.alarms, [](const auto &alarm) { return alarm.second < (alarm.first == WatchCheck::Logprobs ? kChangeDay : kCountsDay); });
        });
    }
    out << "### The same over sockets\n\n`assay monitor`'s own code (`Monitor`, its files, its daily schedule on a clock of its own, log-probabilities as recorded and token counts; " << ran << " months): of " << ran - honest
        << " with int4 from day 13 and another counter from day 21: the change of log-probabilities was found in " << benchShare(logprobs, ran - honest) << ", that of counts in " << benchShare(counts, ran - honest)
        << ", alarms before them in " << benchShare(early, ran - honest) << ". Months without change that had an alarm: " << benchShare(falseAlarms.alarms, falseAlarms.months) << " of "
        << falseAlarms.months << ".\n\n";
    return out.str();
}

} // namespace assay
