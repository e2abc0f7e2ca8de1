// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"

#include <optional>

namespace assay {

/// The dtype that holds most elements of the matrices in layers: what a GGUF file is named after; Unknown for none.
Dtype majorityDtype(const Checkpoint &checkpoint);

/// general.file_type against the majority: repackers leave it wrong (inspectors.md 4c).
std::optional<Finding> checkGgufFileType(const Checkpoint &checkpoint);

/// "Q4_K": the type of most elements; empty when it is no block type.
std::string ggufQuantization(const Checkpoint &checkpoint);

} // namespace assay
