// SPDX-License-Identifier: GPL-3.0-or-later
// Memory as it was predicted, part on part, beside the same run's measured numbers, and how far apart they are in words.
#include "core/base/units.h"
#include "core/compare/charts.h"
#include "core/compare/memorysheet.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {
namespace {

constexpr double kMebi = 1048576.0, kGibi = 1073741824.0;

/// One part of a bar, bytes from the bar's foot to the part's top.
struct Part
{
    std::string name, label;
    double top = 0;
};

/// The parts of the one formula of memory, by their upper ends; none where the model's facts or its dtype do not tell.
std::vector<Part> predictedParts(const ComparedSubject &subject, const BenchPoint &point, const Words &words)
{
    const Environment &environment = subject.bench->header.environment;
    auto request = engineRequest(environment.dtype);
    if (!subject.facts || !request || !point.inputs.empty())
        return {};
    request->context = std::max<int64_t>(1, point.depth + point.promptTokens + point.outputTokens);
    request->batch = point.batch;
    std::vector<Part> parts;
    double top = 0;
    for (const MemoryTerm &term : planMemory(memoryModel(*subject.facts), *request, words.translate).terms) {
        // The program itself is no part of what tensors take.
        if (term.kind == MemoryTermKind::Overhead || term.bytes.high == 0)
            continue;
        top += double(term.bytes.high);
        parts.push_back({words.translate("Memory", term.label), formatRange(term.bytes), top});
    }
    return parts;
}

/// The numbers of a run that hold each other, from the weights to the whole device; those that it tells. The process's memory on
/// the host is told in words: with the program's libraries it would dwarf a small model's.
struct Level
{
    const char *metric, *name;
};
constexpr std::array<Level, 5> kLevels{{{"memory.weights", ASSAY_TEXT("Memory", "Weights")},
                                        {"memory.tensor_peak", ASSAY_TEXT("Memory", "KV cache and workspace, measured")},
                                        {"memory.reserved_peak", ASSAY_TEXT("Memory", "Held by the allocator beyond its tensors")},
                                        {"memory.process_device", ASSAY_TEXT("Memory", "The worker's process beyond that")},
                                        {"memory.device_delta", ASSAY_TEXT("Memory", "Rise of the device's use beyond that")}}};

std::vector<Part> measuredParts(const Joined &joined, size_t subject, const Words &words)
{
    std::vector<Part> parts;
    double top = 0;
    for (const Level &level : kLevels) {
        const MetricValue *value = joined.metric(subject, level.metric);
        if (!value || value->estimate.value <= top)
            continue;
        parts.push_back({words.translate("Memory", level.name), formatBytes(value->estimate.value - top), value->estimate.value});
        top = value->estimate.value;
    }
    return parts;
}

/// "full: predicted 12.1 - 13 MiB, measured 12.5 MiB of tensors: within the prediction."
std::string gapText(const ChartMaker &maker, size_t subject, const std::vector<MeasuredMemory> &measured)
{
    const BenchPoint &point = *maker.joined.point;
    const auto found = std::find_if(measured.begin(), measured.end(), [&](const MeasuredMemory &each) {
        return each.batch == point.batch && each.context == point.promptTokens + point.outputTokens;
    });
    if (found == measured.end() || point.depth > 0)
        return {};
    const std::string name = subjectTitle(maker.joined.comparison.subjects[subject], maker.words.translate), predicted = formatRange(found->estimate),
                      bytes = formatBytes(double(found->bytes));
    const double error = found->error();
    if (error == 0)
        return maker.words(ASSAY_TEXT("Compare", "%1: predicted %2, measured %3 of tensors: within the prediction."), {name, predicted, bytes});
    return maker.words(error < 0 ? ASSAY_TEXT("Compare", "%1: predicted %2, measured %3 of tensors: the prediction is %4 too low.")
                                 : ASSAY_TEXT("Compare", "%1: predicted %2, measured %3 of tensors: the prediction is %4 too high."),
                       {name, predicted, bytes, formatPercent(std::abs(error))});
}

/// What the worker took in all on the host.
std::string processText(const ChartMaker &maker, size_t subject)
{
    const MetricValue *process = maker.joined.metric(subject, "memory.process_peak");
    return process ? maker.words(ASSAY_TEXT("Compare", "Its process took %1 of host memory, libraries included."), {formatBytes(process->estimate.value)})
                   : std::string();
}

/// Adds a bar; parts of the same name are one series in all bars.
void addBar(ChartSpec &chart, const std::string &category, const std::vector<Part> &parts)
{
    if (parts.empty())
        return;
    double base = 0;
    for (const Part &part : parts) {
        auto series = std::find_if(chart.series.begin(), chart.series.end(), [&](const ChartSeries &each) { return each.name == part.name; });
        if (series == chart.series.end())
            series = chart.series.insert(chart.series.end(), ChartSeries{part.name, Role::Other, int(chart.series.size()), {}});
        ChartPoint point;
        point.x = double(chart.categories.size());
        point.base = base;
        point.y = part.top;
        point.label = part.label;
        base = part.top;
        series->points.push_back(std::move(point));
    }
    chart.categories.push_back(category);
}

void scale(ChartSpec &chart, const Words &words)
{
    double most = 0;
    for (const ChartSeries &series : chart.series) {
        for (const ChartPoint &point : series.points)
            most = std::max(most, point.y);
    }
    const bool large = most >= kGibi;
    chart.yLabel = large ? words(ASSAY_TEXT("Compare", "memory (GiB)")) : words(ASSAY_TEXT("Compare", "memory (MiB)"));
    for (ChartSeries &series : chart.series) {
        for (ChartPoint &point : series.points) {
            point.y /= large ? kGibi : kMebi;
            point.base /= large ? kGibi : kMebi;
        }
    }
}

} // namespace

std::optional<ChartSpec> memoryStack(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    if (!joined.point)
        return {};
    ChartSpec chart = maker.make("memory_stack", maker.words(ASSAY_TEXT("Compare", "Memory, predicted beside measured")), ChartKind::GroupedBars);
    chart.subtitle = maker.load(*joined.point);
    chart.stacked = true;
    bool anyPredicted = false;
    for (size_t i = 0; i < joined.size(); ++i) {
        const ComparedSubject &subject = joined.comparison.subjects[i];
        if (!subject.bench || !joined.metric(i, "memory.tensor_peak"))
            continue;
        const std::string name = subjectTitle(subject, maker.words.translate);
        const std::vector<Part> predicted = predictedParts(subject, *joined.point, maker.words);
        anyPredicted = anyPredicted || !predicted.empty();
        addBar(chart, maker.words(ASSAY_TEXT("Compare", "%1, predicted"), {name}), predicted);
        addBar(chart, maker.words(ASSAY_TEXT("Compare", "%1, measured"), {name}), measuredParts(joined, i, maker.words));
        if (subject.facts) {
            for (const std::string &sentence : {gapText(maker, i, measuredMemory(memoryModel(*subject.facts), *subject.bench)), processText(maker, i)})
                chart.note += (chart.note.empty() || sentence.empty() ? "" : " ") + sentence;
        }
    }
    if (!anyPredicted)
        return {};
    scale(chart, maker.words);
    return chart;
}

} // namespace assay
