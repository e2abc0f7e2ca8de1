// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weightpicture.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay {
namespace {

constexpr uint64_t kPieceValues = 64 * 1024;
constexpr uint64_t kProgressEvery = 4 * 1024 * 1024;

/// One row of cells while it fills.
struct CellSums
{
    double sum = 0, squares = 0;
    float min = std::numeric_limits<float>::infinity(), max = -std::numeric_limits<float>::infinity();
    uint64_t finite = 0, notFinite = 0;

    void add(float value)
    {
        if (!std::isfinite(value)) {
            ++notFinite;
            return;
        }
        sum += double(value);
        squares += double(value) * double(value);
        min = std::min(min, value);
        max = std::max(max, value);
        ++finite;
    }
};

WeightRegion cut(WeightRegion region, const WeightReader &weight)
{
    region.row1 = std::min(region.row1, weight.rows());
    region.column1 = std::min(region.column1, weight.columns());
    region.row0 = std::min(region.row0, region.row1);
    region.column0 = std::min(region.column0, region.column1);
    return region;
}

class PictureMaker
{
public:
    PictureMaker(WeightReader &weight, WeightPicture &picture, const StreamControl &control)
        : m_weight(weight), m_picture(picture), m_control(control),
          m_total((picture.region.row1 - picture.region.row0) * (picture.region.column1 - picture.region.column0)),
          m_cells(picture.width)
    {
        const uint64_t columns = picture.region.column1 - picture.region.column0;
        for (uint64_t cell = 0; cell <= picture.width; ++cell)
            m_begins.push_back(WeightPicture::cellBegin(cell, picture.width, columns));
        m_piece.resize(size_t(std::min(columns, kPieceValues)));
    }

    /// The rows of one row of cells; in a preview only the middle one.
    Result<void> addCells(uint64_t row0, uint64_t row1)
    {
        std::fill(m_cells.begin(), m_cells.end(), CellSums());
        const uint64_t first = m_picture.sampled ? row0 + (row1 - row0) / 2 : row0;
        const uint64_t end = m_picture.sampled ? first + 1 : row1;
        for (uint64_t row = first; row < end; ++row) {
            if (auto done = addRow(m_picture.region.row0 + row); !done)
                return done;
        }
        for (const CellSums &cell : m_cells)
            write(cell);
        return {};
    }

private:
    Result<void> addRow(uint64_t row)
    {
        const uint64_t columns = m_picture.region.column1 - m_picture.region.column0;
        size_t cell = 0;
        for (uint64_t column = 0; column < columns;) {
            const std::span<float> part(m_piece.data(), size_t(std::min<uint64_t>(m_piece.size(), columns - column)));
            if (auto done = m_weight.read(row * m_weight.columns() + m_picture.region.column0 + column, part); !done)
                return done;
            for (size_t i = 0; i < part.size(); ++cell) {
                const size_t end = size_t(std::min<uint64_t>(part.size(), m_begins[cell + 1] - column));
                for (; i < end; ++i)
                    m_cells[cell].add(part[i]);
                if (i == part.size() && m_begins[cell + 1] > column + i)
                    break; // the cell goes on in the next piece
            }
            column += part.size();
            if (auto done = watch(part.size()); !done)
                return done;
        }
        return {};
    }

    Result<void> watch(uint64_t read)
    {
        m_done += read;
        if (m_control.stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (m_control.progress && m_done >= m_next) {
            m_control.progress(std::min(m_done, m_total), m_total);
            m_next = m_done + kProgressEvery;
        }
        return {};
    }

    void write(const CellSums &cell)
    {
        constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();
        const bool any = cell.finite > 0;
        m_picture.mean.push_back(any ? float(cell.sum / double(cell.finite)) : kNothing);
        m_picture.min.push_back(any ? cell.min : kNothing);
        m_picture.max.push_back(any ? cell.max : kNothing);
        m_picture.rms.push_back(any ? float(std::sqrt(cell.squares / double(cell.finite))) : kNothing);
        m_picture.notFinite.push_back(uint32_t(std::min<uint64_t>(cell.notFinite, ~uint32_t(0))));
    }

    WeightReader &m_weight;
    WeightPicture &m_picture;
    const StreamControl &m_control;
    uint64_t m_total, m_done = 0, m_next = kProgressEvery;
    std::vector<CellSums> m_cells;
    std::vector<uint64_t> m_begins;
    std::vector<float> m_piece;
};

} // namespace

uint64_t WeightPicture::cellBegin(uint64_t cell, uint64_t cells, uint64_t length)
{
    // cell x length / cells without leaving 64 bits: cells is small.
    return length / cells * cell + length % cells * cell / cells;
}

Result<WeightPicture> pictureOf(WeightReader &weight, WeightRegion region, uint32_t maxWidth, uint32_t maxHeight,
                                PictureDetail detail, const StreamControl &control)
{
    WeightPicture picture;
    picture.region = cut(region, weight);
    const uint64_t rows = picture.region.row1 - picture.region.row0;
    const uint64_t columns = picture.region.column1 - picture.region.column0;
    if (rows == 0 || columns == 0 || maxWidth == 0 || maxHeight == 0)
        return picture;
    picture.width = uint32_t(std::min<uint64_t>(columns, maxWidth));
    picture.height = uint32_t(std::min<uint64_t>(rows, maxHeight));
    picture.sampled = detail == PictureDetail::Preview && rows > picture.height;
    PictureMaker maker(weight, picture, control);
    for (uint64_t cell = 0; cell < picture.height; ++cell) {
        const uint64_t row0 = WeightPicture::cellBegin(cell, picture.height, rows);
        const uint64_t row1 = WeightPicture::cellBegin(cell + 1, picture.height, rows);
        if (auto done = maker.addCells(row0, row1); !done)
            return tl::unexpected(done.error());
    }
    return picture;
}

} // namespace assay
