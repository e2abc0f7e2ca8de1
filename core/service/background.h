// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QProcess>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <utility>

namespace assay {

/// The threads for work that nobody waits for. The application's destructor waits for them before it takes anything down;
/// who asked for the work has told it to stop by then, in a destructor. Null once the application has gone.
QThreadPool *backgroundThreads();

/// Runs work on one of these threads; at once where there are none any more.
void inBackground(std::function<void()> work);

/// Runs work on a thread of the pool, then then(result) in the caller's thread, which is the application's, unless owner
/// is gone by then. What may take long has a pool of its own: two threads that read gigabytes must not keep a filter
/// waiting.
template <class Work, class Then>
void inBackground(QObject *owner, Work work, Then then, QThreadPool *pool = backgroundThreads())
{
    if (!pool)
        return;
    // The relay belongs to the application, so that a thread never touches an owner that may be dying.
    auto *relay = new QObject(QCoreApplication::instance());
    pool->start(
        [relay, guard = QPointer<QObject>(owner), work = std::move(work), then = std::move(then)]() mutable {
            auto result = std::make_shared<decltype(work())>(work());
            QMetaObject::invokeMethod(
                relay,
                [relay, guard = std::move(guard), then = std::move(then), result]() mutable {
                    relay->deleteLater();
                    if (guard)
                        then(std::move(*result));
                },
                Qt::QueuedConnection);
        });
}

/// Keeps a process that was killed, or has ended within one of its own signals, until it has gone; at the program's end
/// it gets a last moment, where it lives in the application's thread.
void letGo(std::unique_ptr<QProcess> process);

} // namespace assay
