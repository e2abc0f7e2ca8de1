// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/counting.h"

namespace assay {

/// What stands behind a finding: a pattern of the translation context "Reason", and what fills it in.
struct MatchReason
{
    std::string pattern;
    std::vector<std::string> arguments;
};

/// What family the tensors belong to, whatever the config says.
struct StructureMatch
{
    const ArchitectureFamily *family = nullptr; ///< the one whose names fit best; null when none fits
    bool disagrees = false; ///< it is not the config's, and the config's fits badly
    MatchReason evidence;      ///< how many tensors fit which
};

/// Holds the names of the weights against the grammar of every family. The config's own family is kept when it fits,
/// or when no other fits clearly better. With files missing nothing is compared.
StructureMatch matchStructure(const CountedModel &model, const ModelConfig &config, bool complete);

/// The weights that a family's grammar tells of: without heads, scales, buffers and next-token modules.
std::vector<LeafGroup> grammarWeights(const CountedModel &model);

} // namespace assay
