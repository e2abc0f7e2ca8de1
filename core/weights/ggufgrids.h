// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay {

/// The rows that indices of the IQ types stand for: several elements at once, without their signs.
template <size_t rows>
using GridOf8 = std::array<std::array<float, 8>, rows>;
template <size_t rows>
using GridOf4 = std::array<std::array<float, 4>, rows>;

const GridOf8<2048> &gridOfIQ1(); ///< IQ1_S, IQ1_M
const GridOf8<256> &gridOfIQ2_XXS();
const GridOf8<512> &gridOfIQ2_XS();
const GridOf8<1024> &gridOfIQ2_S();
const GridOf4<256> &gridOfIQ3_XXS();
const GridOf4<512> &gridOfIQ3_S();

/// Rows of values from rows of codes, 16 bits together, that count the levels.
template <size_t rows, size_t elements, size_t levels>
std::array<std::array<float, elements>, rows> unpackGrid(const uint16_t (&packed)[rows], const float (&values)[levels])
{
    constexpr size_t kBits = 16 / elements;
    std::array<std::array<float, elements>, rows> grid;
    for (size_t row = 0; row < rows; ++row) {
        for (size_t i = 0; i < elements; ++i)
            grid[row][i] = values[packed[row] >> (kBits * i) & ((1u << kBits) - 1)];
    }
    return grid;
}

} // namespace assay
