// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <optional>

namespace assay {

enum class JobState { Queued, Running, Finished, Failed, Cancelled };

/// Something that waits for answers: a benchmark, an evaluation. Lives in the window's thread and never
/// blocks it.
class Job : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMaximumLog = 4000; ///< lines; older ones go

    Job(QString title, QString subjectName, QObject *parent = nullptr);
    const QString &title() const { return m_title; } ///< "Benchmark", "Accuracy: reasoning"; translated
    const QString &subjectName() const { return m_subject; }
    JobState state() const { return m_state; }
    bool isOver() const { return m_state != JobState::Queued && m_state != JobState::Running; }
    const QString &stage() const { return m_stage; } ///< "loading", "prompt 64, output 64"; translated
    double done() const { return m_done; }
    double total() const { return m_total; }
    double secondsLeft() const; ///< NaN while unknown; from the pace since progress left 0
    const std::optional<Error> &error() const { return m_error; }
    const QStringList &log() const { return m_log; }
    QString runId() const { return m_runId; } ///< of the run it wrote

    void start();
    void cancel(); ///< also of a queued job

signals:
    void changed();  ///< state, stage, progress or log; progress and log at most every 40 ms
    void finished(); ///< state is Finished, Failed or Cancelled

protected:
    virtual void run() = 0;
    virtual void abort() = 0; ///< must lead to end() soon
    void setProgress(const QString &stage, double done, double total);
    void addLog(const QString &line);
    void end(JobState state, const std::optional<Error> &error = std::nullopt);
    QString m_runId;

private:
    void setState(JobState state);
    void changedSoon();
    QString m_title, m_subject, m_stage;
    JobState m_state = JobState::Queued;
    double m_done = 0, m_total = 0;
    QElapsedTimer m_clock; ///< since m_done was last 0
    QTimer m_soon;
    std::optional<Error> m_error;
    QStringList m_log;
};

} // namespace assay
