// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pdfreport.h"

#include "core/service/translation.h"
#include "widgets/chart/exportfont.h"
#include "widgets/chart/paintchart.h"
#include "widgets/report/pdfsections.h"
#include "widgets/report/pdfunicode.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>

namespace assay {
namespace {

constexpr int kResolution = 1200; ///< dots per inch: glyph positions are whole dots
constexpr double kMarginMillimetres = 20, kHeaderPoints = 24, kFooterPoints = 22;

/// Every text of the report, for choosing a font that has its characters.
QString allText(const Report &report)
{
    QString all = toQString(report.title + report.verdict);
    for (const std::string &name : report.subjectNames)
        all += toQString(name);
    for (const ReportSection &section : report.sections) {
        all += toQString(section.title);
        for (const ReportBlock &block : section.blocks) {
            if (const auto *chart = std::get_if<ChartSpec>(&block))
                all += chartText(*chart);
            else if (const auto *paragraph = std::get_if<ReportParagraph>(&block))
                all += toQString(paragraph->text);
            else if (const auto *table = std::get_if<ReportTable>(&block)) {
                all += toQString(table->title);
                for (const std::string &cell : table->header)
                    all += toQString(cell);
                for (const auto &row : table->rows)
                    for (const std::string &cell : row)
                        all += toQString(cell);
            }
        }
    }
    return all;
}

/// Paints laid-out pages with header and footer.
class PdfPages
{
    Q_DECLARE_TR_FUNCTIONS(assay::PdfReport)
public:
    PdfPages(QPdfWriter &writer, const Report &report, const PdfType &type, const QRectF &area)
        : m_writer(writer), m_report(report), m_type(type), m_area(area), m_canvas(&writer)
    {
    }

    void paint(const PdfFlow::Page &page, bool framed, size_t total)
    {
        if (m_written++ > 0)
            m_writer.newPage();
        if (framed)
            frame(total);
        for (const PdfFlow::Item &item : page)
            item.paint(m_canvas, item.rect);
    }
    size_t written() const { return m_written; }
    bool end() { return m_canvas.end(); }

private:
    void frame(size_t total)
    {
        QPainter *painter = m_canvas.painter();
        const QColor muted(0x4a, 0x50, 0x5c);
        const double top = m_area.top() - m_type.points(kHeaderPoints);
        const double half = m_area.width() * 0.7;
        PdfLines title = m_type.wrap(toQString(m_report.title), PdfText::Small, half);
        title.lines.resize(1); // a header has one line
        m_type.draw(painter, title, QPointF(m_area.left(), top), half, Qt::AlignLeft, muted);
        const auto right = [&](const QString &text, double y) {
            const PdfLines line = m_type.wrap(text, PdfText::Small, m_area.width() - half);
            m_type.draw(painter, line, QPointF(m_area.left() + half, y), m_area.width() - half, Qt::AlignRight, muted);
        };
        right(toQString(m_report.createdAt).left(10), top);
        const double rule = top + title.lineHeight + m_type.points(2);
        painter->setPen(QPen(QColor(0xc9, 0xce, 0xd6), m_type.points(0.5)));
        painter->drawLine(QLineF(m_area.left(), rule, m_area.right(), rule));
        const double bottom = m_area.bottom() + m_type.points(kFooterPoints) - title.lineHeight;
        right(tr("Page %1 of %2").arg(m_written).arg(total), bottom);
    }

    QPdfWriter &m_writer;
    const Report &m_report;
    const PdfType &m_type;
    QRectF m_area;
    VectorPainter m_canvas;
    size_t m_written = 0;
};

void describe(QPdfWriter &writer, const Report &report, const std::string &rawResults, QPageSize::PageSizeId paper)
{
    writer.setResolution(kResolution);
    writer.setPdfVersion(QPdfWriter::PdfVersion_1_6);
    writer.setPageSize(QPageSize(paper));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(toQString(report.title));
    writer.setCreator(QStringLiteral("Assay ") + toQString(report.assayVersion));
    writer.addFileAttachment(QStringLiteral("results.json"), QByteArray::fromStdString(rawResults),
                             QStringLiteral("application/json"));
}

QRectF areaOf(const QPdfWriter &writer)
{
    const double margin = kMarginMillimetres / 25.4 * kResolution, point = kResolution / 72.0;
    return QRectF(0, 0, writer.width(), writer.height())
        .adjusted(margin, margin + 8 * point, -margin, -margin - 4 * point);
}

} // namespace

struct PdfReport::Private
{
    Private(const Report &source, const std::string &rawResults, QPageSize::PageSizeId paper)
        : report(source), text(allText(source))
    {
        buffer.open(QIODevice::WriteOnly);
        writer = std::make_unique<QPdfWriter>(&buffer);
        describe(*writer, report, rawResults, paper);
        type = std::make_unique<PdfType>(writer.get(), exportFont(text));
        sections = std::make_unique<PdfSections>(report, *type);
    }

    /// Places everything; page numbers are known afterwards.
    void layOut()
    {
        const QRectF area = areaOf(*writer);
        PdfFlow cover(area), measured(area), contents(area), body(area);
        sections->cover(cover);
        const std::vector<PdfEntry> entries = sections->body(body);
        sections->contents(measured, entries, 0);
        const size_t front = cover.pages().size() + measured.pages().size();
        sections->contents(contents, entries, front + 1);
        unframed = cover.pages().size();
        for (const PdfFlow *flow : {&cover, &contents, &body})
            laidOut.insert(laidOut.end(), flow->pages().begin(), flow->pages().end());
        pages = std::make_unique<PdfPages>(*writer, report, *type, area);
    }

    const Report &report;
    QString text;
    QBuffer buffer;
    std::unique_ptr<QPdfWriter> writer;
    std::unique_ptr<PdfType> type;
    std::unique_ptr<PdfSections> sections;
    std::vector<PdfFlow::Page> laidOut;
    size_t unframed = 0; ///< the first pages, without header and footer
    std::unique_ptr<PdfPages> pages;
};

PdfReport::PdfReport(const Report &report, const std::string &rawResults, QPageSize::PageSizeId paper)
    : d(std::make_unique<Private>(report, rawResults, paper))
{
}

PdfReport::~PdfReport() = default;

bool PdfReport::step()
{
    if (!d->pages) {
        d->layOut();
        return true;
    }
    const size_t next = d->pages->written();
    if (next >= d->laidOut.size())
        return false;
    d->pages->paint(d->laidOut[next], next >= d->unframed, d->laidOut.size());
    return true;
}

Result<QByteArray> PdfReport::document()
{
    if (!d->pages || !d->pages->end())
        return failure(ErrorCode::Internal, {"QPdfWriter"});
    QByteArray pdf = d->buffer.data();
    nameCharacters(pdf, d->type->family(), d->text + d->type->seen());
    return pdf;
}

Result<QByteArray> pdfReport(const Report &report, QPageSize::PageSizeId paper)
{
    PdfReport pdf(report, reportJson(report), paper);
    while (pdf.step()) {
    }
    return pdf.document();
}

} // namespace assay
