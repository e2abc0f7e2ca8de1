// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pdftable.h"

#include "core/service/translation.h"
#include "widgets/chart/paintchart.h"

#include <QPainter>

#include <algorithm>
#include <memory>
#include <numeric>

namespace assay {
namespace {

const QColor kRule(0xc9, 0xce, 0xd6), kShade(0xee, 0xf0, 0xf4);
constexpr double kPadX = 4, kPadY = 2.2; ///< points

/// One row as it is drawn: its cells broken into lines.
struct Row
{
    std::vector<PdfLines> cells;
    qsizetype lineCount() const
    {
        qsizetype most = 1;
        for (const PdfLines &cell : cells)
            most = std::max(most, cell.lines.size());
        return most;
    }
};

/// One part of a table (all rows, some columns).
class TablePart
{
public:
    TablePart(PdfFlow &flow, const PdfType &type, const ReportTable &table, PdfColumns columns)
        : m_flow(flow), m_type(type), m_table(table), m_columns(std::move(columns)),
          m_padX(type.points(kPadX)), m_padY(type.points(kPadY))
    {
        m_header = std::make_shared<Row>(rowOf(table.header, PdfText::CellHead));
    }

    /// The header with the row below it, which a page is not begun or ended without; no more than what a row is cut to.
    double opening() const
    {
        const double header = heightOf(*m_header, m_header->lineCount());
        if (m_table.rows.empty())
            return std::min(header, m_flow.pageHeight());
        const Row first = rowOf(m_table.rows.front(), PdfText::Cell);
        const double whole = heightOf(first, first.lineCount());
        return header + (header + whole <= m_flow.pageHeight() ? whole : heightOf(first, 3));
    }

    void place()
    {
        m_flow.need(std::min(opening(), m_flow.pageHeight()));
        placeHeader();
        const std::vector<std::string> *above = nullptr;
        for (const auto &cells : m_table.rows) {
            placeRow(std::make_shared<Row>(above ? rowBelow(*above, cells) : rowOf(cells, PdfText::Cell)));
            above = &cells;
        }
    }

private:
    Row rowOf(const std::vector<std::string> &cells, PdfText kind) const
    {
        Row row;
        for (size_t i = 0; i < m_columns.columns.size(); ++i) {
            const size_t column = m_columns.columns[i];
            const QString text = column < cells.size() ? toQString(cells[column]) : QString();
            row.cells.push_back(m_type.wrap(text, kind, m_columns.widths[i] - 2 * m_padX));
        }
        return row;
    }

    /// A name that stands right above is not said again, unless a page begins here.
    Row rowBelow(const std::vector<std::string> &above, const std::vector<std::string> &cells) const
    {
        const bool named = !m_table.numeric.empty() && !m_table.numeric.front() && cells.size() > 2;
        if (!named || above.empty() || cells.front() != above.front())
            return rowOf(cells, PdfText::Cell);
        std::vector<std::string> shorter = cells;
        shorter.front().clear();
        Row row = rowOf(shorter, PdfText::Cell);
        return heightOf(row, row.lineCount()) <= m_flow.room() ? row : rowOf(cells, PdfText::Cell);
    }

    double heightOf(const Row &row, qsizetype lines) const
    {
        return double(lines) * row.cells.front().lineHeight + 2 * m_padY;
    }

    void placeHeader() { placeLines(m_header, 0, m_header->lineCount(), true); }

    void placeRow(const std::shared_ptr<const Row> &row)
    {
        const qsizetype count = row->lineCount();
        const double headerHeight = heightOf(*m_header, m_header->lineCount());
        for (qsizetype from = 0; from < count;) {
            const bool fitsAPage = heightOf(*row, count - from) <= m_flow.pageHeight() - headerHeight;
            const double lineHeight = row->cells.front().lineHeight;
            auto fitting = qsizetype((m_flow.room() - 2 * m_padY) / lineHeight);
            if (fitting < count - from && (fitsAPage || fitting < 3)) {
                if (m_flow.atTop()) // not even a few lines on an empty page: go on rather than forever
                    fitting = std::max<qsizetype>(fitting, 1);
                else {
                    m_flow.breakPage();
                    placeHeader();
                    fitting = std::max<qsizetype>(1, qsizetype((m_flow.room() - 2 * m_padY) / lineHeight));
                }
            }
            const qsizetype to = std::min(count, from + fitting);
            placeLines(row, from, to, false);
            from = to;
        }
    }

    void placeLines(const std::shared_ptr<const Row> &row, qsizetype from, qsizetype to, bool header)
    {
        std::vector<Qt::AlignmentFlag> alignment;
        for (const size_t column : m_columns.columns)
            alignment.push_back(column < m_table.numeric.size() && m_table.numeric[column] ? Qt::AlignRight
                                                                                           : Qt::AlignLeft);
        const auto paint = [this_type = &m_type, widths = m_columns.widths, alignment, row, from, to, header,
                            padX = m_padX, padY = m_padY](VectorPainter &canvas, const QRectF &rect) {
            QPainter *painter = canvas.painter();
            const double total = std::accumulate(widths.begin(), widths.end(), 0.0);
            if (header)
                painter->fillRect(QRectF(rect.left(), rect.top(), total, rect.height()), kShade);
            painter->setPen(QPen(kRule, this_type->points(0.5)));
            painter->drawLine(QLineF(rect.left(), rect.bottom(), rect.left() + total, rect.bottom()));
            double x = rect.left();
            for (size_t i = 0; i < widths.size(); ++i) {
                this_type->draw(painter, row->cells[i], QPointF(x + padX, rect.top() + padY), widths[i] - 2 * padX,
                                alignment[i], QColor(0x1b, 0x1d, 0x21), from, to);
                x += widths[i];
            }
        };
        m_flow.place(heightOf(*row, to - from), paint);
    }

