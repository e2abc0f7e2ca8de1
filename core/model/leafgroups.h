// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/layertree.h"

namespace assay {

/// All tensors of one kind: what a leaf of the folded tree stands for. Counting over these instead of over every
/// tensor takes 100 steps for a model of 90,000 tensors.
struct LeafGroup
{
    const TensorRecord *tensor = nullptr; ///< the first of them; the others differ in name and place alone
    uint64_t copies = 1;
    std::string pattern;   ///< its name with # for the layer number and * for any later number
    std::string written;   ///< the pattern as the file names it, where that differs by format (GGUF); else empty
    bool storedAgain = false; ///< another tensor holds the same weights in another form
    std::string container; ///< what the layers are numbered in: "model.layers"; empty outside layers
    int64_t firstLayer = -1;
    int64_t layerCount = 0; ///< consecutive layers from firstLayer on that hold one

    /// Copies in layers from this one on.
    uint64_t copiesFrom(int64_t layer) const;
    bool endsWith(std::string_view suffix) const { return std::string_view(pattern).ends_with(suffix); }
    /// Whether a dotted part of the name is this word.
    bool hasPart(std::string_view part) const;
};

/// The pattern, container and first layer of a tensor's name; the rest as it is by default.
LeafGroup groupOfName(std::string_view name);

/// The groups of a tree built from this checkpoint, which must outlive them.
std::vector<LeafGroup> leafGroups(const LayerNode &tree, const Checkpoint &checkpoint);

} // namespace assay
