// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pdfsections.h"

#include "core/service/translation.h"
#include "widgets/chart/paintchart.h"
#include "widgets/common/rolechip.h"
#include "widgets/report/pdftable.h"

#include <QPainter>

#include <algorithm>
#include <map>
#include <utility>

namespace assay {
namespace {

const QColor kMuted(0x4a, 0x50, 0x5c), kRule(0xc9, 0xce, 0xd6);

/// A chart that needs the full width of the page.
bool isWide(const ChartSpec &chart)
{
    return chart.series.size() > 6 || chart.categories.size() > 4
           || chart.series.size() * chart.categories.size() > 16;
}

/// What stands under a chart; the chart itself is then drawn without these texts.
QString captionOf(const ChartSpec &chart)
{
    QString caption = toQString(chart.title);
    if (!chart.subtitle.empty())
        caption += QStringLiteral(" (") + toQString(chart.subtitle) + QStringLiteral(")");
    if (!chart.note.empty())
        caption += QStringLiteral(". ") + toQString(chart.note);
    return caption;
}

ChartSpec withoutTexts(ChartSpec chart)
{
    chart.title.clear();
    chart.subtitle.clear();
    chart.note.clear();
    return chart;
}

} // namespace

void PdfSections::text(PdfFlow &flow, const QString &content, PdfText kind, double after) const
{
    const PdfLines lines = m_type.wrap(content, kind, flow.width());
    const auto count = lines.lines.size();
    for (qsizetype from = 0; from < count;) {
        // No line alone at the foot of a page.
        flow.need(lines.lineHeight * double(std::min<qsizetype>(2, count - from)));
        const auto fitting = std::max<qsizetype>(1, qsizetype(flow.room() / lines.lineHeight));
        const qsizetype to = std::min(count, from + fitting);
        flow.place(lines.lineHeight * double(to - from),
                   [this, lines, from, to](VectorPainter &canvas, const QRectF &rect) {
                       m_type.draw(canvas.painter(), lines, rect.topLeft(), rect.width(), Qt::AlignLeft,
                                   QColor(0x1b, 0x1d, 0x21), from, to);
                   });
        from = to;
    }
    flow.space(m_type.points(after));
}

void PdfSections::subjects(PdfFlow &flow) const
{
    std::map<Role, int> seen;
    const auto &compared = m_report.comparison.subjects;
    for (size_t i = 0; i < m_report.subjectNames.size(); ++i) {
        const bool known = i < compared.size();
        const Role role = known ? compared[i].role : Role::Other;
        const int order = seen[role]++;
        const double side = m_type.points(15);
        const PdfLines name = m_type.wrap(toQString(m_report.subjectNames[i]), PdfText::Lead,
                                          flow.width() - side - m_type.points(8));
        const double height = std::max(side, name.height()) + m_type.points(4);
        flow.place(height, [this, name, side, role, order](VectorPainter &canvas, const QRectF &rect) {
            QPainter *painter = canvas.painter();
            const double first = std::max(0.0, (name.lineHeight - side) / 2);
            painter->setFont(m_type.font(PdfText::Strong));
            paintRoleChip(*painter, QRectF(rect.left(), rect.top() + first, side, side), role, order);
            const double indent = side + m_type.points(8);
            m_type.draw(painter, name, rect.topLeft() + QPointF(indent, 0), rect.width() - indent);
        });
    }
}

void PdfSections::cover(PdfFlow &flow) const
{
    flow.place(m_type.points(90), [](VectorPainter &, const QRectF &) {});
    text(flow, toQString(m_report.title), PdfText::Title, 22);
    subjects(flow);
    flow.space(m_type.points(22));
    flow.place(m_type.points(1), [this](VectorPainter &canvas, const QRectF &rect) {
        canvas.painter()->setPen(QPen(kRule, m_type.points(1)));
        canvas.painter()->drawLine(rect.topLeft(), rect.topRight());
    });
    flow.space(m_type.points(16));
    text(flow, toQString(m_report.verdict), PdfText::Lead, 24);
    text(flow, tr("Date: %1").arg(toQString(m_report.createdAt)), PdfText::Body, 2);
    text(flow, tr("Made with Assay %1").arg(toQString(m_report.assayVersion)), PdfText::Body, 2);
    text(flow, tr("The raw results are attached to this file as results.json."), PdfText::Body, 0);
}

void PdfSections::contents(PdfFlow &flow, const std::vector<PdfEntry> &entries, size_t firstPage) const
{
    text(flow, tr("Contents"), PdfText::Heading, 10);
    for (const PdfEntry &entry : entries) {
        const QString number = QString::number(entry.page + firstPage);
        const double numberWidth = m_type.points(36);
        const PdfLines title = m_type.wrap(entry.title, PdfText::Body, flow.width() - numberWidth);
        const PdfLines page = m_type.wrap(number, PdfText::Body, numberWidth);
        flow.place(title.height() + m_type.points(6), [=, this](VectorPainter &canvas, const QRectF &rect) {
            const double top = rect.top() + m_type.points(4);
            m_type.draw(canvas.painter(), title, QPointF(rect.left(), top), rect.width() - numberWidth);
            m_type.draw(canvas.painter(), page, QPointF(rect.right() - numberWidth, top), numberWidth, Qt::AlignRight);
            canvas.painter()->setPen(QPen(kRule, m_type.points(0.4)));
            canvas.painter()->drawLine(rect.bottomLeft(), rect.bottomRight());
        });
    }
}

std::vector<PdfEntry> PdfSections::body(PdfFlow &flow)
{
    std::vector<PdfEntry> entries;
    int number = 0;
    for (const ReportSection &part : m_report.sections) {
        const QString title = tr("%1  %2", "number and title of a section").arg(++number).arg(toQString(part.title));
        flow.space(m_type.points(20));
        // A heading stays with what follows; a row of charts is the highest of that.
        const bool chartsFollow = !part.blocks.empty() && std::holds_alternative<ChartSpec>(part.blocks.front());
        flow.need(m_type.points(chartsFollow ? 260 : 120));
        entries.push_back({title, flow.page()});
        text(flow, title, PdfText::Heading, 6);
        section(flow, part);
    }
    return entries;
}

void PdfSections::section(PdfFlow &flow, const ReportSection &part)
{
    std::vector<const ChartSpec *> waiting;
    const auto flush = [&] {
        inRows(flow, std::exchange(waiting, {}));
    };
    for (const ReportBlock &block : part.blocks) {
        const auto *chart = std::get_if<ChartSpec>(&block);
        if (chart && chart->missing.empty()) {
            waiting.push_back(chart);
            continue;
        }
        flush();
        if (chart)
            text(flow, tr("%1: %2", "title of a chart and why it is missing")
                           .arg(toQString(chart->title), toQString(chart->missing)), PdfText::Body, 6);
        else if (const auto *paragraph = std::get_if<ReportParagraph>(&block))
            text(flow, toQString(paragraph->text), paragraph->emphasis ? PdfText::Strong : PdfText::Body, 6);
        else if (const auto *table = std::get_if<ReportTable>(&block))
            flowTable(flow, m_type, *table);
    }
    flush();
}

/// Two narrow ones share a row: the next narrow one comes forward, so that none stands beside an empty half.
void PdfSections::inRows(PdfFlow &flow, std::vector<const ChartSpec *> waiting)
{
    while (!waiting.empty()) {
        std::vector<const ChartSpec *> row{waiting.front()};
        waiting.erase(waiting.begin());
        const auto partner = isWide(*row.front()) ? waiting.end() : std::find_if_not(waiting.begin(), waiting.end(), [](const ChartSpec *chart) { return isWide(*chart); });
        if (partner != waiting.end()) {
            row.push_back(*partner);
            waiting.erase(partner);
        }
        charts(flow, row);
    }
}

void PdfSections::charts(PdfFlow &flow, const std::vector<const ChartSpec *> &row)
{
    struct Place
    {
        ChartSpec chart;
        PdfLines caption;
    };
    const double gap = m_type.points(14);
    const double width = row.size() == 2 || !isWide(*row.front()) ? (flow.width() - gap) / 2 : flow.width();
    const double plotHeight = width > flow.width() / 2 ? width * 0.5 : width * 0.8;
    std::vector<Place> places;
    double captionHeight = 0;
    for (const ChartSpec *chart : row) {
        const QString caption = tr("Figure %1: %2").arg(++m_figures).arg(captionOf(*chart));
        places.push_back({withoutTexts(*chart), m_type.wrap(caption, PdfText::Small, width)});
        captionHeight = std::max(captionHeight, places.back().caption.height());
    }
    const double height = std::min(plotHeight + m_type.points(4) + captionHeight, flow.pageHeight());
    flow.space(m_type.points(6));
    flow.place(height, [=, this](VectorPainter &canvas, const QRectF &rect) {
        double x = rect.left();
        for (const Place &place : places) {
            const double scale = m_type.points(72.0 / 96);
            canvas.paintChart(place.chart, QRectF(x, rect.top(), width, plotHeight), scale, m_type.family());
            m_type.draw(canvas.painter(), place.caption, QPointF(x, rect.top() + plotHeight + m_type.points(4)), width,
                        Qt::AlignLeft, kMuted);
            x += width + gap;
        }
    });
    flow.space(m_type.points(10));
}

} // namespace assay
