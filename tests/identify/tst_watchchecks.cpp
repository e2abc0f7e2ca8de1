// SPDX-License-Identifier: GPL-3.0-or-later
// The checks of a watch: their statistics against an independent script (make_watchchecks.py), what they find, and how often they are wrong
// of an endpoint that does not change.
#include "core/base/file.h"
#include "core/evaluate/statistics/intervals.h"
#include "core/evaluate/statistics/randombits.h"
#include "core/identify/watch/slacompliance.h"
#include "core/identify/watch/watchseries.h"
#include "tests/sanitized.h"

#include <QTest>
#include <cmath>
#include <numbers>

using namespace assay;

namespace {

using nlohmann::json;
using Outcome = WatchRecord::Outcome;
constexpr int64_t kDay = 86'400;

const json &golden()
{
    static const json read = json::parse(*readWholeFile(ASSAY_TEST_DATA "/identity/watchchecks.json", 1 << 20));
    return read;
}

/// What the simulated endpoints answer by.
class Noise
{
public:
    Noise(uint64_t seed, uint64_t stream) : m_bits(seed, stream) {}
    double uniform() { return (double(m_bits.next() >> 11) + 0.5) * 0x1p-53; }
    double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform()); }

private:
    RandomBits m_bits;
};

/// Ten calls of an endpoint whose log-probabilities have noise; shift: another model.
WatchWindow logprobWindow(Noise &noise, double shift = 0)
{
    WatchWindow window;
    for (int call = 0; call < 10; ++call) {
        TopLogprobs row;
        for (int token = 0; token < 20; ++token)
            row["t" + std::to_string(token)] = -0.4 * token - shift * (token % 3) + 0.05 * noise.normal();
        window.logprobs.push_back(row);
    }
    window.requests = 10;
    return window;
}

WatchWindow answerWindow(Noise &noise, int calls, double rate)
{
    WatchWindow window;
    for (int prompt = 0; prompt < 20; ++prompt) {
        for (int call = 0; call < calls; ++call)
            ++window.answers["p" + std::to_string(prompt)][noise.uniform() < rate ? "a" : "b"];
    }
    window.requests = 20 * calls;
    return window;
}

WatchWindow latencyWindow(Noise &noise, double median)
{
    WatchWindow window;
    const double day = std::exp(0.05 * noise.normal()); // days differ, not only requests
    for (int call = 0; call < 10; ++call)
        window.ttft.push_back(median * day * std::exp(0.2 * noise.normal()));
    window.tpot.assign(10, 0.02);
    window.requests = 10;
    return window;
}

WatchRecord judged(WatchSeries &series, WatchWindow window, int64_t day)
{
    WatchRecord record;
    record.at = record.due = day * kDay;
    record.endpoint = "one";
    record.outcome = Outcome::Compared;
    record.window = std::move(window);
    series.judge(record);
    return record;
}

/// The day of the first change of the statistical checks over so many days; -1: none.
template <class Make>
int64_t firstChange(const WatchFile &file, WatchCheck check, int64_t days, Make make)
{
    WatchSeries series(file, check);
    for (int64_t day = 0; day < days; ++day) {
        WatchRecord record;
        record.check = check;
        record = judged(series, make(day, series), day);
        if (record.change)
            return day;
    }
    return -1;
}

} // namespace

class TestWatchChecks : public QObject
{
    Q_OBJECT
private slots:
    void logprobsAsComputedElsewhere()
    {
        const json cases = golden()["logprobs"];
        QCOMPARE(cases.size(), size_t(3));
        for (const json &one : cases) {
            const auto earlier = one["earlier"].get<std::vector<TopLogprobs>>(), today = one["today"].get<std::vector<TopLogprobs>>();
            const WindowTest test = logprobTest(earlier, today, {9999, 7, 1});
            const double exact = one["exact_p"];
            QVERIFY(std::fabs(test.statistic - one["statistic"].get<double>()) < 1e-12);
            // Drawn shuffles come within five standard errors of all of them.
            QVERIFY2(std::fabs(test.p - exact) < 5 * std::sqrt(exact * (1 - exact) / 9999) + 1e-4, std::to_string(test.p).c_str());
            QCOMPARE(logprobTest(earlier, today, {9999, 7, 1}).p, test.p);
        }
        QCOMPARE(logprobTest(std::vector<TopLogprobs>(), {}, Shuffles{}).p, 1.0);
    }

