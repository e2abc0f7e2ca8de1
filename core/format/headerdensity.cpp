// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/headerdensity.h"

#include <cstdint>
#include <cstring>

namespace assay {
namespace {

constexpr size_t kMost = HeaderDensity::kWindow / 2;

constexpr bool isBlank(unsigned char c)
{
    return c <= ' ';
}

constexpr bool isOperator(unsigned char c)
{
    // Brackets and braces differ in one bit; with it the parser takes two control characters for , and :, too.
    const unsigned char folded = c | 0x20;
    return (folded == '{') | (folded == '}') | (folded == ',') | (folded == ':');
}

/// At least as many as there are places in the window, whatever is within strings: operators and what begins behind
/// one, a blank or a quotation mark. Without branches, in sums of one byte, so that it is done many bytes at a time.
size_t atMost(const char *window)
{
    constexpr size_t kBlock = 128;
    const auto *bytes = reinterpret_cast<const unsigned char *>(window);
    size_t places = 1;
    for (size_t block = 0; block < HeaderDensity::kWindow; block += kBlock) {
        uint8_t sum = 0;
        for (size_t i = block; i < block + kBlock; ++i) {
            const unsigned char c = bytes[i], before = bytes[i - (i > 0)];
            const int begins = (int(isOperator(before)) | int(isBlank(before)) | int(before == '"')) & int(!isBlank(c));
            sum = uint8_t(sum + uint8_t(int(isOperator(c)) | begins));
        }
        places += sum;
    }
    return places;
}

/// Whether an odd number of backslashes stands before the quotation mark.
bool isEscaped(std::string_view text, size_t quote)
{
    size_t first = quote;
    while (first > 0 && text[first - 1] == '\\')
        --first;
    return (quote - first) % 2 != 0;
}

} // namespace

size_t HeaderDensity::placesUpTo(std::string_view text, size_t end)
{
    size_t places = 0;
    while (m_walked < end) {
        if (m_inString) {
            const void *found = std::memchr(text.data() + m_walked, '"', end - m_walked);
            const size_t quote = found ? size_t(static_cast<const char *>(found) - text.data()) : end;
            m_inString = quote == end || isEscaped(text, quote);
            m_walked = quote + (quote < end);
            continue;
        }
        const auto c = static_cast<unsigned char>(text[m_walked++]);
        m_inString = c == '"';
        const bool scalar = !isOperator(c) && !isBlank(c) && !m_inString;
        places += isOperator(c) || m_inString || (scalar && !m_inScalar);
        m_inScalar = scalar;
    }
    return places;
}

bool HeaderDensity::plausible(std::string_view text)
{
    for (; text.size() - m_judged >= kWindow; m_judged += kWindow) {
        if (atMost(text.data() + m_judged) <= kMost)
            continue;
        placesUpTo(text, m_judged);
        if (placesUpTo(text, m_judged + kWindow) > kMost)
            return false;
    }
    return true;
}

} // namespace assay
