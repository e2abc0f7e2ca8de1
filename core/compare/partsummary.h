// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "core/model/partroles.h"

#include <map>

namespace assay {

/// Everything in a model that does the same, over all its layers.
struct PartSummary
{
    PartRole role = PartRole::Other;
    uint64_t tensors = 0;    ///< weights and biases; scales left out
    uint64_t parameters = 0;
    uint64_t bytes = 0;      ///< with scales
    std::map<std::string, uint64_t> dtypes; ///< of weights: name to tensors
    std::map<std::string, uint64_t> shapes; ///< of weights, of one expert where several share a tensor; to tensors
    std::map<int64_t, int64_t> layers;      ///< first to count, of the runs of layers that have it; empty outside them
    uint64_t biases = 0;
    uint64_t experts = 0;    ///< of a layer; 0 unless routed experts
    bool fused = false;      ///< a layer's experts are one tensor
    std::string example;     ///< the name of one tensor
};

/// A model by what its tensors do.
struct PartOverview
{
    int64_t layers = 0; ///< main ones
    std::map<PartRole, PartSummary> parts;
    /// Runs of layers that are made alike: first, count and what is in them, in order.
    struct Block
    {
        int64_t first = 0, count = 0;
        std::string kind; ///< "attention + experts"; words of the translation context "Part", joined by " + "
    };
    std::vector<Block> blocks;
};
PartOverview partOverview(const Inspection &inspection);

/// "0-2, 60"; empty without layers.
std::string layerRanges(const std::map<int64_t, int64_t> &layers);

} // namespace assay
