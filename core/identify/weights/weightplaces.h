// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/partroles.h"
#include "core/weights/weightdifference.h"

#include <array>

namespace assay {

/// What a weight belongs to, for people and charts.
enum class WeightSection : uint8_t { Embedding, Attention, Mlp, Experts, Norm, Head, Other, Count_ };
constexpr size_t kWeightSections = size_t(WeightSection::Count_);
const char *weightSectionId(WeightSection section);    ///< "embedding", ...: for JSON
const char *weightSectionLabel(WeightSection section); ///< translation context "Identity"

/// Where in its model a weight is.
struct WeightPlace
{
    uint32_t tensor = kNoTensor;
    PartRole role = PartRole::Other;
    WeightSection section = WeightSection::Other;
    int64_t layer = -1;    ///< -1: in none
    std::string pattern;   ///< its name with # for the layer
    bool matrix = false;   ///< two axes or more; norms and biases are alike in all models and tell little
};

/// The weights of a checkpoint (scales and the like left out), in its order.
std::vector<WeightPlace> weightPlaces(const WeightCatalog &catalog);
WeightPlace weightPlaceOf(const WeightCatalog &catalog, uint32_t tensor);

/// The weight of this role and layer whose name ends in "weight" or in nothing; kNoTensor when there is none.
uint32_t findWeight(std::span<const WeightPlace> places, const WeightCatalog &catalog, PartRole role, int64_t layer);

} // namespace assay
