// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/naturalorder.h"

#include <algorithm>

namespace assay {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

void appendNaturalKey(std::string_view text, std::string &out)
{
    for (size_t i = 0; i < text.size();) {
        if (!isDigit(text[i])) {
            out += text[i++];
            continue;
        }
        size_t first = i;
        while (i < text.size() && isDigit(text[i]))
            ++i;
        const size_t runBegin = first;
        while (first + 1 < i && text[first] == '0')
            ++first;
        // '0' keeps the run's place among other characters; then a longer number is a larger one.
        const size_t digits = i - first;
        out += '0';
        for (size_t rest = digits; ; rest -= 255) {
            out += char(static_cast<unsigned char>(std::min<size_t>(rest, 255)));
            if (rest < 255)
                break;
        }
        out.append(text.substr(first, digits));
        // Leading zeros decide at once, so that all names below one module stay together.
        out += char(static_cast<unsigned char>(std::min<size_t>(first - runBegin, 255)));
    }
}

bool naturalLess(std::string_view a, std::string_view b)
{
    std::string left, right;
    appendNaturalKey(a, left);
    appendNaturalKey(b, right);
    return left < right;
}

} // namespace assay
