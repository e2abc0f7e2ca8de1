// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/sharedbytes.h"

#include <algorithm>
#include <tuple>

namespace assay {
namespace {

/// Elements from the first to the last one in the storage: tells a view with gaps from a turned matrix, which has none.
uint64_t spanOf(const TensorRecord &tensor)
{
    if (tensor.strides.size() != tensor.shape.size() || tensor.strides.empty())
        return tensor.elements;
    uint64_t span = 1;
    for (size_t axis = 0; axis < tensor.shape.size(); ++axis)
        span += uint64_t(tensor.shape[axis] - 1) * uint64_t(tensor.strides[axis]); // a forged one may wrap, and is no view then
    return span;
}

} // namespace

std::vector<std::vector<uint32_t>> sharedTensors(const Checkpoint &checkpoint)
{
    std::vector<std::vector<uint32_t>> shared;
    if (checkpoint.format == "safetensors" || checkpoint.format == "gguf")
        return shared;
    const auto place = [&](uint32_t i) {
        const TensorRecord &tensor = checkpoint.tensors[i];
        return std::tuple(tensor.file, tensor.offset, tensor.bytes, spanOf(tensor));
    };
    std::vector<uint32_t> order;
    for (uint32_t i = 0; i < checkpoint.tensors.size(); ++i) {
        if (checkpoint.tensors[i].offset != kNoOffset && checkpoint.tensors[i].bytes > 0)
            order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
        return std::tuple_cat(place(a), std::tuple(a)) < std::tuple_cat(place(b), std::tuple(b));
    });
    for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && place(order[end]) == place(order[begin]))
            ++end;
        if (end - begin > 1)
            shared.emplace_back(order.begin() + int64_t(begin), order.begin() + int64_t(end));
    }
    return shared;
}

} // namespace assay
