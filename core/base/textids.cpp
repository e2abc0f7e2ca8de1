// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/textids.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace assay {
namespace {

constexpr size_t kFirstSlots = 64;

/// Both halves of a product stirred together: every bit of both words decides about every bit of the result.
uint64_t stirred(uint64_t a, uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide(a) * b;
    return uint64_t(product) ^ uint64_t(product >> 64);
}

uint64_t hashOf(std::string_view text)
{
    constexpr uint64_t kFirst = 0x9E3779B97F4A7C15ULL, kSecond = 0xD6E8FEB86659FD93ULL;
    uint64_t hash = kFirst ^ text.size();
    for (; text.size() >= 8; text.remove_prefix(8)) {
        uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        hash = stirred(hash ^ word, kSecond);
    }
    uint64_t rest = 0;
    std::memcpy(&rest, text.data(), text.size());
    return stirred(hash ^ rest, kFirst);
}

} // namespace

size_t TextIds::placeOf(std::string_view text, uint64_t hash) const
{
    const size_t mask = m_slots.size() - 1;
    const uint32_t tag = uint32_t(hash >> 32);
    for (size_t place = size_t(hash) & mask;; place = (place + 1) & mask) {
        const Slot &slot = m_slots[place];
        if (slot.number == 0 || (slot.tag == tag && m_texts[slot.number - 1] == text))
            return place;
    }
}

void TextIds::grow(size_t slots)
{
    m_slots.assign(slots, Slot());
    for (size_t number = 0; number < m_texts.size(); ++number) {
        const uint64_t hash = hashOf(m_texts[number]);
        size_t place = size_t(hash) & (slots - 1);
        while (m_slots[place].number != 0)
            place = (place + 1) & (slots - 1);
        m_slots[place] = {uint32_t(hash >> 32), uint32_t(number + 1)};
    }
}

void TextIds::reserve(size_t texts)
{
    m_texts.reserve(texts);
    const size_t slots = std::bit_ceil(std::max(2 * texts, kFirstSlots));
    if (slots > m_slots.size())
        grow(slots);
}

uint32_t TextIds::add(std::string_view text)
{
    if (2 * (m_texts.size() + 1) > m_slots.size())
        grow(std::max(2 * m_slots.size(), kFirstSlots));
    const uint64_t hash = hashOf(text);
    Slot &slot = m_slots[placeOf(text, hash)];
    if (slot.number == 0) {
        m_texts.push_back(text);
        slot = {uint32_t(hash >> 32), uint32_t(m_texts.size())};
    }
    return slot.number - 1;
}

std::optional<uint32_t> TextIds::find(std::string_view text) const
{
    if (m_slots.empty())
        return std::nullopt;
    const Slot &slot = m_slots[placeOf(text, hashOf(text))];
    return slot.number == 0 ? std::nullopt : std::optional(slot.number - 1);
}

} // namespace assay
