// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/accuracy/suiteledger.h"
#include "core/compare/charts.h"

namespace assay {

/// Charts of two subjects on the same items. Everyone is set against the reference.
std::vector<ChartSpec> pairedCharts(const ChartMaker &maker);

/// The difference to the reference with its interval and what it means, a line a suite or task. Nothing without a pair.
std::optional<ChartSpec> differenceForest(const ChartMaker &maker, const std::vector<SuiteLedger> &suites);
/// How often which outcomes met.
std::optional<ChartSpec> flipMatrix(const ChartMaker &maker, const SuiteLedger &suite, size_t subject);
/// What each class of outcomes takes from the reference's score to the subject's.
std::optional<ChartSpec> gapWaterfall(const ChartMaker &maker, const SuiteLedger &suite, size_t subject);
/// Quality over cost when the reference is asked only where the subject is likely to fail.
std::optional<ChartSpec> routingChart(const ChartMaker &maker, const SuiteLedger &suite, size_t subject);
/// Score over two axes, and the difference to the reference; hatched where it is not resolved. Only where the suite's items
/// lie on a grid.
std::vector<ChartSpec> accuracySurfaces(const ChartMaker &maker, const SuiteLedger &suite);
/// The difference to the reference over one axis.
std::optional<ChartSpec> differenceCurve(const ChartMaker &maker, const SuiteLedger &suite, const std::string &axis);

/// "difficulty (digits)"
std::string axisLabel(const Words &words, const SuiteView &suite, const std::string &axis);
/// "n = 100, k = 4, 98 % answered, 2 % truncated".
std::string sharesText(const Words &words, const AnswerShares &shares);

} // namespace assay
