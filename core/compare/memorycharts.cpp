// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/memorysheet.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr double kGibi = 1073741824.0;
constexpr int kCurvePoints = 48;

struct Words
{
    const Translate &translate;
    std::string operator()(const char *text, const std::vector<std::string> &arguments = {}) const
    {
        return fillIn(translate("Memory", text), arguments);
    }
};

std::string devicesText(const MemorySheet &sheet)
{
    if (!sheet.request.device)
        return {};
    return sheet.plan.devices > 1 ? std::to_string(sheet.plan.devices) + " x " + sheet.request.device->name
                                  : sheet.request.device->name;
}

std::string tokensText(int64_t tokens)
{
    return groupedDigits(tokens);
}

ChartLine deviceLine(const MemorySheet &sheet, const Words &words)
{
    const double share = sheet.request.runtime->deviceShare;
    const std::string bytes = formatBytes(double(*sheet.usable));
    return {double(*sheet.usable) / kGibi,
            share < 1 ? words(ASSAY_TEXT("Memory", "%1 of one %2 (%3 of its memory)"),
                              {bytes, sheet.request.device->name, formatPercent(share)})
                      : words(ASSAY_TEXT("Memory", "%1 of one %2"), {bytes, sheet.request.device->name}),
            false};
}

/// The context at which the curve ends: what was asked for, what fits, what the model was made for, whichever is more.
int64_t curveEnd(const MemorySheet &sheet)
{
    int64_t end = std::max<int64_t>(sheet.request.context, 1024);
    if (sheet.contextLength)
        end = std::max(end, std::min(*sheet.contextLength, kMostContext));
    if (sheet.fit && sheet.fit->safe > 0 && !sheet.fit->unbounded)
        end = std::max(end, std::min<int64_t>(sheet.fit->safe + sheet.fit->safe / 5, 4 * end));
    return std::min(end, kMostContext);
}

ChartPoint curvePoint(int64_t context, uint64_t bytes)
{
    ChartPoint point;
    point.x = double(context);
    point.y = double(bytes) / kGibi;
    point.label = formatBytes(double(bytes));
    return point;
}

void addCurve(ChartSpec &chart, const MemoryModel &model, const MemorySheet &sheet, const Words &words)
{
    ChartSeries high{words(ASSAY_TEXT("Memory", "upper end")), Role::Other, 0, {}, true};
    ChartSeries low{words(ASSAY_TEXT("Memory", "lower end")), Role::Other, 1, {}, true};
    MemoryRequest request = sheet.request;
    const int64_t end = curveEnd(sheet);
    for (int i = 0; i <= kCurvePoints; ++i) {
        request.context = std::max<int64_t>(1, end / kCurvePoints * i + end % kCurvePoints * i / kCurvePoints);
        const MemoryRange need = planMemory(model, request).perDevice();
        high.points.push_back(curvePoint(request.context, need.high));
        low.points.push_back(curvePoint(request.context, need.low));
    }
    chart.series = {std::move(high), std::move(low)};
}

void addMeasured(ChartSpec &chart, const MemorySheet &sheet, const Words &words)
{
    ChartSeries series{words(ASSAY_TEXT("Memory", "measured")), Role::Other, 2, {}, false};
    for (const MeasuredMemory &measured : sheet.measured) {
        if (measured.batch != sheet.request.batch)
            continue;
        ChartPoint point = curvePoint(measured.context, measured.bytes);
        point.n = measured.n;
        point.label += measured.error() == 0
                           ? words(ASSAY_TEXT("Memory", ", within the estimate"))
                           : words(ASSAY_TEXT("Memory", ", the estimate is off by %1"), {formatPercent(measured.error())});
        series.points.push_back(std::move(point));
    }
    if (!series.points.empty())
        chart.series.push_back(std::move(series));
}

} // namespace

namespace {

std::string verdictOf(const MemorySheet &sheet, const Words &words)
{
    const std::string range = formatRange(sheet.plan.perDevice());
    if (!sheet.request.device)
        return words(ASSAY_TEXT("Memory", "Needs about %1 with %2 {2:token|tokens} of context."), {range, tokensText(sheet.request.context)});
    const std::string device = devicesText(sheet);
    if (!sheet.usable)
        return words(ASSAY_TEXT("Memory", "Needs about %1; how much memory %2 has is the machine's matter."), {range, device});
    if (!sheet.fit)
        return sheet.fits() ? words(ASSAY_TEXT("Memory", "Fits %1: %2 of %3."), {device, range, formatBytes(double(*sheet.usable))})
                            : words(ASSAY_TEXT("Memory", "Does not fit %1: %2 of %3."), {device, range, formatBytes(double(*sheet.usable))});
    if (sheet.fit->best == 0)
        return words(ASSAY_TEXT("Memory", "Does not fit %1: each needs %2 and may use %3."),
                     {device, range, formatBytes(double(*sheet.usable))});
    if (sheet.fit->safe == 0)
        return words(ASSAY_TEXT("Memory", "May fit %1, up to %2 {2:token|tokens} of context at best."), {device, tokensText(sheet.fit->best)});
    if (sheet.fit->unbounded)
        return words(ASSAY_TEXT("Memory", "Fits %1 at any context."), {device});
    std::string out = words(ASSAY_TEXT("Memory", "Fits %1 up to %2 {2:token|tokens} of context (%3 at best)."),
                            {device, tokensText(sheet.fit->safe), tokensText(sheet.fit->best)});
    if (sheet.contextLength && *sheet.contextLength < sheet.fit->best)
        out += words(ASSAY_TEXT("Memory", " The model itself was made for %1."), {tokensText(*sheet.contextLength)});
    return out;
}

} // namespace

