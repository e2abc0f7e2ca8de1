// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Finds which of many texts a text begins with. The texts are kept sorted; each byte narrows a range of them, so
/// that no node is stored for a prefix.
class PrefixTable
{
public:
    /// Longer texts are refused: a search costs at most so many steps.
    static constexpr size_t kLongest = 512;

    /// False for an empty text and one that is too long. Of equal texts the last one counts.
    bool add(std::string_view text, int32_t value);
    void finish(); ///< after the last add()
    bool empty() const { return m_entries.empty(); }
    bool begins(char first) const { return m_first[uint8_t(first)] != m_first[size_t(uint8_t(first)) + 1]; }

    /// Calls seen(length, value) for every text that `text` begins with, the shortest first.
    template <class F>
    void walk(std::string_view text, F &&seen) const;
    /// Value of the longest, and its length; -1: none.
    int32_t longest(std::string_view text, size_t &length) const;

private:
    struct Entry
    {
        uint32_t offset = 0, length = 0;
        int32_t value = 0;
    };
    std::string_view textOf(const Entry &entry) const { return std::string_view(m_text).substr(entry.offset, entry.length); }

    std::string m_text;
    std::vector<Entry> m_entries;
    std::array<uint32_t, 257> m_first{}; ///< where the texts with each first byte begin
};

template <class F>
void PrefixTable::walk(std::string_view text, F &&seen) const
{
    if (text.empty())
        return;
    uint32_t low = m_first[uint8_t(text[0])], high = m_first[size_t(uint8_t(text[0])) + 1];
    for (size_t depth = 1; low < high; ++depth) {
        // Of those that share the first `depth` bytes the one of just these stands first.
        if (m_entries[low].length == depth) {
            seen(depth, m_entries[low].value);
            ++low;
        }
        if (depth >= text.size())
            return;
        const uint8_t byte = uint8_t(text[depth]);
        const auto byteOf = [&](uint32_t index) { return uint8_t(m_text[m_entries[index].offset + depth]); };
        // Sorted: when the first and the last go on like this, all do.
        if (low < high && byteOf(low) == byte && byteOf(high - 1) == byte)
            continue;
        const auto narrowed = [&](unsigned bound) { // the first entry whose byte is not below the bound
            uint32_t from = low, to = high;
            while (from < to) {
                const uint32_t middle = (from + to) / 2;
                if (byteOf(middle) < bound)
                    from = middle + 1;
                else
                    to = middle;
            }
            return from;
        };
        low = narrowed(byte);
        high = narrowed(unsigned(byte) + 1);
    }
}

} // namespace assay
