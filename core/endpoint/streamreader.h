// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestrecord.h"
#include "core/endpoint/eventreader.h"
#include "core/endpoint/streamsplitter.h"
#include "core/endpoint/thinktags.h"

#include <string>
#include <string_view>

namespace assay {

/// What an answer may give at most.
struct StreamLimits
{
    uint64_t bytes = uint64_t(64) << 20;
    uint64_t chunks = 1'000'000;
    bool keepText = true;
};

/// Reads the body of one answer, as its bytes come, into a record: pieces with their channel, counts, times, finish, failure.
/// Whatever it begins with decides how it is read: events, JSON lines, one JSON object, or nothing that the dialect knows.
class StreamReader
{
public:
    StreamReader(EventReader &events, StreamLimits limits);

    /// The next bytes, read at this moment in this read. False: the answer has failed, more need not come.
    bool read(std::string_view bytes, int64_t at, uint32_t read, RequestRecord &record);
    /// The body is over. Fills in counts; says what an incomplete answer lacks. After a failure only the counts.
    void finish(int64_t at, uint32_t read, RequestRecord &record);
    /// The stream's end mark was read: what comes of the connection now is no matter.
    bool done() const { return m_done; }
    /// Generated text of any channel was read.
    bool hasText() const { return m_hasText; }

private:
    enum class Mode : unsigned char { Unknown, Events, Whole };
    bool sniff(std::string_view bytes, RequestRecord &record);
    bool takeEvents(RequestRecord &record);
    bool takeEvent(std::string_view data, RequestRecord &record);
    bool takeTexts(RequestRecord &record);
    bool addPiece(Channel channel, std::string_view text, uint32_t tokens, RequestRecord &record);
    void addAnswer(std::string_view text, uint32_t tokens, RequestRecord &record);
    void relabel(Channel from, Channel to, RequestRecord &record) const;
    void takeNumbers(RequestRecord &record);
    void tellCounts(RequestRecord &record) const;
    bool fail(Failure failure, std::string_view words, RequestRecord &record) const;

    EventReader *m_events;
    StreamLimits m_limits;
    StreamSplitter m_splitter;
    ThinkTags m_tags;
    StreamEvent m_event;
    Mode m_mode = Mode::Unknown;
    std::string m_head;  ///< the bytes so far, while they are blanks
    std::string m_whole; ///< a body that is one JSON object
    int64_t m_at = 0;
    uint32_t m_read = 0;
    bool m_done = false, m_finished = false, m_hasText = false, m_hasReasoning = false, m_refused = false;
    ServerCounts m_counts;
    std::optional<int64_t> m_engineCompletion, m_uncached, m_cacheWritten;
};

} // namespace assay
