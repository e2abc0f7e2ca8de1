// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

namespace assay::test {

/// A directory with a model's expected outputs: expected.json says what was computed, expected.safetensors holds it
/// (tests/data/models/README.md describes both).
class ReferenceFiles
{
public:
    static Result<ReferenceFiles> open(const std::filesystem::path &directory);

    const nlohmann::json &expected() const { return m_expected; }
    /// The token ids of each prompt (causal models) or input (encoders).
    std::vector<std::vector<int64_t>> inputs() const;
    /// A float32 tensor of expected.safetensors.
    Result<std::vector<float>> tensor(const std::string &name) const;

private:
    std::filesystem::path m_directory;
    nlohmann::json m_expected;
};

} // namespace assay::test