    void borderAsComputedElsewhere()
    {
        const json cases = golden()["border"];
        QCOMPARE(cases.size(), size_t(2));
        for (const json &one : cases) {
            const auto earlier = one["earlier"].get<AnswerCounts>(), today = one["today"].get<AnswerCounts>();
            const WindowTest test = borderTest(earlier, today, {9999, 7, 2});
            const double exact = one["exact_p"];
            QVERIFY(std::fabs(test.statistic - one["statistic"].get<double>()) < 1e-12);
            QVERIFY(std::fabs(meanTotalVariation(earlier, today) - test.statistic) < 1e-12);
            QVERIFY2(std::fabs(test.p - exact) < 5 * std::sqrt(exact * (1 - exact) / 9999) + 1e-4, std::to_string(test.p).c_str());
        }
    }

    void evidenceAsDefined()
    {
        for (const json &one : golden()["evidence"]) {
            ChangeEvidence evidence(0.01, one["horizon"]);
            const auto values = one["values"].get<std::vector<double>>();
            for (size_t i = 0; i < values.size(); ++i) {
                const bool over = evidence.add(one["p"][i]);
                QVERIFY(std::fabs(evidence.value() - values[i]) < 1e-9 * values[i]);
                QCOMPARE(over, values[i] >= 100);
            }
        }
        ChangeEvidence evidence(0.01, 365);
        for (const double p : {0.9, 0.5, 0.8, 0.0001, 0.0001})
            evidence.add(p);
        QCOMPARE(evidence.checksSince(), size_t(1));
    }

    void leavesAsTheRuleSays()
    {
        for (const json &one : golden()["leaving"]) {
            const auto values = one["values"].get<std::vector<double>>();
            int64_t alarm = -1;
            for (size_t n = 1; n <= values.size() && alarm < 0; ++n)
                alarm = leaves(std::span(values).first(n), borderRule()) ? int64_t(n) - 1 : -1;
            QCOMPARE(alarm, one["alarm"].get<int64_t>());
        }
    }

    void findsOtherLogprobs()
    {
        WatchFile file;
        file.logprobs.permutations = testing::unlessSanitized(9999, 999);
        const int64_t late = testing::unlessSanitized(2, 3); // days until p = 1/10,000 or 1/1000 are enough
        Noise noise(1, 1);
        WatchSeries series(file, WatchCheck::Logprobs);
        std::vector<int64_t> changes;
        for (int64_t day = 0; day < 40; ++day) {
            const WatchRecord record = judged(series, logprobWindow(noise, day < 12 ? 0 : day < 25 ? 0.3 : 0), day);
            QCOMPARE(record.outcome, day < 3 || (record.segment > 0 && record.outcome == Outcome::Learning) ? Outcome::Learning : Outcome::Compared);
            if (record.change) {
                changes.push_back(day);
                QVERIFY(std::abs(record.since - (changes.size() == 1 ? 12 : 25) * kDay) <= kDay); // a lucky day before it counts as one of it
            }
        }
        QCOMPARE(changes, (std::vector<int64_t>{12 + late, 25 + late}));
    }

    void findsOtherAnswersAndSpeeds()
    {
        WatchFile file;
        file.border.permutations = 999;
        Noise noise(2, 1);
        const int64_t border = firstChange(file, WatchCheck::Border, 40, [&](int64_t day, const WatchSeries &series) { return answerWindow(noise, series.isLearned() ? 10 : 100, day < 12 ? 0.5 : 0.9); });
        QCOMPARE(border, int64_t(15)); // four days of p = 1/1000
        const int64_t slower = firstChange(file, WatchCheck::Latency, 40, [&](int64_t day, const WatchSeries &) { return latencyWindow(noise, day < 25 ? 0.3 : 0.6); });
        QCOMPARE(slower, int64_t(27));
    }

    void findsOtherTokenCounts()
    {
        const WatchFile file; // the series looks into it
        WatchSeries series(file, WatchCheck::Tokenizer);
        const auto window = [](std::vector<int64_t> digits) {
            WatchWindow out;
            out.tokens = {{"digits", std::move(digits)}, {"words", {9, 9}}};
            out.requests = 4;
            return out;
        };
        QCOMPARE(judged(series, window({12, 12}), 0).outcome, Outcome::Learning);
        QVERIFY(!judged(series, window({12, 12}), 1).change);
        const WatchRecord unsteady = judged(series, window({12, 36}), 2);
        QVERIFY(!unsteady.change && unsteady.outcome == Outcome::Compared);
        const WatchRecord changed = judged(series, window({36, 36}), 3);
        QVERIFY(changed.change);
        QVERIFY2(changed.what.sentence().find("had 12, now 36") != std::string::npos, changed.what.sentence().c_str());
        QVERIFY(!judged(series, window({36, 36}), 4).change); // told once
    }

