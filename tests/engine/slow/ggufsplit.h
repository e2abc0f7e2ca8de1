// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// Tensors that llama.cpp's converter writes in parts.
namespace assay::slow {

struct GgufTensor
{
    std::vector<int64_t> shape; ///< slowest axis first
    std::vector<float> values;
};

/// [rows, columns] -> [columns, rows], of the last two axes.
void transpose(GgufTensor &tensor);

/// DeepSeek's kv_b_proj [heads * (nope + value), rank] as files since 2025 have it: keys [heads, rank, nope] and values
/// [heads, value, rank].
std::pair<GgufTensor, GgufTensor> splitLatentUp(const GgufTensor &tensor, int64_t heads, int64_t nope);

/// gpt-oss's gates and ups, which take turns along the last axis: [experts, hidden, 2 inner] -> [experts, inner, hidden]
/// each; of biases [experts, 2 inner] -> [experts, inner].
std::pair<GgufTensor, GgufTensor> splitPaired(const GgufTensor &tensor);

} // namespace assay::slow
