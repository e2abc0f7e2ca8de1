// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mock/httpreader.h"

#include <algorithm>
#include <charconv>

namespace assay {

namespace {

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return out;
}

/// "POST /v1/models?x=1 HTTP/1.1"
bool readRequestLine(std::string_view line, MockHttpRequest &request)
{
    line = trimmed(line);
    const size_t first = line.find(' '), last = line.rfind(' ');
    if (first == std::string_view::npos || last == first || line.substr(last + 1).rfind("HTTP/1.", 0) != 0)
        return false;
    std::string_view target = line.substr(first + 1, last - first - 1);
    if (target.empty() || target.front() != '/' || target.find(' ') != std::string_view::npos)
        return false;
    const size_t question = std::min(target.find('?'), target.size());
    request.method = line.substr(0, first);
    request.path = target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
    request.keepAlive = line.back() != '0';
    return true;
}

} // namespace

std::string_view MockHttpRequest::header(std::string_view name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto &header) { return header.first == name; });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

bool HttpReader::append(std::string_view bytes)
{
    if (m_bytes.size() + bytes.size() > kMostHead + kMostBody)
        return false;
    m_bytes.append(bytes);
    return true;
}

HttpReader::State HttpReader::bad(int status)
{
    m_status = status;
    return State::Bad;
}

HttpReader::State HttpReader::readHead()
{
    const size_t end = m_bytes.find("\r\n\r\n", m_scanned);
    if (end == std::string::npos) {
        m_scanned = m_bytes.size() < 3 ? 0 : m_bytes.size() - 3;
        return m_bytes.size() > kMostHead ? bad(431) : State::NeedsMore;
    }
    if (end > kMostHead)
        return bad(431);
    std::string_view head = std::string_view(m_bytes).substr(0, end);
    m_request = {};
    for (bool first = true; !head.empty(); first = false) {
        const size_t lineEnd = std::min(head.find('\n'), head.size());
        const std::string_view line = head.substr(0, lineEnd);
        head.remove_prefix(std::min(lineEnd + 1, head.size()));
        const size_t colon = line.find(':');
        if (first ? !readRequestLine(line, m_request) : colon == std::string_view::npos || colon == 0)
            return bad(400);
        if (!first)
            m_request.headers.emplace_back(lowered(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    }
    if (!m_request.header("transfer-encoding").empty())
        return bad(411);
    const std::string_view length = m_request.header("content-length");
    m_bodyLength = 0;
    const auto [stopped, failed] = std::from_chars(length.data(), length.data() + length.size(), m_bodyLength);
    if (!length.empty() && (failed != std::errc() || stopped != length.data() + length.size()))
        return bad(400);
    if (m_bodyLength > kMostBody)
        return bad(413);
    const std::string connection = lowered(m_request.header("connection"));
    m_request.keepAlive = connection == "close" ? false : m_request.keepAlive || connection == "keep-alive";
    m_headLength = end + 4;
    return State::Complete;
}

HttpReader::State HttpReader::next(MockHttpRequest &request)
{
    const bool fresh = m_headLength == 0;
    if (fresh) {
        if (const State state = readHead(); state != State::Complete)
            return state;
    }
    if (m_bytes.size() - m_headLength < m_bodyLength)
        return fresh && m_request.header("expect") == "100-continue" ? State::Continue : State::NeedsMore;
    request = std::move(m_request);
    request.body = m_bytes.substr(m_headLength, m_bodyLength);
    m_bytes.erase(0, m_headLength + m_bodyLength);
    m_scanned = m_headLength = m_bodyLength = 0;
    return State::Complete;
}

} // namespace assay
