// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/streamsplitter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace assay {
namespace {

size_t find(std::string_view bytes, char wanted, size_t from)
{
    const void *found = std::memchr(bytes.data() + from, wanted, bytes.size() - from);
    return found == nullptr ? bytes.size() : size_t(static_cast<const char *>(found) - bytes.data());
}

std::string_view withoutBlanks(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

} // namespace

StreamSplitter::StreamSplitter(Framing framing, size_t longest) : m_framing(framing), m_longest(longest) {}

void StreamSplitter::feed(std::string_view bytes)
{
    m_bytes = bytes;
    m_at = 0;
    m_lfKnown = m_crKnown = false;
}

void StreamSplitter::append(std::string &to, std::string_view bytes)
{
    if (bytes.size() > m_longest || to.size() > m_longest - bytes.size())
        m_tooLong = true;
    else
        to.append(bytes);
}

/// Both ends are remembered: a body of one kind alone would be searched to its end for the other at every line.
size_t StreamSplitter::lineEnd()
{
    if (!m_lfKnown || m_lf < m_at) {
        m_lf = find(m_bytes, '\n', m_at);
        m_lfKnown = true;
    }
    if (!m_crKnown || m_cr < m_at) {
        m_cr = find(m_bytes.substr(0, m_lf), '\r', m_at);
        m_crKnown = m_cr < m_lf || m_lf == m_bytes.size();
    }
    return std::min(m_lf, m_cr);
}

bool StreamSplitter::nextLine(std::string_view &line)
{
    if (m_lineTaken) {
        m_line.clear();
        m_lineTaken = false;
    }
    if (m_afterCr && m_at < m_bytes.size()) {
        m_afterCr = false;
        m_at += m_bytes[m_at] == '\n';
    }
    if (m_tooLong || m_at >= m_bytes.size())
        return false;
    const size_t end = lineEnd();
    const std::string_view part = m_bytes.substr(m_at, end - m_at);
    if (end == m_bytes.size()) {
        append(m_line, part);
        m_at = end;
        return false;
    }
    m_afterCr = m_bytes[end] == '\r';
    m_at = end + 1;
    line = part;
    if (!m_line.empty()) {
        append(m_line, part);
        line = m_line;
        m_lineTaken = true;
    } else if (part.size() > m_longest) {
        m_tooLong = true;
    }
    if (std::exchange(m_first, false) && line.starts_with("\xEF\xBB\xBF"))
        line.remove_prefix(3);
    return !m_tooLong;
}

bool StreamSplitter::next(std::string_view &event)
{
    return m_framing == Framing::Sse ? nextSse(event) : nextJson(event);
}

bool StreamSplitter::nextJson(std::string_view &event)
{
    while (nextLine(event)) {
        event = withoutBlanks(event);
        if (!event.empty())
            return true;
    }
    return false;
}

bool StreamSplitter::nextSse(std::string_view &event)
{
    if (m_state == Data::Taken)
        m_state = Data::None;
    for (std::string_view line; nextLine(line);) {
        if (!line.empty()) {
            takeField(line);
        } else if (m_state != Data::None) {
            event = takeData();
            return true;
        }
    }
    keepData(); // the bytes that it views go away now
    return false;
}

void StreamSplitter::takeField(std::string_view line)
{
    const size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (name == "data" || name == "error") {
        m_saysError = name == "error" || (m_saysError && m_state != Data::None);
        addData(value);
    }
    m_looksRight = m_looksRight || name.empty() || name == "data" || name == "event" || name == "id" || name == "retry";
}

void StreamSplitter::addData(std::string_view value)
{
    if (m_state == Data::None) {
        m_view = value;
        m_state = Data::Viewed;
        if (m_lineTaken)
            keepData();
        return;
    }
    keepData();
    append(m_data, "\n");
    append(m_data, value);
}

void StreamSplitter::keepData()
{
    if (m_state != Data::Viewed)
        return;
    m_data.clear();
    append(m_data, m_view);
    m_state = Data::Kept;
}

std::string_view StreamSplitter::takeData()
{
    const bool viewed = m_state == Data::Viewed;
    m_state = Data::Taken;
    return viewed ? m_view : std::string_view(m_data);
}

bool StreamSplitter::last(std::string_view &event)
{
    if (m_state == Data::Taken)
        m_state = Data::None;
    if (m_lineTaken)
        m_line.clear();
    m_lineTaken = true; // what is left of a line is the last one
    std::string_view line = m_line;
    if (m_first && line.starts_with("\xEF\xBB\xBF"))
        line.remove_prefix(3);
    if (m_framing == Framing::JsonLines) {
        event = withoutBlanks(line);
        return !event.empty();
    }
    if (!line.empty()) {
        const bool hadData = m_state != Data::None;
        takeField(line);
        m_halfLine = !hadData && m_state == Data::None && !line.starts_with(':');
    }
    if (m_state == Data::None)
        return false;
    event = takeData();
    return true;
}

} // namespace assay
