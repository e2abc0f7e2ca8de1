// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/interruptible.h"

#include "app/assay/interrupt.h"

#include <QEventLoop>
#include <QTimer>
#include <thread>

namespace assay {
namespace {

constexpr int kTellMilliseconds = 200;

} // namespace

void runInterruptible(std::stop_source &source, const std::function<void()> &work, const std::function<void()> &tell)
{
    QEventLoop loop;
    const Interrupt interrupt([&] { source.request_stop(); });
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &loop, tell);
    timer.start(kTellMilliseconds);
    const std::jthread worker([&] {
        work();
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
}

} // namespace assay
