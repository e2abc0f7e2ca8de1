// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/cleanrun.h"

#include <cmath>

namespace assay {

double cleanRunBound(size_t n, double confidence)
{
    return n == 0 ? 1 : -std::expm1(std::log1p(-confidence) / double(n));
}

size_t cleanRunsNeeded(double share, double confidence)
{
    if (!(share > 0 && share < 1))
        return 0;
    return size_t(std::ceil(std::log1p(-confidence) / std::log1p(-share) - 1e-9));
}

} // namespace assay
