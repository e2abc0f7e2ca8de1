// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace assay {

/// The chance that at least one of k samples is right, from n samples of which c are: 1 - C(n-c, k) / C(n, k), as the product that
/// neither overflows nor cancels (Chen et al. 2021). n is what was really sampled. Nothing when n < k, k = 0 or c > n.
std::optional<double> passAtK(size_t n, size_t c, size_t k);
/// The chance that all of k samples are right: C(c, k) / C(n, k), "pass^k". Nothing as above.
std::optional<double> passHatK(size_t n, size_t c, size_t k);

/// The samples of one item: how many there really are, and how many of them are right.
struct SampleCounts
{
    size_t n = 0, right = 0;
};
enum class OfSamples : uint8_t {
    Average,  ///< avg@k: right / n, whatever n is
    AtLeastOne, ///< pass@k
    All,      ///< pass^k
};
/// The mean over the items for which it is defined, with the interval of meanScore; n is their number. `k` has no meaning for Average.
Estimate overSamples(std::span<const SampleCounts> items, OfSamples figure, size_t k);
/// How many items have fewer than k samples, and so no figure.
size_t tooFewSamples(std::span<const SampleCounts> items, size_t k);

/// Which answer most samples give: the index of the first sample of the largest group. `groups` holds one number an answer, equal
/// ones for equal answers; negative: nothing was found in it, and it has no vote. Of groups of one size the one that was given
/// first wins. Nothing when nobody votes. cons@k is the mean over items of whether that answer is right.
std::optional<size_t> consensus(std::span<const int64_t> groups);

} // namespace assay
