// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <array>
#include <cstdint>

class QLabel;
class QPushButton;

namespace assay {

struct BenchRun;
class Job;
class LiveCurve;
class LiveHistogram;
class LoadJob;
class RunLibrary;

/// What a measurement does while it runs: speed, requests in flight, errors, and how durations spread. Looks at most ten times
/// a second and only at what is new, and not at all while it is not seen.
class LiveView : public QWidget
{
    Q_OBJECT
public:
    LiveView(Job *job, const RunLibrary *runs, QWidget *parent = nullptr);
    /// Whether the job writes what can be shown.
    bool hasSomething() const;
    QString text() const; ///< the line of numbers

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void look();
    bool lookAtRequests(const BenchRun &run); ///< whether there are more
    bool lookAtSamples(const BenchRun &run);
    void showLoad(const LoadJob &job);
    void showSamples(const BenchRun &run);
    QString errorsText() const;

    QPointer<Job> m_job;
    QPointer<const RunLibrary> m_runs;
    LiveCurve *m_speed, *m_flight;
    LiveHistogram *m_times;
    QLabel *m_numbers, *m_estimate;
    QPushButton *m_pause;
    QTimer m_timer;
    QElapsedTimer m_clock;
    int64_t m_pieces = 0;
    size_t m_seen = 0; ///< records or samples
    std::array<size_t, 64> m_errors{}; ///< by Failure
};

} // namespace assay
