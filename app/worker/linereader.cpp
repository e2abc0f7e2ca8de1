// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/linereader.h"

#include <cerrno>
#include <unistd.h>

namespace assay::worker {

std::optional<LineReader::Line> LineReader::next()
{
    Line line;
    while (true) {
        const size_t end = m_buffer.find('\n', m_at);
        const size_t length = (end == std::string::npos ? m_buffer.size() : end) - m_at;
        line.tooLong = line.tooLong || line.text.size() + length > m_maximum;
        if (line.tooLong)
            line.text.clear();
        else
            line.text.append(m_buffer, m_at, length);
        m_at += length;
        if (end != std::string::npos) {
            ++m_at;
            return line;
        }
        if (!fill())
            return std::nullopt;
    }
}

bool LineReader::fill()
{
    m_buffer.resize(64 * 1024);
    m_at = 0;
    ssize_t count = 0;
    do {
        count = ::read(m_descriptor, m_buffer.data(), m_buffer.size());
    } while (count < 0 && errno == EINTR);
    m_buffer.resize(count > 0 ? size_t(count) : 0);
    return count > 0;
}

} // namespace assay::worker
