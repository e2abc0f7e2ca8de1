// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/conformal.h"

#include <cmath>

namespace assay {

ConformalTest conformalP(double score, std::span<const double> honest)
{
    ConformalTest out;
    size_t found = 0;
    for (const double other : honest) {
        if (std::isnan(other))
            continue;
        ++out.stacks;
        found += other >= score;
    }
    out.least = 1 / double(out.stacks + 1);
    if (!std::isnan(score))
        out.p = double(1 + found) / double(out.stacks + 1);
    return out;
}

} // namespace assay
