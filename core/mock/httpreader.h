// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// A request of HTTP/1.x as it came.
struct MockHttpRequest
{
    std::string method, path, query; ///< path and query as sent, not decoded
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;
    bool keepAlive = true;
    /// The first header of this lower-case name; empty when there is none.
    std::string_view header(std::string_view name) const;
};

/// Takes requests off the bytes of a connection (RFC 9112, the part a client of ours may send: no chunked bodies).
class HttpReader
{
public:
    static constexpr size_t kMostHead = size_t(64) << 10, kMostBody = size_t(32) << 20;

    enum class State {
        NeedsMore,
        Continue, ///< told once: the client waits for "100 Continue" before it sends the body
        Complete,
        Bad,      ///< answer with status() and close
    };
    /// False when more has come than a request may have.
    bool append(std::string_view bytes);
    State next(MockHttpRequest &request);
    int status() const { return m_status; }
    bool empty() const { return m_bytes.empty(); }

private:
    State bad(int status);
    State readHead();

    std::string m_bytes;
    MockHttpRequest m_request;
    size_t m_scanned = 0, m_headLength = 0, m_bodyLength = 0; ///< m_headLength: 0 until the head is whole
    int m_status = 400;
};

} // namespace assay
