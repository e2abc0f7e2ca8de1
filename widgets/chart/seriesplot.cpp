// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/seriesplot.h"

#include "core/base/units.h"
#include "widgets/chart/matrixcells.h"
#include "widgets/common/theme.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kGroupWidth = 0.8; ///< share of a category's width that its bars take
constexpr double kLineWidth = 1.8;
constexpr double kMarkerRadius = 4, kRingRadius = 8; ///< a ring is around a point that stands out
constexpr double kLargestRadius = 15, kSmallestRadius = 5;

constexpr double kExtreme = 1e18; ///< nothing that is measured here reaches it, and axes break beyond
constexpr qsizetype kNamed = 6;   ///< points of a series beyond which their letters lie on each other
constexpr qsizetype kMany = 500;  ///< points of a series beyond which single marks say nothing any more

bool within(double value)
{
    return std::isfinite(value) && std::abs(value) < kExtreme;
}

bool drawable(const ChartPoint &point, bool logX)
{
    return within(point.x) && within(point.y) && (!logX || point.x > 1 / kExtreme);
}

/// The interval, if both ends are numbers.
std::optional<QCPRange> intervalOf(const ChartPoint &point)
{
    if (!point.low || !point.high || !within(*point.low) || !within(*point.high))
        return std::nullopt;
    return QCPRange(*point.low, *point.high);
}

/// At most four points for each column of pixels: where the line enters, its lowest and highest, where it leaves.
QPolygonF thinned(const QPolygonF &line)
{
    QPolygonF thin;
    for (qsizetype from = 0; from < line.size();) {
        const auto column = [](const QPointF &p) { return std::floor(p.x()); };
        qsizetype to = from, lowest = from, highest = from;
        for (; to < line.size() && column(line[to]) == column(line[from]); ++to) {
            lowest = line[to].y() < line[lowest].y() ? to : lowest;
            highest = line[to].y() > line[highest].y() ? to : highest;
        }
        QList<qsizetype> kept{from, std::min(lowest, highest), std::max(lowest, highest), to - 1};
        kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
        for (const qsizetype index : kept)
            thin << line[index];
        from = to;
    }
    return thin;
}

} // namespace

SeriesPlot::SeriesPlot(QCPAxis *xAxis, QCPAxis *yAxis, const ChartSeries &series, const Frame &frame,
                       const ChartStyle &style)
    : QCPAbstractPlottable(xAxis, yAxis), m_frame(frame), m_style(style), m_mark(markStyle(series.role, series.order)),
      m_fullName(QString::fromStdString(series.name)), m_joined(series.joined),
      m_band(series.band)
{
    const bool logX = xAxis->scaleType() == QCPAxis::stLogarithmic;
    std::copy_if(series.points.begin(), series.points.end(), std::back_inserter(m_points),
                 [logX](const ChartPoint &point) { return drawable(point, logX); });
    std::stable_sort(m_points.begin(), m_points.end(),
                     [](const ChartPoint &a, const ChartPoint &b) { return a.x < b.x; });
    setName(m_fullName);
    setSelectable(QCP::stNone);
}

QRectF SeriesPlot::barRect(const ChartPoint &point) const
{
    return barRect(point.x, point.y, standsOn() ? point.base : 0);
}

QRectF SeriesPlot::barRect(double category, double value, double base) const
{
    const size_t places = standsOn() ? 1 : std::max<size_t>(m_frame.count, 1);
    const double width = kGroupWidth / double(places);
    const double left = category - kGroupWidth / 2 + width * double(standsOn() ? 0 : m_frame.index);
    const double gap = places > 1 ? 0.06 * width : 0;
    // Cut a little outside of the plot: zoomed in, a bar can be far longer than the screen.
    const QRectF plot = mKeyAxis->axisRect()->rect();
    const auto cutX = [&](double x) { return std::clamp(xPixel(x), plot.left() - 50, plot.right() + 50); };
    const auto cutY = [&](double y) { return std::clamp(yPixel(y), plot.top() - 50, plot.bottom() + 50); };
    return QRectF(QPointF(cutX(left + gap), cutY(value)), QPointF(cutX(left + width - gap), cutY(base))).normalized();
}

