// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/weights/invariants.h"
#include "core/identify/weights/pruning.h"

namespace assay {

/// How the weights of two models are related, as far as their values tell.
enum class LineageKind : uint8_t {
    Same,         ///< every tensor is there with the same values
    Converted,    ///< as far apart as rounding to the coarser precision of the two makes them
    Changed,      ///< every layer is nearer than unrelated ones are, and values differ: trained on, edited or pruned, or both from the same beginning
    Partly,       ///< some layers are, others are not
    Reordered,    ///< no value is where it was, what is invariant to permutations is: disguised or rearranged
    Unrelated,
    Undetermined, ///< nothing to compare or to calibrate with
};
const char *lineageKindId(LineageKind kind); ///< "same", ...: for JSON

struct LineageInput
{
    std::string reference; ///< its name, for sentences
    const ParameterLikeness &parameters;
    const LikenessNull &null;
    const InvariantLikeness *invariants = nullptr;
    const LikenessNull *invariantsNull = nullptr; ///< from unrelated pairs; null: that of `invariants`
    std::optional<int> coarsestBits = {}; ///< of the precisions the two were stored in at any time, where they differ
    bool claimed = false; ///< the reference is what the subject is said to be
};

struct LineageFound
{
    LineageKind kind = LineageKind::Undetermined;
    double limit = 0; ///< of the null: cosines above it are related
    std::vector<int64_t> related, unrelated; ///< layers
    std::optional<bool> invariantsAlike; ///< nothing where they were not computed
};
LineageFound lineageOf(const LineageInput &input);

/// "weights.lineage", "weights.invariants", "weights.embedding_cka": with curves over layers, parts and the null in `numbers`. Contradictions only
/// where `claimed`, on the channels "values" and "invariants".
std::vector<Evidence> lineageEvidence(const LineageInput &input);

/// A possible parent of a merged model.
struct MergeParent
{
    std::string name;
    const ParameterLikeness &likeness;
    double limit = 0; ///< of its null
};
struct MergedLayer
{
    int64_t layer = 0;
    int parent = -1;    ///< that it is clearly nearest to; -1: to none
    bool mixed = false; ///< related to several and clearly nearest to none of them
};
/// Clearly nearest: at most half as far from it, by |A - B| / |B|, as from any other.
std::vector<MergedLayer> mergedLayers(std::span<const MergeParent> parents);
/// "weights.merge" where layers stand nearest to different parents, or between them; nothing else.
std::optional<Evidence> mergeEvidence(std::span<const MergeParent> parents, bool claimed);

/// "0-3, 7": ascending numbers in words.
std::string layerRanges(const std::vector<int64_t> &layers);

} // namespace assay
