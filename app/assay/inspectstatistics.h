// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "core/weights/modelstatistics.h"

namespace assay {

/// `inspect --stats`: what was computed of a subject's tensors.
struct InspectedStatistics
{
    std::vector<TensorOutcome> outcomes; ///< in the order of the tensors
    std::vector<Finding> findings;
};

/// Streams these tensors (indices into the checkpoint) on all cores, with progress on stderr; Ctrl+C stops it. Errors:
/// Cancelled.
Result<InspectedStatistics> inspectStatistics(const Inspection &inspection, const std::vector<uint32_t> &tensors);

/// Puts them into the "tensors" of `inspect --json`, which lists these tensors in this order.
void addStatistics(const InspectedStatistics &statistics, const std::vector<uint32_t> &tensors, nlohmann::json &json);
/// A row for each tensor on stdout.
void printStatistics(const InspectedStatistics &statistics, const Checkpoint &checkpoint);

} // namespace assay