    // A program that was ended judges as one that was not.
    void goesOnFromItsRecords()
    {
        WatchFile file;
        file.logprobs.permutations = 999;
        Noise noise(3, 1);
        std::vector<WatchRecord> records;
        WatchSeries through(file, WatchCheck::Logprobs);
        for (int64_t day = 0; day < 20; ++day)
            records.push_back(judged(through, logprobWindow(noise, day < 10 ? 0 : 0.3), day));
        std::string lines;
        for (const WatchRecord &record : records)
            lines += recordLine(record);
        const WatchHistory history = readWatchHistory(lines + "half a li");
        QCOMPARE(history.records.size(), records.size());
        QCOMPARE(history.unreadable, size_t(1));
        WatchSeries again(file, WatchCheck::Logprobs);
        for (const WatchRecord &record : history.records)
            again.replay(record);
        const WatchWindow next = logprobWindow(noise, 0.3);
        const WatchRecord first = judged(through, next, 20), second = judged(again, next, 20);
        QCOMPARE(recordLine(first), recordLine(second));
        QCOMPARE(first.segment, int64_t(1));
    }

    void holdsLimits()
    {
        WatchFile file;
        file.sla["v1"] = {.ttft = 0.5, .tpot = 0.05, .share = 0.95, .errors = 0.01, .availability = 0.9};
        WatchEndpoint endpoint;
        endpoint.name = "one";
        endpoint.version = "v1";
        std::vector<WatchRecord> records;
        for (int day = 0; day < 20; ++day) {
            WatchRecord &record = records.emplace_back();
            record.at = day * kDay;
            record.endpoint = "one";
            record.check = WatchCheck::Latency;
            record.outcome = day == 19 ? Outcome::Failed : Outcome::Compared;
            record.window.requests = 10;
            record.window.failed = day == 19 ? 10 : 0;
            if (day < 19) {
                record.window.ttft.assign(10, 0.2);
                record.window.ttft[0] = day % 2 == 0 ? 0.9 : 0.2;
                record.window.tpot.assign(10, 0.01);
            }
        }
        const auto rows = slaCompliance(file, endpoint, records, 20 * kDay);
        QCOMPARE(rows.size(), size_t(4));
        QCOMPARE(rows[0].compliance.value, 180.0 / 200); // ten late, ten failed
        QVERIFY(rows[0].breached());
        QCOMPARE(rows[1].compliance.value, 190.0 / 200);
        QVERIFY(!rows[1].breached());
        QCOMPARE(rows[2].compliance.value, 190.0 / 200);
        QVERIFY(rows[2].breached());
        QCOMPARE(rows[3].compliance.value, 19.0 / 20);
        QVERIFY(!rows[3].breached());
        file.sla["v1"].days = 1; // the last two only
        QCOMPARE(slaCompliance(file, endpoint, records, 20 * kDay)[3].compliance.n, size_t(1));
        QVERIFY(slaCompliance(file, WatchEndpoint{}, records, 20 * kDay).empty());
    }

    // How often two months without any change are called one. docs/identity/watching.md has the figures of more of them.
    void isSeldomWrong_data()
    {
        QTest::addColumn<int>("check");
        QTest::addColumn<double>("most");
        QTest::newRow("logprobs") << int(WatchCheck::Logprobs) << 0.01;
        QTest::newRow("border") << int(WatchCheck::Border) << 0.01;
        QTest::newRow("latency") << int(WatchCheck::Latency) << 0.01; // no stated rate: the published form of the rule, and what was measured of it
    }

    void isSeldomWrong()
    {
        QFETCH(int, check);
        QFETCH(double, most);
        const auto kind = WatchCheck(check);
        WatchFile file;
        file.horizon = 60;
        const int asked = qEnvironmentVariableIntValue("ASSAY_WATCH_WATCHES"); // for the figures of the documentation
        file.logprobs.permutations = file.border.permutations = asked > 0 ? 999 : 199;
        const int watches = asked > 0 ? asked : kind == WatchCheck::Border ? testing::unlessSanitized(25, 4) : kind == WatchCheck::Logprobs ? testing::unlessSanitized(60, 10) : 200;
        size_t wrong = 0;
        for (int watch = 0; watch < watches; ++watch) {
            Noise noise(77, uint64_t(watch));
            file.seed = uint64_t(watch);
            wrong += firstChange(file, kind, 60, [&](int64_t, const WatchSeries &series) {
                         return kind == WatchCheck::Logprobs ? logprobWindow(noise) : kind == WatchCheck::Border ? answerWindow(noise, series.isLearned() ? 10 : 100, 0.5) : latencyWindow(noise, 0.3);
                     })
                     >= 0;
        }
        const Estimate rate = wilson(wrong, size_t(watches));
        qInfo("%s: %zu of %d watches of 60 days gave a false alarm (95 %%: %.4f to %.4f)", watchCheckId(kind), wrong, watches, rate.low, rate.high);
        QVERIFY2(rate.low <= most, "more false alarms than stated");
    }
};

QTEST_APPLESS_MAIN(TestWatchChecks)
#include "tst_watchchecks.moc"
