// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/distributions.h"

#include <cmath>
#include <limits>

namespace assay {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// std::lgamma writes the global signgam, which two threads must not do at once.
double logGamma(double x)
{
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

/// A denominator of Lentz's method that is never zero.
double notZero(double x)
{
    return std::fabs(x) < 1e-300 ? 1e-300 : x;
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by the modified Lentz method. It needs some
/// sqrt(max(a, b)) steps for x below the mean.
double betaFraction(double x, double a, double b)
{
    double c = 1, d = 1 / notZero(1 - (a + b) * x / (a + 1)), value = d;
    const auto step = [&](double numerator) {
        d = 1 / notZero(1 + numerator * d);
        c = notZero(1 + numerator / c);
        value *= d * c;
        return d * c;
    };
    for (int m = 1; m < 100000; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        step(even);
        if (std::fabs(step(odd) - 1) < 1e-15)
            break;
    }
    return value;
}

/// Halves [low, high] until nothing lies between its ends; `below` tells whether the wanted point is above.
template <typename Below>
double halved(double low, double high, Below below)
{
    for (int i = 0; i < 200; ++i) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        (below(middle) ? low : high) = middle;
    }
    return low + (high - low) / 2;
}

} // namespace

double normalCdf(double z)
{
    return std::erfc(-z / std::sqrt(2.0)) / 2;
}

double normalQuantile(double p)
{
    if (!(p >= 0 && p <= 1))
        return kNaN;
    if (p == 0 || p == 1)
        return p == 0 ? -kInfinity : kInfinity;
    if (p > 0.5)
        return -normalQuantile(1 - p); // the lower tail is the one that keeps its digits
    return halved(-40, 0, [&](double z) { return normalCdf(z) < p; });
}

double betaCdf(double x, double a, double b)
{
    if (!(a > 0 && b > 0) || std::isnan(x))
        return kNaN;
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    const double front = std::exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * std::log(x) + b * std::log1p(-x));
    if (x < (a + 1) / (a + b + 2))
        return front * betaFraction(x, a, b) / a;
    return 1 - front * betaFraction(1 - x, b, a) / b;
}

double betaQuantile(double p, double a, double b)
{
    if (!(a > 0 && b > 0) || !(p >= 0 && p <= 1))
        return kNaN;
    if (p == 0 || p == 1)
        return p;
    return halved(0, 1, [&](double x) { return betaCdf(x, a, b) < p; });
}

} // namespace assay
