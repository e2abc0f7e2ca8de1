// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"

namespace assay {

/// One row of the layer tree: a module, a fold of identical modules, or a tensor.
struct LayerNode
{
    std::string name;   ///< "self_attn"; for a fold "0-27"; for a tensor its last part
    std::string path;   ///< dotted path from the root; for a fold that of its first module
    int repeats = 1;    ///< how many identical modules this row stands for
    int64_t tensor = -1; ///< index into Checkpoint::tensors for a leaf (of the first module of a fold)
    uint64_t tensors = 0;  ///< below this row, its own repeats counted (not those of the rows above)
    uint64_t elements = 0;
    uint64_t bytes = 0;
    std::string dtype;  ///< the common one, or "mixed"
    std::string shape;  ///< leaf: "4096 x 4096"
    std::vector<LayerNode> children;

    /// "layers 0-27, 28 x" for a fold, else the name.
    std::string label() const;
};

/// Groups tensors by dotted names; neighbours in natural order with consecutive numbers and the same structure
/// (names, dtypes, shapes) fold into one row. A module that holds only numbered ones ("layers") has no row of its
/// own: its children stand in its place and carry its name in their label. The root's name is empty.
LayerNode buildLayerTree(const Checkpoint &checkpoint);

} // namespace assay
