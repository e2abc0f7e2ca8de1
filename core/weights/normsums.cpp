// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/normsums.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr int kRowsInFloat = 32; // rows summed in float32 before they go to doubles

uint64_t perEntry(uint64_t count)
{
    return std::max<uint64_t>((count + NormProfile::kEntries - 1) / NormProfile::kEntries, 1);
}

} // namespace

NormSums::NormSums(uint64_t rows, uint64_t columns, bool wanted)
    : m_rows(wanted ? rows : 0), m_columns(columns), m_perEntry(perEntry(rows)),
      m_keepColumns(wanted && rows > 0 && columns <= kColumnLimit)
{
    if (m_rows > 0)
        m_entries.resize(size_t((rows + m_perEntry - 1) / m_perEntry));
    if (m_keepColumns)
        m_sums.resize(size_t(columns));
}

/// Calls part(offset, count) for each piece that lies in one row.
template <class Part> void NormSums::split(size_t count, Part part)
{
    for (size_t offset = 0; offset < count;) {
        const size_t piece = m_rows == 0 ? count : size_t(std::min<uint64_t>(count - offset, m_columns - m_column));
        const double squares = part(offset, piece);
        if (m_rows > 0)
            advance(piece, squares);
        offset += piece;
    }
}

ValueSums NormSums::add(const float *values, size_t count)
{
    ValueSums all;
    split(count, [&](size_t offset, size_t piece) {
        const ValueSums sums = sumValues(values + offset, piece, m_keepColumns ? m_sums.data() + m_column : nullptr);
        if (sums.finite > 0) {
            all.min = all.finite > 0 ? std::min(all.min, sums.min) : sums.min;
            all.max = all.finite > 0 ? std::max(all.max, sums.max) : sums.max;
        }
        all.sum += sums.sum;
        all.squares += sums.squares;
        all.finite += sums.finite;
        all.zeros += sums.zeros;
        all.nans += sums.nans;
        return sums.squares;
    });
    return all;
}

void NormSums::add(const uint16_t *values, size_t count, HalfKind kind)
{
    if (m_rows == 0)
        return;
    if (m_keepColumns && m_recent.empty())
        m_recent.resize(m_sums.size());
    split(count, [&](size_t offset, size_t piece) {
        return sumSquares(values + offset, piece, kind, m_keepColumns ? m_recent.data() + m_column : nullptr);
    });
}

void NormSums::advance(size_t count, double squares)
{
    m_rowSquares += squares;
    m_column += count;
    if (m_column < m_columns)
        return;
    const float norm = float(std::sqrt(m_rowSquares));
    Entry &entry = m_entries[size_t(m_row / m_perEntry)];
    entry.min = entry.rows == 0 ? norm : std::min(entry.min, norm);
    entry.max = entry.rows == 0 ? norm : std::max(entry.max, norm);
    entry.sum += double(norm);
    ++entry.rows;
    m_zeroRows += m_rowSquares == 0;
    m_rowSquares = 0;
    m_column = 0;
    ++m_row;
    if (!m_recent.empty() && ++m_recentRows == kRowsInFloat)
        flush();
}

void NormSums::flush()
{
    for (size_t column = 0; column < m_recent.size(); ++column)
        m_sums[column] += double(m_recent[column]);
    std::fill(m_recent.begin(), m_recent.end(), 0.0f);
    m_recentRows = 0;
}

NormProfile NormSums::rows() const
{
    NormProfile profile;
    profile.count = m_rows;
    profile.perEntry = m_perEntry;
    for (const Entry &entry : m_entries) {
        profile.mean.push_back(float(entry.sum / double(std::max<uint64_t>(entry.rows, 1))));
        profile.min.push_back(entry.min);
        profile.max.push_back(entry.max);
    }
    return profile;
}

NormProfile NormSums::columns()
{
    NormProfile profile;
    if (!m_keepColumns)
        return profile;
    flush();
    profile.count = m_columns;
    profile.perEntry = perEntry(m_columns);
    for (size_t first = 0; first < m_sums.size(); first += size_t(profile.perEntry)) {
        const size_t end = std::min(m_sums.size(), first + size_t(profile.perEntry));
        Entry entry;
        for (size_t column = first; column < end; ++column) {
            const float norm = float(std::sqrt(m_sums[column]));
            entry.min = column == first ? norm : std::min(entry.min, norm);
            entry.max = column == first ? norm : std::max(entry.max, norm);
            entry.sum += double(norm);
        }
        profile.mean.push_back(float(entry.sum / double(end - first)));
        profile.min.push_back(entry.min);
        profile.max.push_back(entry.max);
    }
    return profile;
}

} // namespace assay
