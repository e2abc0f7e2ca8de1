// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

/// How llama.cpp's converter (its convert_hf_to_gguf.py and gguf-py's tensor_mapping.py) writes the models of the Hugging
/// Face library, as far as the tests need it; written from those files, not from the engine's tables.
namespace assay::slow {

struct Rename
{
    const char *from, *to; ///< ends of names, without the layer's beginning and ".weight" or ".bias"
};

/// What the converter does to the rows of a tensor.
enum class RowOrder {
    AsTheyAre,
    Pairs,      ///< queries and keys: halves of a head become neighbours
    HeadsFirst, ///< [heads][q, k, v] becomes all queries, all keys, all values
};

struct GgufRecipe
{
    const char *modelType, *architecture;
    RowOrder rows = RowOrder::AsTheyAre; ///< Pairs: of q_proj and k_proj; HeadsFirst: of the fused matrix
    bool rms = true;               ///< the key of the epsilon
    bool normsPlusOne = false;     ///< 1 is added to norms
    bool transposed = false;       ///< matrices of the layers are stored [in, out]
    bool rotaryCount = false;      ///< rope.dimension_count is written
    bool window = true;            ///< attention.sliding_window is written
    std::vector<Rename> renames = {}; ///< before the common ones
    bool expertsTransposed = false;   ///< experts are stored [in, out], gates and ups in turns
};

/// Null for models that the converter does not know, or whose config its keys cannot hold.
const GgufRecipe *recipeFor(const std::string &modelType);
/// The name in GGUF, with {expert} cut out; empty for tensors that are left out.
std::string ggufName(const GgufRecipe &recipe, const std::string &name);

} // namespace assay::slow
