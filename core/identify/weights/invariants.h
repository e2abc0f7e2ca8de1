// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/weights/likenessnull.h"
#include "core/model/facts.h"

namespace assay {

/// A model whose invariants are computed; all must outlive it.
struct InvariantSide
{
    WeightSide weights;
    std::optional<int64_t> heads, kvHeads, headDim; ///< as ModelFacts has them
    int64_t layers = 0; ///< of the main model: layers from here on predict further tokens; 0: all count
};
InvariantSide invariantSide(const WeightCatalog &catalog, const FileSet &files, const ModelFacts &facts);

/// Products that stay the same when hidden units, heads or feed-forward units are permuted or rotated (HuRef, section 3 of identity.md), over
/// the embeddings X of n tokens, each n x n.
enum class InvariantKind : uint8_t {
    QueryKey,    ///< X Wq^T Wk X^T, summed over heads
    ValueOutput, ///< X Wv^T Wo^T X^T
    FeedForward, ///< X (Wg o Wu)^T Wd^T X^T of a gated MLP, summed over experts
    Count_
};
const char *invariantKindId(InvariantKind kind); ///< "query_key", ...

struct InvariantSampling
{
    size_t tokens = 4096;              ///< at most; rarer halves of vocabularies come first
    uint64_t memory = 96 * 1024 * 1024; ///< bytes for matrices of numbers; fewer tokens are taken where they would not do
    double work = 4e11;                ///< multiplications and additions, likewise
    int layers = 2;                    ///< the last ones
    size_t permutations = 40;          ///< of tokens, for the null
    uint64_t seed = 20260101;
};

struct InvariantRow
{
    InvariantKind kind = InvariantKind::QueryKey;
    int64_t layer = 0, other = 0; ///< in subject and reference
    double likeness = 0;          ///< correlation of the two n x n matrices
};

struct InvariantLikeness
{
    size_t tokens = 0;
    std::vector<InvariantRow> rows;       ///< layers counted from the end that belong together
    std::vector<InvariantRow> mismatched; ///< those that do not
    std::optional<double> embeddings;     ///< linear CKA of the two embeddings over these tokens (identity.md 7.9)
    LikenessNull null;                    ///< of rows
    LikenessNull embeddingsNull;
    std::vector<Told> leftOut;            ///< what could not be computed, and why
    double mean() const; ///< of rows; NaN without any
};

/// Works across widths and numbers of layers, as long as both have one vocabulary. What a model does not have is left out with its reason.
/// Errors: Cancelled.
Result<InvariantLikeness> invariantLikeness(const InvariantSide &subject, const InvariantSide &reference, const InvariantSampling &sampling = {},
                                            const StreamControl &control = {});

/// The likenesses of unrelated pairs as a null.
LikenessNull nullOfPairs(std::span<const InvariantLikeness> unrelated);

} // namespace assay
