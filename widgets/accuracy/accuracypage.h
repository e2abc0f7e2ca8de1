// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/accuracy/answertable.h"
#include "widgets/compare/comparisonview.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QStackedLayout;
class QTabWidget;

namespace assay {

class AnswersView;
class ChartGrid;
class RunLibrary;
class StatePage;
class Workspace;

/// What the open subjects answered to one suite: how far they are apart and why, as charts, and every single answer side by side.
/// Follows workspace and runs while it is seen; everything is computed on another thread from snapshots.
class AccuracyPage : public QWidget
{
    Q_OBJECT
public:
    AccuracyPage(Workspace *workspace, RunLibrary *runs, QWidget *parent = nullptr);
    ~AccuracyPage() override;

    ChartGrid *charts() const { return m_charts; }
    AnswersView *answers() const { return m_answers; }
    QComboBox *suites() const { return m_suites; }
    QDoubleSpinBox *margin() const { return m_margin; }
    QString headline() const;
    void showAnswers();
    void focusFilter();

signals:
    void measureRequested();
    void openRequested();
    void updated(); ///< a newer state of things is shown
    void pictureFailed(const QString &message);

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// What is computed from a snapshot.
    struct View
    {
        std::vector<ComparedColumn> subjects;
        size_t reference = 0;
        std::vector<std::pair<std::string, std::string>> suites; ///< name, title
        std::string suite, headline;
        std::vector<ChartSpec> charts;
        std::shared_ptr<const AnswerTable> table;
    };
    /// `shown` is kept where it is of the same runs.
    static View viewOf(Comparison comparison, const std::string &wanted, std::shared_ptr<const AnswerTable> shown);
    QWidget *buildContent();
    QWidget *buildTools();
    void refreshSoon();
    void refresh();
    void apply(View view);
    void showState(size_t subjects, bool answered);
    void moveLine(const QString &handle, double value);
    void chooseCell(const QString &chart, int column, int row);

    Workspace *m_workspace;
    RunLibrary *m_runs;
    QTimer m_pause;
    QElapsedTimer m_sinceRefresh;
    bool m_computing = false, m_stale = true;
    std::string m_wanted;              ///< the suite that the user chose; empty: the one most have answered
    std::optional<double> m_routingCost;
    View m_view;

    QStackedLayout *m_stack = nullptr;
    StatePage *m_state = nullptr;
    QLabel *m_headline = nullptr;
    QComboBox *m_suites = nullptr;
    QDoubleSpinBox *m_margin = nullptr;
    QTabWidget *m_tabs = nullptr;
    ChartGrid *m_charts = nullptr;
    AnswersView *m_answers = nullptr;
};

} // namespace assay