    PdfFlow &m_flow;
    const PdfType &m_type;
    const ReportTable &m_table;
    PdfColumns m_columns;
    double m_padX, m_padY;
    std::shared_ptr<const Row> m_header;
};

/// Widths that share what is there: everyone the least, the rest in equal parts to those who still want some, so
/// that one long text does not starve the short ones.
std::vector<double> share(const std::vector<double> &least, const std::vector<double> &preferred, double width)
{
    const double needed = std::accumulate(least.begin(), least.end(), 0.0);
    std::vector<double> widths = least;
    if (needed > width) {
        for (double &w : widths)
            w *= width / needed;
        return widths;
    }
    double rest = width - needed;
    for (size_t round = 0; round < widths.size() && rest > 0; ++round) {
        size_t wanting = 0;
        for (size_t i = 0; i < widths.size(); ++i)
            wanting += widths[i] < preferred[i];
        const double part = wanting > 0 ? rest / double(wanting) : 0;
        for (size_t i = 0; i < widths.size(); ++i) {
            const double given = std::clamp(preferred[i] - widths[i], 0.0, part);
            widths[i] += given;
            rest -= given;
        }
    }
    for (double &w : widths) // nobody wants it: everybody gets some air
        w += std::max(rest, 0.0) / double(widths.size());
    return widths;
}

} // namespace

std::vector<PdfColumns> distributeColumns(const std::vector<double> &least, const std::vector<double> &preferred,
                                          double width)
{
    std::vector<PdfColumns> parts;
    if (least.empty())
        return parts;
    size_t next = 1;
    do {
        PdfColumns part{{0}, {}};
        double used = std::min(least[0], width / 2);
        while (next < least.size() && (part.columns.size() == 1 || used + least[next] <= width)) {
            used += least[next];
            part.columns.push_back(next++);
        }
        std::vector<double> l, p;
        for (const size_t column : part.columns) {
            l.push_back(least[column]);
            p.push_back(std::max(preferred[column], least[column]));
        }
        part.widths = share(l, p, width);
        parts.push_back(part);
    } while (next < least.size());
    return parts;
}

/// What its title and the parts of a table need is known once its columns are distributed.
std::vector<PdfColumns> columnsOf(const PdfType &type, const ReportTable &table, double width)
{
    const double pad = 2 * type.points(kPadX);
    // A column is at least as wide as its longest word, within reason.
    const double most = width * 0.3, comfortable = type.points(52);
    std::vector<double> least(table.header.size(), 0), preferred(table.header.size(), 0);
    const auto measure = [&](const std::vector<std::string> &cells, PdfText kind) {
        for (size_t i = 0; i < std::min(cells.size(), least.size()); ++i) {
            const QString text = toQString(cells[i]).left(2000); // longer ones want all they can get anyway
            preferred[i] = std::max(preferred[i], type.widestLine(text, kind) + pad);
            least[i] = std::max(least[i], std::min(type.widestWord(text, kind) + pad, most));
        }
    };
    measure(table.header, PdfText::CellHead);
    for (const auto &row : table.rows)
        measure(row, PdfText::Cell);
    // When not even the longest words fit side by side, the parts may as well be comfortable.
    const bool parted = std::accumulate(least.begin(), least.end(), 0.0) > width;
    for (size_t i = 0; parted && i < least.size(); ++i)
        least[i] = std::max(least[i], std::min(preferred[i], comfortable));
    return distributeColumns(least, preferred, width);
}

void flowTable(PdfFlow &flow, const PdfType &type, const ReportTable &table)
{
    std::vector<TablePart> parts;
    for (PdfColumns &columns : columnsOf(type, table, flow.width()))
        parts.emplace_back(flow, type, table, std::move(columns));
    if (!table.title.empty()) {
        const auto title = type.wrap(toQString(table.title), PdfText::Subheading, flow.width());
        flow.space(type.points(8));
        // Never a title alone at the foot of a page, nor one with a header alone.
        const double below = parts.empty() ? 0 : type.points(4) + parts.front().opening();
        flow.need(std::min(title.height() + type.points(3) + std::max(below, type.points(57)), flow.pageHeight()));
        flow.place(title.height() + type.points(3), [&type, title](VectorPainter &canvas, const QRectF &rect) {
            type.draw(canvas.painter(), title, rect.topLeft(), rect.width());
        });
    }
    for (TablePart &part : parts) {
        flow.space(type.points(4));
        part.place();
    }
    flow.space(type.points(8));
}

} // namespace assay