double SeriesPlot::radiusOf(const ChartPoint &point) const
{
    if (m_frame.kind != ChartKind::Scatter)
        return kMarkerRadius;
    if (m_frame.largestSize <= 0 || !(point.size > 0))
        return qsizetype(m_points.size()) > kNamed ? kMarkerRadius : kSmallestRadius + 2;
    return std::max(kSmallestRadius, kLargestRadius * std::sqrt(point.size / m_frame.largestSize));
}

double SeriesPlot::aside() const
{
    // Intervals at the same x would cover each other.
    const bool apart = m_frame.kind == ChartKind::Lines && m_frame.count <= 6;
    return apart ? 3.5 * (double(m_frame.index) - double(m_frame.count - 1) / 2) : 0;
}

double SeriesPlot::below() const
{
    const double line = std::abs(yPixel(1) - yPixel(0));
    const double word = QFontMetricsF(parentPlot()->font()).height(); // beside each mark stands one
    const double step = std::min(word, line * kGroupWidth / double(std::max<size_t>(m_frame.count, 1)));
    return step * (double(m_frame.index) - double(m_frame.count - 1) / 2);
}

QPointF SeriesPlot::positionOf(size_t index) const
{
    const ChartPoint &point = m_points[index];
    if (m_frame.kind == ChartKind::Forest)
        return QPointF(xPixel(point.x), yPixel(point.y) + below());
    if (!hasBars(m_frame.kind))
        return QPointF(xPixel(point.x) + aside(), yPixel(point.y));
    const QRectF bar = barRect(point);
    return standsOn() ? bar.center() : QPointF(bar.center().x(), bar.top());
}

std::optional<SeriesPlot::Hit> SeriesPlot::nearest(const QPointF &position) const
{
    std::optional<Hit> best;
    for (size_t i = 0; i < m_points.size(); ++i) {
        const QPointF mark = positionOf(i);
        double distance = std::hypot(position.x() - mark.x(), position.y() - mark.y());
        if ((hasBars(m_frame.kind) && barRect(m_points[i]).contains(position))
            || (m_frame.kind == ChartKind::Matrix && cellRect(m_points[i]).contains(position)))
            distance = 0;
        else if (m_frame.kind == ChartKind::Scatter)
            distance = std::max(0.0, distance - radiusOf(m_points[i]));
        if (!best || distance < best->distance)
            best = Hit{i, distance, mark};
    }
    return best;
}

double SeriesPlot::selectTest(const QPointF &pos, bool, QVariant *) const
{
    const auto hit = nearest(pos);
    return hit ? hit->distance : -1;
}

QCPRange SeriesPlot::getKeyRange(bool &found, QCP::SignDomain) const
{
    found = !m_points.empty();
    if (!found)
        return QCPRange();
    QCPRange range(m_points.front().x, m_points.back().x);
    for (size_t i = 0; m_frame.kind == ChartKind::Forest && i < m_points.size(); ++i) {
        if (const auto interval = intervalOf(m_points[i]))
            range.expand(*interval);
    }
    return range;
}

QCPRange SeriesPlot::getValueRange(bool &found, QCP::SignDomain, const QCPRange &) const
{
    found = !m_points.empty();
    if (!found)
        return QCPRange();
    QCPRange range(m_points.front().y, m_points.front().y);
    for (const ChartPoint &point : m_points) {
        range.expand(point.y);
        if (m_frame.kind == ChartKind::Waterfall)
            range.expand(point.base);
        if (const auto interval = intervalOf(point); interval && m_frame.kind != ChartKind::Forest)
            range.expand(*interval);
    }
    return range;
}

void SeriesPlot::draw(QCPPainter *painter)
{
    if (m_points.empty() && !hasBars(m_frame.kind))
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    switch (m_frame.kind) {
    case ChartKind::GroupedBars: return drawBars(painter);
    case ChartKind::Distribution: return drawSteps(painter);
    case ChartKind::Lines: return drawJoined(painter);
    case ChartKind::Scatter: return drawScatter(painter);
    case ChartKind::Forest: return drawForest(painter);
    case ChartKind::Waterfall: return drawWaterfall(painter);
    case ChartKind::Matrix: return drawCells(painter);
    }
}

