// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"
#include "widgets/chart/chartstyle.h"
#include "widgets/chart/marks.h"

#include <qcustomplot.h>

#include <optional>

namespace assay {

/// One series of a chart, drawn with our own marks so that it looks the same on screen, in PDF and in SVG.
class SeriesPlot : public QCPAbstractPlottable
{
    Q_OBJECT
public:
    /// What a series must know of the chart it stands in.
    struct Frame
    {
        ChartKind kind = ChartKind::GroupedBars;
        size_t index = 0, count = 1; ///< which of the series: the place in a group of bars
        size_t categories = 0;
        double largestSize = 0;      ///< over all series: the area of the largest marker
        bool percent = false;
        bool stacked = false;
        double largestValue = 0;     ///< over all cells of a matrix, without sign
        std::vector<double> lines = {}; ///< across the chart, at these x: words keep off them
    };
    /// What is under the pointer.
    struct Hit
    {
        size_t point = 0;
        double distance = 0; ///< pixels; 0 inside a bar
        QPointF position;    ///< of the mark, in pixels
    };

    SeriesPlot(QCPAxis *xAxis, QCPAxis *yAxis, const ChartSeries &series, const Frame &frame, const ChartStyle &style);

    const std::vector<ChartPoint> &points() const { return m_points; } ///< drawable ones, in order of x
    const MarkStyle &mark() const { return m_mark; }
    const QString &fullName() const { return m_fullName; } ///< name() may be cut for the legend
    std::optional<Hit> nearest(const QPointF &position) const;
    /// Where a point's mark is, in pixels.
    QPointF positionOf(size_t point) const;

    double selectTest(const QPointF &pos, bool onlySelectable, QVariant *details = nullptr) const override;
    QCPRange getKeyRange(bool &found, QCP::SignDomain domain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool &found, QCP::SignDomain domain = QCP::sdBoth,
                           const QCPRange &keys = QCPRange()) const override;

protected:
    void draw(QCPPainter *painter) override;
    void drawLegendIcon(QCPPainter *painter, const QRectF &rect) const override;

private:
    void drawBars(QCPPainter *painter) const;
    void drawSteps(QCPPainter *painter) const;
    void drawJoined(QCPPainter *painter) const;
    void drawScatter(QCPPainter *painter) const;
    void drawForest(QCPPainter *painter) const;
    void drawVerdict(QCPPainter *painter, const ChartPoint &point, double y, double left, double right) const;
    void drawWaterfall(QCPPainter *painter) const;
    void drawBand(QCPPainter *painter) const;
    void drawCells(QCPPainter *painter) const;
    QRectF cellRect(const ChartPoint &point) const;
    void drawDots(QCPPainter *painter) const;
    void drawIntervals(QCPPainter *painter) const;
    void drawValue(QCPPainter *painter, const QRectF &bar, const ChartPoint &point) const;
    QRectF barRect(double category, double value, double base = 0) const;
    QRectF barRect(const ChartPoint &point) const;
    void drawPart(QCPPainter *painter, const QRectF &bar, const ChartPoint &point) const;
    bool standsOn() const { return m_frame.stacked || m_frame.kind == ChartKind::Waterfall; } ///< bars begin at their base
    double aside() const; ///< pixels that this series is drawn beside its x
    double below() const; ///< forest: pixels that it is drawn below its line
    double radiusOf(const ChartPoint &point) const;
    double xPixel(double x) const { return mKeyAxis->coordToPixel(x); }
    double yPixel(double y) const { return mValueAxis->coordToPixel(y); }

    std::vector<ChartPoint> m_points;
    Frame m_frame;
    ChartStyle m_style;
    MarkStyle m_mark;
    QString m_fullName;
    bool m_joined = true, m_band = false;
};

} // namespace assay
