// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/job.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QToolButton;

namespace assay {

class ElidedLabel;
class LiveView;
class RunLibrary;

/// "2 min left", or nothing while it is not known.
QString timeLeftText(const Job &job);
/// "full: Benchmark, prompt 64, output 64".
QString jobText(const Job &job);

/// One job of the Jobs panel: what, how far, how long, cancel; what it measures just now and its log unfold below.
class JobRow : public QWidget
{
    Q_OBJECT
public:
    JobRow(Job *job, const RunLibrary *runs, QWidget *parent);
    Job *job() const { return m_job; }
    void refresh();
    bool isUnfolded() const;
    void setUnfolded(bool unfolded);

signals:
    void roomWanted(int height); ///< what unfolded should be seen whole

private:
    void createLog();
    void appendLog();
    void showLive();
    QString stateText() const;
    QPointer<Job> m_job;
    QLabel *m_sign;
    ElidedLabel *m_text;
    QProgressBar *m_progress;
    QLabel *m_left;
    QToolButton *m_cancel;
    QToolButton *m_unfold;
    QLabel *m_error;
    LiveView *m_live;
    QPlainTextEdit *m_log;
    qsizetype m_logged = 0;
    JobState m_shownState = JobState::Queued;
};

} // namespace assay
