// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/requestmetrics.h"

#include "core/bench/chunkfold.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay {
namespace {

constexpr double kNanosecond = 1e-9;

std::optional<double> between(int64_t from, int64_t to)
{
    if (from == kNever || to == kNever || to < from)
        return std::nullopt;
    return double(uint64_t(to) - uint64_t(from)) * kNanosecond; // a stored record may hold any moments
}

} // namespace

/// N and N_1. What is hidden came before the first text, so it belongs to the first read (pitfall 3).
void ChunkFold::countTokens(const Frame &frame, RequestMetrics &out) const
{
    const int64_t reasoning = frame.usage.reasoning.value_or(0);
    if (frame.usage.completion.value_or(0) > 0) {
        out.source = TokenSource::Usage;
        out.tokens = *frame.usage.completion;
        if (reasoning > out.tokens) // so it cannot be a part of them
            out.tokens += std::min(reasoning, std::numeric_limits<int64_t>::max() - out.tokens);
    } else if (m_told > 0 && m_untold == 0) {
        out.source = TokenSource::Engine;
        out.tokens = m_told;
    } else if (frame.localTokens.value_or(0) > 0) {
        out.source = TokenSource::Tokenizer;
        out.tokens = *frame.localTokens;
    } else {
        out.source = TokenSource::Chunks;
        out.tokens = m_chunks;
    }
    out.hiddenReasoning = reasoning > 0 && !m_reasoned;
    const int64_t hidden = out.hiddenReasoning ? std::min(reasoning, out.tokens) : 0;
    const int64_t visible = out.tokens - hidden;
    if (m_reads == 0)
        return;
    const bool oneEach = double(visible) <= std::max(double(m_chunks) * kTokensOfOne, double(m_chunks + 1));
    const int64_t first = m_firstTold > 0 ? m_firstTold
                          : oneEach       ? m_firstChunks
                                          : std::llround(double(visible) * double(m_firstBytes) / double(m_bytes));
    out.firstTokens = hidden + std::clamp<int64_t>(first, std::min<int64_t>(visible, 1), visible);
    out.tokensPerRead = double(visible) / double(m_reads);
}

RequestMetrics ChunkFold::finish(const Frame &frame) const
{
    RequestMetrics out;
    out.failed = frame.failure != Failure::None || m_reads == 0; // an empty success is none (pitfall 13)
    countTokens(frame, out);
    out.scheduleDelay = between(frame.scheduled, frame.sent);
    if (out.failed)
        return out;
    out.ttft = between(frame.sent, m_first);
    out.ttfa = between(frame.sent, m_firstAnswer);
    out.e2e = between(frame.sent, m_last);
    out.scheduledTtft = between(frame.scheduled, m_first);
    out.scheduledE2e = between(frame.scheduled, m_last);
    if (m_reads > 1)
        out.longestGap = double(m_longest) * kNanosecond;
    if (!out.hiddenReasoning && out.tokens > out.firstTokens && m_last > m_first)
        out.tpot = double(m_last - m_first) * kNanosecond / double(out.tokens - out.firstTokens);
    return out;
}

RequestMetrics metricsOf(const RequestRecord &record)
{
    ChunkFold fold;
    for (const ChunkRecord &chunk : record.chunks)
        fold.add(chunk);
    return fold.finish(record);
}

std::vector<double> gapsOf(const RequestRecord &record)
{
    std::vector<double> gaps;
    ChunkFold fold;
    for (const ChunkRecord &chunk : record.chunks)
        fold.add(chunk, [&](int64_t gap) { gaps.push_back(double(gap) * kNanosecond); });
    return gaps;
}

} // namespace assay
