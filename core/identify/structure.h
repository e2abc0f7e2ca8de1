// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Tensors of one name pattern that are not as expected.
struct TensorDifference
{
    enum class Kind : uint8_t { Shape, Count, Missing, Unexpected };
    Kind kind = Kind::Shape;
    std::string name;             ///< "model.layers.#.self_attn.q_proj.weight"
    std::string found, expected;  ///< "28 x [3584,3584]"
    bool nextToken = false;       ///< of a layer of next-token prediction, which conversions leave out
};
const char *tensorDifferenceName(TensorDifference::Kind kind); ///< "shape", "count", "missing", "unexpected": for JSON

/// How two structures differ. Scales of quantisation and causal masks are left out: they come and go with the precision and the code.
struct StructureComparison
{
    std::vector<TensorDifference> differences; ///< next-token layers last
    double share = 0;     ///< tensors that are the same, of the larger side's
    double patternShare = 0; ///< the same of patterns with their shapes, each once: pruned experts leave them as they are
    size_t sharedNames = 0; ///< name patterns that both have, whatever their shapes
    bool equal() const;
    bool equalWithoutNextToken() const; ///< no more is missing than layers of next-token prediction
};
/// Keys as structureOf() makes them.
StructureComparison compareStructures(const std::map<std::string, uint64_t> &found, const std::map<std::string, uint64_t> &expected);

bool isScaleKey(std::string_view key);
bool isNextTokenKey(std::string_view key); ///< the layer's number is written as @

/// Tensor names with numbers as #, and shapes, with their counts; the number of a layer of next-token prediction (it has eh_proj) is @.
std::map<std::string, uint64_t> structureOf(const Checkpoint &checkpoint);

} // namespace assay
