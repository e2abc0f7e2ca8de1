// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

namespace assay::test {

/// One prompt (causal models) or one input (encoders).
struct ReferenceInput
{
    std::vector<int64_t> ids;
    std::vector<int64_t> types;        ///< token types of an encoder; empty: all 0
    std::vector<bool> real;            ///< false for padding
    std::vector<std::string> outputs;  ///< names of the tensors in expected.safetensors
};

/// A directory with a model's expected outputs: expected.json says what was computed, expected.safetensors holds it
/// (tests/data/models/README.md describes both).
class ReferenceFiles
{
public:
    static Result<ReferenceFiles> open(const std::filesystem::path &directory);

    const nlohmann::json &expected() const { return m_expected; }
    std::vector<ReferenceInput> inputs() const;
    /// From here on the inputs expect no pooled states: the model is a GGUF file, whose converter leaves the pooler out.
    void withoutPooler() { m_pooler = false; }
    bool causal() const { return m_expected.contains("prompts"); }
    /// A float32 tensor of expected.safetensors.
    Result<std::vector<float>> tensor(const std::string &name) const;
    /// The same without the rows of padding.
    Result<std::vector<float>> output(const ReferenceInput &input, const std::string &name) const;

private:
    std::filesystem::path m_directory;
    nlohmann::json m_expected;
    bool m_pooler = true;
};

} // namespace assay::test
