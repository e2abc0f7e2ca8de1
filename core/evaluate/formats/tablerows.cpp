// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/jsontext.h"
#include "core/evaluate/formats/rows.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace assay {
namespace {

using nlohmann::json;
using Cells = std::vector<std::string>;

/// Takes rows off a table's text.
class TableReader
{
public:
    TableReader(std::string_view text, const TableLayout &layout) : m_text(text), m_layout(layout) {}

    /// The line on which the row begins that next() gave last.
    uint64_t line() const { return m_line; }
    bool atEnd() const { return m_at >= m_text.size(); }

    /// The next row; nothing for a blank line. Throws Damage; the row after it is the next line's then.
    std::optional<Cells> next()
    {
        m_line = m_nextLine;
        const size_t begin = m_at;
        try {
            Cells cells = m_layout.quoted ? quotedRow() : plainRow();
            m_nextLine += uint64_t(std::count(m_text.begin() + std::ptrdiff_t(begin), m_text.begin() + std::ptrdiff_t(m_at), '\n'));
            const std::string_view raw = m_text.substr(begin, m_at - begin);
            if (isBlank(raw))
                return std::nullopt;
            if (validUtf8(raw) != raw)
                throw Damage(ASSAY_TEXT("Reason", "it is not valid UTF-8"));
            return cells;
        } catch (const Damage &) {
            if (m_nextLine == m_line) { // not counted on yet
                m_at = std::min(m_text.find('\n', begin), m_text.size() - 1) + 1;
                ++m_nextLine;
            }
            throw;
        }
    }

private:
    Cells plainRow()
    {
        std::string_view rest = m_text.substr(m_at);
        const size_t before = rest.size();
        std::string_view line = takeLine(rest);
        m_at += before - rest.size();
        if (line.size() > kMostRowBytes)
            throw Damage(ASSAY_TEXT("Reason", "it is longer than 16 MiB"));
        Cells cells;
        for (size_t end = 0; end != std::string_view::npos;) {
            end = line.find(m_layout.separator);
            cells.emplace_back(line.substr(0, end));
            line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
        }
        return cells;
    }

    Cells quotedRow()
    {
        Cells cells;
        const size_t begin = m_at;
        for (bool more = true; more;) {
            cells.push_back(m_at < m_text.size() && m_text[m_at] == '"' ? quotedCell() : bareCell());
            more = m_at < m_text.size() && m_text[m_at] == m_layout.separator;
            m_at += more ? 1 : 0;
            if (m_at - begin > kMostRowBytes)
                throw Damage(ASSAY_TEXT("Reason", "it is longer than 16 MiB"));
        }
        if (m_at < m_text.size()) // at its LF
            ++m_at;
        return cells;
    }

    std::string bareCell()
    {
        size_t end = m_at;
        while (end < m_text.size() && m_text[end] != m_layout.separator && m_text[end] != '\n')
            ++end;
        std::string_view cell = m_text.substr(m_at, end - m_at);
        m_at = end;
        if (cell.ends_with('\r'))
            cell.remove_suffix(1);
        return std::string(cell);
    }

    std::string quotedCell()
    {
        std::string cell;
        for (++m_at;; ++m_at) {
            const size_t quote = m_text.find('"', m_at);
            if (quote == std::string_view::npos || quote - m_at > kMostRowBytes)
                throw Damage(ASSAY_TEXT("Reason", "a quotation mark is not closed"));
            cell += m_text.substr(m_at, quote - m_at);
            m_at = quote + 1;
            if (m_at >= m_text.size() || m_text[m_at] != '"')
                return cell + bareCell(); // nothing follows in a table that keeps to the rules
            cell += '"';
        }
    }

    std::string_view m_text;
    const TableLayout &m_layout;
    size_t m_at = 0;
    uint64_t m_line = 1, m_nextLine = 1;
};

Cells namesOf(const Cells &header)
{
    Cells names;
    for (const std::string &cell : header) {
        const bool usable = !cell.empty() && std::ranges::find(names, cell) == names.end();
        names.push_back(usable ? cell : std::to_string(names.size() + 1));
    }
    return names;
}

json fieldsOf(const Cells &cells, const Cells &names, bool named)
{
    if (named && cells.size() != names.size())
        throw Damage(ASSAY_TEXT("Reason", "it has %1 fields, not %2"), {std::to_string(cells.size()), std::to_string(names.size())});
    json fields = json::object();
    for (size_t i = 0; i < cells.size(); ++i)
        fields[named ? names[i] : std::to_string(i + 1)] = cells[i];
    return fields;
}

} // namespace

void tableRows(std::string_view text, const TableLayout &layout, RowSink &sink)
{
    TableReader reader(text, layout);
    Cells names = layout.columns;
    bool header = layout.header;
    while (!reader.atEnd() && !sink.full()) {
        try {
            const std::optional<Cells> cells = reader.next();
            if (!cells)
                continue;
            if (std::exchange(header, false)) {
                if (names.empty())
                    names = namesOf(*cells);
                continue;
            }
            sink.row(reader.line(), fieldsOf(*cells, names, !names.empty()));
        } catch (const Damage &damage) {
            sink.damaged(reader.line(), damage);
        }
    }
}

void textRows(std::string_view text, uint64_t pieceBytes, RowSink &sink)
{
    uint64_t line = 1;
    while (!text.empty() && !sink.full()) {
        size_t end = text.size();
        if (pieceBytes > 0 && text.size() > pieceBytes + pieceBytes / 2) {
            const size_t lineEnd = text.rfind('\n', pieceBytes);
            end = lineEnd == std::string_view::npos || lineEnd == 0 ? pieceBytes : lineEnd + 1;
            for (int back = 0; back < 3 && end > 1 && (uint8_t(text[end]) & 0xC0) == 0x80; ++back) // not within a character
                --end;
        }
        const std::string_view piece = text.substr(0, end);
        if (validUtf8(piece) != piece)
            sink.damaged(line, {ASSAY_TEXT("Reason", "it is not valid UTF-8")});
        else if (!isBlank(piece))
            sink.row(line, {{"text", std::string(piece)}});
        line += uint64_t(std::count(piece.begin(), piece.end(), '\n'));
        text.remove_prefix(end);
    }
}

} // namespace assay
