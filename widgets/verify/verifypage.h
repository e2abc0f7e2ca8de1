// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace assay {

class JobQueue;
class RunLibrary;
class StatePage;
class VerificationView;
class VerifyJob;
class Workspace;

/// Whether a subject is what it is said to be: the newest verification of the current subject, or an earlier one. Says what to do where there
/// is none, how far one that runs is, and why one failed, while what was found before stays.
class VerifyPage : public QWidget
{
    Q_OBJECT
public:
    VerifyPage(Workspace *workspace, RunLibrary *runs, JobQueue *jobs, QWidget *parent = nullptr);
    ~VerifyPage() override; ///< keeps a prior that was just typed
    /// Of the workspace; one that is not there any more shows every verification that was made here.
    void setSubject(int id);
    void focusFilter();
    VerificationView *view() const { return m_view; }
    QComboBox *history() const { return m_history; }
    QString state() const; ///< what is said where nothing is shown, or above what is

signals:
    void verifyRequested(); ///< of the current subject
    void openRequested();
    void pictureFailed(const QString &message);

private:
    QWidget *buildContent();
    void buildBar(QVBoxLayout *layout);
    void refresh();
    void keepPrior();
    void keepKnownModel();
    void showFailure();
    void fillHistory();
    void showChosen();
    void showJob();
    void remove();
    std::string path() const;
    VerifyJob *running() const;
    VerifyJob *lastFailed() const;

    Workspace *m_workspace;
    RunLibrary *m_runs;
    JobQueue *m_jobs;
    QStackedLayout *m_stack;
    StatePage *m_state;
    VerificationView *m_view = nullptr;
    QComboBox *m_history = nullptr;
    QLabel *m_line = nullptr; ///< of a job that runs or failed, above what was found before
    QLabel *m_historyLabel = nullptr;
    QLabel *m_failure = nullptr; ///< what could not be written or read
    QPushButton *m_cancel = nullptr, *m_remove = nullptr, *m_known = nullptr, *m_verify = nullptr;
    QTimer m_typed; ///< since a prior was typed
    std::vector<std::shared_ptr<const Verification>> m_listed;
    std::string m_shown; ///< id
    int m_subject = 0;
    bool m_echo = false; ///< what the library tells is what stands here
};

} // namespace assay
