// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/charsmap.h"

#include <array>
#include <cstring>

namespace assay {
namespace {

// A unit of Darts-clone: a label with the offset to its followers, or a value at the end of a sequence.
bool hasValue(uint32_t unit) { return (unit >> 8) & 1; }
uint32_t valueOf(uint32_t unit) { return unit & 0x7FFFFFFF; }
uint32_t labelOf(uint32_t unit) { return unit & 0x800000FF; }
uint32_t offsetOf(uint32_t unit) { return (unit >> 10) << ((unit & 0x200) >> 6); }

uint32_t number(const char *bytes)
{
    const auto *at = reinterpret_cast<const uint8_t *>(bytes);
    return uint32_t(at[0]) | uint32_t(at[1]) << 8 | uint32_t(at[2]) << 16 | uint32_t(at[3]) << 24;
}

} // namespace

std::optional<Charsmap> Charsmap::parse(std::string_view blob)
{
    if (blob.size() < 4)
        return std::nullopt;
    const uint32_t size = number(blob.data());
    if (size % 4 != 0 || size == 0 || size > blob.size() - 4)
        return std::nullopt;
    Charsmap map;
    map.m_units.resize(size / 4);
    for (size_t i = 0; i < map.m_units.size(); ++i)
        map.m_units[i] = number(blob.data() + 4 + 4 * i);
    map.m_results = blob.substr(4 + size);
    return map;
}

template <class F>
void Charsmap::walk(std::string_view text, F &&seen) const
{
    uint32_t node = offsetOf(m_units[0]);
    for (size_t i = 0; i < text.size() && text[i] != 0; ++i) {
        node ^= uint8_t(text[i]);
        if (node >= m_units.size() || labelOf(m_units[node]) != uint8_t(text[i]))
            return;
        const uint32_t unit = m_units[node];
        node ^= offsetOf(unit);
        if (!hasValue(unit))
            continue;
        if (node >= m_units.size() || !seen(i + 1, valueOf(m_units[node])))
            return;
    }
}

std::optional<std::string_view> Charsmap::resultAt(uint32_t offset) const
{
    if (offset >= m_results.size())
        return std::nullopt;
    const size_t end = std::min(m_results.find('\0', offset), m_results.size());
    return std::string_view(m_results).substr(offset, end - offset);
}

std::optional<std::string_view> Charsmap::shortest(std::string_view text) const
{
    std::optional<std::string_view> found;
    walk(text, [&](size_t, uint32_t value) {
        found = resultAt(value);
        return false;
    });
    return found;
}

std::optional<std::string_view> Charsmap::longest(std::string_view text, size_t &length) const
{
    std::optional<std::string_view> found;
    walk(text, [&](size_t end, uint32_t value) {
        found = resultAt(value);
        length = end;
        return true;
    });
    return found;
}

std::optional<std::string> decodedBase64(std::string_view text)
{
    static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<int, 256> values;
    values.fill(-1);
    for (size_t i = 0; i < kDigits.size(); ++i)
        values[uint8_t(kDigits[i])] = int(i);
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        if (values[uint8_t(c)] < 0)
            return std::nullopt;
        bits = bits << 6 | uint32_t(values[uint8_t(c)]);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += char(bits >> count);
        }
    }
    return bytes;
}

} // namespace assay
