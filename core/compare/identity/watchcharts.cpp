// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/identity/watchcharts.h"

#include "core/base/units.h"
#include "core/compare/joined.h"
#include "core/identify/watch/utctime.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

using Outcome = WatchRecord::Outcome;

/// What a check's statistic is.
struct Shown
{
    const char *title, *yLabel;
};
Shown shownOf(WatchCheck check)
{
    switch (check) {
    case WatchCheck::Logprobs: return {ASSAY_TEXT("Compare", "Log-probabilities of the first token"), ASSAY_TEXT("Compare", "mean difference from before (nats)")};
    case WatchCheck::Border: return {ASSAY_TEXT("Compare", "Answers to border inputs"), ASSAY_TEXT("Compare", "mean total variation from the reference")};
    case WatchCheck::Tokenizer: return {ASSAY_TEXT("Compare", "Token counts"), ASSAY_TEXT("Compare", "texts counted otherwise")};
    default: return {ASSAY_TEXT("Compare", "Time to the first token"), ASSAY_TEXT("Compare", "median (s)")};
    }
}

/// Latency is judged by its logarithm, and shown in seconds.
double shownValue(WatchCheck check, double value)
{
    return check == WatchCheck::Latency ? std::exp(value) : value;
}

/// The line of one check of one endpoint.
class Timeline
{
public:
    Timeline(const WatchEndpoint &endpoint, WatchCheck check, std::span<const WatchRecord> history, const Words &words)
        : m_endpoint(endpoint), m_check(check), m_history(history), m_words(words)
    {
    }

