// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/comparisonview.h"

#include <QWidget>

class QLabel;
class QStackedLayout;
class QTreeView;

namespace assay {

class ChartGrid;
class ComparisonModel;
class StatePage;

/// How far subjects are from their reference: charts, and the figures below them. Says what was not compared and why.
class FidelityPanel : public QWidget
{
    Q_OBJECT
public:
    explicit FidelityPanel(QWidget *parent = nullptr);
    /// charts: those of fidelity alone; figures: their rows, one cell a subject.
    void setContents(const std::vector<ChartSpec> &charts, const ComparisonView &figures);
    ChartGrid *charts() const { return m_charts; }
    QTreeView *figures() const { return m_figures; }
    QString hint() const;

signals:
    void startRequested(); ///< models are to be held against a reference
    void pictureFailed(const QString &message);

private:
    QWidget *buildContent();

    QStackedLayout *m_stack;
    StatePage *m_state;
    QLabel *m_hint = nullptr;
    ChartGrid *m_charts = nullptr;
    QTreeView *m_figures = nullptr;
    ComparisonModel *m_model = nullptr;
};

} // namespace assay
