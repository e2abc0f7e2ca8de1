// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/leafgroups.h"
#include "core/model/modelconfig.h"

namespace assay {

/// What a stored tensor is: a weight (parameters), a quantisation scale or its like, or a buffer (masks, inverse
/// frequencies: stored by some exporters, computed by everybody).
enum class TensorRole { Weight, Scale, Buffer };

/// What a weight is for; the rest is Other.
enum class TensorPurpose { Other, TokenEmbedding, PositionEmbedding, Head, RoutedExpert };

struct TensorKind
{
    TensorRole role = TensorRole::Weight;
    TensorPurpose purpose = TensorPurpose::Other;
    bool nextToken = false;       ///< of a "mtp." module; layers beyond the main ones are told by their number
    uint64_t parametersEach = 0;  ///< of one copy, packed ones unpacked (inspectors.md 4f); 0 unless a weight
};

/// A causal mask that old exporters stored: [1, 1, n, n] under the name of a bias. Every layer has the same one.
bool isStoredMask(std::string_view name, const Shape &shape);

/// Tells by the end of the name, dtype and shape. `headName`: the family's language head, may be empty.
TensorKind kindOf(const LeafGroup &group, const ModelConfig &config, std::string_view headName);

} // namespace assay
