// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/chartgrid.h"

#include "widgets/chart/chartwidget.h"

#include <QEvent>
#include <QGridLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kLeastWidth = 24, kHeight = 22; ///< lines of text

} // namespace

ChartGrid::ChartGrid(QWidget *parent) : QWidget(parent), m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, &ChartGrid::updateNext);
}

ChartWidget *ChartGrid::chartOf(const std::string &id)
{
    ChartWidget *&chart = m_charts[id];
    if (!chart) {
        chart = new ChartWidget(this);
        chart->setOffersMeasuring(true);
        connect(chart, &ChartWidget::measureRequested, this, &ChartGrid::measureRequested);
        connect(chart, &ChartWidget::saveFailed, this, &ChartGrid::saveFailed);
        connect(chart, &ChartWidget::lineMoved, this, [this, id](const QString &handle, double value) {
            emit lineMoved(QString::fromStdString(id), handle, value);
        });
        connect(chart, &ChartWidget::cellChosen, this, [this, id](int column, int row) {
            emit cellChosen(QString::fromStdString(id), column, row);
        });
    }
    return chart;
}

void ChartGrid::setCharts(const std::vector<ChartSpec> &charts)
{
    std::vector<std::string> order;
    for (const ChartSpec &chart : charts)
        order.push_back(chart.id);
    m_waiting = charts;
    if (order != m_order) {
        for (auto it = m_charts.begin(); it != m_charts.end();) {
            const bool gone = std::find(order.begin(), order.end(), it->first) == order.end();
            if (gone)
                delete it->second;
            it = gone ? m_charts.erase(it) : std::next(it);
        }
        m_order = order;
        m_columns = 0;
        arrange();
    }
    m_turn.start();
}

void ChartGrid::setChart(const ChartSpec &chart)
{
    if (const auto shown = m_charts.find(chart.id); shown != m_charts.end()) {
        shown->second->setSpec(chart);
        fitRowOf(chart.id, false);
    }
}

std::vector<ChartWidget *> ChartGrid::charts() const
{
    std::vector<ChartWidget *> shown;
    for (const std::string &id : m_order)
        shown.push_back(m_charts.at(id));
    return shown;
}

void ChartGrid::updateNext()
{
    if (m_waiting.empty())
        return m_turn.stop();
    chartOf(m_waiting.front().id)->setSpec(m_waiting.front());
    fitRowOf(m_waiting.front().id);
    m_waiting.erase(m_waiting.begin());
}

void ChartGrid::arrange()
{
    const int fitting = (width() + m_layout->spacing()) / (kLeastWidth * fontMetrics().height() + m_layout->spacing());
    const int columns = std::clamp(fitting, 1, std::max(1, int(m_order.size())));
    if (columns == m_columns)
        return fitRows();
    for (int column = 0; column < std::max(columns, m_columns); ++column)
        m_layout->setColumnStretch(column, column < columns ? 1 : 0);
    m_columns = columns;
    for (size_t i = 0; i < m_order.size(); ++i) {
        ChartWidget *chart = chartOf(m_order[i]);
        m_layout->removeWidget(chart);
        m_layout->addWidget(chart, int(i) / columns, int(i) % columns);
    }
    fitRows();
}

void ChartGrid::fitRows()
{
    for (size_t first = 0; first < m_order.size(); first += size_t(m_columns))
        fitRowOf(m_order[first]);
}

/// The charts of a row are as high as the one that has most to say, so that its plot is not what suffers.
void ChartGrid::fitRowOf(const std::string &id, bool shrinks)
{
    const auto found = std::find(m_order.begin(), m_order.end(), id);
    if (found == m_order.end() || m_columns == 0)
        return;
    const size_t columns = size_t(m_columns), first = size_t(found - m_order.begin()) / columns * columns;
    const size_t last = std::min(first + columns, m_order.size());
    const int width = (this->width() - (m_columns - 1) * m_layout->spacing()) / m_columns;
    int height = kHeight * fontMetrics().height();
    for (size_t i = first; i < last; ++i)
        height = std::max({height, chartOf(m_order[i])->heightFor(width), shrinks ? 0 : chartOf(m_order[i])->height()});
    for (size_t i = first; i < last; ++i)
        chartOf(m_order[i])->setFixedHeight(height);
}

void ChartGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ChartGrid::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // Larger text asks for larger charts; they hear of their own new font after this.
    if (event->type() == QEvent::FontChange)
        QMetaObject::invokeMethod(this, &ChartGrid::arrange, Qt::QueuedConnection);
}

} // namespace assay
