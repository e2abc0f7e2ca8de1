// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/prune.h"

#include <algorithm>
#include <vector>

namespace assay::kernels {
namespace {

/// Without its sign a number's bits are in the order of its magnitude.
template <class Bits> constexpr Bits kMagnitude = Bits(~Bits(0)) >> 1;

struct Rank
{
    uint64_t value = 0;  ///< of the magnitude at a place in their order
    uint64_t before = 0; ///< how many come before all that have it
};

/// The bucket that holds the number at this place, counting from 0, of all that fill(counts) counts.
template <class Fill> Rank bucketAt(size_t buckets, uint64_t place, const Fill &fill)
{
    std::vector<uint64_t> counts(buckets);
    fill(counts);
    Rank rank;
    for (; rank.before + counts[rank.value] <= place; ++rank.value)
        rank.before += counts[rank.value];
    return rank;
}

/// By two looks at the bits, sixteen at a time: no copy of the numbers is made.
Rank magnitudeAt(const uint32_t *bits, uint64_t elements, uint64_t place)
{
    const Rank high = bucketAt(size_t(1) << 15, place, [&](std::vector<uint64_t> &counts) {
        for (uint64_t i = 0; i < elements; ++i)
            ++counts[(bits[i] & kMagnitude<uint32_t>) >> 16];
    });
    const Rank low = bucketAt(size_t(1) << 16, place - high.before, [&](std::vector<uint64_t> &counts) {
        for (uint64_t i = 0; i < elements; ++i) {
            if ((bits[i] & kMagnitude<uint32_t>) >> 16 == high.value)
                ++counts[bits[i] & 0xffff];
        }
    });
    return {high.value << 16 | low.value, high.before + low.before};
}

Rank magnitudeAt(const uint16_t *bits, uint64_t elements, uint64_t place)
{
    return bucketAt(size_t(1) << 15, place, [&](std::vector<uint64_t> &counts) {
        for (uint64_t i = 0; i < elements; ++i)
            ++counts[bits[i] & kMagnitude<uint16_t>];
    });
}

template <class Bits> void zeroSmallestBits(Bits *bits, uint64_t elements, uint64_t count)
{
    if (count == 0 || elements == 0)
        return;
    const Rank last = magnitudeAt(bits, elements, std::min(count, elements) - 1);
    uint64_t equals = std::min(count, elements) - last.before;
    for (uint64_t i = 0; i < elements; ++i) {
        const uint64_t magnitude = bits[i] & kMagnitude<Bits>;
        if (magnitude < last.value || (magnitude == last.value && equals > 0)) {
            equals -= magnitude == last.value ? 1 : 0;
            bits[i] = 0;
        }
    }
}

/// Of a few numbers: the smallest that is left, again and again.
template <class Bits> void zeroSmallestOfFew(Bits *bits, int64_t size, int64_t count)
{
    uint64_t gone = 0;
    for (; count > 0; --count) {
        int64_t smallest = -1;
        for (int64_t i = 0; i < size; ++i) {
            const bool left = (gone >> i & 1) == 0;
            if (left && (smallest < 0 || (bits[i] & kMagnitude<Bits>) < (bits[smallest] & kMagnitude<Bits>)))
                smallest = i;
        }
        gone |= uint64_t(1) << smallest;
        bits[smallest] = 0;
    }
}

template <class Bits> void keepLargestBits(Bits *bits, int64_t rows, int64_t columns, int64_t keep, int64_t of)
{
    for (int64_t row = 0; row < rows; ++row) {
        for (int64_t column = 0; column < columns; column += of) {
            const int64_t size = std::min(of, columns - column);
            zeroSmallestOfFew(bits + row * columns + column, size, std::max<int64_t>(0, size - keep));
        }
    }
}

} // namespace

void zeroSmallest(StoredAs type, void *data, uint64_t elements, uint64_t count)
{
    if (type == StoredAs::F32)
        zeroSmallestBits(static_cast<uint32_t *>(data), elements, count);
    else
        zeroSmallestBits(static_cast<uint16_t *>(data), elements, count);
}

void keepLargest(StoredAs type, void *data, int64_t rows, int64_t columns, int64_t keep, int64_t of)
{
    if (type == StoredAs::F32)
        keepLargestBits(static_cast<uint32_t *>(data), rows, columns, keep, of);
    else
        keepLargestBits(static_cast<uint16_t *>(data), rows, columns, keep, of);
}

} // namespace assay::kernels
