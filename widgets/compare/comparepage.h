// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/comparechoices.h"
#include "widgets/compare/comparisonview.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QScrollArea;
class QStackedLayout;
class QTreeView;

namespace assay {

class ChartGrid;
class ComparisonTable;
class PairModel;
class RunLibrary;
class StatePage;
class Workspace;

/// The comparison that the page shows, and a report of it: a column for each dtype that a subject was measured in, unless
/// the user wants only the newest; a subject that is alone always stands beside itself.
Comparison shownComparison(const Workspace &workspace, const RunLibrary &runs);

/// All open subjects side by side: the headline, what forbids a plain comparison, charts, the table of everything,
/// paired comparisons. Follows workspace and runs, at most four times a second and only while it is seen; what
/// it shows is computed on another thread from snapshots.
class ComparePage : public QWidget
{
    Q_OBJECT
public:
    ComparePage(Workspace *workspace, RunLibrary *runs, QWidget *parent = nullptr);
    ~ComparePage() override;

    const ComparisonView &view() const { return m_view; } ///< what is shown now
    ChartGrid *charts() const { return m_charts; }
    const CompareChoices &choices() const { return m_choices; }
    void setChoices(CompareChoices choices);

signals:
    void measureRequested();
    void openRequested();
    void updated(); ///< a newer state of things is shown
    void pictureFailed(const QString &message); ///< a chart could not be saved

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildContent();
    void refreshSoon();
    void refresh();
    void take(const ComparisonView &view);
    void nameGoals();
    void moveLine(const QString &handle, double value);
    void apply(const ComparisonView &view);
    void showState(size_t ready);
    void showWarnings(const std::vector<std::string> &warnings);

    Workspace *m_workspace;
    RunLibrary *m_runs;
    QTimer m_pause;              ///< until the next refresh may begin
    QElapsedTimer m_sinceRefresh;
    bool m_computing = false;
    bool m_stale = true;         ///< something changed that is not shown yet
    CompareChoices m_choices;
    ComparisonView m_view;
    Comparison m_shown;          ///< what m_view was made from

    QStackedLayout *m_stack = nullptr;
    StatePage *m_state = nullptr;
    QScrollArea *m_scroll = nullptr;
    QLabel *m_headline = nullptr, *m_warnings = nullptr, *m_pairsTitle = nullptr;
    ChartGrid *m_charts = nullptr;
    ComparisonTable *m_table = nullptr;
    PairModel *m_pairs = nullptr;
    QTreeView *m_pairView = nullptr;
};

} // namespace assay
