// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/saturation.h"

#include "core/base/units.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kLeastGrowth = 0.05;

std::string nameOf(const BenchPoint &point)
{
    return point.concurrency > 0 ? std::to_string(point.concurrency) : threeDigits(point.rate) + "/s";
}

std::string rateText(const SweepLevel &level)
{
    return formatValue(Unit::TokensPerSecond, level.throughput.value);
}

enum class Growth { Yes, No, NotResolved };

/// Whether the second is larger by more than the noise of both. A growth that would count but for the noise is no sign of an end.
Growth growthOf(const Estimate &before, const Estimate &after)
{
    const double growth = after.value - before.value;
    const bool worthWhile = growth > kLeastGrowth * before.value;
    if (!before.hasInterval || !after.hasInterval)
        return worthWhile ? Growth::Yes : Growth::No;
    if (growth > std::hypot((before.high - before.low) / 2, (after.high - after.low) / 2))
        return Growth::Yes;
    return worthWhile ? Growth::NotResolved : Growth::No;
}

bool isGood(const SweepLevel &level)
{
    return !level.goodShare || level.goodShare->value >= kGoodShare;
}

} // namespace

std::vector<SweepLevel> sweepOf(const BenchRun &run, const BenchPoint &like, const Slo *slo)
{
    BenchRun asked = run; // shares the log, and as long as the plan is the same what was derived of it
    if (slo && asked.plan.load && (asked.plan.load->slos.empty() || asked.plan.load->slos.front() != *slo))
        asked.plan.load->slos = {*slo};
    std::vector<SweepLevel> levels;
    bool allSteady = true;
    std::vector<std::vector<MetricValue>> values;
    for (const BenchPoint &point : pointsOf(run.plan)) {
        BenchPoint same = point;
        if ((point.rate > 0) != (like.rate > 0))
            continue;
        same.concurrency = like.concurrency;
        same.rate = like.rate;
        std::vector<MetricValue> each = same == like ? summarize(asked, point) : std::vector<MetricValue>{};
        if (!findValue(each, "throughput.whole"))
            continue;
        allSteady = allSteady && findValue(each, "throughput");
        values.push_back(std::move(each));
        levels.push_back({point, {}, {}});
    }
    for (size_t i = 0; i < levels.size(); ++i) {
        levels[i].throughput = findValue(values[i], allSteady ? "throughput" : "throughput.whole")->estimate;
        if (const MetricValue *share = slo ? findValue(values[i], "goodput.share") : nullptr)
            levels[i].goodShare = share->estimate;
    }
    std::sort(levels.begin(), levels.end(), [](const SweepLevel &a, const SweepLevel &b) {
        return std::pair(a.point.concurrency, a.point.rate) < std::pair(b.point.concurrency, b.point.rate);
    });
    return levels;
}

Saturation saturationOf(const std::vector<SweepLevel> &levels)
{
    if (levels.empty())
        return {{}, false, ASSAY_TEXT("Saturation", "No level was measured."), {}};
    if (!isGood(levels.front()))
        return {{}, true, ASSAY_TEXT("Saturation", "Even at %1, the lowest level, only %2 of the answers are good enough."),
                {nameOf(levels.front().point), formatPercent(levels.front().goodShare->value)}};
    std::optional<size_t> unresolved;
    for (size_t i = 1; i < levels.size(); ++i) {
        const SweepLevel &before = levels[i - 1], &level = levels[i];
        if (!isGood(level))
            return {i - 1, true, ASSAY_TEXT("Saturation", "%1 is the highest level with good answers: at %2 only %3 are."),
                    {nameOf(before.point), nameOf(level.point), formatPercent(level.goodShare->value)}};
        const Growth growth = growthOf(before.throughput, level.throughput);
        if (growth == Growth::NotResolved && !unresolved)
            unresolved = i;
        if (growth == Growth::No)
            return {i - 1, true, ASSAY_TEXT("Saturation", "From %1 to %2 the throughput does not grow by more than noise (%3, %4)."),
                    {nameOf(before.point), nameOf(level.point), rateText(before), rateText(level)}};
    }
    if (unresolved)
        return {levels.size() - 1, false, ASSAY_TEXT("Saturation", "From %1 to %2 the throughput grows by less than its noise (%3, %4): longer levels would tell whether the server bears more."),
                {nameOf(levels[*unresolved - 1].point), nameOf(levels[*unresolved].point), rateText(levels[*unresolved - 1]), rateText(levels[*unresolved])}};
    return {levels.size() - 1, false, ASSAY_TEXT("Saturation", "Up to %1, the highest level, the throughput grows: the server may bear more."),
            {nameOf(levels.back().point)}};
}

std::optional<size_t> lastGoodLevel(const std::vector<SweepLevel> &levels)
{
    std::optional<size_t> last;
    for (size_t i = 0; i < levels.size() && levels[i].goodShare && isGood(levels[i]); ++i)
        last = i;
    return last;
}

} // namespace assay