void SeriesPlot::drawBars(QCPPainter *painter) const
{
    const QFont font = scaledFont(m_style.font, 0.85);
    std::vector<bool> present(m_frame.categories, false);
    for (const ChartPoint &point : m_points) {
        const QRectF bar = barRect(point);
        drawHatchedBar(painter, bar, m_mark, m_style.background);
        if (m_frame.stacked) {
            drawPart(painter, bar, point);
            continue;
        }
        if (const double side = std::min(bar.width(), 18.0); bar.height() > side)
            drawLetter(painter, QRectF(bar.left(), bar.bottom() - side, bar.width(), side), m_mark, font);
        if (const auto interval = intervalOf(point))
            drawErrorBar(painter, bar.center().x(), yPixel(interval->lower), yPixel(interval->upper),
                         std::min(4.0, bar.width() / 3), m_style.text);
        drawValue(painter, bar, point);
        if (point.x >= 0 && size_t(point.x) < present.size())
            present[size_t(point.x)] = true;
    }
    // A value that is missing must not look like zero.
    painter->setFont(font);
    painter->setPen(m_style.muted);
    for (size_t category = 0; !m_frame.stacked && category < present.size(); ++category) {
        const QRectF place = barRect(double(category), 0);
        if (!present[category] && place.width() > 6)
            painter->drawText(QRectF(place.left(), place.bottom() - 20, place.width(), 18),
                              Qt::AlignHCenter | Qt::AlignBottom | Qt::TextDontClip, QStringLiteral("-"));
    }
}

/// A part of a stack says its value in itself, where it has the room.
void SeriesPlot::drawPart(QCPPainter *painter, const QRectF &bar, const ChartPoint &point) const
{
    const QFont font = scaledFont(m_style.font, 0.8);
    const QFontMetricsF metrics(font);
    const QString text = QString::fromStdString(point.label);
    const QSizeF size(metrics.horizontalAdvance(text) + 8, metrics.height());
    if (size.width() > bar.width() || size.height() > bar.height())
        return;
    const QRectF plate(bar.center() - QPointF(size.width(), size.height()) / 2, size);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_style.background);
    painter->drawRect(plate);
    painter->setFont(font);
    painter->setPen(m_style.text);
    painter->drawText(plate, Qt::AlignCenter, text);
}

void SeriesPlot::drawValue(QCPPainter *painter, const QRectF &bar, const ChartPoint &point) const
{
    const QFont font = scaledFont(m_style.font, 0.8);
    const QString text = m_frame.percent ? QString::number(point.y * 100, 'f', 0)
                                         : QString::fromStdString(threeDigits(point.y));
    const QFontMetricsF metrics(font);
    if (metrics.horizontalAdvance(text) > bar.width())
        return;
    const auto interval = intervalOf(point);
    const double tip = interval ? std::min(bar.top(), yPixel(interval->upper)) : bar.top();
    if (tip - metrics.height() < mValueAxis->axisRect()->top())
        return;
    painter->setFont(font);
    painter->setPen(m_style.text);
    painter->drawText(QPointF(bar.center().x() - metrics.horizontalAdvance(text) / 2, tip - 3), text);
}

void SeriesPlot::drawSteps(QCPPainter *painter) const
{
    QPolygonF line;
    line << QPointF(xPixel(m_points.front().x), yPixel(0));
    for (const ChartPoint &point : m_points) {
        const QPointF next(xPixel(point.x), yPixel(point.y));
        // Steps narrower than half a pixel are one step.
        if (line.size() > 2 && next.x() - line.back().x() < 0.5) {
            line.back().setY(next.y());
            continue;
        }
        line << QPointF(next.x(), line.back().y()) << next;
    }
    line << QPointF(std::max(line.back().x(), double(mKeyAxis->axisRect()->right())), line.back().y());
    painter->setBrush(Qt::NoBrush);
    painter->setPen(markPen(m_mark, kLineWidth));
    painter->drawPolyline(line);
}

void SeriesPlot::drawIntervals(QCPPainter *painter) const
{
    double last = -1e9;
    for (const ChartPoint &point : m_points) {
        const auto interval = intervalOf(point);
        const double x = xPixel(point.x) + aside();
        if (!interval || std::abs(x - last) < 2)
            continue;
        last = x;
        drawErrorBar(painter, x, yPixel(interval->lower), yPixel(interval->upper), 3, m_mark.color);
    }
}

