// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/textstream.h"

#include "core/base/text.h"

#include <algorithm>

namespace assay::worker {
namespace {

/// Bytes that a character takes by its first byte; 1 for what begins none.
size_t characterLength(unsigned char first)
{
    if (first >= 0xf0 && first < 0xf8)
        return 4;
    if (first >= 0xe0)
        return first < 0xf0 ? 3 : 1;
    return first >= 0xc2 ? 2 : 1;
}

/// Length of the part of the text that ends with a whole character.
size_t wholeCharacters(const std::string &text)
{
    const size_t looked = std::min<size_t>(3, text.size());
    for (size_t back = 1; back <= looked; ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xc0) != 0x80)
            return characterLength(byte) > back ? text.size() - back : text.size();
    }
    return text.size();
}

/// Length of the longest end of the text that begins the stop string.
size_t possibleBeginning(const std::string &text, const std::string &stop)
{
    for (size_t length = std::min(text.size(), stop.size() - 1); length > 0; --length) {
        if (text.compare(text.size() - length, length, stop, 0, length) == 0)
            return length;
    }
    return 0;
}

} // namespace

TextStream::TextStream(std::vector<std::string> stops) : m_stops(std::move(stops))
{
    std::erase(m_stops, std::string());
}

std::string TextStream::push(const std::string &bytes)
{
    if (m_stopped)
        return {};
    m_held += bytes;
    size_t found = std::string::npos;
    for (const std::string &stop : m_stops)
        found = std::min(found, m_held.find(stop));
    if (found != std::string::npos) {
        m_stopped = true;
        return release(found);
    }
    size_t certain = wholeCharacters(m_held);
    for (const std::string &stop : m_stops)
        certain = std::min(certain, m_held.size() - possibleBeginning(m_held, stop));
    return release(certain);
}

std::string TextStream::finish()
{
    return m_stopped ? std::string() : release(m_held.size());
}

std::string TextStream::release(size_t bytes)
{
    std::string text = validUtf8(std::string_view(m_held).substr(0, bytes));
    m_held.erase(0, bytes);
    m_text += text;
    return text;
}

} // namespace assay::worker
