// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/metricrows.h"

#include <algorithm>

namespace assay {
namespace {

Sampled inputSpeed(const MeasureSample &s)
{
    return s.isPass() && usable(s.total) ? Sampled(double(s.batch) / s.total) : std::nullopt;
}

Sampled passTokenSpeed(const MeasureSample &s)
{
    return s.isPass() && s.promptTokens > 0 && usable(s.total) ? Sampled(double(s.batch * s.promptTokens) / s.total)
                                                               : std::nullopt;
}

Sampled prefillSpeed(const MeasureSample &s)
{
    return usable(s.firstToken) ? Sampled(double(s.batch * s.promptTokens) / s.firstToken) : std::nullopt;
}

Sampled decodeSpeed(const MeasureSample &s)
{
    const Sampled perToken = tpotOf(s);
    return perToken ? Sampled(1 / *perToken) : std::nullopt;
}

Sampled throughput(const MeasureSample &s)
{
    return !s.isPass() && usable(s.total) ? Sampled(double(s.batch * s.outputTokens) / s.total) : std::nullopt;
}

Sampled userSpeed(const RequestRow &row)
{
    return row.metrics.tpot && usable(*row.metrics.tpot) ? Sampled(1 / *row.metrics.tpot) : std::nullopt;
}

Sampled answerSpeed(const RequestRow &row)
{
    return row.metrics.e2e && usable(*row.metrics.e2e) ? Sampled(double(row.metrics.tokens) / *row.metrics.e2e) : std::nullopt;
}

Sampled apparentPrefill(const RequestRow &row)
{
    const double prompt = double(row.usage.prompt.value_or(row.askedPrompt)) - double(row.usage.cached.value_or(0));
    return row.metrics.ttft && usable(*row.metrics.ttft) && prompt > 0 ? Sampled(prompt / *row.metrics.ttft) : std::nullopt;
}

using Slice = SteadyState::Slice;

/// Something per second while the load was steady, its interval from the slices.
template <class Amount>
std::optional<Estimate> steadyRate(const LevelAnalysis &level, Amount amountOf)
{
    if (!level.steady || level.steady->seconds <= 0)
        return std::nullopt;
    double sum = 0;
    std::vector<double> rates;
    for (const Slice &slice : level.steady->slices) {
        sum += amountOf(slice);
        rates.push_back(amountOf(slice) / slice.seconds);
    }
    return batchMeans(sum / level.steady->seconds, rates);
}

std::optional<Estimate> outputRate(const LevelContext &c)
{
    return steadyRate(c.level, [](const Slice &slice) { return slice.outputTokens; });
}

std::optional<Estimate> totalRate(const LevelContext &c)
{
    return steadyRate(c.level, [](const Slice &slice) { return slice.outputTokens + slice.promptTokens; });
}

std::optional<Estimate> answerRate(const LevelContext &c)
{
    return steadyRate(c.level, [](const Slice &slice) { return slice.answers; });
}

std::optional<Estimate> wholeRate(const LevelContext &c)
{
    if (c.level.seconds <= 0)
        return std::nullopt;
    const double rate = c.level.outputTokens / c.level.seconds;
    return Estimate{rate, rate, rate, c.level.counted, false};
}

std::optional<Estimate> goodput(const LevelContext &c)
{
    if (!c.level.steady)
        return std::nullopt;
    std::vector<Slice> good = c.level.steady->slices;
    for (Slice &slice : good)
        slice.answers = 0;
    for (const RequestRow &row : c.level.rows) {
        if (row.slice >= 0 && row.attempt == 0 && meets(row.metrics, *c.slo))
            ++good[size_t(row.slice)].answers;
    }
    double sum = 0;
    std::vector<double> rates;
    for (const Slice &slice : good) {
        sum += slice.answers;
        rates.push_back(slice.answers / slice.seconds);
    }
    return batchMeans(sum / c.level.steady->seconds, rates);
}

std::optional<Estimate> goodShare(const LevelContext &c)
{
    if (c.level.counted == 0)
        return std::nullopt;
    const auto good = std::count_if(c.level.rows.begin(), c.level.rows.end(),
                                    [&](const RequestRow &row) { return row.good() && meets(row.metrics, *c.slo); });
    return shareEstimate(size_t(good), c.level.counted);
}

std::string sloName(const LevelContext &c)
{
    return c.slo->name;
}

constexpr const char *kThroughput = ASSAY_TEXT("Metric", "Throughput");

constexpr MetricSource ofLevel(std::optional<Estimate> (*perLevel)(const LevelContext &))
{
    return {nullptr, nullptr, 0, nullptr, perLevel};
}

} // namespace

// clang-format off
std::vector<MetricRow> throughputRows()
{
    constexpr Better kHigher = Better::Higher;
    return {
    {{"prefill_speed", kThroughput, ASSAY_TEXT("Metric", "Prefill speed"), Unit::TokensPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Prompt tokens of the whole batch / TTFT; median over the counted runs.")},
     {prefillSpeed}},
    {{"prefill_speed.apparent", kThroughput, ASSAY_TEXT("Metric", "Apparent prefill speed"), Unit::TokensPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Endpoints: prompt tokens that the server did not find in its cache (by its own count, else by ours) / TTFT. "
                           "Apparent, since queue and network are in TTFT; median over the counted requests.")},
     {nullptr, nullptr, 0, apparentPrefill}},
    {{"decode_speed", kThroughput, ASSAY_TEXT("Metric", "Decode speed for one user"), Unit::TokensPerSecond, kHigher,
      ASSAY_TEXT("Metric", "1 / TPOT: what one user of the batch or of the endpoint sees; median over the counted runs.")},
     {decodeSpeed, nullptr, 0, userSpeed}},
    {{"answer_speed", kThroughput, ASSAY_TEXT("Metric", "Speed of a whole answer"), Unit::TokensPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Endpoints: output tokens / E2E of one request, the wait for the first token included. The only speed of one "
                           "request that says something where reasoning is counted but not shown; median over the counted requests.")},
     {nullptr, nullptr, 0, answerSpeed}},
    {{"throughput", kThroughput, ASSAY_TEXT("Metric", "Output throughput"), Unit::TokensPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Output tokens of the whole batch / E2E, prefill included; median over the counted runs. Of an endpoint while "
                           "the load is steady: tokens whose moments lie between the first and the last counted request's sending, in a "
                           "closed loop between two sendings whole waves of requests apart, / that time, whichever request they belong "
                           "to; filling up and running empty are left out. Tokens of a piece by the server's count for it, else a "
                           "request's tokens are spread evenly over its pieces. Interval from ten slices of that time; absent when it is "
                           "shorter than an answer or a wave.")},
     {throughput, nullptr, 0, nullptr, outputRate}},
    {{"throughput.whole", kThroughput, ASSAY_TEXT("Metric", "Output throughput, ends included"), Unit::TokensPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Endpoints: output tokens of all counted answers / time from the first one's sending to the last one's last "
                           "text. Filling up and running empty dilute it; it is what most tools print.")},
     ofLevel(wholeRate)},
    {{"throughput.total", kThroughput, ASSAY_TEXT("Metric", "Total throughput"), Unit::TokensPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Endpoints: as output throughput, with the prompt tokens (by the server's count, else by ours) of the requests "
                           "whose first text came in that time.")},
     ofLevel(totalRate)},
    {{"request_rate", kThroughput, ASSAY_TEXT("Metric", "Answers per second"), Unit::RequestsPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Endpoints: answers whose last text came while the load was steady / that time.")},
     ofLevel(answerRate)},
    {{"goodput", kThroughput, ASSAY_TEXT("Metric", "Goodput"), Unit::RequestsPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Endpoints: answers per second that meet every limit of the named set (SLO), while the load was steady; a "
                           "request that failed at first is bad even when a retry was answered."), true, true},
     {nullptr, nullptr, 0, nullptr, goodput, sloName, true}},
    {{"goodput.share", kThroughput, ASSAY_TEXT("Metric", "Share of good answers"), Unit::Rate, kHigher,
      ASSAY_TEXT("Metric", "Endpoints: share of the counted requests that meet every limit of the named set (SLO); failed ones are bad, "
                           "those cancelled from here are left out."), true, true},
     {nullptr, nullptr, 0, nullptr, goodShare, sloName, true}},
    {{"input_speed", kThroughput, ASSAY_TEXT("Metric", "Inputs per second"), Unit::InputsPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Of a model that generates nothing: inputs of the whole batch / time per pass; median over the "
                           "counted runs.")},
     {inputSpeed}},
    {{"pass_token_speed", kThroughput, ASSAY_TEXT("Metric", "Input tokens per second"), Unit::TokensPerSecond, kHigher,
      ASSAY_TEXT("Metric", "Of a model that reads tokens and generates none: tokens of the whole batch / time per pass; "
                           "median over the counted runs.")},
     {passTokenSpeed}},
    };
}
// clang-format on

} // namespace assay
