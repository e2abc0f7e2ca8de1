// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/chartgrid.h"

#include "widgets/chart/chartwidget.h"

#include <QGridLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kLeastWidth = 380, kHeight = 330;

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
        chart->setFixedHeight(kHeight);
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
    if (const auto shown = m_charts.find(chart.id); shown != m_charts.end())
        shown->second->setSpec(chart);
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
    m_waiting.erase(m_waiting.begin());
}

void ChartGrid::arrange()
{
    const int fitting = (width() + m_layout->spacing()) / (kLeastWidth + m_layout->spacing());
    const int columns = std::clamp(fitting, 1, std::max(1, int(m_order.size())));
    if (columns == m_columns)
        return;
    for (int column = 0; column < std::max(columns, m_columns); ++column)
        m_layout->setColumnStretch(column, column < columns ? 1 : 0);
    m_columns = columns;
    for (size_t i = 0; i < m_order.size(); ++i) {
        ChartWidget *chart = chartOf(m_order[i]);
        m_layout->removeWidget(chart);
        m_layout->addWidget(chart, int(i) / columns, int(i) % columns);
    }
}

void ChartGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace assay
