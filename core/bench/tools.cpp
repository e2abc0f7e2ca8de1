// SPDX-License-Identifier: GPL-3.0-or-later
// What other tools print, and how they come to it: benchmarking.md 1, read from their code.
#include "core/bench/tools.h"

#include "core/base/text.h"

namespace assay {
namespace {

using Value = std::optional<double>;

constexpr double kMs = 1000, kOne = 1, kPerMinute = 60;

Value ratio(double above, double below)
{
    return below > 0 ? Value(above / below) : std::nullopt;
}

// Moments
Value eventTtft(const ToolRequest &r) { return r.firstEvent; }
Value textTtft(const ToolRequest &r) { return r.firstText; }
Value contentTtft(const ToolRequest &r) { return r.firstContent; }
Value textLatency(const ToolRequest &r) { return r.lastText; }
Value closedLatency(const ToolRequest &r) { return r.closed; }
Value scheduleDelay(const ToolRequest &r) { return r.delay; }
// Times per token
Value vllmTpot(const ToolRequest &r) { return ratio(r.lastText - r.firstEvent, r.tokens - 1); }
Value textTpot(const ToolRequest &r) { return ratio(r.lastText - r.firstText, r.tokens - 1); }
Value contentTpot(const ToolRequest &r) { return r.firstContent ? ratio(r.lastText - *r.firstContent, r.tokens - 1) : std::nullopt; }
Value sglangTpot(const ToolRequest &r) { return r.firstContent ? ratio(r.closed - *r.firstContent, r.tokensOrAsked - 1) : std::nullopt; }
Value wholePerToken(const ToolRequest &r) { return ratio(r.closed, r.tokens); }
Value wholePerPiece(const ToolRequest &r) { return ratio(r.closed, r.pieces); }
Value wholeSpeed(const ToolRequest &r) { return ratio(r.tokens, r.closed); }
Value userSpeed(const ToolRequest &r)
{
    const Value tpot = textTpot(r);
    return tpot ? ratio(1, *tpot) : std::nullopt;
}
Value outputLength(const ToolRequest &r) { return r.tokens; }
Value promptLength(const ToolRequest &r) { return r.prompt; }

// Levels
double sum(const ToolTrace &trace, double ToolRequest::*column)
{
    double total = 0;
    for (const ToolRequest &request : trace.requests)
        total += request.*column;
    return total;
}
double perSecond(double amount, const ToolTrace &trace) { return trace.seconds > 0 ? amount / trace.seconds : 0; }
double successes(const ToolTrace &t) { return double(t.requests.size()); }
double duration(const ToolTrace &t) { return t.seconds; }
double promptTotal(const ToolTrace &t) { return sum(t, &ToolRequest::prompt); }
double outputTotal(const ToolTrace &t) { return sum(t, &ToolRequest::tokens); }
double askedTotal(const ToolTrace &t) { return sum(t, &ToolRequest::tokensOrAsked); }
double requestRate(const ToolTrace &t) { return perSecond(successes(t), t); }
double promptRate(const ToolTrace &t) { return perSecond(promptTotal(t), t); }
double outputRate(const ToolTrace &t) { return perSecond(outputTotal(t), t); }
double askedRate(const ToolTrace &t) { return perSecond(askedTotal(t), t); }
double totalRate(const ToolTrace &t) { return perSecond(outputTotal(t) + promptTotal(t), t); }
double askedTotalRate(const ToolTrace &t) { return perSecond(askedTotal(t) + promptTotal(t), t); }
double concurrency(const ToolTrace &t) { return perSecond(sum(t, &ToolRequest::closed), t); }

// A worker's samples
Value promptSpeed(const MeasureSample &s) { return ratio(double(s.batch * s.promptTokens), s.firstToken); }
Value generateSpeed(const MeasureSample &s) { return ratio(double(s.batch * (s.outputTokens - 1)), s.total - s.firstToken); }

ToolMetric requests(const char *pattern, double scale, const char *ours, Value (*perRequest)(const ToolRequest &), const char *differs)
{
    return {pattern, scale, ours, differs, perRequest};
}
ToolMetric gaps(const char *pattern, const char *ours, GapKind kind, const char *differs)
{
    return {pattern, kMs, ours, differs, nullptr, kind};
}
ToolMetric level(const char *pattern, double scale, const char *ours, double (*ofTrace)(const ToolTrace &), const char *differs)
{
    return {pattern, scale, ours, differs, nullptr, GapKind::None, ofTrace};
}
ToolMetric samples(const char *pattern, const char *ours, Value (*perSample)(const MeasureSample &), const char *differs)
{
    return {pattern, kOne, ours, differs, nullptr, GapKind::None, nullptr, perSample};
}

constexpr const char *kSame = ASSAY_TEXT("Translator", "the same thing as ours");
constexpr const char *kWhole = ASSAY_TEXT("Translator", "all answered requests / first sending to last end: filling up and running empty dilute it, ours is of the steady part");
constexpr const char *kWholeTokens = ASSAY_TEXT("Translator", "tokens of all answered requests / first sending to last end: filling up and running empty dilute it, ours is of the steady part");
constexpr const char *kContentTtft = ASSAY_TEXT("Translator", "first text of the answer alone: reasoning before it counts as waiting, ours is the first text of any kind");
constexpr const char *kMinusOne = ASSAY_TEXT("Translator", "divides by N - 1: takes the first read for one token, ours subtracts what it brought");
constexpr const char *kClosed = ASSAY_TEXT("Translator", "until the stream was closed, ours until the last text");

// clang-format off
Tool vllm()
{
    return {"vllm", "vLLM bench serve", ASSAY_TEXT("Translator", "Where a server gives no usage, vLLM counts tokens of the joined text by its tokenizer; here it is our count."),
        {{Statistic::Mean, "Mean"}, {Statistic::Median, "Median"}, {Statistic::P99, "P99"}},
        {level("Successful requests", kOne, "requests", successes, kSame),
         level("Benchmark duration (s)", kOne, "", duration, ASSAY_TEXT("Translator", "first sending to last end")),
         level("Total input tokens", kOne, "", promptTotal, ASSAY_TEXT("Translator", "vLLM counts the prompt by its tokenizer; here it is the server's count, else ours")),
         level("Total generated tokens", kOne, "", outputTotal, ASSAY_TEXT("Translator", "of the answered requests")),
         level("Request throughput (req/s)", kOne, "request_rate", requestRate, kWhole),
         level("Output token throughput (tok/s)", kOne, "throughput", outputRate, kWholeTokens),
         level("Total Token throughput (tok/s)", kOne, "throughput.total", totalRate, kWholeTokens),
         requests("%1 TTFT (ms)", kMs, "ttft", eventTtft, ASSAY_TEXT("Translator", "first event with choices, even one with a role and no text (taken at the first bytes of the body); ours is the first text")),
         requests("%1 TPOT (ms)", kMs, "tpot", vllmTpot, ASSAY_TEXT("Translator", "(last text - first event) / (N - 1): an event without text lengthens it, and the first read is taken for one token")),
         gaps("%1 ITL (ms)", "icl", GapKind::Events, ASSAY_TEXT("Translator", "gaps between events, zeros within one read and the way from an empty event to the first text included; called a token's time whatever a piece holds")),
         requests("%1 E2EL (ms)", kMs, "e2e", textLatency, kSame)}};
}

Tool sglang()
{
    return {"sglang", "SGLang bench_serving", ASSAY_TEXT("Translator", "As of 2025. It prints a second total of tokens, of the joined text by its tokenizer, which a trace without it cannot give."),
        {{Statistic::Mean, "Mean"}, {Statistic::Median, "Median"}, {Statistic::P99, "P99"}},
        {level("Successful requests", kOne, "requests", successes, kSame),
         level("Benchmark duration (s)", kOne, "", duration, ASSAY_TEXT("Translator", "first sending to last end")),
         level("Total generated tokens", kOne, "", askedTotal, ASSAY_TEXT("Translator", "the server's count, else the REQUESTED length: too many when answers end early")),
         level("Request throughput (req/s)", kOne, "request_rate", requestRate, kWhole),
         level("Input token throughput (tok/s)", kOne, "", promptRate, kWholeTokens),
         level("Output token throughput (tok/s)", kOne, "throughput", askedRate, kWholeTokens),
         level("Total token throughput (tok/s)", kOne, "throughput.total", askedTotalRate, kWholeTokens),
         level("Concurrency", kOne, "concurrency", concurrency, ASSAY_TEXT("Translator", "Little's law over the whole run; ours is of the steady part")),
         requests("%1 E2E Latency (ms)", kMs, "e2e", closedLatency, kClosed),
         requests("%1 TTFT (ms)", kMs, "ttft", contentTtft, kContentTtft),
         requests("%1 TPOT (ms)", kMs, "tpot", sglangTpot, ASSAY_TEXT("Translator", "(end - first text of the answer) / (N - 1): reasoning counts in N but not in the time")),
         gaps("%1 ITL (ms)", "icl", GapKind::Content, ASSAY_TEXT("Translator", "gaps between pieces of the answer alone, zeros within one read included"))}};
}

Tool aiperf()
{
    return {"aiperf", "AIPerf", ASSAY_TEXT("Translator", "Of 2026, which takes the server's counts of tokens first; in 2025 the joined text was always counted by its tokenizer."),
        {{Statistic::Mean, "avg"}, {Statistic::Least, "min"}, {Statistic::Most, "max"}, {Statistic::P99, "p99"}, {Statistic::P90, "p90"}, {Statistic::Median, "p50"}},
        {requests("Time to First Token (ms), %1", kMs, "ttft", textTtft, kSame),
         requests("Time to First Output Token (ms), %1", kMs, "ttfa", contentTtft, kSame),
         requests("Request Latency (ms), %1", kMs, "e2e", textLatency, kSame),
         requests("Inter Token Latency (ms), %1", kMs, "tpot", textTpot, ASSAY_TEXT("Translator", "our TPOT under another name, a mean per request and no gap; divides by N - 1, ours subtracts what the first read brought")),
         requests("Output Token Throughput Per User (tokens/sec/user), %1", kOne, "decode_speed", userSpeed, ASSAY_TEXT("Translator", "1 / its Inter Token Latency")),
         requests("Output Sequence Length (tokens), %1", kOne, "output_tokens", outputLength, kSame),
         requests("Input Sequence Length (tokens), %1", kOne, "prompt_tokens", promptLength, kSame),
         level("Output Token Throughput (tokens/sec)", kOne, "throughput", outputRate, kWholeTokens),
         level("Request Throughput (requests/sec)", kOne, "request_rate", requestRate, kWhole),
         level("Request Count (requests)", kOne, "requests", successes, kSame)}};
}

Tool genaiPerf()
{
    return {"genai-perf", "GenAI-Perf", ASSAY_TEXT("Translator", "It counts tokens of the joined text by its tokenizer; here it is our count."),
        {{Statistic::Mean, "avg"}, {Statistic::Least, "min"}, {Statistic::Most, "max"}, {Statistic::P99, "p99"}, {Statistic::P90, "p90"}},
        {requests("Time To First Token (ms), %1", kMs, "ttft", contentTtft, ASSAY_TEXT("Translator", "first response after empty ones are dropped; reasoning is not looked at, ours is the first text of any kind")),
         requests("Request Latency (ms), %1", kMs, "e2e", textLatency, kSame),
         requests("Inter Token Latency (ms), %1", kMs, "tpot", contentTpot, ASSAY_TEXT("Translator", "our TPOT under another name: (latency - its TTFT) / (N - 1)")),
         requests("Output Sequence Length (tokens), %1", kOne, "output_tokens", outputLength, ASSAY_TEXT("Translator", "by its own tokenizer")),
         level("Output Token Throughput (per sec)", kOne, "throughput", outputRate, kWholeTokens),
         level("Request Throughput (per sec)", kOne, "request_rate", requestRate, kWhole)}};
}

Tool guidellm()
{
    return {"guidellm", "guidellm", ASSAY_TEXT("Translator", "It keeps the first and the last time and the count of pieces, so that it has no true distribution of gaps."),
        {{Statistic::Mean, "mean"}, {Statistic::Median, "median"}, {Statistic::P99, "p99"}},
        {requests("Request Latency (s), %1", kOne, "e2e", closedLatency, kClosed),
         requests("TTFT (ms), %1", kMs, "ttft", textTtft, kSame),
         requests("Time to First Output Token (ms), %1", kMs, "ttfa", contentTtft, kSame),
         requests("ITL (ms), %1", kMs, "tpot", textTpot, ASSAY_TEXT("Translator", "our TPOT under another name: (last - first) / (N - 1) of a request")),
         requests("TPOT (ms), %1", kMs, "", wholePerToken, ASSAY_TEXT("Translator", "divides the WHOLE time, TTFT included, by N: longer than our TPOT, and longer still for short answers")),
         level("Output Tokens/s", kOne, "throughput", outputRate, kWholeTokens),
         level("Requests/s", kOne, "request_rate", requestRate, kWhole),
         level("Concurrency", kOne, "concurrency", concurrency, ASSAY_TEXT("Translator", "over the whole run; ours is of the steady part"))}};
}

Tool llmperf()
{
    return {"llmperf", "llmperf", ASSAY_TEXT("Translator", "It counts tokens of every model by LLaMA's tokenizer; here it is our count."),
        {{Statistic::Mean, "mean"}, {Statistic::Median, "p50"}, {Statistic::P90, "p90"}, {Statistic::P95, "p95"}, {Statistic::P99, "p99"}},
        {requests("ttft_s %1", kOne, "ttft", contentTtft, kContentTtft),
         requests("inter_token_latency_s %1", kOne, "", wholePerPiece, ASSAY_TEXT("Translator", "the WHOLE time, TTFT included, / pieces: neither a gap nor our TPOT")),
         requests("end_to_end_latency_s %1", kOne, "e2e", closedLatency, kClosed),
         requests("request_output_throughput_token_per_s %1", kOne, "answer_speed", wholeSpeed, ASSAY_TEXT("Translator", "N / the whole time: our speed of a whole answer, not of one user after the first token")),
         requests("number_output_tokens %1", kOne, "output_tokens", outputLength, ASSAY_TEXT("Translator", "by LLaMA's tokenizer")),
         level("results_overall_output_throughput_token_per_s", kOne, "throughput", outputRate, kWholeTokens),
         level("results_num_completed_requests_per_min", kPerMinute, "request_rate", requestRate, kWhole)}};
}

Tool inferencePerf()
{
    return {"inference-perf", "inference-perf", "",
        {{Statistic::Mean, "mean"}, {Statistic::Median, "median"}, {Statistic::P90, "p90"}, {Statistic::P99, "p99"}},
        {requests("request_latency (s) %1", kOne, "e2e", closedLatency, kClosed),
         requests("time_to_first_token (s) %1", kOne, "ttft", contentTtft, kContentTtft),
         requests("time_per_output_token (s) %1", kOne, "tpot", contentTpot, kMinusOne),
         requests("normalized_time_per_output_token (s) %1", kOne, "", wholePerToken, ASSAY_TEXT("Translator", "the whole time, TTFT included, / N")),
         gaps("inter_token_latency (ms) %1", "icl", GapKind::Content, ASSAY_TEXT("Translator", "gaps between pieces of the answer alone")),
         requests("schedule_delay (s) %1", kOne, "schedule_delay", scheduleDelay, kSame),
         level("output_tokens_per_sec", kOne, "throughput", outputRate, kWholeTokens),
         level("requests_per_sec", kOne, "request_rate", requestRate, kWhole)}};
}

Tool llamaBench()
{
    return {"llama-bench", "llama-bench", ASSAY_TEXT("Translator", "It feeds random tokens and neither tokenizes nor samples."),
        {{Statistic::Mean, "avg"}},
        {samples("pp t/s, %1", "prefill_speed", promptSpeed, ASSAY_TEXT("Translator", "mean, ours is the median; theirs ends before the first token is chosen")),
         samples("tg t/s, %1", "decode_speed", generateSpeed, ASSAY_TEXT("Translator", "mean over runs and for the whole batch, ours is the median and of one user"))}};
}
// clang-format on

} // namespace

const std::vector<Tool> &tools()
{
    static const std::vector<Tool> all{vllm(), sglang(), aiperf(), genaiPerf(), guidellm(), llmperf(), inferencePerf(), llamaBench()};
    return all;
}

} // namespace assay
