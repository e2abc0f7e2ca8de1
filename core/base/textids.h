// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace assay {

/// Numbers different texts from 0 on, in the order in which they come. Keeps views: the texts live elsewhere.
class TextIds
{
public:
    /// The text's number, an old or a new one.
    uint32_t add(std::string_view text);
    std::optional<uint32_t> find(std::string_view text) const;
    const std::vector<std::string_view> &texts() const { return m_texts; } ///< by number
    /// Makes room for so many texts at once.
    void reserve(size_t texts);

private:
    /// A place of the table: part of the hash, so that most foreign texts are told without looking at them, and the
    /// text's number + 1; 0 when free.
    struct Slot
    {
        uint32_t tag = 0, number = 0;
    };
    size_t placeOf(std::string_view text, uint64_t hash) const;
    void grow(size_t slots);

    std::vector<std::string_view> m_texts;
    std::vector<Slot> m_slots; ///< a power of two of them, at most half taken
};

} // namespace assay
