// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace assay {

/// Runs work on a thread of the pool, then then(result) in the caller's thread, unless owner is gone by then. What may
/// take long has a pool of its own: two threads that read gigabytes must not keep a filter waiting.
template <class Work, class Then>
void inBackground(QObject *owner, Work work, Then then, QThreadPool *pool = QThreadPool::globalInstance())
{
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

} // namespace assay
