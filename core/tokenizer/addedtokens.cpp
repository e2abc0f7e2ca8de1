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

void AddedTokens::add(AddedToken token, std::string_view spelling)
{
    if (spelling.empty())
        return;
    uint32_t node = 0;
    for (char c : spelling) {
        const auto [edge, fresh] = m_nodes[node].next.try_emplace(c, uint32_t(m_nodes.size()));
        node = edge->second;
        if (fresh)
            m_nodes.emplace_back();
    }
    m_nodes[node].token = int32_t(m_tokens.size());
    m_tokens.push_back(std::move(token));
}

int32_t AddedTokens::longestAt(std::string_view text, size_t offset, size_t &end) const
{
    int32_t found = -1;
    uint32_t node = 0;
    for (size_t i = offset; i < text.size(); ++i) {
        const auto edge = m_nodes[node].next.find(text[i]);
        if (edge == m_nodes[node].next.end())
            break;
        node = edge->second;
        if (m_nodes[node].token >= 0) {
            found = m_nodes[node].token;
            end = i + 1;
        }
    }
    return found;
}

std::vector<TextPart> AddedTokens::split(std::string_view text) const
{
    std::vector<TextPart> parts;
    size_t done = 0;
    for (size_t offset = 0; offset < text.size() && !m_tokens.empty();) {
        size_t end = 0;
        const int32_t index = longestAt(text, offset, end);
        if (index < 0) {
            ++offset;
            continue;
        }
        const AddedToken &token = m_tokens[size_t(index)];
        size_t begin = offset;
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
    return parts;
}

} // namespace assay
