// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "widgets/runs/runline.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

#include <vector>

class QModelIndex;
class QPushButton;
class QSortFilterProxyModel;
class QStackedLayout;
class QStackedWidget;
class QTreeView;

namespace assay {

class ComparisonPanel;
struct ComparedRun;
class FilterBar;
class RunLibrary;
class RunPanel;
class RunTableModel;
class StatePage;

/// Every run that was ever made here: filter, look into, compare with others, export, delete, go on with.
class RunsPage : public QWidget
{
    Q_OBJECT
public:
    explicit RunsPage(RunLibrary *library, QWidget *parent = nullptr);
    void focusFilter();
    void select(const QString &runId);
    /// Brings back what was deleted last.
    void undoRemove();
    /// Sets the chosen runs against each other, where they are two to kMostCompared.
    void compareSelected();
    static constexpr size_t kMostCompared = 8;
    /// What is set against each other now, the reference first; empty without a comparison.
    std::vector<ComparedRun> comparedRuns() const;

signals:
    void measureRequested();
    void reportRequested(); ///< of comparedRuns()
    void openRequested(const QString &path);
    void resumeRequested(const QString &runId);
    void removed(const QString &what); ///< undoRemove() brings it back
    void exported(const QString &file);
    void failed(const assay::Error &error);
    void pictureFailed(const QString &message); ///< a chart could not be saved

private:
    QWidget *buildContent();
    QWidget *buildButtons();
    void reload();
    void takeChanges();
    void readFigures();
    void showCurrent();
    void showButtons();
    void showCount();
    const RunLine *current() const;
    std::vector<RunLine> selected() const;
    void removeSelected();
    void askExport();
    void endComparison();

    RunLibrary *m_library;
    RunTableModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QStackedLayout *m_stack;
    StatePage *m_state;
    FilterBar *m_filter = nullptr;
    QTreeView *m_view = nullptr;
    QStackedWidget *m_lower = nullptr;
    RunPanel *m_panel = nullptr;
    ComparisonPanel *m_comparison = nullptr;
    QPushButton *m_compare = nullptr, *m_open = nullptr, *m_resume = nullptr, *m_export = nullptr, *m_remove = nullptr;
    std::vector<RunLine> m_removed;
    QSet<QString> m_changed;
    QTimer m_pause; ///< a run changes 25 times a second; eyes do not
    bool m_reading = false;
};

} // namespace assay
