// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/statistics/randombits.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace assay {

/// Units (items, or clusters of items) that are alike, as one: what a resample draws is how often each kind comes, not which unit.
struct UnitKind
{
    double sum = 0;     ///< of the values in one such unit
    double weight = 1;  ///< items in one such unit
    uint64_t count = 0; ///< of such units
};

/// A sample of paired differences, condensed for resampling. With more than 512 kinds, those of like deviation from the mean are
/// joined, each group standing by its mean, and `spread` makes up for what the groups lose of the deviations.
class Units
{
public:
    /// No units when a value is not finite or the lists differ in length.
    explicit Units(std::span<const double> values, std::span<const uint32_t> clusters = {});

    size_t size() const { return m_count; }       ///< units
    const std::vector<UnitKind> &kinds() const { return m_kinds; }
    double mean() const { return m_mean; }        ///< of the items' values
    double sum() const { return m_sum; }
    /// What deviations of a resampled mean are multiplied by; 1 unless kinds were joined.
    double spread() const { return m_spread; }
    /// The mean over units, each kind as often as told, deviations spread; NaN when nothing was drawn.
    double meanOf(std::span<const uint64_t> times) const;

private:
    void join();

    std::vector<UnitKind> m_kinds;
    size_t m_count = 0;
    double m_mean = NAN, m_sum = 0, m_spread = 1;
};

/// Draws how often each kind comes when as many units are drawn with replacement as there are: a multinomial by halving, the
/// kinds split again and again into two parts of about as many units.
class ResampleTree
{
public:
    explicit ResampleTree(const std::vector<UnitKind> &kinds);
    void draw(RandomBits &random, std::vector<uint64_t> &times) const;

private:
    struct Split
    {
        uint32_t from, middle, to; ///< kinds [from, middle) and [middle, to)
        uint64_t left, all;        ///< units in the first part, in both
    };
    void split(uint32_t from, uint32_t to, const std::vector<uint64_t> &before);

    std::vector<Split> m_splits; ///< a part is split after what it is a part of
    size_t m_kinds = 0;
    uint64_t m_units = 0;
};

/// Calls work(i) for 0 <= i < n on this machine's cores, blocks of neighbours on one thread each.
void overCores(size_t n, const std::function<void(size_t from, size_t to)> &work);

} // namespace assay
