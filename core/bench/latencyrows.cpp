// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/metricrows.h"

namespace assay {
namespace {

Sampled loadSeconds(const LoadSample &s) { return usable(s.seconds) ? Sampled(s.seconds) : std::nullopt; }
Sampled ttft(const MeasureSample &s) { return usable(s.firstToken) ? Sampled(s.firstToken) : std::nullopt; }
Sampled endToEnd(const MeasureSample &s) { return !s.isPass() && usable(s.total) ? Sampled(s.total) : std::nullopt; }
Sampled passTime(const MeasureSample &s) { return s.isPass() && usable(s.total) ? Sampled(s.total) : std::nullopt; }

/// A column of RequestMetrics.
template <auto Member>
Sampled request(const RequestRow &row)
{
    return row.metrics.*Member;
}

constexpr const char *kLatency = ASSAY_TEXT("Metric", "Latency");
using M = RequestMetrics;

constexpr MetricSource ofRequests(Sampled (*perRequest)(const RequestRow &), double quantile = 0)
{
    return {nullptr, nullptr, quantile, perRequest};
}

constexpr MetricSource ofGaps(double quantile, const char *readsLabel)
{
    MetricSource source;
    source.quantile = quantile;
    source.readsLabel = readsLabel;
    return source;
}

} // namespace

Sampled tpotOf(const MeasureSample &s)
{
    const double decode = s.total - s.firstToken;
    return s.outputTokens > 1 && usable(decode) ? Sampled(decode / double(s.outputTokens - 1)) : std::nullopt;
}

// clang-format off
std::vector<MetricRow> latencyRows()
{
    constexpr Better kLower = Better::Lower;
    return {
    {{"load_time", kLatency, ASSAY_TEXT("Metric", "Load time"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Time from the request to load the model until it can take an input; median over the loads "
                           "with the weight files in the page cache (over all loads when none was cached).")},
     {nullptr, loadSeconds}},
    {{"ttft", kLatency, ASSAY_TEXT("Metric", "Time to first token (TTFT)"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Time from handing over the prompt until the first output token of the batch is known; of an endpoint from "
                           "sending the request until the first generated text was read, whether answer, reasoning or tool call. "
                           "Median over the counted runs.")},
     {ttft, nullptr, 0, request<&M::ttft>}},
    {{"ttft.p95", kLatency, ASSAY_TEXT("Metric", "TTFT, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 95th percentile of TTFT; printed from 59 answered requests on.")},
     ofRequests(request<&M::ttft>, 0.95)},
    {{"ttft.p99", kLatency, ASSAY_TEXT("Metric", "TTFT, p99"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 99th percentile of TTFT; printed from 299 answered requests on.")},
     ofRequests(request<&M::ttft>, 0.99)},
    {{"ttfa", kLatency, ASSAY_TEXT("Metric", "Time to first answer (TTFA)"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: time from sending the request until the first text of the answer itself was read, reasoning "
                           "left out; equal to TTFT where there is none. Median over the counted requests.")},
     ofRequests(request<&M::ttfa>)},
    {{"ttfa.p95", kLatency, ASSAY_TEXT("Metric", "TTFA, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 95th percentile of TTFA; printed from 59 answered requests on.")},
     ofRequests(request<&M::ttfa>, 0.95)},
    {{"tpot", kLatency, ASSAY_TEXT("Metric", "Time per output token (TPOT)"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "(time of the last token - time of the first token) / (output tokens - 1) of one run; of an endpoint / "
                           "(output tokens - tokens of the first read), since one read may bring several; absent where reasoning "
                           "was counted but not shown. Median over the counted runs.")},
     {tpotOf, nullptr, 0, request<&M::tpot>}},
    {{"tpot.p95", kLatency, ASSAY_TEXT("Metric", "TPOT, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 95th percentile of TPOT over requests; printed from 59 answered requests on.")},
     ofRequests(request<&M::tpot>, 0.95)},
    {{"tpot.p99", kLatency, ASSAY_TEXT("Metric", "TPOT, p99"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 99th percentile of TPOT over requests; printed from 299 answered requests on.")},
     ofRequests(request<&M::tpot>, 0.99)},
    {{"icl.p50", kLatency, ASSAY_TEXT("Metric", "Gap between tokens (ITL), p50"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Median of all gaps between consecutive tokens, of an endpoint between reads with text, counted runs "
                           "pooled; called gap between reads (ICL) where a read brings more than 1.05 tokens on average. Gaps of one run "
                           "depend on each other, so the interval is rather too narrow."), true, true},
     ofGaps(0.50, ASSAY_TEXT("Metric", "Gap between reads (ICL), p50"))},
    {{"icl.p95", kLatency, ASSAY_TEXT("Metric", "Gap between tokens (ITL), p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "95th percentile of all gaps between consecutive tokens, of an endpoint between reads with text, counted "
                           "runs pooled; called gap between reads (ICL) where a read brings more than 1.05 tokens on average. Printed from "
                           "59 gaps on."), true, true},
     ofGaps(0.95, ASSAY_TEXT("Metric", "Gap between reads (ICL), p95"))},
    {{"icl.p99", kLatency, ASSAY_TEXT("Metric", "Gap between tokens (ITL), p99"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "99th percentile of all gaps between consecutive tokens, of an endpoint between reads with text, counted "
                           "runs pooled; called gap between reads (ICL) where a read brings more than 1.05 tokens on average. Printed from "
                           "299 gaps on."), true, true},
     ofGaps(0.99, ASSAY_TEXT("Metric", "Gap between reads (ICL), p99"))},
    {{"longest_gap", kLatency, ASSAY_TEXT("Metric", "Longest gap of an answer"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: the longest time that an answer stood still once it had begun; median over the counted requests.")},
     ofRequests(request<&M::longestGap>)},
    {{"longest_gap.p95", kLatency, ASSAY_TEXT("Metric", "Longest gap of an answer, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 95th percentile of the longest gaps; printed from 59 answered requests on.")},
     ofRequests(request<&M::longestGap>, 0.95)},
    {{"longest_gap.p99", kLatency, ASSAY_TEXT("Metric", "Longest gap of an answer, p99"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 99th percentile of the longest gaps; printed from 299 answered requests on.")},
     ofRequests(request<&M::longestGap>, 0.99)},
    {{"e2e", kLatency, ASSAY_TEXT("Metric", "End-to-end time (E2E)"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Time from handing over the prompt, of an endpoint from sending the request, until the last output token; "
                           "median over the counted runs.")},
     {endToEnd, nullptr, 0, request<&M::e2e>}},
    {{"e2e.p95", kLatency, ASSAY_TEXT("Metric", "E2E, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 95th percentile of E2E; printed from 59 answered requests on.")},
     ofRequests(request<&M::e2e>, 0.95)},
    {{"e2e.p99", kLatency, ASSAY_TEXT("Metric", "E2E, p99"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 99th percentile of E2E; printed from 299 answered requests on.")},
     ofRequests(request<&M::e2e>, 0.99)},
    {{"scheduled_ttft", kLatency, ASSAY_TEXT("Metric", "TTFT from the schedule"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: as TTFT, but from the moment that the request was to be sent, so that waiting to be sent is in it; "
                           "median over the counted requests.")},
     ofRequests(request<&M::scheduledTtft>)},
    {{"scheduled_ttft.p95", kLatency, ASSAY_TEXT("Metric", "TTFT from the schedule, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 95th percentile of TTFT from the schedule; printed from 59 answered requests on.")},
     ofRequests(request<&M::scheduledTtft>, 0.95)},
    {{"scheduled_ttft.p99", kLatency, ASSAY_TEXT("Metric", "TTFT from the schedule, p99"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 99th percentile of TTFT from the schedule; printed from 299 answered requests on.")},
     ofRequests(request<&M::scheduledTtft>, 0.99)},
    {{"scheduled_e2e", kLatency, ASSAY_TEXT("Metric", "E2E from the schedule"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: as E2E, but from the moment that the request was to be sent; median over the counted requests.")},
     ofRequests(request<&M::scheduledE2e>)},
    {{"scheduled_e2e.p95", kLatency, ASSAY_TEXT("Metric", "E2E from the schedule, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 95th percentile of E2E from the schedule; printed from 59 answered requests on.")},
     ofRequests(request<&M::scheduledE2e>, 0.95)},
    {{"scheduled_e2e.p99", kLatency, ASSAY_TEXT("Metric", "E2E from the schedule, p99"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 99th percentile of E2E from the schedule; printed from 299 answered requests on.")},
     ofRequests(request<&M::scheduledE2e>, 0.99)},
    {{"schedule_delay", kLatency, ASSAY_TEXT("Metric", "Wait until sent"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: from the moment that a request was to be sent until it was; median over the counted requests.")},
     ofRequests(request<&M::scheduleDelay>)},
    {{"schedule_delay.p95", kLatency, ASSAY_TEXT("Metric", "Wait until sent, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 95th percentile of the wait; printed from 59 answered requests on.")},
     ofRequests(request<&M::scheduleDelay>, 0.95)},
    {{"schedule_delay.p99", kLatency, ASSAY_TEXT("Metric", "Wait until sent, p99"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Endpoints: 99th percentile of the wait; printed from 299 answered requests on.")},
     ofRequests(request<&M::scheduleDelay>, 0.99)},
    {{"pass_time", kLatency, ASSAY_TEXT("Metric", "Time per pass"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "Of a model that generates nothing: time from handing over the batch until its output is known; "
                           "median over the counted runs.")},
     {passTime}},
    {{"pass_time.p95", kLatency, ASSAY_TEXT("Metric", "Time per pass, p95"), Unit::Seconds, kLower,
      ASSAY_TEXT("Metric", "95th percentile of the time per pass over the counted runs; printed from 59 runs on.")},
     {passTime, nullptr, 0.95}},
    };
}
// clang-format on

} // namespace assay
