// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/textstream.h"

#include <algorithm>
#include <optional>

namespace assay::worker {
namespace {

/// Length of the longest end of the text that begins the stop string.
size_t possibleBeginning(const std::string &text, const std::string &stop)
{
    for (size_t length = std::min(text.size(), stop.size() - 1); length > 0; --length) {
        if (text.compare(text.size() - length, length, stop, 0, length) == 0)
            return length;
    }
    return 0;
}

/// Where the stop string begins that is complete first; of those complete at the same place the longest.
std::optional<size_t> firstStop(const std::string &text, const std::vector<std::string> &stops)
{
    std::optional<size_t> begin;
    size_t end = std::string::npos;
    for (const std::string &stop : stops) {
        const size_t found = text.find(stop);
        if (found == std::string::npos)
            continue;
        const size_t complete = found + stop.size();
        if (complete < end || (complete == end && found < *begin)) {
            begin = found;
            end = complete;
        }
    }
    return begin;
}

} // namespace

TextStream::TextStream(std::vector<std::string> stops) : m_stops(std::move(stops))
{
}

std::string TextStream::push(std::string_view bytes)
{
    return m_stopped ? std::string() : take(m_characters.push(bytes));
}

std::string TextStream::finish()
{
    if (m_stopped)
        return {};
    std::string text = take(m_characters.finish());
    if (!m_stopped)
        text += release(m_held.size());
    return text;
}

std::string TextStream::take(const std::string &characters)
{
    m_held += characters;
    if (const auto begin = firstStop(m_held, m_stops)) {
        m_stopped = true;
        return release(*begin);
    }
    size_t certain = m_held.size();
    for (const std::string &stop : m_stops)
        certain = std::min(certain, m_held.size() - possibleBeginning(m_held, stop));
    // A character that a stop string begins with is held as a whole: the stop string is UTF-8 itself.
    return release(certain);
}

std::string TextStream::release(size_t bytes)
{
    std::string text = m_held.substr(0, bytes);
    m_held.erase(0, bytes);
    m_text += text;
    return text;
}

} // namespace assay::worker
