// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"
#include "widgets/chart/seriesplot.h"

#include <QSize>

#include <optional>
#include <vector>

namespace assay {

/// Sets a QCustomPlot up from a ChartSpec: the one way in which window, pictures and reports draw a chart.
/// Title, subtitle and note are outside of it.
class ChartScene
{
public:
    explicit ChartScene(QCustomPlot *plot);

    /// Replaces what is drawn. The visible range stays where it is when keepRange is set.
    void build(const ChartSpec &spec, const ChartStyle &style, bool keepRange = false);
    /// Legend columns, name lengths and category labels for this size.
    void fit(const QSize &size);
    void showAll();
    /// Keeps what the user can reach within reason: bars start at 0, a rate ends at 1.
    void limitRange();

    struct Hit
    {
        size_t series = 0;
        SeriesPlot::Hit mark;
    };
    /// The nearest mark within so many pixels.
    std::optional<Hit> hit(const QPointF &position, double reach) const;
    /// The line that can be dragged within so many pixels; null when there is none.
    const ChartLine *handleAt(const QPointF &position, double reach) const;
    /// Where this line is when it goes through the position.
    double lineValue(const ChartLine &line, const QPointF &position) const;
    /// The whole text of a label that is cut where it stands: of a horizontal line, of the legend, of an axis. Empty: nothing is hidden there.
    QString cutTextAt(const QPointF &position) const;
    const std::vector<SeriesPlot *> &series() const { return m_series; }

private:
    void setColors();
    void setAxes();
    void addSeries();
    void addLines();
    void addLineLabel(const ChartLine &line);
    bool hasMarks() const;
    void showLegend(bool shown);
    void findRanges();
    int fitLegend(const QSize &size); ///< its height
    void fitCategories(int width);
    void fitTicks(int width);
    void fitLineLabels(int width);

    QCustomPlot *m_plot;
    ChartSpec m_spec;
    ChartStyle m_style;
    std::vector<SeriesPlot *> m_series; ///< owned by the plot
    QCPRange m_fullX{0, 1}, m_fullY{0, 1};
    QSharedPointer<QCPAxisTickerText> m_categoryTicker, m_rowTicker; ///< names along x and along y
    std::vector<std::pair<QCPItemText *, QString>> m_lineLabels; ///< of horizontal lines; owned by the plot, with their whole texts
};

} // namespace assay
