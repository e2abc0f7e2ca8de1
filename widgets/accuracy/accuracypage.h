// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accuracy/accuracyview.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QStackedLayout;
class QTabWidget;

namespace assay {

class AccuracyTools;
class AnswersView;
class ChartGrid;
class FidelityPanel;
class Rejudging;
class RunLibrary;
class StatePage;
class Workspace;

/// What the open subjects answered to one suite, or all that is stored of it: how far subjects are apart and why, as charts, and every
/// single answer side by side, and how far subjects are from a reference token by token. Another scorer judges the stored answers anew, for this page and all others.
/// Follows workspace and runs while it is seen; everything is computed on another thread from snapshots.
class AccuracyPage : public QWidget
{
    Q_OBJECT
public:
    AccuracyPage(Workspace *workspace, RunLibrary *runs, QWidget *parent = nullptr);
    ~AccuracyPage() override;

    ChartGrid *charts() const { return m_charts; }
    AnswersView *answers() const { return m_answers; }
    FidelityPanel *fidelity() const { return m_fidelity; }
    AccuracyTools *tools() const { return m_tools; }
    QString headline() const;
    void showAnswers();
    void showFidelity();
    void focusFilter();

signals:
    void measureRequested();
    void fidelityRequested();
    void openRequested();
    void updated(); ///< a newer state of things is shown
    void pictureFailed(const QString &message);
    void failed(const assay::Error &error);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildContent();
    void refreshSoon();
    void refresh();
    void apply(AccuracyView view);
    void showState();
    bool shows() const;
    void moveLine(const QString &handle, double value);
    void chooseCell(const QString &chart, int column, int row);

    Workspace *m_workspace;
    RunLibrary *m_runs;
    QTimer m_pause;
    QElapsedTimer m_sinceRefresh;
    bool m_computing = false, m_stale = true;
    std::optional<double> m_routingCost;
    AccuracyView m_view;
    Rejudging *m_judging;

    QStackedLayout *m_stack = nullptr;
    StatePage *m_state = nullptr;
    QLabel *m_headline = nullptr;
    AccuracyTools *m_tools = nullptr;
    QTabWidget *m_tabs = nullptr;
    ChartGrid *m_charts = nullptr;
    AnswersView *m_answers = nullptr;
    FidelityPanel *m_fidelity = nullptr;
};

} // namespace assay
