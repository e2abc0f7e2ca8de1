// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace assay::engine {

/// Philox4x32-10: 128 random bits from a counter and a key, without any state (Salmon, Moraes, Dror and Shaw, "Parallel
/// random numbers: as easy as 1, 2, 3", 2011).
std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

/// The number of this index that belongs to a seed, from [0, 1): the same on every machine and in any order.
double uniformNumber(uint64_t seed, uint64_t index);

} // namespace assay::engine
