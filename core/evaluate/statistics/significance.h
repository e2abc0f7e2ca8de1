// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/statistics/intervals.h"

#include <array>
#include <numeric>

namespace assay {

/// Outcomes counted; accuracy is right / n, every outcome in n (an error is not left out silently).
struct OutcomeCounts
{
    std::array<size_t, kOutcomes.size()> of{};
    size_t operator[](Outcome outcome) const { return of[size_t(outcome)]; }
    size_t right() const { return (*this)[Outcome::Right]; }
    size_t n() const { return std::accumulate(of.begin(), of.end(), size_t(0)); }
};
OutcomeCounts countOutcomes(const std::vector<ItemResult> &items, const std::string &task = {});

/// Two subjects on the same items.
struct PairedResult
{
    size_t n = 0;                 ///< items that both have
    size_t bothRight = 0, onlyFirst = 0, onlySecond = 0, bothWrong = 0;
    Estimate difference;          ///< rate of the first minus rate of the second, 95 % (Newcombe 1998, method 10, paired)
    double mcnemarP = 1;          ///< exact two-sided binomial on the discordant pairs (McNemar 1947)
};
PairedResult comparePaired(const std::vector<ItemResult> &first, const std::vector<ItemResult> &second);
/// Exact two-sided McNemar test for b and c discordant pairs.
double mcnemarExact(size_t b, size_t c);

/// Accuracy of the first as a share of the second's, 95 % (Bonett and Price 2006, hybrid Wilson score interval for the
/// ratio of paired proportions). n = 0 when the second is never right: there is no share then.
Estimate accuracyRatio(const PairedResult &table);

/// Accuracy against one axis. Values are grouped: each value by itself when there are at most 12, else quantile bins.
struct CurvePoint { double from = 0, to = 0; Estimate accuracy; };
std::vector<CurvePoint> accuracyCurve(const std::vector<ItemResult> &items, const std::string &axis);
/// The axes that occur, in order.
std::vector<std::string> axesOf(const std::vector<ItemResult> &items);

} // namespace assay
