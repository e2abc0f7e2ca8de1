// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace assay {

/// 97.5 % point of the normal distribution: of every two-sided interval at 95 %.
inline constexpr double kNormal975 = 1.959963984540054;

/// P(Z <= z) of the normal distribution.
double normalCdf(double z);
/// The z with P(Z <= z) = p; infinite at 0 and 1, NaN outside.
double normalQuantile(double p);
/// P(X <= x) for X ~ Beta(a, b), a and b > 0: the regularised incomplete beta function.
double betaCdf(double x, double a, double b);
/// The x with P(X <= x) = p for X ~ Beta(a, b).
double betaQuantile(double p, double a, double b);

} // namespace assay
