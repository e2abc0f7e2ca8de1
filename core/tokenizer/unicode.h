// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace assay {

/// What split patterns and normalizers ask of a character: bits of its general category, and more.
namespace character {
enum Class : uint32_t {
    Upper = 1u << 0,       ///< Lu
    Lower = 1u << 1,       ///< Ll
    Title = 1u << 2,       ///< Lt
    Modifier = 1u << 3,    ///< Lm
    OtherLetter = 1u << 4, ///< Lo
    MarkNonspacing = 1u << 5,
    MarkOther = 1u << 6, ///< Mc, Me
    Digit = 1u << 7,     ///< Nd
    OtherNumber = 1u << 8,
    Punctuation = 1u << 9,
    Symbol = 1u << 10,
    Space = 1u << 11,     ///< White_Space
    NewLine = 1u << 12,   ///< \r and \n
    Connector = 1u << 13, ///< Pc, also Punctuation
    Other = 1u << 14,     ///< Cc, Cf, Co, Cs
    Unassigned = 1u << 15,
    Blank = 1u << 16,     ///< U+0020 itself
    Joiner = 1u << 17,    ///< U+200C, U+200D
    Moves = 1u << 18,     ///< a normal form may change it or join it to what stands before it
    Alphabetic = 1u << 19, ///< by category: letters and letter numbers

    Letter = Upper | Lower | Title | Modifier | OtherLetter,
    Mark = MarkNonspacing | MarkOther,
    Number = Digit | OtherNumber,
};
}

/// The classes of every code point, in blocks of 256 of which equal ones are stored once.
class CharacterClasses
{
public:
    /// Made at the first call, from utf8proc's tables.
    static const CharacterClasses &instance();
    uint32_t of(char32_t c) const { return c < kEnd ? m_blocks[m_index[c >> 8] + (c & 0xFF)] : 0; }

private:
    static constexpr char32_t kEnd = 0x110000;
    CharacterClasses();
    std::array<uint32_t, kEnd / 256> m_index{};
    std::vector<uint32_t> m_blocks;
};

} // namespace assay
