// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/statistics/intervals.h"
#include "core/evaluate/statistics/paireddifference.h"
#include "core/evaluate/statistics/scoreditems.h"

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
OutcomeCounts countOutcomes(const ItemRows &items, const std::string &task = {});

/// Mean score with its 95 % interval, each item's samples averaged first; every outcome counts, and an answer without a score as 0. Of
/// single rights and wrongs that stand by themselves it is Wilson's interval, else meanScore's. n is the number of items.
Estimate accuracyOf(const ItemRows &items, const std::string &task = {});

enum class PairedTest : uint8_t {
    McNemar,   ///< exact, of rights and wrongs that stand by themselves
    SignFlips, ///< of graded scores, repeated samples or clusters (resampling.h)
};
const char *pairedTestName(PairedTest test); ///< "exact McNemar test", ...; translation context "PairedTest"

/// Two subjects on the same items, the samples of each item averaged first.
struct PairedResult
{
    size_t n = 0;                 ///< items that both have
    /// Items by who has them right; one with several samples is right when more than half of them are.
    size_t bothRight = 0, onlyFirst = 0, onlySecond = 0, bothWrong = 0;
    PairedMeans means;            ///< of the scores, with errors and correlation
    Estimate difference;          ///< first minus second, 95 %: that of means (Newcombe 1998, method 10, paired, and what follows from it)
    PairedTest test = PairedTest::McNemar; ///< the one that fits what was measured
    double p = 1;                 ///< two-sided, by that test
    double mcnemarP = 1;          ///< exact two-sided binomial on the discordant pairs of the table above (McNemar 1947)
};
PairedResult comparePaired(const ItemRows &first, const ItemRows &second);
/// The same of runs whose items are scored already.
PairedResult compareScored(const ScoredItems &first, const ScoredItems &second);
/// Exact two-sided McNemar test for b and c discordant pairs.
double mcnemarExact(size_t b, size_t c);

/// Accuracy of the first as a share of the second's, 95 %: of rights and wrongs that stand by themselves Bonett and Price's hybrid
/// Wilson score interval for the ratio of paired proportions (2006), else ratioOfMeans. n = 0 when the second is never right:
/// there is no share then.
Estimate accuracyRatio(const PairedResult &table);

/// Accuracy against one axis, by item, as accuracyOf has it. Values are grouped: each value by itself when there are at most 12, else quantile bins.
struct CurvePoint { double from = 0, to = 0; Estimate accuracy; };
std::vector<CurvePoint> accuracyCurve(const ItemRows &items, const std::string &axis);
/// The axes that occur, in order.
std::vector<std::string> axesOf(const ItemRows &items);

} // namespace assay
