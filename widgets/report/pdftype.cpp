// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pdftype.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <utility>

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

/// Scripts without blanks between words.
bool isBrokenAnywhere(const QString &word)
{
    return std::any_of(word.begin(), word.end(), [](QChar character) { return character.unicode() >= 0x2e80; });
}

constexpr double kRounding = 0.01; ///< device units: a column may be exactly as wide as its longest word

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
    for (const QChar character : text)
        m_seen.insert(character);
    const QStringList paragraphs = text.split(u'\n');
    for (const QString &paragraph : paragraphs) {
        QString line;
        double used = 0;
        bool first = true;
        const QStringList words = paragraph.split(u' ');
        for (const QString &word : words) {
            const QString next = std::exchange(first, false) ? word : u' ' + word;
            const double more = metrics.horizontalAdvance(next), alone = metrics.horizontalAdvance(word);
            if (used + more <= width + kRounding) {
                line += next;
                used += more;
            } else if (alone <= width + kRounding && !isBrokenAnywhere(word)) {
                result.lines << withoutTrailingSpace(line);
                line = word;
                used = alone;
            } else {
                QStringList pieces = broken(line + next, font(kind), width);
                line = pieces.takeLast();
                used = metrics.horizontalAdvance(line);
                result.lines << pieces;
            }
        }
        result.lines << withoutTrailingSpace(line);
    }
    return result;
}

/// Inside words, where their script or their length asks for it.
QStringList PdfType::broken(const QString &text, const QFont &font, double width) const
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font, m_device);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 1.0));
        lines << withoutTrailingSpace(text.mid(line.textStart(), line.textLength()));
    }
    layout.endLayout();
    return lines.isEmpty() ? QStringList{QString()} : lines;
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
