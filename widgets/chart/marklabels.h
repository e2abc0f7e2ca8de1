// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chart/seriesplot.h"

#include <vector>

namespace assay {

/// The words at points that stand out. Where each has room is found when it is drawn, since only then the size is known.
class MarkLabels : public QCPAbstractItem
{
    Q_OBJECT
public:
    MarkLabels(QCustomPlot *plot, std::vector<SeriesPlot *> series, const ChartStyle &style);
    double selectTest(const QPointF &pos, bool onlySelectable, QVariant *details = nullptr) const override;

protected:
    void draw(QCPPainter *painter) override;

private:
    std::vector<SeriesPlot *> m_series; ///< owned by the plot, which clears both at once
    ChartStyle m_style;
};

} // namespace assay
