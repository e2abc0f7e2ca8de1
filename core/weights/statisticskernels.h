// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay {

/// How often each of the 65,536 patterns of 16 bits occurs. Two tables in turn: equal neighbours would else wait for
/// each other.
class PatternCounts
{
public:
    PatternCounts();
    /// Whole 16-bit numbers.
    void add(const uint16_t *patterns, size_t count);
    /// The upper halves of 32-bit numbers.
    void addUpper(const float *values, size_t count);

    struct Entry { uint32_t pattern; uint64_t count; };
    /// Those that occur, in the order of the patterns.
    std::vector<Entry> entries();

private:
    void makeRoom(size_t count);
    void merge();
    std::vector<uint32_t> m_tables; ///< two of 65,536
    std::vector<uint64_t> m_merged; ///< what did not fit 32 bits any more; empty for all but the largest tensors
    uint64_t m_pending = 0;
};

/// Sums over a part of a row.
struct ValueSums
{
    double sum = 0, squares = 0;
    float min = 0, max = 0; ///< of the finite values; only when finite > 0
    uint64_t finite = 0, zeros = 0, nans = 0;

    void join(const ValueSums &other);
};

/// Where the squares of a part's columns are added up; null when they are not wanted. What float32 holds well goes to
/// `even` and `odd`, the rest to `sums`.
struct ColumnSums
{
    float *even = nullptr; ///< of all columns, or, paired, of the first, third... of this part
    float *odd = nullptr;  ///< only paired: of the second, fourth...
    double *sums = nullptr;

    /// The columns from the given one on.
    ColumnSums from(size_t column) const { return even ? ColumnSums{even + column, nullptr, sums + column} : ColumnSums{}; }
    ColumnSums fromPaired(size_t column) const
    {
        if (!even)
            return {};
        const size_t half = column / 2;
        return column % 2 == 0 ? ColumnSums{even + half, odd + half, sums + column} : ColumnSums{odd + half, even + half + 1, sums + column};
    }
};

enum class HalfKind { BFloat16, Float16 };
enum class Precision { Single, Double };

/// Sums over values, NaN and Inf left out. In single precision, with many sums side by side, they are right to about six
/// digits, unless the values lie close together and far from zero.
ValueSums sumFloats(const float *values, size_t count, const ColumnSums &columns, Precision precision);
/// The same of bfloat16 in single precision; columns are paired.
ValueSums sumBfloats(const uint16_t *values, size_t count, const ColumnSums &columns);
/// IEEE 754 half precision to float32.
void widenFloat16(const uint16_t *values, size_t count, float *to);

} // namespace assay
