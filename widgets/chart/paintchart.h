// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"

#include <QFont>
#include <QImage>
#include <QRectF>

#include <memory>
#include <string>

class QCPPainter;
class QPaintDevice;
class QPainter;

namespace assay {

/// A painter on any device (PDF, SVG, picture) that can also paint charts: QCustomPlot wants its own kind of
/// painter, and a device has only one. Everything stays vectors.
class VectorPainter
{
public:
    explicit VectorPainter(QPaintDevice *device);
    ~VectorPainter();
    VectorPainter(const VectorPainter &) = delete;
    VectorPainter &operator=(const VectorPainter &) = delete;

    QPainter *painter() const;
    bool end();

    /// The whole chart with title, subtitle, plot and note, dark on white, into rect. scale is painter units for
    /// 1/96 inch; the font's family is used, its size is the chart's own.
    void paintChart(const ChartSpec &spec, const QRectF &rect, double scale, const QFont &font);

private:
    std::unique_ptr<QCPPainter> m_painter;
};

/// Every text of the chart in one string: what its font must be able to show.
QString chartText(const ChartSpec &spec);

/// An <svg> element of this size in 1/96 inch, without XML header, so that it can stand inside HTML.
std::string chartSvg(const ChartSpec &spec, QSize size = QSize(640, 420));
/// The chart on white; ratio is pixels for 1/96 inch.
QImage chartImage(const ChartSpec &spec, QSize size, double ratio);

} // namespace assay
