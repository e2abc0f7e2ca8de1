// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/bytestream.h"

#include <algorithm>

namespace assay {
namespace {
// The first window is small: most members of an archive turn out to be no pickle within a few bytes.
constexpr size_t kFirstWindow = 512, kJumpWindow = 4096, kLargestWindow = 256u << 10;
} // namespace

ByteStream::ByteStream(const ByteSource &source, uint64_t begin, uint64_t end)
    : m_source(source), m_position(begin), m_end(std::max(begin, std::min(end, source.size()))),
      m_nextWindow(kFirstWindow)
{
}

bool ByteStream::fill()
{
    if (m_position == m_end)
        return false;
    m_window.resize(size_t(std::min<uint64_t>(m_nextWindow, m_end - m_position)));
    m_nextWindow = std::min(4 * m_nextWindow, kLargestWindow);
    m_windowBegin = m_position;
    if (m_source.readAt(m_position, m_window))
        return true;
    m_failed = true;
    m_window.clear();
    m_end = m_position;
    return false;
}

int ByteStream::byte()
{
    if ((m_position < m_windowBegin || m_position - m_windowBegin >= m_window.size()) && !fill())
        return -1;
    return int(std::to_integer<unsigned char>(m_window[size_t(m_position++ - m_windowBegin)]));
}

std::optional<uint64_t> ByteStream::number(int bytes)
{
    uint64_t out = 0;
    for (int i = 0; i < bytes; ++i) {
        const int next = byte();
        if (next < 0)
            return std::nullopt;
        out |= uint64_t(next) << (8 * i);
    }
    return out;
}

std::optional<std::string> ByteStream::text(uint64_t bytes)
{
    if (bytes > left())
        return std::nullopt;
    std::string out;
    out.reserve(size_t(bytes));
    while (out.size() < bytes) {
        if ((m_position < m_windowBegin || m_position - m_windowBegin >= m_window.size()) && !fill())
            return std::nullopt;
        const auto from = size_t(m_position - m_windowBegin);
        const size_t take = std::min(m_window.size() - from, size_t(bytes) - out.size());
        out.append(reinterpret_cast<const char *>(m_window.data()) + from, take);
        m_position += take;
    }
    return out;
}

bool ByteStream::skip(uint64_t bytes)
{
    if (bytes > left())
        return false;
    seek(m_position + bytes);
    return true;
}

void ByteStream::seek(uint64_t position)
{
    m_position = std::min(position, m_end);
    // After a jump little may be wanted before the next one.
    if (m_position < m_windowBegin || m_position - m_windowBegin > m_window.size())
        m_nextWindow = std::min(m_nextWindow, kJumpWindow);
}

ByteStream::Line ByteStream::line(std::string &out, size_t limit)
{
    out.clear();
    for (;;) {
        const int next = byte();
        if (next < 0)
            return Line::CutOff;
        if (next == '\n')
            return Line::Complete;
        if (out.size() == limit)
            return Line::TooLong;
        out.push_back(char(next));
    }
}

} // namespace assay
