// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "tests/engine/slow/formulas.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace assay::slow {

/// What random values suit a tensor: such that a small model's logits have a spread of a few units.
enum class Kind {
    Matrix,  ///< normal, deviation 1.3 / sqrt(columns)
    Table,   ///< an embedding, also as a head: normal, deviation 1 / sqrt(columns)
    Norm,    ///< around 1
    Offsets, ///< around 0: biases, norms that add 1
    Choice,  ///< of a router: normal, deviation 3 / sqrt(columns), for clear winners
};

/// A model's tensors by name: those of its files, or made when they are first asked for, from a seed and their name.
class Weights
{
public:
    static Result<Weights> read(const std::filesystem::path &directory);
    /// Values are rounded to float32, or to bfloat16.
    static Weights make(uint64_t seed, bool bfloat16);

    /// The values, row by row. The shape must be the tensor's.
    const Vector &get(const std::string &name, const std::vector<int64_t> &shape, Kind kind);
    /// A weight that is stored as microscaling FP4 (OCP MX 1.0, section 5.2: blocks of 32 E2M1 numbers with an E8M0
    /// scale) in the way of gpt-oss: name_blocks [..., columns / 32, 16], two numbers a byte, the first in the low
    /// half, and name_scales [..., columns / 32]. Only made.
    const Vector &packedFp4(const std::string &name, const std::vector<int64_t> &shape);

    void forEach(const std::function<void(const std::string &name, const std::vector<int64_t> &shape, const Vector &values)> &visit) const;
    Result<void> write(const std::filesystem::path &file) const;
    /// The first thing that was asked for and is not in the files.
    const std::optional<std::string> &problem() const { return m_problem; }

private:
    struct Tensor
    {
        std::vector<int64_t> shape;
        Vector values;
    };
    struct Packed
    {
        std::vector<int64_t> shape;
        std::vector<uint8_t> bytes;
    };

    std::map<std::string, Tensor> m_tensors;
    std::map<std::string, Packed> m_packed;
    std::map<std::string, Vector> m_unpacked; ///< of the packed ones
    std::optional<uint64_t> m_seed;           ///< makes what is missing
    bool m_bfloat16 = false;
    std::optional<std::string> m_problem;
};

} // namespace assay::slow
