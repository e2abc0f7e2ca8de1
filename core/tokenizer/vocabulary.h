// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// The pieces of a vocabulary and their ids, both ways. Texts lie one behind the other; nothing is as large as an
/// id that a file declares.
class Vocabulary
{
public:
    static constexpr int64_t kLargestId = (1 << 24) - 1;

    void reserve(size_t pieces, size_t bytes);
    /// The piece's id; of a piece that stands twice the last one counts. False for an id out of range, and when
    /// there are more texts than 32 bits address.
    bool add(std::string_view piece, int64_t id);
    /// To be called after the last add(): ids lead to pieces from here on.
    void finish();

    /// -1 when there is none.
    int32_t find(std::string_view piece) const;
    /// Empty outside the vocabulary. Of pieces with one id the last added counts.
    std::string_view piece(int64_t id) const;
    bool contains(int64_t id) const { return indexOf(id) >= 0; }
    size_t size() const { return m_entries.size(); }
    int64_t largestId() const { return m_largest; } ///< -1 when empty

    /// The pieces in the order in which they were added.
    std::string_view pieceAt(size_t index) const;
    int32_t idAt(size_t index) const { return m_entries[index].id; }

private:
    struct Entry
    {
        uint32_t offset = 0, length = 0;
        uint32_t hash = 0;
        int32_t id = 0;
    };

    size_t slotOf(std::string_view piece, uint32_t hash) const;
    void grow(size_t slots);
    int64_t indexOf(int64_t id) const;

    std::string m_text;
    std::vector<Entry> m_entries;
    std::vector<uint32_t> m_slots; ///< index + 1 of an entry; 0: free
    std::vector<uint32_t> m_byId;  ///< index + 1 by id, where ids are dense; else indices sorted by id
    bool m_dense = true;
    int64_t m_largest = -1;
};

/// A quick hash of some bytes, not for sums that must hold against an enemy: tables that use it look at the bytes.
uint64_t hashBytes(std::string_view bytes);

} // namespace assay
