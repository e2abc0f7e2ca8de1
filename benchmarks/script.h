// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/window/stallwatch.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>
#include <functional>

namespace assay::benchmark {

/// Plays what somebody does in a window and watches the event loop. Time in which other processes had the processor
/// is not counted as ours; both figures are printed, a line for each step.
class Script
{
public:
    void play(const char *what, const std::function<void()> &action, int frames)
    {
        m_watch.start();
        action();
        turn(frames);
        report(what);
    }

    /// One step a frame.
    void playEach(const char *what, int steps, const std::function<void(int)> &step, int framesAfter = 5)
    {
        m_watch.start();
        for (int i = 0; i < steps; ++i) {
            step(i);
            turn(1);
        }
        turn(framesAfter);
        report(what);
    }

    /// Lets frames pass until what was asked for is done, a minute at most.
    void waitUntil(const char *what, const std::function<void()> &action, const std::function<bool()> &done)
    {
        m_watch.start();
        action();
        QElapsedTimer clock;
        clock.start();
        while (!done() && clock.elapsed() < 60'000)
            turn(1);
        const double took = double(clock.elapsed());
        turn(10);
        report(what);
        std::printf("      the answer came after %.0f ms\n", took);
        if (!done()) {
            std::printf("      and was NOT what was asked for\n");
            m_worst = 1e9;
        }
    }

    double worst() const { return m_worst; } ///< of all steps, in milliseconds

    static void turn(int frames)
    {
        for (int i = 0; i < frames; ++i) {
            QElapsedTimer clock;
            clock.start();
            do
                QCoreApplication::processEvents(QEventLoop::AllEvents, kFrame);
            while (clock.elapsed() < kFrame);
        }
    }

private:
    static constexpr int kFrame = 16; // milliseconds between two steps

    void report(const char *what)
    {
        m_watch.stop();
        std::printf("    %-38s longest stall %6.1f ms (%6.1f ms with other processes)\n", what,
                    m_watch.worstMilliseconds(), m_watch.worstWallMilliseconds());
        m_worst = std::max(m_worst, m_watch.worstMilliseconds());
    }

    StallWatch m_watch;
    double m_worst = 0;
};

} // namespace assay::benchmark