void SeriesPlot::drawJoined(QCPPainter *painter) const
{
    if (m_band)
        return drawBand(painter);
    drawIntervals(painter);
    QPolygonF line;
    for (const ChartPoint &point : m_points)
        line << QPointF(xPixel(point.x) + aside(), yPixel(point.y));
    line = thinned(line);
    painter->setBrush(Qt::NoBrush);
    const bool many = line.size() > kMany;
    painter->setPen(many ? QPen(m_mark.color, 1) : markPen(m_mark, kLineWidth));
    if (m_joined)
        painter->drawPolyline(line);
    // Markers only while they stand apart.
    const double room = line.size() > 1 ? (line.back().x() - line.front().x()) / double(line.size() - 1) : 100;
    for (qsizetype i = 0; room >= 1.5 * kMarkerRadius && i < line.size(); ++i)
        drawMarker(painter, line[i], kMarkerRadius, m_mark, m_mark.color, m_style.background);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(m_style.text, 1.4));
    for (size_t i = 0; i < m_points.size(); ++i) {
        if (!m_points[i].mark.empty())
            painter->drawEllipse(positionOf(i), kRingRadius, kRingRadius);
    }
}

void SeriesPlot::drawForest(QCPPainter *painter) const
{
    const QRectF plot = mKeyAxis->axisRect()->rect();
    for (size_t i = 0; i < m_points.size(); ++i) {
        const QPointF center = positionOf(i);
        if (const auto interval = intervalOf(m_points[i])) {
            const auto cut = [&](double x) { return std::clamp(xPixel(x), plot.left() - 50, plot.right() + 50); };
            const double from = cut(interval->lower), to = cut(interval->upper);
            painter->setPen(QPen(m_mark.color, kLineWidth));
            painter->drawLine(QLineF(from, center.y(), to, center.y()));
            for (const double end : {from, to})
                painter->drawLine(QLineF(end, center.y() - 3, end, center.y() + 3));
        }
        drawMarker(painter, center, kMarkerRadius, m_mark, m_mark.color, m_style.background);
        const auto interval = intervalOf(m_points[i]);
        drawVerdict(painter, m_points[i], center.y(), xPixel(interval ? interval->lower : m_points[i].x), xPixel(interval ? interval->upper : m_points[i].x));
    }
}

/// The word beside the interval, right of it or left of it, where it covers no line; at the plot's edge where it would stand outside.
void SeriesPlot::drawVerdict(QCPPainter *painter, const ChartPoint &point, double y, double left, double right) const
{
    if (point.mark.empty())
        return;
    const QRectF plot = mKeyAxis->axisRect()->rect();
    const QFont font = scaledFont(m_style.font, 0.85);
    const QFontMetricsF metrics(font);
    const QString text = QString::fromStdString(point.mark);
    const QSizeF size(metrics.horizontalAdvance(text) + 6, metrics.height());
    std::vector<double> places{right + 6, left - 6 - size.width()};
    for (const double line : m_frame.lines)
        places.push_back(std::max(right + 6, xPixel(line) + 3));
    const auto fits = [&](double place) {
        const auto crossed = [&](double line) { return xPixel(line) > place - 2 && xPixel(line) < place + size.width() + 2; };
        return place >= plot.left() && place + size.width() <= plot.right() && std::none_of(m_frame.lines.begin(), m_frame.lines.end(), crossed);
    };
    const auto free = std::find_if(places.begin(), places.end(), fits);
    const double at = free == places.end() ? std::min(right + 6, plot.right() - size.width()) : *free;
    const QRectF plate(QPointF(at, y - size.height() / 2), size);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_style.background);
    painter->drawRect(plate);
    painter->setBrush(Qt::NoBrush);
    painter->setFont(font);
    painter->setPen(m_style.text);
    painter->drawText(plate, Qt::AlignCenter, text);
}

/// Bars that hang where the one before ended, each with its value above and a line to the next.
void SeriesPlot::drawWaterfall(QCPPainter *painter) const
{
    const QFont font = scaledFont(m_style.font, 0.8);
    const QFontMetricsF metrics(font);
    for (const ChartPoint &point : m_points) {
        const QRectF bar = barRect(point);
        drawHatchedBar(painter, bar, m_mark, m_style.background);
        const double end = yPixel(point.y);
        painter->setPen(QPen(m_style.muted, 1, Qt::DotLine));
        if (size_t(point.x) + 1 < m_frame.categories)
            painter->drawLine(QPointF(bar.right(), end), QPointF(bar.right() + bar.width() * (1 - kGroupWidth) / kGroupWidth, end));
        painter->setFont(font);
        painter->setPen(m_style.text);
        const QString text = QString::number(point.value * (m_frame.percent ? 100 : 1), 'f', 1);
        painter->drawText(QPointF(bar.center().x() - metrics.horizontalAdvance(text) / 2, bar.top() - 3), text);
    }
}

