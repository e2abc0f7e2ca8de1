// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// One entry of added_tokens.
struct AddedToken
{
    int64_t id = 0;
    std::string content;
    bool special = false;
    bool singleWord = false; ///< only where no word character touches it
    bool leftStrip = false;  ///< swallows the white space before it
    bool rightStrip = false;
    bool normalized = false; ///< looked for after normalising
};

/// A part of a text: a token that was found whole, or text between such (id -1).
struct TextPart
{
    int64_t id = -1;
    std::string_view text;
};

/// Finds added tokens in a text: leftmost, longest first.
class AddedTokens
{
public:
    void add(AddedToken token, std::string_view spelling);
    std::vector<TextPart> split(std::string_view text) const;
    bool empty() const { return m_tokens.empty(); }

private:
    struct Node
    {
        std::map<char, uint32_t> next;
        int32_t token = -1;
    };
    /// The longest token that begins at this offset (an index, -1: none) and where it ends.
    int32_t longestAt(std::string_view text, size_t offset, size_t &end) const;

    std::vector<AddedToken> m_tokens;
    std::vector<Node> m_nodes = std::vector<Node>(1);
};

} // namespace assay
