// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>
#include <algorithm>

/// Measures how long the event loop of this thread goes without turning: a 5 ms timer's gaps, less the time in
/// which the thread was ready but other processes had the processors (Linux: /proc/thread-self/schedstat, second
/// field), so that a busy machine does not count as our stall. What remains is work or waiting of our own.
class StallWatch
{
public:
    StallWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(5);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
    }

    void start()
    {
        m_worst = m_worstWall = 0;
        m_ticks = 0;
        m_waited = waitedForProcessor();
        m_clock.start();
        m_timer.start();
    }
    void stop() { m_timer.stop(); }

    double worstMilliseconds() const { return m_worst; }         ///< our own
    double worstWallMilliseconds() const { return m_worstWall; } ///< as the user sees it on this machine now
    int ticks() const { return m_ticks; }

private:
    static double waitedForProcessor()
    {
        QFile file(QStringLiteral("/proc/thread-self/schedstat"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QList<QByteArray> fields = file.readAll().split(' ');
        return fields.size() > 1 ? fields[1].toDouble() * 1e-6 : 0;
    }

    void tick()
    {
        const double wall = double(m_clock.nsecsElapsed()) * 1e-6;
        const double waited = waitedForProcessor();
        m_worstWall = std::max(m_worstWall, wall);
        m_worst = std::max(m_worst, wall - (waited - m_waited));
        m_waited = waited;
        m_clock.start();
        ++m_ticks;
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_waited = 0;
    double m_worst = 0, m_worstWall = 0;
    int m_ticks = 0;
};
