// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

// Hand-made charts: what the window and the documents must be able to show.
namespace assay::samples {

inline const std::vector<std::pair<std::string, Role>> &family()
{
    static const std::vector<std::pair<std::string, Role>> kFamily{
        {"sample-full", Role::Full}, {"sample-distilled", Role::Distilled}, {"sample-base", Role::Base}};
    return kFamily;
}

inline ChartPoint barPoint(double category, double value, double halfWidth, const std::string &unit)
{
    ChartPoint point;
    point.x = category;
    point.y = value;
    point.low = value - halfWidth;
    point.high = value + halfWidth;
    point.n = 7;
    const auto text = [](double v) { return std::to_string(v).substr(0, 5); };
    point.label = text(value) + " [" + text(value - halfWidth) + ", " + text(value + halfWidth) + "] " + unit;
    return point;
}

inline ChartSpec bars()
{
    ChartSpec chart;
    chart.id = "latency";
    chart.title = "Latency";
    chart.subtitle = "prompt 64 tokens, output 64 tokens, batch 1, cpu, bf16";
    chart.yLabel = "milliseconds";
    chart.categories = {"time to first token", "time per output token", "end to end / 10"};
    chart.note = "median with its 95 % interval; n = 7";
    const std::vector<std::vector<double>> values{{41.2, 12.3, 81.8}, {19.4, 4.31, 29.1}, {20.1, 4.4, 29.7}};
    for (size_t i = 0; i < family().size(); ++i) {
        ChartSeries series{family()[i].first, family()[i].second, 0, {}};
        for (size_t c = 0; c < 3; ++c)
            series.points.push_back(barPoint(double(c), values[i][c], values[i][c] * 0.06, "ms"));
        chart.series.push_back(series);
    }
    chart.series.back().points.pop_back(); // not measured
    return chart;
}

inline ChartSpec distribution(size_t samples = 441)
{
    ChartSpec chart;
    chart.id = "tpot_cdf";
    chart.kind = ChartKind::Distribution;
    chart.title = "Time per output token, distribution";
    chart.subtitle = "prompt 64 tokens, output 64 tokens, batch 1";
    chart.xLabel = "milliseconds";
    chart.yLabel = "share of tokens";
    chart.percent = true;
    chart.yMaximum = 1;
    const std::vector<double> medians{12.3, 4.31, 4.4};
    std::mt19937 random(1);
    for (size_t i = 0; i < family().size(); ++i) {
        std::lognormal_distribution<double> times(std::log(medians[i]), 0.12);
        std::vector<double> sorted(samples);
        std::generate(sorted.begin(), sorted.end(), [&] { return times(random); });
        std::sort(sorted.begin(), sorted.end());
        ChartSeries series{family()[i].first, family()[i].second, 0, {}};
        for (size_t k = 0; k < samples; ++k) {
            ChartPoint point;
            point.x = sorted[k];
            point.y = double(k + 1) / double(samples);
            point.n = samples;
            series.points.push_back(point);
        }
        chart.series.push_back(series);
    }
    return chart;
}

inline ChartSpec lines(bool logX = false)
{
    ChartSpec chart;
    chart.id = logX ? "accuracy_context" : "accuracy_difficulty";
    chart.kind = ChartKind::Lines;
    chart.title = logX ? "Accuracy over context length" : "Accuracy over difficulty";
    chart.subtitle = "suite reasoning, 400 items";
    chart.xLabel = logX ? "context (tokens)" : "difficulty (digits)";
    chart.yLabel = "accuracy";
    chart.percent = true;
    chart.yMaximum = 1;
    chart.logX = logX;
    const std::vector<double> fall{0.07, 0.13, 0.2};
    for (size_t i = 0; i < family().size(); ++i) {
        ChartSeries series{family()[i].first, family()[i].second, 0, {}};
        for (int d = 1; d <= 8; ++d) {
            ChartPoint point;
            point.x = logX ? std::pow(2.0, d + 3) : d;
            point.y = std::clamp(1.02 - fall[i] * (d - 1), 0.0, 1.0);
            point.low = std::max(0.0, point.y - 0.09);
            point.high = std::min(1.0, point.y + 0.07);
            point.n = 50;
            series.points.push_back(point);
        }
        chart.series.push_back(series);
    }
    return chart;
}

inline ChartSpec scatter()
{
    ChartSpec chart;
    chart.id = "accuracy_latency";
    chart.kind = ChartKind::Scatter;
    chart.title = "Accuracy against latency";
    chart.subtitle = "suite reasoning, 400 items; prompt 64, output 64";
    chart.xLabel = "time per output token (ms)";
    chart.yLabel = "accuracy";
    chart.percent = true;
    chart.yMaximum = 1;
    chart.note = "area: peak memory";
    const std::vector<std::array<double, 3>> values{{12.3, 0.93, 11e6}, {4.31, 0.8, 2.6e6}, {4.4, 0.66, 2.6e6}};
    for (size_t i = 0; i < family().size(); ++i) {
        ChartPoint point;
        point.x = values[i][0];
        point.y = values[i][1];
        point.low = point.y - 0.04;
        point.high = point.y + 0.03;
        point.size = values[i][2];
        point.n = 400;
        chart.series.push_back({family()[i].first, family()[i].second, 0, {point}});
    }
    return chart;
}

inline ChartSpec missing()
{
    ChartSpec chart;
    chart.id = "accuracy";
    chart.title = "Accuracy";
    chart.missing = "No subject has been asked a suite yet.";
    return chart;
}

/// Twelve subjects with names that do not fit, and this many points each.
inline ChartSpec huge(ChartKind kind, size_t points)
{
    ChartSpec chart;
    chart.id = "huge";
    chart.kind = kind;
    chart.title = "A chart of twelve subjects whose title is so long that it has to be broken into several lines";
    chart.subtitle = "prompt 64, 256, 1024, 4096 tokens; output 64 tokens; batch 1, 2, 4, 8, 16, 32, 64";
    chart.xLabel = "milliseconds";
    chart.yLabel = "share";
    std::mt19937 random(2);
    std::uniform_real_distribution<double> uniform(0, 1);
    const Role roles[] = {Role::Full, Role::Distilled, Role::Base, Role::Other};
    for (int s = 0; s < 12; ++s) {
        ChartSeries series{"organisation/A-Very-Long-Model-Name-Distill-Instruct-2507-FP8-" + std::to_string(s),
                           roles[s % 4], s / 4, {}};
        for (size_t i = 0; i < points; ++i) {
            ChartPoint point;
            point.x = kind == ChartKind::GroupedBars ? double(i) : uniform(random) * (s + 1);
            point.y = kind == ChartKind::Distribution ? double(i + 1) / double(points) : uniform(random);
            if (kind != ChartKind::Distribution) {
                point.low = point.y * 0.9;
                point.high = point.y * 1.1;
            }
            series.points.push_back(point);
        }
        if (kind == ChartKind::Distribution || kind == ChartKind::Lines)
            std::sort(series.points.begin(), series.points.end(), [](auto &a, auto &b) { return a.x < b.x; });
        if (kind == ChartKind::Distribution) {
            for (size_t i = 0; i < points; ++i)
                series.points[i].y = double(i + 1) / double(points);
        }
        chart.series.push_back(series);
    }
    for (size_t i = 0; kind == ChartKind::GroupedBars && i < points; ++i)
        chart.categories.push_back("prompt " + std::to_string(64 << i) + " tokens");
    return chart;
}

inline ChartSpec chinese()
{
    ChartSpec chart = bars();
    chart.title = "\u5ef6\u8fdf";
    chart.subtitle = "\u63d0\u793a 64 Token\uff0c\u8f93\u51fa 64 Token\uff0c\u6279\u5927\u5c0f 1";
    chart.yLabel = "\u6beb\u79d2";
    chart.categories = {"\u9996 Token \u5ef6\u8fdf", "\u6bcf Token \u5ef6\u8fdf", "\u7aef\u5230\u7aef / 10"};
    chart.series[0].name = "\u6ee1\u8840\u7248";
    chart.series[1].name = "\u84b8\u998f\u7248";
    chart.series[2].name = "\u57fa\u7840\u7248";
    chart.note = "\u4e2d\u4f4d\u6570\u53ca\u5176 95 % \u7f6e\u4fe1\u533a\u95f4\uff1bn = 7";
    return chart;
}

} // namespace assay::samples
