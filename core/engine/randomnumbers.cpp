// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/randomnumbers.h"

namespace assay::engine {
namespace {

constexpr int kRounds = 10;
constexpr std::array<uint32_t, 2> kMultipliers = {0xD2511F53, 0xCD9E8D57};
constexpr std::array<uint32_t, 2> kKeySteps = {0x9E3779B9, 0xBB67AE85};

} // namespace

std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key)
{
    for (int round = 0; round < kRounds; ++round) {
        const uint64_t first = uint64_t(kMultipliers[0]) * counter[0];
        const uint64_t second = uint64_t(kMultipliers[1]) * counter[2];
        counter = {uint32_t(second >> 32) ^ counter[1] ^ key[0], uint32_t(second),
                   uint32_t(first >> 32) ^ counter[3] ^ key[1], uint32_t(first)};
        key = {key[0] + kKeySteps[0], key[1] + kKeySteps[1]};
    }
    return counter;
}

double uniformNumber(uint64_t seed, uint64_t index)
{
    const auto bits = philox({uint32_t(index), uint32_t(index >> 32), 0, 0}, {uint32_t(seed), uint32_t(seed >> 32)});
    // 53 bits are what a double holds; the distributions of the standard library differ by vendor.
    const uint64_t wide = uint64_t(bits[0]) << 32 | bits[1];
    return double(wide >> 11) * 0x1p-53;
}

} // namespace assay::engine
