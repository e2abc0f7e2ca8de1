// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/unicode.h"

#include "core/tokenizer/utf8.h"

#include <utf8proc.h>

#include <map>

namespace assay {
namespace {

using namespace character;

uint32_t classOfCategory(utf8proc_category_t category)
{
    switch (category) {
    case UTF8PROC_CATEGORY_LU: return Upper | Alphabetic;
    case UTF8PROC_CATEGORY_LL: return Lower | Alphabetic;
    case UTF8PROC_CATEGORY_LT: return Title | Alphabetic;
    case UTF8PROC_CATEGORY_LM: return Modifier | Alphabetic;
    case UTF8PROC_CATEGORY_LO: return OtherLetter | Alphabetic;
    case UTF8PROC_CATEGORY_MN: return MarkNonspacing;
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return MarkOther;
    case UTF8PROC_CATEGORY_ND: return Digit;
    case UTF8PROC_CATEGORY_NL: return OtherNumber | Alphabetic;
    case UTF8PROC_CATEGORY_NO: return OtherNumber;
    case UTF8PROC_CATEGORY_PC: return Punctuation | Connector;
    case UTF8PROC_CATEGORY_PD: case UTF8PROC_CATEGORY_PS: case UTF8PROC_CATEGORY_PE: case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF: case UTF8PROC_CATEGORY_PO: return Punctuation;
    case UTF8PROC_CATEGORY_SM: case UTF8PROC_CATEGORY_SC: case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO: return Symbol;
    case UTF8PROC_CATEGORY_CC: case UTF8PROC_CATEGORY_CF: case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS: return Other;
    case UTF8PROC_CATEGORY_CN: return Unassigned;
    default: return 0; // Zs, Zl, Zp: told by Space
    }
}

uint32_t classOf(char32_t c)
{
    uint32_t result = classOfCategory(utf8proc_category(utf8proc_int32_t(c)));
    if (isWhiteSpace(c))
        result |= Space;
    if (c == '\r' || c == '\n')
        result |= NewLine;
    if (c == ' ')
        result |= Blank;
    if (c == 0x200C || c == 0x200D)
        result |= Joiner;
    return result;
}

/// Marks what a character's decomposition ends with: it may join what stands before it.
void markMoving(char32_t c, std::vector<uint32_t> &classes)
{
    const utf8proc_property_t *property = utf8proc_get_property(utf8proc_int32_t(c));
    const bool hangul = (c >= 0x1100 && c <= 0x11FF) || (c >= 0xAC00 && c <= 0xD7A3);
    if (property->combining_class != 0 || property->decomp_seqindex != UINT16_MAX || hangul)
        classes[c] |= Moves;
    if (property->decomp_seqindex == UINT16_MAX || property->decomp_type != 0)
        return;
    utf8proc_int32_t parts[16];
    int state = 0;
    const utf8proc_ssize_t count = utf8proc_decompose_char(
        utf8proc_int32_t(c), parts, 16, utf8proc_option_t(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE), &state);
    if (count > 1 && count <= 16)
        classes[size_t(parts[count - 1])] |= Moves;
}

} // namespace

const CharacterClasses &CharacterClasses::instance()
{
    static const CharacterClasses table;
    return table;
}

CharacterClasses::CharacterClasses()
{
    std::vector<uint32_t> classes(kEnd);
    for (char32_t c = 0; c < kEnd; ++c)
        classes[c] |= classOf(c), markMoving(c, classes);
    std::map<std::vector<uint32_t>, uint32_t> known;
    for (size_t block = 0; block < m_index.size(); ++block) {
        std::vector<uint32_t> members(classes.begin() + std::ptrdiff_t(block * 256),
                                      classes.begin() + std::ptrdiff_t(block * 256 + 256));
        const auto [entry, fresh] = known.try_emplace(members, uint32_t(m_blocks.size()));
        if (fresh)
            m_blocks.insert(m_blocks.end(), members.begin(), members.end());
        m_index[block] = entry->second;
    }
}

} // namespace assay
