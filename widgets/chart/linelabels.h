// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chart/seriesplot.h"

#include <vector>

namespace assay {

/// What is said of vertical lines, at the foot of each. Where a label has room is found when it is drawn, since only then size and range
/// are known: it stands across its line, is pushed into the plot where that ends, wrapped where it is wider than the plot, and stands
/// above one that is in its way.
class LineLabels : public QCPAbstractItem
{
    Q_OBJECT
public:
    struct Line
    {
        double at = 0; ///< along x
        QString label;
    };
    LineLabels(QCustomPlot *plot, std::vector<Line> lines, const ChartStyle &style);
    double selectTest(const QPointF &pos, bool onlySelectable, QVariant *details = nullptr) const override;

protected:
    void draw(QCPPainter *painter) override;

private:
    std::vector<Line> m_lines;
    ChartStyle m_style;
};

} // namespace assay
