// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QThreadPool>
#include <functional>

namespace assay {

/// Takes something large down on another thread; at once where the program is ending and has no more threads to give.
inline void dispose(std::function<void()> work)
{
    QThreadPool *pool = QCoreApplication::closingDown() ? nullptr : QThreadPool::globalInstance();
    if (pool)
        pool->start(std::move(work));
    else
        work();
}

} // namespace assay
