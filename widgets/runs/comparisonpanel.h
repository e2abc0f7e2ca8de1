// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/runcomparison.h"
#include "widgets/runs/groupedrows.h"
#include "widgets/runs/runline.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QStackedLayout;
class QTabWidget;
class QTreeView;
class QVBoxLayout;

namespace assay {

class ChartWidget;
class StatePage;

/// Chosen runs set against one of them: in what they were not made alike, then every metric in common with its difference, and
/// the relative differences as a chart.
class ComparisonPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ComparisonPanel(QWidget *parent = nullptr);
    /// At least two; the oldest is the reference until another is chosen. Read in the background.
    void setRuns(std::vector<RunLine> lines);
    /// The reference first.
    std::vector<ComparedRun> runs() const;
    /// Null while the runs are being read.
    const std::shared_ptr<const RunComparison> &comparison() const { return m_comparison; }

signals:
    void closed();
    void reportRequested();
    void saveFailed(const QString &message);

private:
    void compare();
    void show(std::shared_ptr<const RunComparison> comparison);
    void showCharts(const std::vector<ChartSpec> &charts);
    QWidget *buildHead();

    QStackedLayout *m_stack;
    StatePage *m_state;
    QWidget *m_content;
    QComboBox *m_reference = nullptr;
    QLabel *m_summary = nullptr;
    QTabWidget *m_tabs = nullptr;
    GroupedRows *m_rows;
    QTreeView *m_view = nullptr;
    QWidget *m_chartHolder = nullptr;
    QVBoxLayout *m_chartLayout = nullptr;
    std::vector<RunLine> m_lines;
    std::shared_ptr<const RunComparison> m_comparison;
    quint64 m_asked = 0; ///< answers to older questions are not shown
};

/// The table's groups: what is not alike, then a group a run and point.
std::vector<RowGroup> differenceGroups(const RunComparison &comparison);

} // namespace assay