    ChartSpec chart(int64_t begin, size_t endpointNumber, std::span<const VersionSwitch> switches) const
    {
        ChartSpec chart;
        chart.id = std::string("watch_") + watchCheckId(m_check) + (endpointNumber == 0 ? "" : "_" + std::to_string(endpointNumber + 1));
        chart.kind = ChartKind::Lines;
        chart.title = m_words(shownOf(m_check).title);
        chart.subtitle = m_endpoint.name;
        chart.xLabel = m_words(ASSAY_TEXT("Compare", "days since %1"), {utcDay(begin)});
        chart.yLabel = m_words(shownOf(m_check).yLabel);
        ChartSeries values{m_endpoint.name, Role::Other, 0, {}}, band{m_words(ASSAY_TEXT("Compare", "band of the days before")), Role::Other, 1, {}};
        band.band = true;
        size_t without = 0;
        for (const WatchRecord &record : m_history) {
            if (record.endpoint != m_endpoint.name || record.check != m_check || record.outcome == Outcome::Limits)
                continue;
            const double x = double(record.at - begin) / 86'400;
            without += record.outcome == Outcome::Failed || record.outcome == Outcome::Clock;
            if (record.statistic)
                values.points.push_back(pointOf(record, x));
            if (record.statistic && record.bandHigh)
                band.points.push_back(bandPoint(record, x));
            if (record.change)
                chart.lines.push_back({double(record.since - begin) / 86'400, m_words(ASSAY_TEXT("Compare", "change, found %1"), {utcDay(record.at)}), true});
            if (record.outcome == Outcome::Renewed)
                chart.lines.push_back({x, m_words(ASSAY_TEXT("Compare", "new baseline")), true});
        }
        for (const VersionSwitch &one : switches) {
            const auto at = utcSeconds(one.at);
            if (at && *at >= begin && (one.endpoint.empty() || one.endpoint == m_endpoint.name))
                chart.lines.push_back({double(*at - begin) / 86'400, m_words(ASSAY_TEXT("Compare", "%1 to %2"), {one.from, one.to}), true});
        }
        if (values.points.empty())
            chart.missing = m_words(ASSAY_TEXT("Compare", "Nothing was compared yet."));
        if (without > 0)
            chart.note = m_words(ASSAY_TEXT("Compare", "%1 {1:check was|checks were} inconclusive and {1:has|have} no point."), {std::to_string(without)});
        chart.series.push_back(std::move(values));
        if (!band.points.empty())
            chart.series.push_back(std::move(band));
        return chart;
    }

private:
    ChartPoint pointOf(const WatchRecord &record, double x) const
    {
        ChartPoint point;
        point.x = x;
        point.y = shownValue(m_check, *record.statistic);
        point.n = size_t(record.window.requests);
        point.label = utcText(record.at) + ": " + record.what.sentence(m_words.translate);
        if (record.change)
            point.mark = m_words(ASSAY_TEXT("Compare", "change"));
        return point;
    }
    /// A band without a lower end reaches to 0: such statistics are never below it.
    ChartPoint bandPoint(const WatchRecord &record, double x) const
    {
        ChartPoint point;
        point.x = x;
        point.low = record.bandLow ? shownValue(m_check, *record.bandLow) : 0;
        point.high = shownValue(m_check, *record.bandHigh);
        point.y = (*point.low + *point.high) / 2;
        point.label = m_words(ASSAY_TEXT("Compare", "%1 to %2"), {threeDigits(*point.low), threeDigits(*point.high)});
        return point;
    }

    const WatchEndpoint &m_endpoint;
    WatchCheck m_check;
    std::span<const WatchRecord> m_history;
    const Words &m_words;
};

} // namespace

std::vector<ChartSpec> watchCharts(const WatchFile &file, std::span<const WatchRecord> history, const Translate &translate, std::span<const VersionSwitch> switches)
{
    const Words words{translate};
    std::vector<ChartSpec> charts;
    if (history.empty())
        return charts;
    const auto earlier = [](const WatchRecord &a, const WatchRecord &b) { return a.at < b.at; };
    const int64_t begin = std::min_element(history.begin(), history.end(), earlier)->at;
    for (size_t i = 0; i < file.endpoints.size(); ++i) {
        for (const WatchCheck check : file.endpoints[i].checks)
            charts.push_back(Timeline(file.endpoints[i], check, history, words).chart(begin, i, switches));
    }
    return charts;
}

std::vector<ChartSpec> watchCharts(const WatchReading &reading, const Translate &translate)
{
    auto charts = watchCharts(reading.file, reading.history.records, translate, reading.switches);
    if (auto limits = slaChart(reading.compliance, translate))
        charts.push_back(std::move(*limits));
    return charts;
}

std::optional<ChartSpec> slaChart(std::span<const SlaRow> rows, const Translate &translate)
{
    const Words words{translate};
    if (rows.empty())
        return std::nullopt;
    ChartSpec chart;
    chart.id = "watch_limits";
    chart.kind = ChartKind::GroupedBars;
    chart.title = words(ASSAY_TEXT("Compare", "Agreed limits"));
    chart.yLabel = words(ASSAY_TEXT("Compare", "share that met them"));
    chart.percent = true;
    chart.yMaximum = 1;
    ChartSeries measured{words(ASSAY_TEXT("Compare", "measured")), Role::Other, 0, {}}, agreed{words(ASSAY_TEXT("Compare", "agreed")), Role::Other, 1, {}};
    for (const SlaRow &row : rows) {
        const auto place = double(chart.categories.size());
        chart.categories.push_back(row.endpoint + ", " + row.version + ": " + translate("Identity", slaLimitName(row.limit)) + (row.seconds ? " \u2264 " + threeDigits(*row.seconds) + " s" : std::string()));
        ChartPoint demanded;
        demanded.x = place;
        demanded.y = row.demanded;
        demanded.label = formatPercent(row.demanded);
        agreed.points.push_back(demanded);
        if (row.compliance.n == 0)
            continue;
        ChartPoint point;
        point.x = place;
        point.y = row.compliance.value;
        point.n = row.compliance.n;
        if (row.compliance.hasInterval) {
            point.low = row.compliance.low;
            point.high = row.compliance.high;
        }
        point.label = formatPercent(row.compliance.value);
        if (row.breached())
            point.mark = words(ASSAY_TEXT("Compare", "not met"));
        measured.points.push_back(std::move(point));
    }
    chart.series = {std::move(measured), std::move(agreed)};
    return chart;
}

} // namespace assay
