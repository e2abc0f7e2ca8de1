// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imports/runbuilder.h"

namespace assay::imports {

/// What the samples of a file have in common.
struct LmEvalTold
{
    std::string scorer; ///< as results name it: "acc,none"
    double temperature = 0;
    uint64_t together = 0; ///< items of which several answers were judged as one
};

/// One line of samples_*.jsonl; the reason (context "Reason") when it cannot be taken.
tl::expected<AnsweredItem, const char *> lmEvalSample(const nlohmann::json &record, const std::string &filter, const std::string &metric,
                                                      LmEvalTold &told);

} // namespace assay::imports