std::string memoryVerdict(const MemorySheet &sheet, const Translate &translate)
{
    const Words words{translate};
    const std::string unknown = sheet.plan.of(MemoryTermKind::Weights).high > 0
                                    ? std::string()
                                    : words(ASSAY_TEXT("Memory", " The weights are not there: they are not in the sum."));
    return verdictOf(sheet, words) + unknown;
}

ChartSpec memoryBars(const MemorySheet &sheet, const Translate &translate)
{
    const Words words{translate};
    ChartSpec chart;
    chart.id = "memory_plan";
    chart.title = words(ASSAY_TEXT("Memory", "Memory of each device"));
    chart.subtitle = words(ASSAY_TEXT("Memory", "%1, %2 {2:token|tokens}, batch %3; an estimate"),
                           {sheet.request.runtime->name, tokensText(sheet.request.context), tokensText(sheet.request.batch)});
    chart.yLabel = words(ASSAY_TEXT("Memory", "memory (GiB)"));
    chart.kind = ChartKind::GroupedBars;
    chart.stacked = true;
    chart.categories = {words(ASSAY_TEXT("Memory", "lower end")), words(ASSAY_TEXT("Memory", "upper end"))};
    std::array<double, 2> base{};
    int order = 0;
    for (const MemoryTerm &term : sheet.plan.terms) {
        ChartSeries series{words(term.label), Role::Other, order++, {}, true};
        const double share = term.divided ? double(sheet.plan.devices) : 1;
        const std::array<uint64_t, 2> ends{term.bytes.low, term.bytes.high};
        for (size_t i = 0; i < ends.size(); ++i) {
            ChartPoint point = curvePoint(0, uint64_t(double(ends[i]) / share));
            point.x = double(i);
            point.base = base[i];
            point.y += base[i];
            base[i] = point.y;
            series.points.push_back(std::move(point));
        }
        chart.series.push_back(std::move(series));
    }
    if (sheet.usable)
        chart.lines.push_back(deviceLine(sheet, words));
    if (sheet.plan.devices > 1)
        chart.note = words(ASSAY_TEXT("Memory", "Weights and cache are divided evenly among %1 devices; workspace and runtime are "
                                                "on each."),
                           {tokensText(sheet.plan.devices)});
    return chart;
}

ChartSpec memoryCurve(const MemoryModel &model, const MemorySheet &sheet, const Translate &translate)
{
    const Words words{translate};
    ChartSpec chart;
    chart.id = "memory_curve";
    chart.title = words(ASSAY_TEXT("Memory", "Memory over context"));
    chart.subtitle = words(ASSAY_TEXT("Memory", "each device, batch %1; an estimate"), {tokensText(sheet.request.batch)});
    chart.xLabel = words(ASSAY_TEXT("Memory", "context (tokens)"));
    chart.yLabel = words(ASSAY_TEXT("Memory", "memory (GiB)"));
    chart.kind = ChartKind::Lines;
    if (!sheet.plan.cacheKnown) {
        chart.missing = words(ASSAY_TEXT("Memory", "What grows with the context is not known of this model."));
        return chart;
    }
    addCurve(chart, model, sheet, words);
    addMeasured(chart, sheet, words);
    if (sheet.usable)
        chart.lines.push_back(deviceLine(sheet, words));
    if (sheet.fit && sheet.fit->safe > 0 && !sheet.fit->unbounded && sheet.fit->safe <= curveEnd(sheet))
        chart.lines.push_back({double(sheet.fit->safe),
                               words(ASSAY_TEXT("Memory", "fits up to %1"), {tokensText(sheet.fit->safe)}), true});
    if (!sheet.measured.empty())
        chart.note = words(ASSAY_TEXT("Memory", "Measured: peak of tensors in Assay's engine, without the runtime's own share."));
    return chart;
}

} // namespace assay
