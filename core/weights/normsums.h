// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/statistics.h"
#include "core/weights/statisticskernels.h"

#include <array>

namespace assay {

/// Gathers the norms of rows and columns while a matrix streams by in row order.
class NormSums
{
public:
    static constexpr uint64_t kColumnLimit = 1024 * 1024; ///< more are not kept: 12 bytes each are held

    NormSums(uint64_t rows, uint64_t columns, bool wanted);
    /// The next values; rows may be cut anywhere.
    ValueSums add(const float *values, size_t count, Precision precision);
    ValueSums add(const uint16_t *values, size_t count, HalfKind kind);

    NormProfile rows() const;
    NormProfile columns();
    uint64_t zeroRows() const { return m_zeroRows; }

private:
    struct Entry { double sum = 0; float min = 0, max = 0; uint64_t rows = 0; };
    template <class Part> ValueSums split(size_t count, Part part);
    ColumnSums allColumns();
    void advance(size_t count, double squares);
    void flush();

    uint64_t m_rows, m_columns, m_perEntry = 1;
    bool m_keepColumns = false;
    uint64_t m_row = 0, m_column = 0, m_zeroRows = 0;
    double m_rowSquares = 0;
    std::vector<Entry> m_entries;
    std::vector<double> m_sums;  ///< of columns
    /// As much as a processor writes at a time: sums that straddle two take twice as long.
    struct alignas(64) Line { std::array<float, 16> sums{}; };
    float *recent(size_t line) { return m_recent[line].sums.data(); }

    std::vector<Line> m_recent; ///< of columns, over a few rows; when they are paired, the even ones come first
    size_t m_oddLine = 0;       ///< where the odd ones begin
    bool m_paired = false;
    std::vector<float> m_widened;
    int m_recentRows = 0;
};

} // namespace assay
