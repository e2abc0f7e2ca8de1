// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay {

/// Items' scores, each item's samples averaged first: n items with k samples are n observations, never n * k.
struct ItemMeans
{
    std::vector<double> means;     ///< one an item
    std::vector<uint32_t> samples; ///< the real number behind each
    /// Mean over the items with at least two samples of the variance of one sample (denominator k - 1): the noise that more
    /// samples average out. NaN when no item has two.
    double within = 0;
};
/// The scores of all samples; `items` says for each which item it is of (0 ... itemCount - 1). A score that is not a number counts
/// as 0: an answer that was none is not left out silently. Items without a sample have a mean of NaN.
ItemMeans itemMeans(std::span<const double> scores, std::span<const uint32_t> items, size_t itemCount);

/// sd(values) / sqrt(n) with n - 1 in the standard deviation. NaN below two values.
double standardError(std::span<const double> values);

/// Standard error of a mean whose items stand or fall together in clusters (E. Miller, arXiv 2411.00640):
/// sqrt(sum over clusters of (sum of (value - mean) in it)^2) / n. Inspect multiplies the variance by C / (C - 1) for C
/// clusters; see betweenClusters. `clusters` holds a number per value; empty: each by itself, which gives n instead of n - 1 in the
/// standard deviation. NaN without values.
double clusteredError(std::span<const double> values, std::span<const uint32_t> clusters);
/// The same of two means over the same items: their covariance. Of a list and itself it is the squared error.
double clusteredCovariance(std::span<const double> first, std::span<const double> second, std::span<const uint32_t> clusters);
/// How many clusters occur; the number of values without clusters.
size_t clusterCount(size_t values, std::span<const uint32_t> clusters);
/// C / (C - 1), by which Inspect multiplies the clustered variance; 1 for fewer than two clusters.
double betweenClusters(size_t clusters);

/// How many independent trials of this rate have this variance of their mean: rate (1 - rate) / variance. Where nothing varies the
/// variance says nothing; each unit then counts as one trial.
double effectiveTrials(double rate, double variance, size_t units);

/// A mean of scores between 0 and 1 with its 95 % interval: Wilson's with the number of trials that have the mean's error. Of scores
/// that are 0 or 1 and stand by themselves it is Wilson's own. Few clusters widen it by betweenClusters.
Estimate meanScore(std::span<const double> means, std::span<const uint32_t> clusters = {});

} // namespace assay
