// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace assay {

/// Words met before and their ids: a table of fixed size where a newcomer takes the place of another. Only short
/// words of few ids are kept; others seldom come again.
class WordCache
{
public:
    static constexpr size_t kLongestWord = 31, kMostIds = 6;

    WordCache() : m_slots(kSlots) {}
    /// The ids of the word; empty when it is not known (a word that has no ids is not kept).
    std::span<const uint32_t> find(std::string_view word, uint64_t hash) const;
    void keep(std::string_view word, uint64_t hash, std::span<const int64_t> ids);

private:
    static constexpr size_t kSlots = 1 << 14;
    struct Slot
    {
        uint8_t length = 0, count = 0; ///< count 0: free
        std::array<char, kLongestWord> word{};
        std::array<uint32_t, kMostIds> ids{};
    };
    std::vector<Slot> m_slots;
};

} // namespace assay
