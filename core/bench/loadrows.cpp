// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/metricrows.h"

#include <algorithm>
#include <map>

namespace assay {
namespace {

using Level = std::optional<Estimate>;

Level exactly(double value, size_t n)
{
    return Estimate{value, value, value, n, false};
}

/// Nothing where there is nothing to tell.
Level countOf(size_t count, const LevelContext &c)
{
    return count > 0 ? exactly(double(count), c.level.rows.size()) : std::nullopt;
}

Level offeredConcurrency(const LevelContext &c)
{
    return c.point.concurrency > 0 ? exactly(double(c.point.concurrency), c.level.counted) : std::nullopt;
}

Level offeredRate(const LevelContext &c)
{
    struct Span
    {
        double first = 0, last = 0, count = 0;
    };
    std::map<int32_t, Span> rounds;
    for (const RequestRow &row : c.level.rows) {
        if (!row.counted() || c.point.rate <= 0)
            continue;
        Span &span = rounds[row.round];
        const double moment = double(row.scheduled) * 1e-9;
        span.first = span.count > 0 ? std::min(span.first, moment) : moment;
        span.last = span.count > 0 ? std::max(span.last, moment) : moment;
        ++span.count;
    }
    double arrivals = 0, seconds = 0;
    for (const auto &[round, span] : rounds) {
        arrivals += span.count - 1;
        seconds += span.last - span.first;
    }
    return seconds > 0 ? exactly(arrivals / seconds, c.level.counted) : std::nullopt;
}

Level concurrency(const LevelContext &c)
{
    return c.level.meanConcurrency > 0 ? exactly(c.level.meanConcurrency, c.level.rows.size()) : std::nullopt;
}

Level peakConcurrency(const LevelContext &c) { return countOf(c.level.peakConcurrency, c); }

Level countedRequests(const LevelContext &c) { return exactly(double(c.level.counted), c.level.counted); }

Level errorRate(const LevelContext &c)
{
    const uint64_t answered = c.level.failures[Failure::None];
    return c.level.counted > 0 ? Level(shareEstimate(c.level.counted - size_t(answered), c.level.counted)) : std::nullopt;
}

Level retries(const LevelContext &c)
{
    const bool asked = c.plan.load && c.plan.load->retries > 0;
    return asked || c.level.retries > 0 ? exactly(double(c.level.retries), c.level.rows.size()) : std::nullopt;
}

Level recovered(const LevelContext &c) { return countOf(c.level.recovered, c); }
Level cancelled(const LevelContext &c) { return countOf(size_t(c.level.failures[Failure::Cancelled]), c); }
Level unsettled(const LevelContext &c) { return countOf(c.level.unsettled, c); }

Level tokensPerRead(const LevelContext &c)
{
    const auto [tokens, reads] = c.level.tokensPerRead;
    return reads > 0 ? exactly(tokens / reads, size_t(reads)) : std::nullopt;
}

Sampled promptTokens(const RequestRow &row)
{
    return row.usage.prompt ? Sampled(double(*row.usage.prompt)) : std::nullopt;
}

Sampled promptDifference(const RequestRow &row)
{
    return row.usage.prompt && row.askedPrompt > 0 ? Sampled(double(*row.usage.prompt) - double(row.askedPrompt)) : std::nullopt;
}

Sampled outputTokens(const RequestRow &row) { return Sampled(double(row.metrics.tokens)); }

/// The share of good requests of which something is true, among those that tell.
template <class Tells, class Is>
Level shareOf(const LevelContext &c, Tells tells, Is is)
{
    size_t some = 0, all = 0;
    for (const RequestRow &row : c.level.rows) {
        if (!row.good() || !tells(row))
            continue;
        ++all;
        some += is(row);
    }
    return all > 0 ? Level(shareEstimate(some, all)) : std::nullopt;
}

Level endedEarly(const LevelContext &c)
{
    return shareOf(c, [](const RequestRow &row) { return row.askedOutput > 0; },
                   [](const RequestRow &row) { return !row.cutByLength && row.metrics.tokens < row.askedOutput; });
}

Level hiddenReasoning(const LevelContext &c)
{
    const Level share = shareOf(c, [](const RequestRow &) { return true; }, [](const RequestRow &row) { return row.metrics.hiddenReasoning; });
    return share && share->value > 0 ? share : std::nullopt;
}

Level cachedShare(const LevelContext &c)
{
    double cached = 0, prompt = 0;
    size_t n = 0;
    for (const RequestRow &row : c.level.rows) {
        if (!row.good() || !row.usage.cached || row.usage.prompt.value_or(0) <= 0)
            continue;
        ++n;
        cached += double(*row.usage.cached);
        prompt += double(*row.usage.prompt);
    }
    return n > 0 ? exactly(cached / prompt, n) : std::nullopt;
}

std::string cachePolicy(const LevelContext &c)
{
    if (!c.plan.load)
        return {};
    return c.plan.load->cache == CachePolicy::Cold ? ASSAY_TEXT("Metric", "cold prompts") : ASSAY_TEXT("Metric", "warm prompts");
}

constexpr const char *kLoad = ASSAY_TEXT("Metric", "Load");

constexpr MetricSource ofLevel(Level (*perLevel)(const LevelContext &))
{
    return {nullptr, nullptr, 0, nullptr, perLevel};
}

constexpr MetricSource ofRequests(Sampled (*perRequest)(const RequestRow &))
{
    return {nullptr, nullptr, 0, perRequest};
}

} // namespace

// clang-format off
std::vector<MetricRow> loadRows()
{
    constexpr Better kNeither = Better::Neither, kLower = Better::Lower;
    return {
    {{"requests", kLoad, ASSAY_TEXT("Metric", "Counted requests"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: requests after the warm-up, each once however often it was tried; those cancelled from here are "
                           "left out."), false},
     ofLevel(countedRequests)},
    {{"error_rate", kLoad, ASSAY_TEXT("Metric", "Failed requests"), Unit::Rate, kLower,
      ASSAY_TEXT("Metric", "Endpoints: share of the counted requests whose first try gave no usable answer: no connection, an error "
                           "status, an error within the answer, a cut or empty one. They are in no latency."), false},
     ofLevel(errorRate)},
    {{"retries", kLoad, ASSAY_TEXT("Metric", "Retries"), Unit::Count, kLower,
      ASSAY_TEXT("Metric", "Endpoints: further tries of requests that had failed. They are in no latency and in no goodput."), false},
     ofLevel(retries)},
    {{"recovered", kLoad, ASSAY_TEXT("Metric", "Answered by a retry"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: requests that failed at first and were answered by a retry."), false},
     ofLevel(recovered)},
    {{"cancelled", kLoad, ASSAY_TEXT("Metric", "Cancelled from here"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: requests that the user or a limit of the plan ended; neither good nor failed."), false},
     ofLevel(cancelled)},
    {{"unsettled", kLoad, ASSAY_TEXT("Metric", "Left out as not settled"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: requests after the warm-up that were answered before the running median of TPOT came to its later "
                           "level. They are kept, but not counted."), false},
     ofLevel(unsettled)},
    {{"concurrency.offered", kLoad, ASSAY_TEXT("Metric", "Concurrency offered"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints, closed loop: requests that are kept in flight."), false},
     ofLevel(offeredConcurrency)},
    {{"concurrency", kLoad, ASSAY_TEXT("Metric", "Concurrency achieved"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: requests in flight by time (Little's law: the sum of their times / the time), while the load was "
                           "steady, else over the whole level."), false},
     ofLevel(concurrency)},
    {{"concurrency.peak", kLoad, ASSAY_TEXT("Metric", "Concurrency, peak"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: most requests in flight at one moment, exact, by a sweep over all beginnings and ends."), false},
     ofLevel(peakConcurrency)},
    {{"request_rate.offered", kLoad, ASSAY_TEXT("Metric", "Arrivals per second"), Unit::RequestsPerSecond, kNeither,
      ASSAY_TEXT("Metric", "Endpoints, open loop: counted requests per second by the schedule, whenever they could be sent."), false},
     ofLevel(offeredRate)},
    {{"prompt_tokens", kLoad, ASSAY_TEXT("Metric", "Prompt tokens by the server"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: prompt tokens as the server counts them, chat template included; median over the counted requests.")},
     ofRequests(promptTokens)},
    {{"prompt_tokens.difference", kLoad, ASSAY_TEXT("Metric", "Prompt tokens, server's less ours"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: how many more prompt tokens the server counts than were asked for: its chat template, another "
                           "tokenizer; median over the counted requests."), false},
     ofRequests(promptDifference)},
    {{"cached_share", kLoad, ASSAY_TEXT("Metric", "Prompt tokens from a cache"), Unit::Rate, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: share of the prompt tokens that the server says it had in its cache. Above 0 with cold prompts, "
                           "TTFT and throughput are better than the model's own."), false},
     {nullptr, nullptr, 0, nullptr, cachedShare, cachePolicy}},
    {{"output_tokens", kLoad, ASSAY_TEXT("Metric", "Output tokens of an answer"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: output tokens, reasoning included, by the server's count, else by the sum of its counts for pieces, "
                           "else by a local tokenizer, else pieces; median over the counted requests.")},
     ofRequests(outputTokens)},
    {{"output_tokens.early", kLoad, ASSAY_TEXT("Metric", "Answers that ended early"), Unit::Rate, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: share of the counted answers with fewer tokens than were asked for. Above 0, compare times per "
                           "token: E2E and answers per second are of shorter answers."), false},
     ofLevel(endedEarly)},
    {{"hidden_reasoning", kLoad, ASSAY_TEXT("Metric", "Answers with hidden reasoning"), Unit::Rate, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: share of the counted answers whose reasoning tokens were counted by the server but not shown. Their "
                           "TPOT cannot be known."), false},
     ofLevel(hiddenReasoning)},
    {{"tokens_per_read", kLoad, ASSAY_TEXT("Metric", "Tokens per read"), Unit::Count, kNeither,
      ASSAY_TEXT("Metric", "Endpoints: output tokens / reads that brought text. Above some 1.05 a gap is the time of several tokens, not "
                           "of one."), false},
     ofLevel(tokensPerRead)},
    };
}
// clang-format on

} // namespace assay
