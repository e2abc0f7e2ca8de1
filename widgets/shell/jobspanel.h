// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobqueue.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace assay {

class CommandRegistry;
class ElidedLabel;
class JobRow;
class RunLibrary;

/// The queue of jobs below the page; folds to one line that still tells what runs.
class JobsPanel : public QWidget
{
    Q_OBJECT
public:
    JobsPanel(JobQueue *jobs, const RunLibrary *runs, CommandRegistry *commands, QWidget *parent = nullptr);
    bool isFolded() const;
    void setFolded(bool folded);
    int rowCount() const { return int(m_rows.size()); }

signals:
    void foldedChanged(bool folded);
    void roomWanted(int height); ///< of the whole panel

private:
    QWidget *createLine(CommandRegistry *commands);
    void connectQueue();
    void addRow(Job *job);
    void touch(Job *job);
    void refreshTouched();
    void refreshLine();
    void followRunning(); ///< scrolls to a job that has begun
    void dropCleared();

    JobQueue *m_jobs;
    const RunLibrary *m_runs;
    CommandRegistry *m_commands;
    QToolButton *m_fold = nullptr;
    ElidedLabel *m_summary = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_left = nullptr;
    QToolButton *m_cancel = nullptr;
    QScrollArea *m_scroll;
    QVBoxLayout *m_list = nullptr;
    QList<JobRow *> m_rows;
    QSet<Job *> m_touched;
    const Job *m_followed = nullptr; ///< only ever compared
    QTimer m_pause; ///< a job may change a thousand times a second; eyes do not
};

} // namespace assay
