// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/difference.h"
#include "core/weights/weightdifference.h"

namespace assay {

/// The weights of two subjects that can be held against each other: by name, and what has no namesake by what it does
/// and its layer (safetensors against GGUF). In the order of the first.
/// Queries and keys under other names are left out: converters to GGUF reorder their rows.
std::vector<WeightPair> weightPairs(const WeightCatalog &a, const WeightCatalog &b);

/// One pair as it is shown.
struct WeightRow
{
    std::string name, nameOther;
    uint64_t elements = 0;
    double relative = 0, cosine = 0, equal = 0, maximum = 0; ///< as WeightDifference gives them
    std::string error; ///< a sentence when the pair could not be compared; empty else
};

/// The weights of a pair of subjects, streamed; what is done is handed over as it comes, from other threads.
struct WeightComparison
{
    std::vector<WeightRow> rows; ///< those with an error last, else the most different first
    uint64_t pairs = 0;
    uint64_t unpaired = 0; ///< weights of the first that the second has nothing for
};
Result<WeightComparison> compareSubjects(const DifferenceSubject &a, const DifferenceSubject &b, const StreamControl &control,
                                         const Translate &translate = untranslated);

nlohmann::json weightComparisonJson(const WeightComparison &comparison);

/// "312 of 339 weights are equal; the largest relative difference is 0.0431, of model.layers.3..."
std::string weightHeadline(const WeightComparison &comparison, const Translate &translate = untranslated);

} // namespace assay
