// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/slow/ggufsplit.h"

namespace assay::slow {

void transpose(GgufTensor &tensor)
{
    const size_t axes = tensor.shape.size(), rows = size_t(tensor.shape[axes - 2]), columns = size_t(tensor.shape[axes - 1]);
    const std::vector<float> before = tensor.values;
    for (size_t i = 0; i < before.size(); ++i) {
        const size_t matrix = i / (rows * columns), within = i % (rows * columns);
        tensor.values[matrix * rows * columns + within % columns * rows + within / columns] = before[i];
    }
    std::swap(tensor.shape[axes - 2], tensor.shape[axes - 1]);
}

std::pair<GgufTensor, GgufTensor> splitLatentUp(const GgufTensor &tensor, int64_t heads, int64_t nope)
{
    const int64_t each = tensor.shape[0] / heads, rank = tensor.shape[1];
    GgufTensor keys{{heads, nope, rank}, {}}, values{{heads, each - nope, rank}, {}};
    for (size_t i = 0; i < tensor.values.size(); ++i) {
        const bool key = int64_t(i) / rank % each < nope;
        (key ? keys : values).values.push_back(tensor.values[i]);
    }
    transpose(keys);
    return {std::move(keys), std::move(values)};
}

std::pair<GgufTensor, GgufTensor> splitPaired(const GgufTensor &tensor)
{
    GgufTensor even{tensor.shape, {}}, odd;
    even.shape.back() /= 2;
    odd.shape = even.shape;
    for (size_t i = 0; i < tensor.values.size(); ++i)
        (i % 2 == 0 ? even : odd).values.push_back(tensor.values[i]);
    if (tensor.shape.size() == 3) {
        transpose(even);
        transpose(odd);
    }
    return {std::move(even), std::move(odd)};
}

} // namespace assay::slow
