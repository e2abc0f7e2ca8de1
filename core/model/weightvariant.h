// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"

#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// How weights are pruned by magnitude: either a share of each matrix, or all but `keep` of every `of` numbers that follow each
/// other in a row.
struct Pruning
{
    int percent = 0;      ///< 1 to 99; 0: by groups
    int keep = 0, of = 0; ///< 1 <= keep < of <= 64; "2:4" keeps two of four
    bool operator==(const Pruning &) const = default;
};

/// A model as it is made of the stored one while it is loaded; there is no file of it.
struct WeightVariant
{
    std::string dtype = "auto"; ///< that it is computed in
    std::optional<Pruning> pruning;
    bool operator==(const WeightVariant &) const = default;
};

/// Of what a user or a run calls the dtype: "bf16", "prune50", "f32+prune2:4". Nothing for a pruning that cannot be.
std::optional<WeightVariant> parseWeightVariant(std::string_view id);
/// The same text again; without "auto+".
std::string weightVariantId(const WeightVariant &variant);
/// What it is computed in: "f32" of "f32+prune50", "auto" of "prune50"; texts that name no pruning stay.
std::string computedDtype(std::string_view id);
/// Whether the weights are others than the stored ones, not only in another type: rounded to int8, or pruned.
bool isWhatIf(std::string_view id);
/// For people: "f32, 50 % pruned", "2:4 pruned", "int8".
std::string dtypeText(std::string_view id, const Translate &translate = untranslated);

} // namespace assay
