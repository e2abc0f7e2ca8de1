// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/weightfindings.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// One tensor's statistics, or why there are none.
struct TensorOutcome
{
    uint32_t tensor = kNoTensor; ///< index into the catalog
    WeightScheme scheme = WeightScheme::Plain;
    std::vector<int64_t> shape;  ///< of the values: [out, in] of a packed matrix
    Result<TensorStatistics> statistics;
    std::optional<StoredPrecision> precision; ///< of matrices in full precision
};

/// What to look at, and whom to tell.
struct ModelStatisticsRequest
{
    std::vector<uint32_t> tensors; ///< in this order
    unsigned threads = 0;          ///< 0: as many as there are cores
    CountingDetail detail = CountingDetail::Sampled; ///< scales are always counted exactly
    StreamControl control;         ///< progress counts stored bytes, over all tensors; told from any thread, one at a time
    std::function<void(const TensorOutcome &)> done; ///< from any thread, one at a time
};

/// Statistics of many tensors on several threads; each holds a few MB. Returns the findings over all of them, joined.
/// Tensors that cannot be read are told as outcomes and in one TensorUnreadable. Errors: Cancelled.
Result<std::vector<Finding>> computeModelStatistics(const WeightCatalog &catalog, const FileSet &files,
                                                    const ModelStatisticsRequest &request);

/// All tensors of the catalog, the smallest first: results begin to arrive at once.
std::vector<uint32_t> tensorsBySize(const WeightCatalog &catalog);

/// Without histogram and norms: those of 90,000 tensors would take gigabytes.
TensorStatistics withoutCurves(TensorStatistics statistics);

/// "stats" of `inspect --json --stats`: the fields of TensorStatistics; rows and columns as the smallest, median and
/// largest norm, NaN and Inf as null.
nlohmann::json statisticsToJson(const TensorOutcome &outcome);

} // namespace assay
