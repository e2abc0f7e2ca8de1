// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/layertree.h"

#include <QString>

#include <unordered_set>

namespace assay {

/// What the filter bar above the layer tree asks for: words of the path, and `dtype:bf16`, `shape:4096`.
/// All of them must hold; letters' case does not matter; in a shape "4096x1024" and "4096 x 1024" are the
/// same.
struct LayerQuery
{
    std::vector<std::string> words, dtypes, shapes;
    bool empty() const { return words.empty() && dtypes.empty() && shapes.empty(); }
    bool matches(const LayerNode &tensor) const;
};
LayerQuery parseLayerQuery(const QString &text);

/// The rows that a query leaves: tensors that match and the modules above them.
struct LayerSelection
{
    std::unordered_set<const LayerNode *> nodes;
    uint64_t tensors = 0; ///< that match, repeats counted
};
LayerSelection selectLayers(const LayerNode &tree, const LayerQuery &query);

} // namespace assay
