// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/shape.h"

namespace assay {

std::string Shape::text() const
{
    std::string out;
    for (const int64_t size : m_sizes)
        out += (out.empty() ? "" : " x ") + std::to_string(size);
    return out.empty() ? "scalar" : out;
}

std::optional<uint64_t> Shape::elements() const
{
    uint64_t out = 1;
    for (const int64_t size : m_sizes) {
        if (size < 0 || __builtin_mul_overflow(out, uint64_t(size), &out))
            return std::nullopt;
    }
    return out;
}

} // namespace assay
