// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/utf8stream.h"

#include <cstdint>

namespace assay::worker {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// The characters that begin with these bytes (Unicode 15, table 3-7): how long they are, and the range of their second
/// byte; every later one is 80 to BF.
struct Beginning
{
    uint8_t first, last;
    size_t length;
    uint8_t secondFirst, secondLast;
};
constexpr Beginning kBeginnings[] = {
    {0x00, 0x7F, 1, 0, 0},       {0xC2, 0xDF, 2, 0x80, 0xBF}, {0xE0, 0xE0, 3, 0xA0, 0xBF},
    {0xE1, 0xEC, 3, 0x80, 0xBF}, {0xED, 0xED, 3, 0x80, 0x9F}, {0xEE, 0xEF, 3, 0x80, 0xBF},
    {0xF0, 0xF0, 4, 0x90, 0xBF}, {0xF1, 0xF3, 4, 0x80, 0xBF}, {0xF4, 0xF4, 4, 0x80, 0x8F},
};

const Beginning *beginningOf(uint8_t byte)
{
    for (const Beginning &beginning : kBeginnings) {
        if (byte >= beginning.first && byte <= beginning.last)
            return &beginning;
    }
    return nullptr;
}

/// The first character of a text, or the maximal part of a broken one.
struct Part
{
    size_t length = 1;
    enum { Character, Broken, Incomplete } kind = Broken;
};

Part firstPart(std::string_view text)
{
    const Beginning *beginning = beginningOf(uint8_t(text[0]));
    if (!beginning)
        return {1, Part::Broken};
    for (size_t i = 1; i < beginning->length; ++i) {
        if (i == text.size())
            return {i, Part::Incomplete};
        const uint8_t byte = uint8_t(text[i]);
        const uint8_t first = i == 1 ? beginning->secondFirst : 0x80, last = i == 1 ? beginning->secondLast : 0xBF;
        if (byte < first || byte > last)
            return {i, Part::Broken};
    }
    return {beginning->length, Part::Character};
}

} // namespace

std::string Utf8Stream::push(std::string_view bytes)
{
    m_begun += bytes;
    std::string_view rest = m_begun;
    std::string text;
    while (!rest.empty()) {
        const Part part = firstPart(rest);
        if (part.kind == Part::Incomplete)
            break;
        text += part.kind == Part::Character ? rest.substr(0, part.length) : kReplacement;
        rest.remove_prefix(part.length);
    }
    m_begun.erase(0, m_begun.size() - rest.size());
    return text;
}

std::string Utf8Stream::finish()
{
    const bool begun = !m_begun.empty();
    m_begun.clear();
    return begun ? std::string(kReplacement) : std::string();
}

} // namespace assay::worker
