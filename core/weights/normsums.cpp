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
    if (m_keepColumns) {
        m_sums.resize(size_t(columns));
        m_oddLine = size_t(columns) / 32 + 1;
        m_recent.resize(2 * m_oddLine);
    }
}

ColumnSums NormSums::allColumns()
{
    return m_keepColumns ? ColumnSums{recent(0), recent(m_oddLine), m_sums.data()} : ColumnSums{};
}

/// Joins what part(offset, count) gives for each piece that lies in one row.
template <class Part> ValueSums NormSums::split(size_t count, Part part)
{
    ValueSums all;
    for (size_t offset = 0; offset < count;) {
        const size_t piece = m_rows == 0 ? count : size_t(std::min<uint64_t>(count - offset, m_columns - m_column));
        const ValueSums sums = part(offset, piece);
        all.join(sums);
        if (m_rows > 0)
            advance(piece, sums.squares);
        offset += piece;
    }
    return all;
}

ValueSums NormSums::add(const float *values, size_t count, Precision precision)
{
    return split(count, [&](size_t offset, size_t piece) {
        return sumFloats(values + offset, piece, allColumns().from(size_t(m_column)), precision);
    });
}

ValueSums NormSums::add(const uint16_t *values, size_t count, HalfKind kind)
{
    if (kind == HalfKind::Float16) {
        m_widened.resize(count);
        widenFloat16(values, count, m_widened.data());
        return add(m_widened.data(), count, Precision::Single);
    }
    m_paired = true;
    return split(count, [&](size_t offset, size_t piece) {
        return sumBfloats(values + offset, piece, allColumns().fromPaired(size_t(m_column)));
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
    if (m_keepColumns && ++m_recentRows == kRowsInFloat)
        flush();
}

void NormSums::flush()
{
    const float *even = recent(0), *odd = recent(m_oddLine);
    for (size_t column = 0; column < m_sums.size(); ++column)
        m_sums[column] += double(!m_paired ? even[column] : column % 2 == 0 ? even[column / 2] : odd[column / 2]);
    std::fill(m_recent.begin(), m_recent.end(), Line());
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
