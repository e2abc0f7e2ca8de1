// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/recordwire.h"
#include "core/bench/requestmetrics.h"


namespace assay {

/// What the pieces of one request come to, fed one after the other: the one place where first, last and gaps are decided, for
/// single records and for whole logs.
class ChunkFold
{
public:
    /// Gives each gap between reads to `gap`, in ns. Pieces of one read have one moment, the first one's; a clock that went
    /// back gives a gap of 0.
    template <class Gap>
    void add(const ChunkRecord &chunk, Gap gap)
    {
        if (chunk.bytes == 0)
            return; // no text, no moment (pitfall 1)
        ++m_chunks;
        m_bytes += chunk.bytes;
        m_told += chunk.tokens;
        m_untold += chunk.tokens == 0;
        if (chunk.channel == Channel::Reasoning)
            m_reasoned = true;
        else if (chunk.channel == Channel::Answer && m_firstAnswer == kNever)
            m_firstAnswer = chunk.at;
        if (m_reads > 0 && chunk.read == m_read) {
            addToFirst(chunk);
            return;
        }
        if (m_reads == 0) {
            m_first = chunk.at;
        } else {
            const int64_t between = chunk.at > m_last ? int64_t((uint64_t(chunk.at) - uint64_t(m_last)) & kMost) : 0;
            m_longest = std::max(m_longest, between);
            gap(between);
        }
        ++m_reads;
        m_read = chunk.read;
        m_last = chunk.at;
        addToFirst(chunk);
    }
    void add(const ChunkRecord &chunk)
    {
        add(chunk, [](int64_t) {});
    }

    int64_t first() const { return m_first; }
    int64_t last() const { return m_last; }
    uint64_t bytes() const { return m_bytes; }

    /// The metrics of a record or a view, whose pieces were all added.
    template <class Record>
    RequestMetrics finish(const Record &record) const
    {
        return finish({record.failure, record.scheduled, record.sent, record.usage, record.localTokens});
    }

private:
    struct Frame
    {
        Failure failure;
        int64_t scheduled, sent;
        const ServerCounts &usage;
        const std::optional<int64_t> &localTokens;
    };
    RequestMetrics finish(const Frame &frame) const;
    void countTokens(const Frame &frame, RequestMetrics &out) const;
    void addToFirst(const ChunkRecord &chunk)
    {
        if (m_reads > 1)
            return;
        ++m_firstChunks;
        m_firstBytes += chunk.bytes;
        m_firstTold += chunk.tokens;
    }

    static constexpr uint64_t kMost = uint64_t(-1) >> 1;
    int64_t m_first = kNever, m_last = kNever, m_firstAnswer = kNever, m_longest = 0;
    int64_t m_chunks = 0, m_reads = 0, m_told = 0, m_untold = 0;
    int64_t m_firstChunks = 0, m_firstTold = 0;
    uint64_t m_bytes = 0, m_firstBytes = 0;
    uint32_t m_read = 0;
    bool m_reasoned = false;
};

} // namespace assay
