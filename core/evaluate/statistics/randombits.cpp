// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/randombits.h"

#include <bit>

namespace assay {
namespace {

uint64_t splitMix(uint64_t &state)
{
    state += 0x9e3779b97f4a7c15;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/// Adds two words to a third as 64 sums of one bit each: what is odd stays, what is carried counts twice.
uint64_t carrySave(uint64_t &odd, uint64_t a, uint64_t b)
{
    const uint64_t either = odd ^ a;
    const uint64_t carried = (odd & a) | (either & b);
    odd = either ^ b;
    return carried;
}

} // namespace

RandomBits::RandomBits(uint64_t seed, uint64_t stream)
{
    uint64_t state = seed;
    state = splitMix(state) ^ stream;
    for (uint64_t &word : m_state)
        word = splitMix(state);
}

uint64_t RandomBits::next()
{
    auto &s = m_state;
    const uint64_t out = std::rotl(s[1] * 5, 7) * 9;
    const uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = std::rotl(s[3], 45);
    return out;
}

uint64_t RandomBits::setOf(uint64_t n)
{
    uint64_t count = 0;
    // Counting the bits of a word costs more than drawing it; eight words are added up first, so that one is counted.
    if (n >= 512) {
        uint64_t ones = 0, twos = 0, fours = 0;
        for (; n >= 512; n -= 512) {
            const uint64_t two1 = carrySave(ones, next(), next()), two2 = carrySave(ones, next(), next());
            const uint64_t four1 = carrySave(twos, two1, two2);
            const uint64_t two3 = carrySave(ones, next(), next()), two4 = carrySave(ones, next(), next());
            const uint64_t four2 = carrySave(twos, two3, two4);
            count += 8 * uint64_t(std::popcount(carrySave(fours, four1, four2)));
        }
        count += uint64_t(std::popcount(ones)) + 2 * uint64_t(std::popcount(twos)) + 4 * uint64_t(std::popcount(fours));
    }
    for (; n >= 64; n -= 64)
        count += uint64_t(std::popcount(next()));
    if (n > 0)
        count += uint64_t(std::popcount(next() >> (64 - n)));
    return count;
}

uint64_t RandomBits::binomial(uint64_t n, uint64_t part, uint64_t whole)
{
    if (part >= whole)
        return n;
    uint64_t below = 0;
    while (n > 0 && part > 0) {
        const uint64_t ones = setOf(n);
        part *= 2;
        if (part >= whole) { // the rate's digit is 1: numbers whose digit is 0 are below it
            part -= whole;
            below += n - ones;
            n = ones;
        } else {             // it is 0: those whose digit is 1 are above
            n -= ones;
        }
    }
    return below;
}

uint32_t RandomBits::below(uint32_t limit)
{
    // The upper half of 32 bits times the limit; products whose lower half is small would make some numbers likelier (Lemire 2019).
    uint64_t product = (next() >> 32) * limit;
    if (uint32_t(product) < limit) {
        const uint32_t least = (0 - limit) % limit;
        while (uint32_t(product) < least)
            product = (next() >> 32) * limit;
    }
    return uint32_t(product >> 32);
}

} // namespace assay
