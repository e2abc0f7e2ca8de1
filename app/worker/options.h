// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace assay::worker {

struct Options
{
    bool help = false;
    bool version = false;
    int threads = 0; ///< 0: one a physical core
};

/// BadUsage for what the worker does not know.
Result<Options> parseOptions(int count, char **arguments);
std::string helpText();
std::string versionText();

} // namespace assay::worker
