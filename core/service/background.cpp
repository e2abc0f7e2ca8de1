// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/background.h"

#include <atomic>

namespace assay {
namespace {

constexpr int kLastMoment = 1000; // ms for a killed process: longer only where the system itself holds it

std::atomic<bool> watched = false; // whether finish() is called when the application goes

/// Not the global ones: Qt paints gradients and wide lines with those, and a window whose painting queues behind an analysis
/// stands still.
QThreadPool &ownThreads()
{
    static QThreadPool threads;
    return threads;
}

/// The application still stands as a whole here: work may paint, objects may be taken down.
void finish()
{
    watched = false; // what is begun from here on is waited for in another round
    ownThreads().waitForDone();
    // No loop will run again that would do this.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    for (QProcess *process : QCoreApplication::instance()->findChildren<QProcess *>(Qt::FindDirectChildrenOnly)) {
        if (process->waitForFinished(kLastMoment) || process->state() == QProcess::NotRunning)
            delete process;
        else
            process->setParent(nullptr); // its destructor would wait for half a minute
    }
}

void watchEnd()
{
    if (!watched.exchange(true))
        qAddPostRoutine(finish);
}

} // namespace

QThreadPool *backgroundThreads()
{
    if (QCoreApplication::closingDown())
        return nullptr;
    watchEnd();
    return &ownThreads();
}

void inBackground(std::function<void()> work)
{
    if (QThreadPool *threads = backgroundThreads())
        threads->start(std::move(work));
    else
        work();
}

void letGo(std::unique_ptr<QProcess> process)
{
    watchEnd();
    QProcess *left = process.release();
    if (left->thread() == QCoreApplication::instance()->thread())
        left->setParent(QCoreApplication::instance());
    if (left->state() == QProcess::NotRunning)
        left->deleteLater();
    else
        QObject::connect(left, &QProcess::finished, left, &QObject::deleteLater);
}

} // namespace assay
