// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of a watch: what is on them is what the history holds.
#include "core/compare/identity/watchcharts.h"

#include <QTest>
#include <cmath>

using namespace assay;

namespace {

using Outcome = WatchRecord::Outcome;
constexpr int64_t kDay = 86'400, kBegin = 1'767'225'600;

WatchFile twoEndpoints()
{
    WatchFile file;
    for (const char *name : {"one", "two"}) {
        WatchEndpoint endpoint;
        endpoint.name = name;
        endpoint.checks = {WatchCheck::Logprobs, WatchCheck::Latency};
        file.endpoints.push_back(endpoint);
    }
    return file;
}

WatchRecord record(const char *endpoint, WatchCheck check, int64_t day, Outcome outcome, std::optional<double> statistic)
{
    WatchRecord out;
    out.at = kBegin + day * kDay;
    out.endpoint = endpoint;
    out.check = check;
    out.outcome = outcome;
    out.statistic = statistic;
    out.what = {"as before", {}};
    return out;
}

} // namespace

class TestWatchCharts : public QObject
{
    Q_OBJECT
private slots:
    void drawsALineACheck()
    {
        std::vector<WatchRecord> history{record("one", WatchCheck::Logprobs, 0, Outcome::Learning, {}), record("one", WatchCheck::Logprobs, 1, Outcome::Compared, 0.25),
                                         record("one", WatchCheck::Logprobs, 2, Outcome::Failed, {}), record("one", WatchCheck::Logprobs, 3, Outcome::Compared, 0.75),
                                         record("two", WatchCheck::Latency, 1, Outcome::Compared, std::log(0.5))};
        history[3].change = true;
        history[3].since = kBegin + 2 * kDay;
        history[4].bandLow = std::log(0.25);
        history[4].bandHigh = std::log(2.0);
        const auto charts = watchCharts(twoEndpoints(), history, untranslated);
        QCOMPARE(charts.size(), size_t(4));
        const ChartSpec &logprobs = charts[0], &latency = charts[3];
        QCOMPARE(logprobs.id, std::string("watch_logprobs"));
        QCOMPARE(latency.id, std::string("watch_latency_2"));
        QCOMPARE(logprobs.xLabel, std::string("days since 2026-01-01"));
        QCOMPARE(logprobs.series.size(), size_t(1));
        QCOMPARE(logprobs.series[0].points.size(), size_t(2));
        QCOMPARE(logprobs.series[0].points[1].x, 3.0);
        QCOMPARE(logprobs.series[0].points[1].y, 0.75);
        QVERIFY(logprobs.series[0].points[0].mark.empty() && !logprobs.series[0].points[1].mark.empty());
        QCOMPARE(logprobs.lines.size(), size_t(1));
        QCOMPARE(logprobs.lines[0].at, 2.0);
        QVERIFY(logprobs.lines[0].vertical && logprobs.lines[0].label.find("2026-01-04") != std::string::npos);
        QVERIFY2(logprobs.note.find("1 check was inconclusive") != std::string::npos, logprobs.note.c_str());
        QVERIFY(!charts[1].missing.empty() && logprobs.missing.empty());
        QCOMPARE(latency.series.size(), size_t(2));
        QVERIFY(std::fabs(latency.series[0].points[0].y - 0.5) < 1e-12); // seconds, not their logarithm
        QVERIFY(latency.series[1].band && std::fabs(*latency.series[1].points[0].low - 0.25) < 1e-12 && std::fabs(*latency.series[1].points[0].high - 2) < 1e-12);
        QVERIFY(watchCharts(twoEndpoints(), {}, untranslated).empty());
    }

    void drawsLimits()
    {
        QVERIFY(!slaChart({}, untranslated));
        SlaRow late{"one", "v1", SlaRow::Limit::Ttft, 0.5, 0.95, {0.8, 0.7, 0.9, 50, true}}, none{"one", "v1", SlaRow::Limit::Errors, {}, 0.99, {}};
        const auto chart = slaChart(std::vector<SlaRow>{late, none}, untranslated);
        QVERIFY(chart);
        QCOMPARE(chart->categories.size(), size_t(2));
        QCOMPARE(chart->categories[0], std::string("one, v1: time to first token \u2264 0.500 s"));
        QCOMPARE(chart->series[0].points.size(), size_t(1)); // nothing was measured of the other
        QCOMPARE(chart->series[0].points[0].mark, std::string("not met"));
        QCOMPARE(*chart->series[0].points[0].high, 0.9);
        QCOMPARE(chart->series[1].points[1].y, 0.99);
    }
};

QTEST_APPLESS_MAIN(TestWatchCharts)
#include "tst_watchcharts.moc"
