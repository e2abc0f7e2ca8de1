// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/kvcache.h"
#include "core/model/modelconfig.h"

namespace assay {

/// What each of so many layers keeps, by the config: layer_types, else the rule of the family (Gemma 2 and gpt-oss
/// alternate, Gemma 3 and Cohere 2 have sliding_window_pattern, Qwen2 max_window_layers), else the window for all that
/// have one, else everything. Layers without attention and without a state (Nemotron's MLP) keep nothing.
struct LayerKind
{
    std::optional<CacheKind> kind; ///< nothing: keeps nothing
    int64_t window = 0;
};
std::vector<LayerKind> layerKinds(const ModelConfig &config, int64_t layers);

} // namespace assay
