// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/statistics.h"

#include <map>

namespace assay {

/// Statistics of the tensors that have any yet, by their index in the catalog.
using StatisticsByTensor = std::map<uint32_t, TensorStatistics>;

/// What is odd about one tensor: ValuesNotFinite, ValuesConstant, RowsZero, ScalesBroken.
std::vector<Finding> findingsOf(const WeightCatalog &catalog, uint32_t tensor, const TensorStatistics &statistics);

/// TensorsEqual: weights whose statistics are equal to the last bit and, read again, whose values are. Vectors
/// (norms, biases) are left out: they are often all one or all zero. Errors: Cancelled.
Result<std::vector<Finding>> equalWeights(const WeightCatalog &catalog, const FileSet &files,
                                          const StatisticsByTensor &statistics, const StreamControl &control = {});

/// What the distinct values of a matrix that is stored in 16 or 32 bits say about its past (identity.md 7.8).
struct StoredPrecision
{
    double groupMedian = 0; ///< distinct values among 128 consecutive ones, median of the groups looked at
    double shortMedian = 0; ///< among 32 consecutive ones: tells 4 bits in blocks of 32 or 64
    double blockMedian = 0; ///< distinct values of 128 x 128 blocks; 0 when the matrix is smaller
    int bits = 16;          ///< 4 or 8 when it was quantised before; else those of its dtype
    std::string as;         ///< "4 bit", "8 bit", "fp8"; empty when nothing was found
};

/// How many places of a matrix are looked at.
struct PrecisionSampling
{
    size_t groups = 1024; ///< of 128 consecutive values
    size_t blocks = 8;    ///< of 128 x 128
    uint64_t seed = 20260101;
};

/// Reads groups at random places of one matrix; groups with many zeros are left out. Nothing for what is no matrix in full precision
/// or too small to tell. Errors: those of reading, Cancelled.
Result<std::optional<StoredPrecision>> storedPrecision(WeightReader &weight, const StreamControl &control = {}, const PrecisionSampling &sampling = {});

/// HiddenQuantization over the matrices looked at; nothing when there is nothing to tell.
std::optional<Finding> hiddenQuantization(const std::map<uint32_t, StoredPrecision> &matrices, const WeightCatalog &catalog);

/// The same finding about many tensors whose names differ in numbers alone becomes one: "layers.#.weight (61)".
std::vector<Finding> joinedFindings(std::vector<Finding> findings);

} // namespace assay
