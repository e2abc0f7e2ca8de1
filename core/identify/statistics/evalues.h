// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace assay {

/// e-value of a p-value for looking early: 0.5 / sqrt(p), whose mean is 1 where p is uniform (Vovk and Wang 2021). No p-value: 0.5.
double eValue(double p);
/// Over fresh batches of one tier, whose samples are new each time.
double eProduct(std::span<const double> values);
/// Over tiers that depend on each other. 1 of nothing.
double eAverage(std::span<const double> values);
/// Ville's inequality: however often it is looked at, the chance that a true claim's product ever reaches 1 / alpha is at most alpha.
bool eRejects(double value, double alpha);
/// The p-value that may be reported of it: 1 / e, at most 1.
double pOfE(double value);

} // namespace assay
