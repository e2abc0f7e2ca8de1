// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/dialect.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace assay {

/// Cuts a body into events as its bytes come, wherever a read ends: server-sent events by the rules of the WHATWG (lines end
/// with CR, LF or CRLF; comments; several data lines join; a BOM at the start), or JSON lines. Bytes are copied only where an
/// event lies across two reads.
class StreamSplitter
{
public:
    /// longest: bytes of a line or an event; a longer one ends the splitting (tooLong).
    explicit StreamSplitter(Framing framing = Framing::Sse, size_t longest = size_t(16) << 20);

    /// The next bytes. They must stay until next() has returned false.
    void feed(std::string_view bytes);
    /// The data of the next whole event; it stays valid until the next call. False: more bytes are needed.
    bool next(std::string_view &event);
    /// After the last byte: an event that the end left without its blank line or line end. Called once.
    bool last(std::string_view &event);

    bool tooLong() const { return m_tooLong; }
    /// The body ended within a line that is no data.
    bool halfLine() const { return m_halfLine; }
    /// The event came under the name "error", as older llama.cpp sends it.
    bool saysError() const { return m_saysError; }
    /// A field or a comment of server-sent events was seen.
    bool looksRight() const { return m_looksRight; }

private:
    bool nextLine(std::string_view &line);
    size_t lineEnd();
    bool nextSse(std::string_view &event);
    bool nextJson(std::string_view &event);
    void takeField(std::string_view line);
    void addData(std::string_view value);
    void keepData();
    void append(std::string &to, std::string_view bytes);
    std::string_view takeData();

    Framing m_framing;
    size_t m_longest;
    std::string_view m_bytes;
    size_t m_at = 0;
    size_t m_lf = 0, m_cr = 0; ///< the next ones at or after m_at, once looked for; m_bytes.size(): none
    bool m_lfKnown = false, m_crKnown = false;
    bool m_afterCr = false; ///< an LF that comes next belongs to the CR before
    bool m_first = true;    ///< the first line, which may begin with a BOM
    std::string m_line;     ///< the beginning of a line, from reads before
    bool m_lineTaken = false;
    std::string_view m_view; ///< the data of the event under way, while one read holds it
    std::string m_data;      ///< else
    enum class Data : unsigned char { None, Viewed, Kept, Taken } m_state = Data::None;
    bool m_tooLong = false, m_halfLine = false, m_looksRight = false, m_saysError = false;
};

} // namespace assay
