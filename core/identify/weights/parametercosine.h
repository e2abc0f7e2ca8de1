// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/weights/weightplaces.h"

namespace assay {

/// Sums over pairs of tensors from which PCS follows: <A,B> / (|A| |B|) (identity.md 7.9).
struct CosineSums
{
    double dot = 0, squaresA = 0, squaresB = 0, squaresDifference = 0;
    uint64_t tensors = 0, equalTensors = 0; ///< equal: every element is the same value
    uint64_t elements = 0, equal = 0;

    void add(const WeightDifference &difference);
    double cosine() const;      ///< NaN without values
    double relative() const;    ///< |A - B| / |B|; NaN without values
    double equalShare() const;  ///< of the elements; NaN without any
};

/// One tensor of the subject beside that of the same name and shape in the reference.
struct TensorLikeness
{
    WeightPlace place; ///< in the subject
    uint32_t other = kNoTensor;
    std::string name;
    WeightDifference difference;
};

struct LayerLikeness
{
    int64_t layer = 0;
    CosineSums sums;      ///< of its matrices
    CosineSums attention; ///< of those of its attention: where experts were renumbered, this still tells
};

/// How alike the parameters of two models are, name by name.
struct ParameterLikeness
{
    std::vector<TensorLikeness> tensors; ///< compared, in the order of the subject
    CosineSums all;                      ///< of everything compared
    CosineSums matrices;                 ///< of matrices alone: norms and biases are alike in unrelated models too
    std::array<CosineSums, kWeightSections> sections{};
    std::vector<LayerLikeness> layers;
    uint64_t notFinite = 0; ///< elements left out: NaN or Inf in one of the two
    std::vector<std::string> otherShape, onlySubject, onlyReference; ///< names of weights, at most kNamesKept each
    uint64_t otherShapes = 0, onlyInSubject = 0, onlyInReference = 0;
    std::vector<Error> unreadable;
    static constexpr size_t kNamesKept = 32;

    /// Everything the reference has is there with the same values, and nothing else.
    bool same() const;
    double medianLayer() const; ///< median cosine of the layers; that of all matrices where there are no layers; NaN without any
};

/// Streams both models side by side, some MB held. Nothing in common gives an empty result, tensors that cannot be read or have another shape
/// are told in it. Error: Cancelled. Progress counts elements.
Result<ParameterLikeness> parameterLikeness(const WeightSide &subject, const WeightSide &reference, const StreamControl &control = {},
                                            unsigned threads = 0);

} // namespace assay
