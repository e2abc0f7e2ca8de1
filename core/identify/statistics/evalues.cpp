// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/evalues.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay {

double eValue(double p)
{
    return p >= 0 && p <= 1 ? 0.5 / std::sqrt(p) : 0.5;
}

double eProduct(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 1.0, [](double a, double b) { return a * b; });
}

double eAverage(std::span<const double> values)
{
    return values.empty() ? 1 : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

bool eRejects(double value, double alpha)
{
    return value * alpha >= 1;
}

double pOfE(double value)
{
    return value > 1 ? 1 / value : 1;
}

} // namespace assay