void SeriesPlot::drawBand(QCPPainter *painter) const
{
    QPolygonF upper, lower, line;
    for (const ChartPoint &point : m_points) {
        line << QPointF(xPixel(point.x), yPixel(point.y));
        if (const auto interval = intervalOf(point)) {
            upper << QPointF(xPixel(point.x), yPixel(interval->upper));
            lower.prepend(QPointF(xPixel(point.x), yPixel(interval->lower)));
        }
    }
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixedColor(m_style.background, m_mark.color, 0.22));
    painter->drawPolygon(upper + lower);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(markPen(m_mark, kLineWidth));
    painter->drawPolyline(thinned(line));
}

QRectF SeriesPlot::cellRect(const ChartPoint &point) const
{
    return QRectF(QPointF(xPixel(point.x - 0.5), yPixel(point.y - 0.5)), QPointF(xPixel(point.x + 0.5), yPixel(point.y + 0.5)))
        .normalized()
        .intersected(QRectF(mKeyAxis->axisRect()->rect()).adjusted(-50, -50, 50, 50));
}

void SeriesPlot::drawCells(QCPPainter *painter) const
{
    for (const ChartPoint &point : m_points)
        drawCell(painter, cellRect(point), point, {m_frame.largestValue, m_frame.percent}, m_style);
}

/// A cloud: small squares, one for each place.
void SeriesPlot::drawDots(QCPPainter *painter) const
{
    constexpr double kPlace = 2;
    const QRectF plot = mKeyAxis->axisRect()->rect();
    QSet<std::pair<int, int>> taken;
    QList<QRectF> dots;
    for (const ChartPoint &point : m_points) {
        const QPointF center(xPixel(point.x), yPixel(point.y));
        if (!plot.contains(center))
            continue;
        const auto place = std::pair(int(center.x() / kPlace), int(center.y() / kPlace));
        if (taken.contains(place))
            continue;
        taken.insert(place);
        dots << QRectF(center - QPointF(1.5, 1.5), QSizeF(3, 3));
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_mark.color);
    painter->drawRects(dots);
}

void SeriesPlot::drawScatter(QCPPainter *painter) const
{
    if (qsizetype(m_points.size()) > kMany)
        return drawDots(painter);
    // Pale, so that the interval shows on it; the letter stands beside it.
    for (const ChartPoint &point : m_points) {
        const QPointF center(xPixel(point.x), yPixel(point.y));
        const double radius = radiusOf(point);
        drawMarker(painter, center, radius, m_mark, mixedColor(m_mark.color, m_style.background, 0.55), m_mark.color);
        if (qsizetype(m_points.size()) > kNamed)
            continue;
        painter->setFont(scaledFont(m_style.font, 0.9));
        painter->setPen(m_style.text);
        painter->drawText(center + QPointF(radius + 3, -3), m_mark.letter);
    }
    drawIntervals(painter);
}

void SeriesPlot::drawLegendIcon(QCPPainter *painter, const QRectF &rect) const
{
    painter->setRenderHint(QPainter::Antialiasing);
    const double middle = rect.center().y();
    switch (m_frame.kind) {
    case ChartKind::GroupedBars:
    case ChartKind::Waterfall:
        drawHatchedBar(painter, rect, m_mark, m_style.background);
        if (!standsOn()) // parts of one bar belong to one subject
            drawLetter(painter, rect, m_mark, scaledFont(m_style.font, 0.8));
        return;
    case ChartKind::Distribution:
    case ChartKind::Lines:
    case ChartKind::Forest:
        painter->setPen(markPen(m_mark, kLineWidth));
        painter->drawLine(QLineF(rect.left(), middle, rect.right(), middle));
        if (m_frame.kind != ChartKind::Distribution && !m_band)
            drawMarker(painter, rect.center(), kMarkerRadius, m_mark, m_mark.color, m_style.background);
        return;
    case ChartKind::Matrix: return;
    case ChartKind::Scatter:
        drawMarker(painter, rect.center(), std::min(rect.height() / 2 - 1.5, 6.0), m_mark,
                   mixedColor(m_mark.color, m_style.background, 0.55), m_mark.color);
        return;
    }
}

} // namespace assay
