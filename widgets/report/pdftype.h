// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPointF>
#include <QSet>
#include <QStringList>

#include <array>

class QPaintDevice;
class QPainter;

namespace assay {

/// The kinds of text in a PDF report.
enum class PdfText { Title, Lead, Heading, Subheading, Body, Strong, Small, Cell, CellHead, Count_ };

/// Text broken into lines of one kind. Lengths are device units.
struct PdfLines
{
    PdfText kind = PdfText::Body;
    QStringList lines;
    double lineHeight = 0, ascent = 0;
    double height() const { return lineHeight * double(lines.size()); }
};

/// Fonts, sizes and line breaking on the device that is painted on.
class PdfType
{
public:
    PdfType(const QPaintDevice *device, const QFont &family);

    double points(double count) const { return count * m_unit; } ///< 1/72 inch in device units
    const QFont &font(PdfText kind) const { return m_fonts[size_t(kind)]; }
    QFont family() const { return m_family; }

    /// Breaks at blanks, and inside a word that does not fit or whose script has none. Line ends of the text are kept.
    PdfLines wrap(const QString &text, PdfText kind, double width) const;
    double widestLine(const QString &text, PdfText kind) const;
    double widestWord(const QString &text, PdfText kind) const;
    /// Draws the lines [from, to) with the first one's top at this place.
    void draw(QPainter *painter, const PdfLines &lines, const QPointF &topLeft, double width,
              Qt::AlignmentFlag alignment = Qt::AlignLeft, const QColor &color = QColor(0x1b, 0x1d, 0x21),
              qsizetype from = 0, qsizetype to = -1) const;

    /// Every character that was broken into lines so far.
    QString seen() const { return QString(m_seen.values().constData(), m_seen.size()); }

private:
    QStringList broken(const QString &text, const QFont &font, double width) const;
    mutable QSet<QChar> m_seen;
    const QPaintDevice *m_device;
    QFont m_family;
    double m_unit;
    std::array<QFont, size_t(PdfText::Count_)> m_fonts;
};

} // namespace assay
