// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/weightvalues.h"

#include <string>

namespace assay {

/// How far two weights of the same shape are from each other, over the elements that are finite in both.
struct WeightDifference
{
    uint64_t elements = 0;
    uint64_t compared = 0; ///< finite in both
    uint64_t equal = 0;    ///< of all elements: the same value, or NaN in both
    uint64_t zerosA = 0, zerosB = 0; ///< elements that are zero
    double normA = 0, normB = 0, normDifference = 0; ///< L2
    double maximum = 0;                              ///< largest |a - b|

    double dot = 0;
    /// ||A - B|| / ||B||; 0 for equal ones, infinite when only B is zero.
    double relative() const;
    /// NaN when one of them is zero.
    double cosine() const;
    double equalShare() const; ///< 1 without elements
};

/// Errors: NotComparable for other shapes (axes of size 1 left out), those of reading, Cancelled.
Result<WeightDifference> compareWeights(WeightReader &a, WeightReader &b, const StreamControl &control = {});

/// A tensor of one checkpoint and what it is compared with in the other: indices into their catalogs.
struct WeightPair
{
    uint32_t a = kNoTensor, b = kNoTensor;
};

/// Weights of the same name (scales and the like left out); GPTQ's X.qweight pairs with X.weight. In the order of a.
std::vector<WeightPair> pairsByName(const WeightCatalog &a, const WeightCatalog &b);

struct PairDifference
{
    WeightPair pair;
    Result<WeightDifference> difference; ///< other shapes and unreadable values are told pair by pair
};

/// One side of a comparison; all must outlive it.
struct WeightSide
{
    const WeightCatalog &catalog;
    const FileSet &files;
};

/// Compares the pairs on `threads` threads (0: as many as there are cores); progress counts elements. What is done
/// is handed over pair by pair, from the thread that did it, one at a time. Errors: Cancelled; NotComparable when
/// there are no pairs.
Result<std::vector<PairDifference>> compareCheckpoints(const WeightSide &a, const WeightSide &b,
                                                       const std::vector<WeightPair> &pairs,
                                                       const StreamControl &control = {},
                                                       const std::function<void(const PairDifference &)> &done = {},
                                                       unsigned threads = 0);

} // namespace assay
