// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/translator.h"

#include "core/base/units.h"
#include "core/bench/jsonfields.h"
#include "core/bench/metrics.h"
#include "core/bench/tools.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace assay {
namespace {

// The heads of the columns.
constexpr const char *kTheirs = ASSAY_TEXT("Translator", "theirs"), *kOurs = ASSAY_TEXT("Translator", "ours"),
                     *kDiffers = ASSAY_TEXT("Translator", "how it differs");

double statisticOf(RankedSamples &ranked, double average, Statistic statistic)
{
    switch (statistic) {
    case Statistic::Mean: return average;
    case Statistic::Median: return ranked.interpolated(0.5);
    case Statistic::P90: return ranked.interpolated(0.9);
    case Statistic::P95: return ranked.interpolated(0.95);
    case Statistic::P99: return ranked.interpolated(0.99);
    case Statistic::Least: return ranked.at(0);
    case Statistic::Most: return ranked.at(ranked.size() - 1);
    }
    return 0;
}

/// Our metric of the same thing at the same place of its distribution; empty where we print none.
std::string ourId(const ToolMetric &metric, Statistic statistic)
{
    const std::string id = metric.ours;
    if (id.empty() || metric.ofTrace)
        return id;
    const bool gaps = id == "icl";
    switch (statistic) {
    case Statistic::Median: return gaps ? "icl.p50" : id;
    case Statistic::P95: return id + ".p95";
    case Statistic::P99: return id + ".p99";
    case Statistic::Mean: return metric.perSample ? id : std::string(); // we print medians, of runs they say the same
    default: return {};
    }
}

class Report
{
public:
    Report(const BenchRun &run, const BenchPoint &point, const Tool &tool)
        : m_values(summarize(run, point)), m_tool(tool), m_out{tool.id, tool.name, tool.note, {}}
    {
        for (const MeasureSample &sample : run.samples) {
            if (!sample.warmup && !sample.isPass() && pointOf(sample) == point)
                m_samples.push_back(&sample);
        }
        const std::vector<BenchPoint> points = pointsOf(run.plan);
        const auto found = std::find(points.begin(), points.end(), point);
        if (found != points.end())
            m_trace = toolTrace(run, size_t(found - points.begin()), gapsOf(tool));
    }

    ToolReport make()
    {
        for (const ToolMetric &metric : m_tool.metrics) {
            if (metric.ofTrace)
                addNumber(metric);
            else
                addStatistics(metric, columnOf(metric));
        }
        return std::move(m_out);
    }

private:
    static GapKind gapsOf(const Tool &tool)
    {
        const auto found = std::find_if(tool.metrics.begin(), tool.metrics.end(), [](const ToolMetric &metric) { return metric.gaps != GapKind::None; });
        return found == tool.metrics.end() ? GapKind::None : found->gaps;
    }

    std::vector<double> columnOf(const ToolMetric &metric)
    {
        std::vector<double> out;
        const auto add = [&out](const std::optional<double> &value) {
            if (value)
                out.push_back(*value);
        };
        if (metric.gaps != GapKind::None)
            return std::move(m_trace.gaps);
        if (metric.perRequest) {
            for (const ToolRequest &request : m_trace.requests)
                add(metric.perRequest(request));
        }
        if (metric.perSample) {
            for (const MeasureSample *sample : m_samples)
                add(metric.perSample(*sample));
        }
        return out;
    }

    void addNumber(const ToolMetric &metric)
    {
        if (!m_trace.requests.empty())
            add(metric, metric.pattern, metric.ofTrace(m_trace), ourId(metric, Statistic::Mean));
    }

    void addStatistics(const ToolMetric &metric, std::vector<double> samples)
    {
        if (samples.empty())
            return;
        const double average = mean(samples);
        RankedSamples ranked(std::move(samples));
        for (const StatisticName &each : m_tool.statistics)
            add(metric, fillIn(metric.pattern, {each.name}), statisticOf(ranked, average, each.statistic), ourId(metric, each.statistic));
    }

    void add(const ToolMetric &metric, std::string name, double value, const std::string &ours)
    {
        ToolFigure figure{std::move(name), value * metric.scale, ours, {}, metric.differs};
        if (const MetricValue *our = findValue(m_values, ours))
            figure.our = our->estimate.value * metric.scale;
        m_out.figures.push_back(std::move(figure));
    }

    std::vector<MetricValue> m_values;
    std::vector<const MeasureSample *> m_samples;
    ToolTrace m_trace;
    const Tool &m_tool;
    ToolReport m_out;
};

std::string plain(double value)
{
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, std::abs(value) < 1 ? "%.4f" : "%.2f", value); // seconds of a token are small
    return buffer;
}

std::string padded(std::string text, size_t width, bool right)
{
    const std::string space(width > text.size() ? width - text.size() : 0, ' ');
    return right ? space + text : text + space;
}

} // namespace

std::vector<const char *> toolIds()
{
    std::vector<const char *> ids;
    for (const Tool &tool : tools())
        ids.push_back(tool.id);
    return ids;
}

ToolReport translate(const BenchRun &run, const BenchPoint &point, std::string_view tool)
{
    for (const Tool &each : tools()) {
        if (tool == each.id)
            return Report(run, point, each).make();
    }
    return {};
}

std::string toText(const ToolReport &report, const Translate &translate)
{
    std::vector<std::vector<std::string>> rows{{report.tool, translate("Translator", kTheirs),
                                                translate("Translator", kOurs),
                                                translate("Translator", kDiffers)}};
    for (const ToolFigure &figure : report.figures)
        rows.push_back({figure.name, plain(figure.value), figure.our ? plain(*figure.our) : "-", translate("Translator", figure.differs)});
    std::array<size_t, 3> widths{};
    for (const auto &row : rows) {
        for (size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string out;
    for (const auto &row : rows)
        out += padded(row[0], widths[0], false) + "  " + padded(row[1], widths[1], true) + "  " + padded(row[2], widths[2], true) + "  " + row[3] + "\n";
    if (*report.note)
        out += translate("Translator", report.note) + "\n";
    return out;
}

nlohmann::json toJson(const ToolReport &report)
{
    nlohmann::json figures = nlohmann::json::array();
    for (const ToolFigure &figure : report.figures) {
        nlohmann::json each{{"name", figure.name}, {"value", finiteOrNull(figure.value)}, {"differs", figure.differs}};
        if (!figure.ours.empty())
            each["metric"] = figure.ours;
        if (figure.our)
            each["ours"] = finiteOrNull(*figure.our);
        figures.push_back(std::move(each));
    }
    nlohmann::json out{{"id", report.id}, {"tool", report.tool}, {"figures", std::move(figures)}};
    if (*report.note)
        out["note"] = report.note;
    return out;
}

} // namespace assay
