// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/tooltrace.h"

#include "core/bench/requestmetrics.h"

#include <algorithm>
#include <map>

namespace assay {
namespace {

struct Span
{
    double first = 0, last = 0;
    bool begun = false;
};

double seconds(int64_t from, int64_t to)
{
    return (double(to) - double(from)) * 1e-9;
}

void addGaps(const RequestRecord &record, GapKind kind, std::vector<double> &gaps)
{
    const bool events = kind == GapKind::Events;
    int64_t before = events ? record.firstByte : kNever;
    bool begun = false;
    for (const ChunkRecord &chunk : record.chunks) {
        if (chunk.bytes == 0 || (!events && chunk.channel != Channel::Answer))
            continue;
        // First bytes that came with the first text are no event of their own.
        if (before != kNever && (begun || before < chunk.at))
            gaps.push_back(std::max(seconds(before, chunk.at), 0.0));
        before = chunk.at;
        begun = true;
    }
}

ToolRequest requestOf(const RequestRecord &record, const RequestMetrics &metrics)
{
    ToolRequest out;
    out.firstText = metrics.ttft.value_or(0);
    out.firstEvent = record.firstByte != kNever ? std::min(seconds(record.sent, record.firstByte), out.firstText) : out.firstText;
    out.firstContent = metrics.ttfa;
    out.lastText = metrics.e2e.value_or(0);
    out.closed = record.ended != kNever ? std::max(seconds(record.sent, record.ended), out.lastText) : out.lastText;
    out.delay = metrics.scheduleDelay.value_or(0);
    out.prompt = double(record.usage.prompt.value_or(record.promptTokens));
    out.tokens = double(metrics.tokens);
    out.tokensOrAsked = double(record.usage.completion.value_or(record.outputTokens));
    out.pieces = double(std::count_if(record.chunks.begin(), record.chunks.end(), [](const ChunkRecord &chunk) { return chunk.bytes > 0; }));
    return out;
}

} // namespace

ToolTrace toolTrace(const BenchRun &run, size_t point, GapKind gaps)
{
    ToolTrace trace;
    std::map<int32_t, Span> rounds;
    for (size_t i = 0; i < run.requests.size(); ++i) {
        const RequestRecord record = run.requests.at(i);
        const RequestMetrics metrics = metricsOf(record);
        if (size_t(record.point) != point || record.point < 0 || record.warmup || record.attempt > 0 || !metrics.ttft || !metrics.e2e)
            continue;
        trace.requests.push_back(requestOf(record, metrics));
        if (gaps != GapKind::None)
            addGaps(record, gaps, trace.gaps);
        Span &span = rounds[record.round];
        const double first = double(record.sent), last = first + trace.requests.back().closed * 1e9;
        span.first = span.begun ? std::min(span.first, first) : first;
        span.last = span.begun ? std::max(span.last, last) : last;
        span.begun = true;
    }
    for (const auto &[round, span] : rounds)
        trace.seconds += (span.last - span.first) * 1e-9;
    return trace;
}

} // namespace assay
