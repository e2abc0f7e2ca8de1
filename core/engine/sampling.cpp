// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sampling.h"

#include <algorithm>

namespace assay::engine {

int64_t Sampler::choose(const at::Tensor &logits)
{
    const at::Tensor wide = logits.reshape({-1}).to(at::kFloat);
    if (m_temperature <= 0)
        return wide.argmax().item<int64_t>();
    const at::Tensor sums = at::softmax(wide.to(at::kCPU, at::kDouble) / m_temperature, 0).cumsum(0);
    const double *begin = sums.data_ptr<double>(), *end = begin + sums.numel();
    // 53 random bits make a double in [0, 1); the distributions of the standard library differ by vendor.
    const double drawn = double(m_random() >> 11) * 0x1p-53 * *(end - 1);
    const double *found = std::upper_bound(begin, end, drawn);
    return std::min<int64_t>(found - begin, sums.numel() - 1);
}

} // namespace assay::engine
