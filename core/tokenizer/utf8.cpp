// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/utf8.h"

#include "core/tokenizer/unicode.h"

#include <utf8proc.h>

namespace assay {
namespace {

/// What may follow a first byte: how many bytes, and the range of the second (Unicode 15, table 3-7).
struct Lead
{
    int following = 0; ///< -1: no first byte
    uint8_t low = 0x80;
    uint8_t high = 0xBF;
};

Lead leadOf(uint8_t byte)
{
    if (byte < 0x80)
        return {0};
    if (byte < 0xC2 || byte > 0xF4)
        return {-1};
    if (byte < 0xE0)
        return {1};
    if (byte < 0xF0)
        return {2, uint8_t(byte == 0xE0 ? 0xA0 : 0x80), uint8_t(byte == 0xED ? 0x9F : 0xBF)};
    return {3, uint8_t(byte == 0xF0 ? 0x90 : 0x80), uint8_t(byte == 0xF4 ? 0x8F : 0xBF)};
}

/// Length of the longest well-formed beginning at this offset, and whether it is a whole character.
size_t wellFormedPart(std::string_view bytes, size_t offset, bool &whole)
{
    const Lead lead = leadOf(uint8_t(bytes[offset]));
    whole = lead.following == 0;
    if (lead.following <= 0)
        return 1;
    size_t length = 1;
    for (; length <= size_t(lead.following) && offset + length < bytes.size(); ++length) {
        const uint8_t byte = uint8_t(bytes[offset + length]);
        const bool second = length == 1;
        if (byte < (second ? lead.low : 0x80) || byte > (second ? lead.high : 0xBF))
            return length;
    }
    whole = length == size_t(lead.following) + 1;
    return length;
}

} // namespace

char32_t lastCodePoint(std::string_view text)
{
    size_t offset = text.size() - 1;
    while (offset > 0 && (uint8_t(text[offset]) & 0xC0) == 0x80)
        --offset;
    return nextCodePoint(text, offset);
}

void appendUtf8(std::string &text, char32_t codePoint)
{
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t length = utf8proc_encode_char(utf8proc_int32_t(codePoint), bytes);
    text.append(reinterpret_cast<const char *>(bytes), size_t(length));
}

std::string lossyUtf8(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    for (size_t offset = 0; offset < bytes.size();) {
        bool whole = false;
        const size_t length = wellFormedPart(bytes, offset, whole);
        if (whole)
            text += bytes.substr(offset, length);
        else
            text += "\xEF\xBF\xBD";
        offset += length;
    }
    return text;
}

bool isWhiteSpace(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool isWordCharacter(char32_t c)
{
    using namespace character;
    const uint32_t classes = CharacterClasses::instance().of(c);
    if (classes & (Alphabetic | Mark | Digit | Connector | Joiner))
        return true;
    // Symbols that are letters in circles and squares (Other_Alphabetic).
    return (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) || (c >= 0x1F150 && c <= 0x1F169)
        || (c >= 0x1F170 && c <= 0x1F189);
}

} // namespace assay
