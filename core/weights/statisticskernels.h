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
/// `recent`, the rest to `sums`.
struct ColumnSums
{
    float *recent = nullptr;
    double *sums = nullptr;

    ColumnSums from(size_t column) const { return recent ? ColumnSums{recent + column, sums + column} : ColumnSums{}; }
};

enum class HalfKind { BFloat16, Float16 };

/// Sums over values, NaN and Inf left out; in double.
ValueSums sumValues(const float *values, size_t count, const ColumnSums &columns);
/// The same of 16-bit floats, in float32 with several sums side by side: right to about six digits.
ValueSums sumHalves(const uint16_t *values, size_t count, HalfKind kind, const ColumnSums &columns);

} // namespace assay
