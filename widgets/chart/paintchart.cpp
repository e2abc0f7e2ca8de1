// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/paintchart.h"

#include "widgets/chart/chartscene.h"
#include "widgets/chart/exportfont.h"

#include <QBuffer>
#include <QSvgGenerator>

namespace assay {
namespace {

constexpr int kFontSize = 11; ///< 1/96 inch: 8.25 points

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// Draws wrapped text at the top or bottom of the rectangle and takes its height off.
void drawBlock(QPainter *painter, QRectF &rect, Qt::Edge edge, const QString &block, const QFont &font,
               const QColor &color)
{
    if (block.isEmpty() || rect.height() <= 0)
        return;
    const int flags = Qt::AlignLeft | Qt::TextWordWrap;
    const QRectF bounds = QFontMetricsF(font).boundingRect(QRectF(0, 0, rect.width(), 1e5), flags, block);
    const double height = std::min(bounds.height(), rect.height());
    painter->setFont(font);
    painter->setPen(color);
    const double top = edge == Qt::TopEdge ? rect.top() : rect.bottom() - height;
    painter->drawText(QRectF(rect.left(), top, rect.width(), height), flags, block);
    if (edge == Qt::TopEdge)
        rect.setTop(rect.top() + height);
    else
        rect.setBottom(rect.bottom() - height);
}

void drawMissing(QPainter *painter, const QRectF &rect, const QString &sentence, const ChartStyle &style)
{
    painter->setPen(QPen(style.grid, 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(rect.adjusted(0, 6, 0, -2));
    painter->setFont(style.font);
    painter->setPen(style.muted);
    painter->drawText(rect.adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap, sentence);
}

void drawPlot(QCPPainter *painter, const QRectF &rect, const ChartSpec &spec, const ChartStyle &style)
{
    QCustomPlot plot;
    ChartScene scene(&plot);
    scene.build(spec, style);
    scene.fit(rect.size().toSize());
    painter->translate(rect.topLeft());
    plot.toPainter(painter, int(rect.width()), int(rect.height()));
}

/// Room above the plot for the header, below for the note.
void paintAll(QCPPainter *painter, const ChartSpec &spec, QRectF rect, const ChartStyle &style)
{
    QFont title = scaledFont(style.font, 1.15);
    title.setBold(true);
    const QFont small = scaledFont(style.font, 0.9);
    drawBlock(painter, rect, Qt::TopEdge, text(spec.title), title, style.text);
    drawBlock(painter, rect, Qt::TopEdge, text(spec.subtitle), small, style.muted);
    drawBlock(painter, rect, Qt::BottomEdge, text(spec.note), small, style.muted);
    if (!spec.missing.empty())
        drawMissing(painter, rect, text(spec.missing), style);
    else if (rect.width() >= 40 && rect.height() >= 40)
        drawPlot(painter, rect, spec, style);
}

} // namespace

VectorPainter::VectorPainter(QPaintDevice *device) : m_painter(std::make_unique<QCPPainter>(device))
{
    m_painter->setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching);
    m_painter->setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
}

VectorPainter::~VectorPainter() = default;

QPainter *VectorPainter::painter() const
{
    return m_painter.get();
}

bool VectorPainter::end()
{
    return m_painter->end();
}

void VectorPainter::paintChart(const ChartSpec &spec, const QRectF &rect, double scale, const QFont &font)
{
    QFont own = font;
    own.setPixelSize(kFontSize);
    m_painter->save();
    m_painter->translate(rect.topLeft());
    m_painter->scale(scale, scale);
    paintAll(m_painter.get(), spec, QRectF(QPointF(), rect.size() / scale), ChartStyle::onWhite(own));
    m_painter->restore();
}

QString chartText(const ChartSpec &spec)
{
    std::string all = spec.title + spec.subtitle + spec.xLabel + spec.yLabel + spec.note + spec.missing;
    for (const std::string &category : spec.categories)
        all += category;
    for (const std::string &row : spec.rows)
        all += row;
    for (const ChartSeries &series : spec.series) {
        all += series.name;
        for (const ChartPoint &point : series.points)
            all += point.mark;
    }
    return text(all);
}

std::string chartSvg(const ChartSpec &spec, QSize size)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(text(spec.title));
    generator.setDescription(text(spec.subtitle));
    const QFont font = exportFont(chartText(spec));
    {
        VectorPainter painter(&generator);
        painter.painter()->fillRect(QRect(QPoint(), size), Qt::white);
        painter.paintChart(spec, QRectF(QPointF(), QSizeF(size)), 1, font);
        painter.end();
    }
    QByteArray svg = buffer.data();
    svg.remove(0, std::max<qsizetype>(0, svg.indexOf("<svg")));
    // Whoever opens the file may not have the font.
    const QByteArray family = "font-family=\"" + font.family().toUtf8();
    svg.replace(family + '"', family + ", sans-serif\"");
    return svg.toStdString();
}

QImage chartImage(const ChartSpec &spec, QSize size, double ratio)
{
    QImage image((QSizeF(size) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    VectorPainter painter(&image);
    painter.paintChart(spec, QRectF(QPointF(), QSizeF(size)), 1, exportFont(chartText(spec)));
    painter.end();
    return image;
}

} // namespace assay
