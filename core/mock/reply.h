// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mock/answer.h"

#include <limits>
#include <memory>

namespace assay {

/// The status line and the headers up to the empty line. `length`: absent for a chunked body.
std::string headOf(const MockScript &script, int status, std::string_view contentType, std::optional<size_t> length, bool keepAlive,
                   std::string_view furtherHeaders = {});
/// A whole answer at once.
std::string wholeReply(const MockScript &script, int status, std::string_view contentType, std::string_view body, bool keepAlive,
                       std::string_view furtherHeaders = {});

/// The answer to one generating request, step by step: which bytes are due when, and how it ends. Knows no sockets.
class MockReply
{
public:
    static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

    enum class Then : uint8_t { Wait, End, Close, Reset };
    struct Step
    {
        std::string bytes;
        int64_t pieces = 0; ///< pieces of text that these bytes complete
        Then then = Then::Wait;
    };

    /// number: of the request. faulty: whether it is one of those that the script's fault hits. start: when the work on it
    /// begins, ns; came: when it was received.
    MockReply(std::shared_ptr<const MockScript> script, const MockHooks &hooks, MockQuery query, int64_t number, bool faulty, bool keepAlive, int64_t came,
              int64_t start);
    /// When the next step is due; kNever: not any more, the connection just stays open.
    int64_t due() const { return m_due; }
    void next(Step &step);

private:
    enum class Phase : uint8_t { Head, Pieces, Bytes, Held };

    bool hit(MockFault fault) const { return m_faulty && m_script->fault == fault; }
    bool isFaultHere() const { return m_faulty && m_next == m_faultAt; }
    int64_t gap(int64_t index) const;
    MockPiece pieceAt(int64_t index) const;
    void planPieces();
    void planTold(const MockHooks &hooks, int64_t number);
    void planPrompt(const MockHooks &hooks, int64_t number);
    std::vector<MockPiece> cutAnew(std::vector<MockPiece> pieces) const;
    void planTimes(int64_t came, int64_t start);
    std::string wholeBody();
    std::string head(std::string_view contentType, std::optional<size_t> length) const;
    void openStream(Step &step);
    void appendOpening(std::string &body);
    void writePieces(Step &step);
    void writeEnd(Step &step);
    void breakStream(Step &step);
    void frame(std::string_view body, bool last, std::string &out) const;
    void answerWhole(Step &step);
    void answerEarly(Step &step);
    void prepareDrip();
    void dripByte(Step &step);

    std::shared_ptr<const MockScript> m_script;
    MockAnswer m_answer;
    const MockWriter *m_writer;
    bool m_faulty, m_keepAlive, m_chunked = true;
    uint64_t m_random;
    Phase m_phase = Phase::Head;
    int64_t m_start, m_due, m_firstPiece = 0;
    int64_t m_hidden = 0, m_reasoning = 0, m_content = 0, m_tools = 0, m_total = 0, m_next = 0, m_faultAt = 0;
    std::vector<MockPiece> m_told; ///< what a hook answered
    bool m_isTold = false;
    std::string m_body;           ///< reused for every step
    std::string m_bytes;          ///< of a drip
    std::vector<size_t> m_ends;   ///< of its pieces
    size_t m_sent = 0;
};

} // namespace assay
