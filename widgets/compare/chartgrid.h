// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <vector>

class QGridLayout;

namespace assay {

class ChartWidget;

/// Charts side by side, as many columns as there is room for. Charts keep their place and zoom while their values
/// change; one chart is redrawn in each turn of the event loop, so that many never stall the window.
class ChartGrid : public QWidget
{
    Q_OBJECT
public:
    explicit ChartGrid(QWidget *parent = nullptr);
    void setCharts(const std::vector<ChartSpec> &charts);
    void setChart(const ChartSpec &chart); ///< one of those that are shown, at once
    std::vector<ChartWidget *> charts() const; ///< in the order shown
    int columns() const { return m_columns; }

signals:
    void measureRequested();
    void saveFailed(const QString &message);
    void lineMoved(const QString &chart, const QString &handle, double value);
    void cellChosen(const QString &chart, int column, int row);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void fitRows();
    void fitRowOf(const std::string &id, bool shrinks = true); ///< else it stays as high as it is: a line is dragged
    void updateNext();
    ChartWidget *chartOf(const std::string &id);

    QGridLayout *m_layout;
    std::map<std::string, ChartWidget *> m_charts;
    std::vector<std::string> m_order;
    std::vector<ChartSpec> m_waiting;
    QTimer m_turn;
    int m_columns = 0;
};

} // namespace assay
