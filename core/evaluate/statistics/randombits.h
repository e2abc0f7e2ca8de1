// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace assay {

/// The seed of every test and interval that draws, unless another is given.
inline constexpr uint64_t kStatisticsSeed = 20241119;

/// xoshiro256** (Blackman and Vigna 2021), its state filled by SplitMix64 from a seed and the number of a stream. Everything drawn
/// from it is made of integers alone, so that the same seed gives the same figures on every machine, and each resample has a
/// stream of its own, so that they do not depend on the number of threads.
class RandomBits
{
public:
    RandomBits(uint64_t seed, uint64_t stream);

    uint64_t next(); ///< 64 fair bits
    /// How many of n fair bits are set: Binomial(n, 1/2).
    uint64_t setOf(uint64_t n);
    /// Binomial(n, part / whole), exactly: it compares the binary digits of n uniform numbers with those of the rate, all numbers
    /// at once, and goes on with those that are equal so far, which are half of them at each digit. part <= whole < 2^63.
    uint64_t binomial(uint64_t n, uint64_t part, uint64_t whole);
    /// A whole number below `limit` > 0, without bias.
    uint32_t below(uint32_t limit);

private:
    std::array<uint64_t, 4> m_state;
};

} // namespace assay
