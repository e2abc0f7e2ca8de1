// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/mergetable.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <utility>

namespace assay {
namespace {

constexpr uint32_t kMergedAway = UINT32_MAX;
constexpr size_t kShort = 64; ///< up to here looking at every pair is quicker than a queue

} // namespace

void MergeTable::reserve(size_t merges)
{
    grow(std::bit_ceil(std::max<size_t>(16, merges + merges / 2)));
}

void MergeTable::grow(size_t slots)
{
    std::vector<Slot> old = std::exchange(m_slots, std::vector<Slot>(slots));
    m_shift = 64 - unsigned(std::bit_width(slots - 1));
    for (const Slot &entry : old) {
        if (entry.pair == kNone)
            continue;
        size_t slot = start(entry.pair);
        while (m_slots[slot].pair != kNone)
            slot = (slot + 1) & (slots - 1);
        m_slots[slot] = entry;
    }
}

void MergeTable::add(uint32_t left, uint32_t right, uint32_t rank, uint32_t merged)
{
    if ((m_used + 1) * 3 > m_slots.size() * 2)
        grow(std::max<size_t>(16, m_slots.size() * 2));
    const uint64_t pair = uint64_t(left) << 32 | right;
    size_t slot = start(pair);
    while (m_slots[slot].pair != kNone && m_slots[slot].pair != pair)
        slot = (slot + 1) & (m_slots.size() - 1);
    m_used += m_slots[slot].pair == kNone;
    m_slots[slot] = {pair, uint64_t(rank) << 32 | merged};
}

uint64_t MergeTable::find(uint32_t left, uint32_t right) const
{
    const uint64_t pair = uint64_t(left) << 32 | right;
    for (size_t slot = start(pair);; slot = (slot + 1) & (m_slots.size() - 1)) {
        if (m_slots[slot].pair == pair)
            return m_slots[slot].value;
        if (m_slots[slot].pair == kNone)
            return kNone;
    }
}

void MergeTable::apply(ModelScratch &scratch) const
{
    if (m_used == 0 || scratch.symbols.size() < 2)
        return;
    if (scratch.symbols.size() <= kShort)
        applyShort(scratch.symbols);
    else
        applyLong(scratch);
}

void MergeTable::applyShort(std::vector<uint32_t> &symbols) const
{
    std::array<uint64_t, kShort> pairs; // of each symbol and the next one
    size_t count = symbols.size() - 1;
    for (size_t i = 0; i < count; ++i)
        pairs[i] = find(symbols[i], symbols[i + 1]);
    while (count > 0) {
        uint64_t best = kNone;
        size_t at = 0;
        for (size_t i = 0; i < count; ++i) {
            // Equal ranks are one pair, so that comparing rank and result together keeps the leftmost.
            if (pairs[i] < best) {
                best = pairs[i];
                at = i;
            }
        }
        if (best == kNone)
            break;
        symbols[at] = uint32_t(best);
        std::copy(symbols.begin() + std::ptrdiff_t(at + 2), symbols.begin() + std::ptrdiff_t(count + 1),
                  symbols.begin() + std::ptrdiff_t(at + 1));
        std::copy(pairs.begin() + at + 1, pairs.begin() + count, pairs.begin() + at);
        --count;
        if (at < count)
            pairs[at] = find(symbols[at], symbols[at + 1]);
        if (at > 0)
            pairs[at - 1] = find(symbols[at - 1], symbols[at]);
    }
    symbols.resize(count + 1);
}

void MergeTable::applyLong(ModelScratch &scratch) const
{
    auto &symbols = scratch.symbols;
    auto &next = scratch.next, &previous = scratch.previous;
    auto &pairs = scratch.pairs, &queue = scratch.queue;
    const uint32_t count = uint32_t(symbols.size());
    next.resize(count);
    previous.resize(count);
    pairs.assign(count, kNone);
    queue.clear();
    const auto lookUp = [&](uint32_t left) {
        pairs[left] = next[left] < count ? find(symbols[left], symbols[next[left]]) : kNone;
        if (pairs[left] != kNone)
            queue.push_back((pairs[left] >> 32) << 32 | left);
        return pairs[left] != kNone;
    };
    for (uint32_t i = 0; i < count; ++i) {
        previous[i] = i - 1;
        next[i] = i + 1;
    }
    for (uint32_t i = 0; i < count; ++i)
        lookUp(i);
    std::make_heap(queue.begin(), queue.end(), std::greater<>());
    while (!queue.empty()) {
        std::pop_heap(queue.begin(), queue.end(), std::greater<>());
        const uint64_t best = queue.back();
        queue.pop_back();
        const uint32_t left = uint32_t(best);
        if (pairs[left] == kNone || pairs[left] >> 32 != best >> 32) // stale: a side has been merged since
            continue;
        const uint32_t right = next[left];
        symbols[left] = uint32_t(pairs[left]);
        symbols[right] = kMergedAway;
        pairs[right] = kNone;
        next[left] = next[right];
        if (next[left] < count)
            previous[next[left]] = left;
        for (const uint32_t at : {left, previous[left]}) {
            if (at < count && lookUp(at))
                std::push_heap(queue.begin(), queue.end(), std::greater<>());
        }
    }
    std::erase(symbols, kMergedAway);
}

} // namespace assay
