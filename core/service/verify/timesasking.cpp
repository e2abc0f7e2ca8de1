// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/timesasking.h"

#include "core/bench/requestmetrics.h"
#include "core/endpoint/curlhandle.h"
#include "core/endpoint/loadrunner.h"
#include "core/evaluate/generators/randomdraw.h"
#include "core/identify/statistics/theilsen.h"

#include <algorithm>

namespace assay {
namespace {

const std::vector<std::string> kWords{"river", "glass", "bread", "map", "cloud", "bridge", "stone", "lamp", "garden", "road", "paper", "winter", "market", "boat", "music", "table",
                                      "green", "quiet", "early", "small", "before", "under", "after", "between", "walks", "carries", "reads", "opens", "finds", "leaves", "keeps", "turns"};

struct Times
{
    std::vector<FirstToken> first;
    std::vector<double> gaps;
    int64_t merged = 0, failed = 0, uncounted = 0;
    std::string words; ///< of the last failure
    Spending spent;
};

/// Words without sense that begin with a number nobody had before: what was asked earlier shares no beginning with it.
std::string promptOf(int64_t words, RandomDraw &draw)
{
    std::string out = std::to_string(draw.between(100'000'000, 999'999'999)) + ":";
    for (int64_t i = 0; i < words; ++i)
        out += " " + draw.oneOf(kWords);
    return out + ". Go on with further words.";
}

std::vector<std::string> promptsOf(const TimesPlan &plan, RandomDraw &draw)
{
    std::vector<std::string> out;
    for (const int64_t words : plan.words) {
        for (int64_t i = 0; i < plan.repeats; ++i)
            out.push_back(promptOf(words, draw));
    }
    draw.shuffle(out);
    return out;
}

void take(Times &times, const RequestRecord &record)
{
    const RequestMetrics metrics = metricsOf(record);
    ++times.spent.requests;
    times.spent.promptTokens += record.usage.prompt.value_or(0);
    times.spent.outputTokens += metrics.tokens;
    if (metrics.failed || !metrics.ttft) {
        ++times.failed;
        times.words = definitionOf(record.failure).label;
        return;
    }
    if (record.usage.prompt.value_or(0) > 0 && record.usage.cached.value_or(0) == 0)
        times.first.push_back({*record.usage.prompt, *metrics.ttft});
    else
        ++times.uncounted;
    if (metrics.tokensPerRead > kTokensOfOne) {
        ++times.merged;
        return;
    }
    for (const double gap : gapsOf(record)) {
        if (gap > 0)
            times.gaps.push_back(gap);
    }
}

Times timesOf(const EndpointTarget &target, const TimesPlan &plan, uint64_t seed, const AskProgress &progress, std::stop_token stop)
{
    Times times;
    RandomDraw draw(seed ^ 0x74696d65u);
    const std::vector<std::string> prompts = promptsOf(plan, draw);
    LoadLevel level;
    level.requests = int64_t(prompts.size());
    level.concurrency = 1;
    level.keepTexts = false;
    const auto make = [&](int64_t index) {
        LoadRequest request;
        request.prompt = prompts[size_t(index)];
        request.outputTokens = plan.outputTokens;
        request.temperature = 0;
        return std::optional(request);
    };
    LoadRunner runner(target, momentNow());
    const auto ran = runner.run(level, make, [&](RequestRecord &&record) {
        take(times, record);
        if (progress)
            progress(ASSAY_TEXT("Identity", "timing"), double(times.spent.requests), double(prompts.size()));
    }, stop);
    if (!ran)
        times.words = ran.error().sentence();
    return times;
}

/// Of the reference, where it grows at all: noise around nothing is no slope to be quicker than.
std::optional<double> slopeOf(const Times &times)
{
    std::vector<double> lengths, seconds;
    for (const FirstToken &point : times.first) {
        lengths.push_back(double(point.promptTokens));
        seconds.push_back(point.seconds);
    }
    const auto line = theilSen(lengths, seconds);
    return line && line->slope.hasInterval && line->slope.low > 0 ? std::optional(line->slope.low) : std::nullopt;
}

void tellProblems(TimesFound &out, const Times &times)
{
    if (times.failed > 0)
        out.notes.push_back({ASSAY_TEXT("Identity", "%1 of %2 timed requests failed: %3"), {std::to_string(times.failed), std::to_string(times.spent.requests), times.words}});
    if (times.uncounted > 0)
        out.notes.push_back({ASSAY_TEXT("Identity", "Of %1 timed requests the endpoint does not tell how long the prompt was, or it came from a cache"), {std::to_string(times.uncounted)}});
    if (times.merged > 0)
        out.notes.push_back({ASSAY_TEXT("Identity", "%1 timed streams came in pieces of several tokens: their gaps are no times between tokens"), {std::to_string(times.merged)}});
}

void add(Spending &sum, const Spending &more)
{
    sum.requests += more.requests;
    sum.promptTokens += more.promptTokens;
    sum.outputTokens += more.outputTokens;
}

} // namespace

Spending costOf(const TimesPlan &plan)
{
    Spending out;
    for (const int64_t words : plan.words) {
        out.requests += plan.repeats;
        out.promptTokens += plan.repeats * 2 * (words + 16);
        out.outputTokens += plan.repeats * plan.outputTokens;
    }
    return out;
}

TimesFound askTimes(const EndpointTarget &target, const TimesPlan &plan, uint64_t seed, const AskProgress &progress, std::stop_token stop)
{
    TimesFound out;
    const Times subject = timesOf(target, plan, seed, progress, stop);
    std::optional<double> slope;
    if (plan.reference && !stop.stop_requested()) {
        const Times reference = timesOf(*plan.reference, plan, seed + 1, progress, stop);
        slope = slopeOf(reference);
        add(out.spent, reference.spent);
        if (!slope)
            out.notes.push_back({ASSAY_TEXT("Identity", "The reference's first token does not come later after longer prompts, so nothing is quicker than it"), {}});
    }
    add(out.spent, subject.spent);
    out.evidence = {firstTokenEvidence(subject.first, slope), tokenFloorEvidence(subject.gaps, plan.floorSeconds)};
    if (plan.floorSeconds && !plan.hardware.empty())
        out.evidence.back().numbers["hardware"] = plan.hardware;
    tellProblems(out, subject);
    return out;
}

} // namespace assay
