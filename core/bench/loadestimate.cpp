// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/loadestimate.h"

#include "core/base/units.h"
#include "core/bench/requestmetrics.h"
#include "core/bench/statistics.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr const char *kWholeAnswers = ASSAY_TEXT("Estimate", "every answer is as long as it may be");
constexpr const char *kPilotAnswers = ASSAY_TEXT("Estimate", "answers are as long as those of the pilot");
constexpr const char *kPromptsAsAsked = ASSAY_TEXT("Estimate", "the server counts the prompts as they were asked for");
constexpr const char *kNoCache = ASSAY_TEXT("Estimate", "nothing is cached");
constexpr const char *kNoSlowing = ASSAY_TEXT("Estimate", "the server is as fast under load as in the pilot");
constexpr const char *kTimeLater = ASSAY_TEXT("Estimate", "the time is known after the pilot");

void add(std::optional<double> &sum, std::optional<double> value)
{
    // One expression, since GCC 12 suspects `*sum += *value` of reading a value that is not there.
    sum = sum && value ? std::optional(sum.value_or(0) + value.value_or(0)) : std::nullopt;
}

/// One level's share of the whole.
struct LevelCost
{
    std::optional<double> requests, seconds;
};

LevelCost costOf(const BenchPlan &plan, const BenchPoint &point, const LevelSize &size, std::optional<double> perRequest)
{
    const EndpointLoad &load = *plan.load;
    const double inFlight = double(std::max<int64_t>(point.concurrency, 1));
    const bool byTime = load.requests == 0 && load.seconds > 0, open = point.rate > 0;
    LevelCost cost;
    if (byTime && !open) {
        const double warm = perRequest ? double(size.warmup) / inFlight * *perRequest : 0;
        cost.seconds = perRequest ? load.seconds + warm + *perRequest : load.seconds;
        if (perRequest && *perRequest > 0)
            cost.requests = double(size.warmup) + inFlight * load.seconds / *perRequest;
        return cost;
    }
    cost.requests = double(size.warmup + size.counted);
    if (!open) {
        if (perRequest)
            cost.seconds = std::ceil(*cost.requests / inFlight) * *perRequest;
        return cost;
    }
    const double sending = load.arrivals == Arrivals::Trace && !load.trace.empty() ? load.trace.back() / point.rate : *cost.requests / point.rate;
    cost.seconds = sending + perRequest.value_or(0);
    return cost;
}

} // namespace

std::optional<PilotResult> pilotResult(const std::vector<RequestRecord> &pilot)
{
    std::vector<double> ttft, tpot, share;
    for (const RequestRecord &record : pilot) {
        const RequestMetrics metrics = metricsOf(record);
        if (metrics.failed || !metrics.ttft)
            continue;
        ttft.push_back(*metrics.ttft);
        if (metrics.tpot)
            tpot.push_back(*metrics.tpot);
        if (record.outputTokens > 0)
            share.push_back(double(metrics.tokens) / double(record.outputTokens));
    }
    if (ttft.empty())
        return std::nullopt;
    PilotResult result;
    result.ttft = quantile(ttft, 0.5);
    if (!tpot.empty())
        result.tpot = quantile(tpot, 0.5);
    if (!share.empty())
        result.tokensOfLimit = std::min(quantile(share, 0.5), 1.0);
    return result;
}

PlanEstimate estimatePlan(const BenchPlan &plan, const std::optional<PilotResult> &pilot)
{
    PlanEstimate estimate;
    if (!plan.load)
        return estimate;
    std::optional<double> requests = double(kPilotRequests), seconds = 0.0, prompts = 0.0, outputs = 0.0;
    const double share = pilot ? pilot->tokensOfLimit : 1;
    const std::vector<BenchPoint> points = pointsOf(plan);
    for (size_t i = 0; i < points.size(); ++i) {
        const double output = double(points[i].outputTokens) * share, prompt = double(points[i].promptTokens + points[i].depth);
        std::optional<double> perRequest;
        if (pilot)
            perRequest = pilot->ttft + output * pilot->tpot.value_or(0);
        const LevelCost cost = costOf(plan, points[i], levelSize(plan, i), perRequest);
        const double pilots = i == 0 ? double(kPilotRequests) : 0;
        add(requests, cost.requests);
        add(seconds, cost.seconds);
        add(prompts, cost.requests ? std::optional((*cost.requests + pilots) * prompt) : std::nullopt);
        add(outputs, cost.requests ? std::optional((*cost.requests + pilots) * output) : std::nullopt);
    }
    if (requests)
        estimate.requests = int64_t(std::ceil(*requests));
    estimate.seconds = seconds;
    estimate.promptTokens = prompts;
    estimate.completionTokens = outputs;
    if (const auto &prices = plan.load->prices; prices && prompts && outputs) {
        estimate.money = (*prompts * prices->prompt + *outputs * prices->completion) / 1e6;
        estimate.currency = prices->currency;
    }
    estimate.assumptions = {pilot ? kPilotAnswers : kWholeAnswers, kPromptsAsAsked, pilot ? kNoSlowing : kTimeLater};
    if (plan.load->prices)
        estimate.assumptions.push_back(kNoCache);
    return estimate;
}

std::string estimateText(const PlanEstimate &estimate, const Translate &translate)
{
    std::string text;
    const auto part = [&](const char *pattern, const std::vector<std::string> &arguments) {
        text += (text.empty() ? "" : ", ") + fillIn(translate("Estimate", pattern), arguments);
    };
    if (estimate.requests)
        part(ASSAY_TEXT("Estimate", "%1 {1:request|requests}"), {groupedDigits(*estimate.requests)});
    if (estimate.promptTokens)
        part(ASSAY_TEXT("Estimate", "%1 prompt tokens"), {groupedDigits(std::llround(*estimate.promptTokens))});
    if (estimate.completionTokens)
        part(ASSAY_TEXT("Estimate", "at most %1 output tokens"), {groupedDigits(std::llround(*estimate.completionTokens))});
    if (estimate.seconds)
        part("%1", {formatSeconds(*estimate.seconds)});
    if (estimate.money)
        part("%1 %2", {threeDigits(*estimate.money), estimate.currency});
    return text;
}

} // namespace assay
