// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/wordcache.h"

#include <algorithm>
#include <cstring>

namespace assay {

std::span<const uint32_t> WordCache::find(std::string_view word, uint64_t hash) const
{
    const Slot &slot = m_slots[hash % kSlots];
    const bool same = slot.count > 0 && slot.length == word.size() && std::memcmp(slot.word.data(), word.data(), word.size()) == 0;
    return same ? std::span(slot.ids.data(), slot.count) : std::span<const uint32_t>();
}

void WordCache::keep(std::string_view word, uint64_t hash, std::span<const int64_t> ids)
{
    if (word.size() > kLongestWord || ids.size() > kMostIds)
        return;
    Slot &slot = m_slots[hash % kSlots];
    slot.length = uint8_t(word.size());
    slot.count = uint8_t(ids.size());
    std::copy(word.begin(), word.end(), slot.word.begin());
    std::copy(ids.begin(), ids.end(), slot.ids.begin());
}

} // namespace assay
