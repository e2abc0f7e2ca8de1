// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"
#include "core/weights/weightfindings.h"

namespace assay {

/// How much of a model is looked at (identity.md 7.8).
struct QuantisationSampling
{
    PrecisionSampling each{4096, 8, 20260101}; ///< of a matrix; its seed also chooses the matrices
    size_t matrices = 512; ///< at most, spread evenly over the model
    unsigned threads = 0;
};

struct MatrixPrecision
{
    std::string name;
    StoredPrecision precision;
};

/// What the values of a model's matrices tell about the precision they had before they were stored as they are.
struct HiddenQuantisation
{
    std::vector<MatrixPrecision> matrices; ///< those in full precision that could be judged
    size_t candidates = 0;                 ///< matrices in full precision
    size_t fourBit = 0, eightBit = 0, float8 = 0; ///< of `matrices`; the rest is native
    double groupMedian = 0, blockMedian = 0; ///< medians of the matrices' medians; block: 0 where none is large enough
    std::map<std::string, uint64_t> stored;  ///< elements of all weights by how they are stored: "BF16", "F8_E4M3 fp8, scaled", "I32 GPTQ"
    std::optional<int> storedBits; ///< of most elements; nothing without weights
    std::vector<Error> unreadable;
    size_t native() const { return matrices.size() - fourBit - eightBit - float8; }
    /// Bits of most matrices before they were stored: 4, 8 or those of the storage; nothing when nothing could be judged.
    std::optional<int> bits() const;
};

/// Errors: Cancelled. What cannot be read is told in the result. Progress counts matrices.
Result<HiddenQuantisation> hiddenQuantisation(const WeightCatalog &catalog, const FileSet &files, const QuantisationSampling &sampling = {},
                                              const StreamControl &control = {});

/// What is claimed of the weights' precision.
struct PrecisionClaim
{
    std::optional<int> bits; ///< 16, 8, 4; nothing: none is claimed
    bool nativeFloat8 = false; ///< published in fp8 (DeepSeek-V3, R1): converted to 16 bits it shows the pattern of fp8
};

/// "weights.hidden_quantisation" and "weights.stored_precision". Contradiction (channels "distinct_values", "stored_dtype") when most matrices
/// have fewer bits than are claimed.
std::vector<Evidence> quantisationEvidence(const HiddenQuantisation &found, const PrecisionClaim &claim);

} // namespace assay
