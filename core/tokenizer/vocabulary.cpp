// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace assay {
namespace {

uint64_t mixed(uint64_t a, uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide(a) * b;
    return uint64_t(product) ^ uint64_t(product >> 64);
}

uint64_t loaded(const char *bytes, size_t count)
{
    uint64_t value = 0;
    std::memcpy(&value, bytes, count);
    return value;
}

constexpr uint64_t kOdd[2] = {0x9E3779B97F4A7C15, 0xD1B54A32D192ED03}; // golden ratio; Weyl sequence

} // namespace

uint64_t hashBytes(std::string_view bytes)
{
    uint64_t hash = kOdd[0] ^ bytes.size();
    const char *at = bytes.data();
    size_t left = bytes.size();
    for (; left > 8; left -= 8, at += 8)
        hash = mixed(hash ^ loaded(at, 8), kOdd[1]);
    return mixed(hash ^ loaded(at, left), kOdd[0]);
}

void Vocabulary::reserve(size_t pieces, size_t bytes)
{
    m_entries.reserve(pieces);
    m_text.reserve(bytes);
    grow(std::bit_ceil(std::max<size_t>(16, pieces * 2)));
}

size_t Vocabulary::slotOf(std::string_view piece, uint32_t hash) const
{
    const size_t mask = m_slots.size() - 1;
    for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        if (m_slots[slot] == 0)
            return slot;
        const Entry &entry = m_entries[m_slots[slot] - 1];
        if (entry.hash == hash && std::string_view(m_text).substr(entry.offset, entry.length) == piece)
            return slot;
    }
}

void Vocabulary::grow(size_t slots)
{
    m_slots.assign(slots, 0);
    for (size_t i = 0; i < m_entries.size(); ++i) {
        size_t slot = m_entries[i].hash & (slots - 1);
        while (m_slots[slot] != 0)
            slot = (slot + 1) & (slots - 1);
        m_slots[slot] = uint32_t(i + 1);
    }
}

bool Vocabulary::add(std::string_view piece, int64_t id)
{
    if (id < 0 || id > kLargestId || m_text.size() + piece.size() > UINT32_MAX || m_entries.size() >= UINT32_MAX / 4)
        return false;
    if ((m_entries.size() + 1) * 2 > m_slots.size())
        grow(std::max<size_t>(16, m_slots.size() * 2));
    const uint32_t hash = uint32_t(hashBytes(piece));
    uint32_t &slot = m_slots[slotOf(piece, hash)];
    m_largest = std::max(m_largest, id);
    if (slot != 0) {
        m_entries[slot - 1].id = int32_t(id);
        return true;
    }
    m_entries.push_back({uint32_t(m_text.size()), uint32_t(piece.size()), hash, int32_t(id)});
    m_text += piece;
    slot = uint32_t(m_entries.size());
    return true;
}

void Vocabulary::finish()
{
    m_dense = m_largest < int64_t(4 * m_entries.size() + 65536);
    if (m_dense) {
        m_byId.assign(size_t(m_largest + 1), 0);
        for (size_t i = 0; i < m_entries.size(); ++i)
            m_byId[size_t(m_entries[i].id)] = uint32_t(i + 1);
        return;
    }
    m_byId.resize(m_entries.size());
    for (size_t i = 0; i < m_byId.size(); ++i)
        m_byId[i] = uint32_t(i);
    std::stable_sort(m_byId.begin(), m_byId.end(),
                     [&](uint32_t a, uint32_t b) { return m_entries[a].id < m_entries[b].id; });
}

int64_t Vocabulary::indexOf(int64_t id) const
{
    if (id < 0 || id > m_largest)
        return -1;
    if (m_dense)
        return size_t(id) < m_byId.size() ? int64_t(m_byId[size_t(id)]) - 1 : -1;
    const auto after = std::upper_bound(m_byId.begin(), m_byId.end(), id,
                                        [&](int64_t wanted, uint32_t index) { return wanted < m_entries[index].id; });
    if (after == m_byId.begin() || m_entries[*(after - 1)].id != id)
        return -1;
    return *(after - 1);
}

int32_t Vocabulary::find(std::string_view piece) const
{
    if (m_slots.empty())
        return -1;
    const uint32_t slot = m_slots[slotOf(piece, uint32_t(hashBytes(piece)))];
    return slot == 0 ? -1 : m_entries[slot - 1].id;
}

std::string_view Vocabulary::piece(int64_t id) const
{
    const int64_t index = indexOf(id);
    return index < 0 ? std::string_view() : pieceAt(size_t(index));
}

std::string_view Vocabulary::pieceAt(size_t index) const
{
    return std::string_view(m_text).substr(m_entries[index].offset, m_entries[index].length);
}

} // namespace assay
