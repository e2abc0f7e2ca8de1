// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"
#include "core/identify/found.h"

namespace assay {

/// How a model was built, as its tensors' names and shapes show it.
struct ImplementationMark
{
    std::string id;    ///< "norm", "position_encoding", "position_table", "gated_mlp", "query_key_norm", "attention_bias", "mlp_bias"
    nlohmann::json value; ///< "RMSNorm", "rope", true: words as ModelFacts has them
    uint64_t count = 0;  ///< tensors or modules that show it; 0: it follows from what is not there
    std::string example = {}; ///< one of them
    Told reason = {};
};

/// Counted from the tensors alone; what tensors cannot tell is left out.
std::vector<ImplementationMark> implementationMarks(const Inspection &inspection);
/// Those that are claim fields, with FoundBy::Counted.
std::multimap<std::string, Found> foundMarks(const std::vector<ImplementationMark> &marks);
/// "weights.marks": one note with all marks.
std::optional<Evidence> markEvidence(const std::vector<ImplementationMark> &marks);

} // namespace assay
