// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/naturalorder.h"
#include "core/base/textids.h"
#include "core/format/checkpoint.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace assay {
namespace {

using Order = std::vector<uint32_t>;

/// The natural order of texts by their numbers.
Order naturalOrder(const std::vector<std::string_view> &texts)
{
    struct Key
    {
        size_t begin;
        uint32_t length, number;
    };
    // The keys are made once: 90,000 names take 17 comparisons each.
    std::string pool;
    std::vector<Key> keys;
    keys.reserve(texts.size());
    for (const std::string_view text : texts) {
        const size_t begin = pool.size();
        appendNaturalKey(text, pool);
        keys.push_back({begin, uint32_t(pool.size() - begin), uint32_t(keys.size())});
    }
    const std::string_view all = pool;
    std::stable_sort(keys.begin(), keys.end(), [all](const Key &a, const Key &b) {
        return all.substr(a.begin, a.length) < all.substr(b.begin, b.length);
    });
    Order order;
    order.reserve(keys.size());
    for (const Key &key : keys)
        order.push_back(key.number);
    return order;
}

/// Names cut into their dotted parts. A name's order among others is that of its parts from the left; there are few
/// different ones at each place, so that the ranks of all parts of a name mostly fit one number.
class Parts
{
public:
    /// False when a name has too many parts.
    bool add(std::string_view name)
    {
        // Neighbours in a file mostly share all but the last parts.
        size_t place = 0, begin = 0;
        for (; place < m_last.size() && begin < name.size(); ++place) {
            const std::string_view part = m_columns[place].texts()[m_last[place]];
            if (!part.ends_with('.') || name.substr(begin, part.size()) != part)
                break;
            begin += part.size();
        }
        m_last.resize(place);
        while (begin < name.size()) {
            if (place == kMostParts)
                return false;
            const size_t dot = name.find('.', begin);
            const size_t end = dot == std::string_view::npos ? name.size() : dot + 1;
            m_last.push_back(m_columns[place++].add(name.substr(begin, end - begin)));
            begin = end;
        }
        m_numbers.insert(m_numbers.end(), m_last.begin(), m_last.end());
        m_counts.push_back(uint8_t(m_last.size()));
        return true;
    }

    /// One number a name, in whose order the names are; nothing when that takes more than 64 bits.
    std::optional<std::vector<uint64_t>> keys() const
    {
        std::array<std::vector<uint32_t>, kMostParts> ranks;
        std::array<int, kMostParts> shift{};
        int left = 64;
        for (size_t place = 0; place < kMostParts; ++place) {
            const auto &texts = m_columns[place].texts();
            left -= int(std::bit_width(texts.size())); // rank 0: the name has ended
            if (left < 0)
                return std::nullopt;
            shift[place] = left;
            ranks[place].resize(texts.size());
            uint32_t rank = 0;
            for (const uint32_t number : naturalOrder(texts))
                ranks[place][number] = ++rank;
        }
        std::vector<uint64_t> keys;
        keys.reserve(m_counts.size());
        const uint32_t *number = m_numbers.data();
        for (const uint8_t count : m_counts) {
            uint64_t key = 0;
            for (size_t place = 0; place < count; ++place)
                key |= uint64_t(ranks[place][*number++]) << shift[place];
            keys.push_back(left < 64 ? key >> left : 0); // names without any part are all equal
        }
        return keys;
    }

private:
    static constexpr size_t kMostParts = 24;
    std::array<TextIds, kMostParts> m_columns;
    std::vector<uint32_t> m_last;    ///< parts of the name before
    std::vector<uint32_t> m_numbers; ///< parts of all names, one name after another
    std::vector<uint8_t> m_counts;
};

/// Stable, 11 bits at a time from the lowest.
Order sortedByKey(std::vector<uint64_t> keys)
{
    constexpr int kBits = 11;
    constexpr uint64_t kMask = (1u << kBits) - 1;
    const uint64_t largest = keys.empty() ? 0 : *std::max_element(keys.begin(), keys.end());
    Order order(keys.size()), next(keys.size());
    std::vector<uint64_t> moved(keys.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = uint32_t(i);
    for (int shift = 0; shift < 64 && (largest >> shift) != 0; shift += kBits) {
        std::array<uint32_t, kMask + 2> begin{};
        for (const uint64_t key : keys)
            ++begin[((key >> shift) & kMask) + 1];
        for (size_t digit = 1; digit < begin.size(); ++digit)
            begin[digit] += begin[digit - 1];
        for (size_t i = 0; i < keys.size(); ++i) {
            const uint32_t place = begin[(keys[i] >> shift) & kMask]++;
            moved[place] = keys[i];
            next[place] = order[i];
        }
        keys.swap(moved);
        order.swap(next);
    }
    return order;
}

/// order[i]: which tensor comes to place i. In place, for a copy would take as much again.
void arrange(std::vector<TensorRecord> &tensors, Order order)
{
    for (uint32_t first = 0; first < order.size(); ++first) {
        if (order[first] == first)
            continue;
        const TensorRecord kept = tensors[first];
        uint32_t place = first;
        while (order[place] != first) {
            const uint32_t from = std::exchange(order[place], place);
            tensors[place] = tensors[from];
            place = from;
        }
        tensors[place] = kept;
        order[place] = place;
    }
}

std::optional<Order> orderByParts(const std::vector<TensorRecord> &tensors)
{
    Parts parts;
    for (const TensorRecord &tensor : tensors) {
        if (!parts.add(tensor.name))
            return std::nullopt;
    }
    auto keys = parts.keys();
    return keys ? std::optional(sortedByKey(std::move(*keys))) : std::nullopt;
}

} // namespace

void sortNaturally(std::vector<TensorRecord> &tensors)
{
    auto order = orderByParts(tensors);
    if (!order) {
        std::vector<std::string_view> names;
        names.reserve(tensors.size());
        for (const TensorRecord &tensor : tensors)
            names.push_back(tensor.name);
        order = naturalOrder(names);
    }
    arrange(tensors, std::move(*order));
}

} // namespace assay
