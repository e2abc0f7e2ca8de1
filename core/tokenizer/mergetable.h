// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/tokenmodel.h"

namespace assay {

/// Which neighbours merge into what, and in which order.
class MergeTable
{
public:
    void reserve(size_t merges);
    /// Of merges of one pair the last one counts.
    void add(uint32_t left, uint32_t right, uint32_t rank, uint32_t merged);
    /// Carries the merges out: lowest rank first, leftmost first within a rank. Costs n log n.
    void apply(ModelScratch &scratch) const; ///< on scratch.symbols

private:
    static constexpr uint64_t kNone = ~uint64_t(0); ///< of no pair and no merge
    struct Slot
    {
        uint64_t pair = kNone; ///< left << 32 | right
        uint64_t value = kNone; ///< rank << 32 | merged
    };
    uint64_t find(uint32_t left, uint32_t right) const;
    void applyShort(std::vector<uint32_t> &symbols) const;
    void applyLong(ModelScratch &scratch) const;
    size_t start(uint64_t pair) const { return size_t((pair * 0x9E3779B97F4A7C15) >> m_shift); }
    void grow(size_t slots);

    std::vector<Slot> m_slots;
    size_t m_used = 0;
    unsigned m_shift = 63;
};

} // namespace assay
