// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/prefixtable.h"

#include <cstdint>
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
    /// False for a spelling that is longer than PrefixTable::kLongest. An empty one is never found.
    bool add(const AddedToken &token, std::string_view spelling);
    void finish(); ///< after the last add()
    void split(std::string_view text, std::vector<TextPart> &parts) const;
    bool empty() const { return m_tokens.empty(); }

private:
    std::vector<AddedToken> m_tokens;
    PrefixTable m_spellings; ///< leads to the index of a token
};

} // namespace assay
