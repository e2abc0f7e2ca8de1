// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/weightvalues.h"

namespace assay {

/// Rows [row0, row1) and columns [column0, column1) of the matrix that WeightReader gives.
struct WeightRegion
{
    uint64_t row0 = 0, row1 = 0;
    uint64_t column0 = 0, column1 = 0;

    friend bool operator==(const WeightRegion &, const WeightRegion &) = default;
};

/// A region brought to width x height cells, row after row. A cell stands for the rows and columns that
/// cellBegin gives, and for nothing else; no element counts twice.
struct WeightPicture
{
    WeightRegion region;      ///< cut to the weight
    uint32_t width = 0, height = 0;
    bool sampled = false;     ///< a preview: each cell from one of its rows
    std::vector<float> mean, min, max, rms; ///< NaN in cells without a finite value
    std::vector<uint32_t> notFinite;        ///< NaN and Inf of the cell's elements, at most 2^32 - 1

    /// The first of `length` rows (or columns) that belongs to this cell of `cells`.
    static uint64_t cellBegin(uint64_t cell, uint64_t cells, uint64_t length);
};

enum class PictureDetail {
    Exact,  ///< from every element
    Preview ///< from the middle row of each cell's rows
};

/// At most maxWidth x maxHeight cells; one cell an element where the region is smaller. Errors: those of reading,
/// Cancelled.
Result<WeightPicture> pictureOf(WeightReader &weight, WeightRegion region, uint32_t maxWidth, uint32_t maxHeight,
                                PictureDetail detail = PictureDetail::Exact, const StreamControl &control = {});

} // namespace assay
