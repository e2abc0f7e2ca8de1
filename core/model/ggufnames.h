// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architectures.h"
#include "core/model/leafgroups.h"

#include <vector>

namespace assay {

/// Gives the groups of a GGUF file the names that transformers uses for the same parts, so that every rule that goes
/// by names counts both; the file's own names stay in LeafGroup::written. Marks what is stored in two forms.
void takeCommonNames(std::vector<LeafGroup> &groups, const Checkpoint &checkpoint);

/// What is known of one architecture under its name in GGUF (general.architecture).
struct GgufArchitecture
{
    const char *name;
    const char *whenKey;   ///< where the name stands for two families: the row for files in which this key of the
    int64_t least;         ///< architecture is at least so much; null for all
    const char *className; ///< the class of transformers that the file was made from
    /// Its tensors are written in GGUF's names.
    ArchitectureFamily family;
};

/// Of a checkpoint's own keys; null for other formats and for names that are not known.
const GgufArchitecture *findGgufArchitecture(const Checkpoint &checkpoint);

} // namespace assay
