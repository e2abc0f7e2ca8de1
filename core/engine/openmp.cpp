// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/openmp.h"

#include <cstdlib>
#include <unistd.h>

namespace assay::engine {

void waitPassively(char **arguments)
{
    constexpr const char *kPolicy = "OMP_WAIT_POLICY";
    if (std::getenv(kPolicy) || ::setenv(kPolicy, "passive", 0) != 0)
        return;
    ::execv("/proc/self/exe", arguments);
}

} // namespace assay::engine
