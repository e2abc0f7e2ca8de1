// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QThreadPool>

namespace assay {

/// Threads for what may wait long for a disk or a server: more than there are processors, since they mostly sleep, and
/// apart from those that the window's own work needs at once. The program waits for them when it ends.
inline QThreadPool &slowThreads()
{
    static QThreadPool pool;
    [[maybe_unused]] static const bool prepared = [] {
        pool.setMaxThreadCount(8);
        qAddPostRoutine([] { pool.waitForDone(); }); // they report to objects that the application takes along
        return true;
    }();
    return pool;
}

} // namespace assay
