// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pdftype.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace assay {
namespace {

struct KindRow
{
    PdfText kind;
    double points;
    bool bold;
    double leading; ///< line height over the font's own
};
constexpr std::array<KindRow, size_t(PdfText::Count_)> kKinds{{
    {PdfText::Title, 24, true, 1.1},
    {PdfText::Lead, 12.5, false, 1.25},
    {PdfText::Heading, 15, true, 1.1},
    {PdfText::Subheading, 10.5, true, 1.1},
    {PdfText::Body, 9.5, false, 1.2},
    {PdfText::Strong, 9.5, true, 1.2},
    {PdfText::Small, 8, false, 1.1},
    {PdfText::Cell, 8, false, 1.1},
    {PdfText::CellHead, 8, true, 1.1},
}};

QString withoutTrailingSpace(QString line)
{
    while (!line.isEmpty() && line.back().isSpace())
        line.chop(1);
    return line;
}

} // namespace

PdfType::PdfType(const QPaintDevice *device, const QFont &family)
    : m_device(device), m_family(family), m_unit(device->logicalDpiY() / 72.0)
{
    for (const KindRow &row : kKinds) {
        QFont font = family;
        font.setPointSizeF(row.points);
        font.setBold(row.bold);
        m_fonts[size_t(row.kind)] = font;
    }
}

PdfLines PdfType::wrap(const QString &text, PdfText kind, double width) const
{
    const QFontMetricsF metrics(font(kind), m_device);
    PdfLines result;
    result.kind = kind;
    result.ascent = metrics.ascent();
    result.lineHeight = metrics.height() * kKinds[size_t(kind)].leading;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    for (const QChar character : text)
        m_seen.insert(character);
    const QStringList paragraphs = text.split(u'\n');
    for (const QString &paragraph : paragraphs) {
        QTextLayout layout(paragraph, font(kind), m_device);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(std::max(width, 1.0));
            result.lines << withoutTrailingSpace(paragraph.mid(line.textStart(), line.textLength()));
        }
        layout.endLayout();
        if (paragraph.isEmpty())
            result.lines << QString();
    }
    return result;
}

double PdfType::widestLine(const QString &text, PdfText kind) const
{
    const QFontMetricsF metrics(font(kind), m_device);
    double widest = 0;
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines)
        widest = std::max(widest, metrics.horizontalAdvance(line));
    return widest;
}

double PdfType::widestWord(const QString &text, PdfText kind) const
{
    return widestLine(QString(text).replace(u' ', u'\n'), kind);
}

void PdfType::draw(QPainter *painter, const PdfLines &lines, const QPointF &topLeft, double width,
                   Qt::AlignmentFlag alignment, const QColor &color, qsizetype from, qsizetype to) const
{
    const QFontMetricsF metrics(font(lines.kind), m_device);
    painter->setFont(font(lines.kind));
    painter->setPen(color);
    const qsizetype end = to < 0 ? lines.lines.size() : std::min(to, lines.lines.size());
    for (qsizetype i = from; i < end; ++i) {
        const QString &line = lines.lines[i];
        const double free = width - metrics.horizontalAdvance(line);
        const double indent = alignment == Qt::AlignRight ? free : alignment == Qt::AlignHCenter ? free / 2 : 0;
        painter->drawText(topLeft + QPointF(indent, lines.lineHeight * double(i - from) + lines.ascent), line);
    }
}

} // namespace assay
