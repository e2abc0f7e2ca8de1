// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

struct CountedModel;
struct ModelConfig;

/// How weights are packed, read from names, dtypes and shapes of the tensors (inspectors.md 4f). The tensors tell
/// what is stored; the config tells what programs are to make of it.
struct QuantizationScheme
{
    std::string method;  ///< "fp8", "gptq", "awq", "bitsandbytes", "compressed-tensors", "mxfp4", "nvfp4", "mlx", "fp4", "gguf"
    std::string detail;  ///< what the method leaves open: "nf4", "Q4_K"
    std::optional<int64_t> bits;      ///< of a weight; nothing when the tensors do not tell
    std::optional<int64_t> groupSize; ///< weights along the input axis that share a scale
    std::vector<int64_t> block;       ///< rows and columns that share a scale, of fp8 blocks
    uint64_t tensors = 0;    ///< that are packed so
    uint64_t parameters = 0; ///< in them
    std::string example;

    /// "fp8 block 128x128", "gptq 4-bit group 128", "bitsandbytes nf4", "Q4_K".
    std::string text() const;
};

/// Finds the packed weights of a model and unpacks their counts, whether or not the config tells of them; what lies
/// beside them becomes TensorRole::Scale.
void readPacking(CountedModel &model, const ModelConfig &config);

/// The scheme that holds the most parameters first; empty for a model that is not quantised. After readPacking.
std::vector<QuantizationScheme> quantizationSchemes(const CountedModel &model);

/// What is wrong between the config's quantisation, the packed weights and their scales.
std::vector<Finding> checkQuantization(const CountedModel &model, const ModelConfig &config, bool hasConfig,
                                       bool complete);

} // namespace assay
