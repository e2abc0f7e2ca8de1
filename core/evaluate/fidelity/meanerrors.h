// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/fidelity/fidelity.h"

#include <functional>

namespace assay {

/// Mean and sqrt((E[x^2] - E[x]^2) / (n - 1)); the error is 0 up to ten values, as llama.cpp has it. NaN without values.
MeanError meanError(size_t n, const std::function<double(size_t)> &value);
/// (E[xy] - E[x] E[y]) / (n - 1): the covariance of two means.
double meanCovariance(size_t n, const std::function<double(size_t)> &x, const std::function<double(size_t)> &y);

/// Half of the 95 % interval of a mean over so many independent parts by Student's t, times the error of that mean.
double studentHalf(size_t parts, double error);
/// sum(values) / sum(weights) with the 95 % interval of parts that stand by themselves (ratio estimator); none below 5 parts.
Estimate ratioOverParts(std::span<const double> values, std::span<const double> weights);

} // namespace assay
