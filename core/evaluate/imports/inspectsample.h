// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imports/runbuilder.h"

namespace assay::imports {

struct InspectSample
{
    AnsweredItem answered;
    std::string scorer; ///< that judged it
};

/// One sample of a log. scorer: the one that the log's results name first; empty when they name none.
InspectSample inspectSample(const nlohmann::json &sample, const std::string &scorer, const std::string &metric);

} // namespace assay::imports
