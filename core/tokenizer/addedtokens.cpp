// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/addedtokens.h"

#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace assay {
namespace {

bool standsAlone(std::string_view text, size_t begin, size_t end)
{
    size_t after = end;
    return (begin == 0 || !isWordCharacter(lastCodePoint(text.substr(0, begin))))
        && (end == text.size() || !isWordCharacter(nextCodePoint(text, after)));
}

size_t withoutSpaceBefore(std::string_view text, size_t begin, size_t floor)
{
    while (begin > floor && isWhiteSpace(lastCodePoint(text.substr(0, begin)))) {
        do
            --begin;
        while (begin > floor && (uint8_t(text[begin]) & 0xC0) == 0x80);
    }
    return begin;
}

size_t withoutSpaceAfter(std::string_view text, size_t end)
{
    while (end < text.size()) {
        size_t next = end;
        if (!isWhiteSpace(nextCodePoint(text, next)))
            break;
        end = next;
    }
    return end;
}

} // namespace

bool AddedTokens::add(const AddedToken &token, std::string_view spelling)
{
    if (spelling.empty())
        return true;
    if (!m_spellings.add(spelling, int32_t(m_tokens.size())))
        return false;
    m_tokens.push_back(token);
    return true;
}

void AddedTokens::finish()
{
    m_spellings.finish();
}

void AddedTokens::split(std::string_view text, std::vector<TextPart> &parts) const
{
    parts.clear();
    size_t done = 0;
    for (size_t offset = 0; offset < text.size() && !m_tokens.empty();) {
        size_t length = 0;
        const int32_t index = m_spellings.begins(text[offset]) ? m_spellings.longest(text.substr(offset), length) : -1;
        if (index < 0) {
            ++offset;
            continue;
        }
        const AddedToken &token = m_tokens[size_t(index)];
        size_t begin = offset, end = offset + length;
        offset = end;
        if (token.singleWord && !standsAlone(text, begin, end))
            continue;
        if (token.leftStrip)
            begin = withoutSpaceBefore(text, begin, std::min(begin, done));
        if (token.rightStrip)
            end = withoutSpaceAfter(text, end);
        if (begin > done)
            parts.push_back({-1, text.substr(done, begin - done)});
        parts.push_back({token.id, text.substr(begin, end - begin)});
        done = offset = std::max(offset, end);
    }
    if (done < text.size())
        parts.push_back({-1, text.substr(done)});
}

} // namespace assay
