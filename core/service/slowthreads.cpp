// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/slowthreads.h"

#include <QCoreApplication>
#include <QTimer>
#include <mutex>

namespace assay {
namespace {

constexpr int kThreads = 8;
constexpr int kPatience = 2000; ///< milliseconds
constexpr int kMostHanging = 200;
std::mutex g_mutex; ///< of all states, too
int g_hanging = 0;

} // namespace

QThreadPool &slowThreads()
{
    static QThreadPool pool;
    [[maybe_unused]] static const bool prepared = [] {
        pool.setMaxThreadCount(kThreads);
        qAddPostRoutine([] { pool.waitForDone(); }); // they report to objects that the application takes along
        return true;
    }();
    return pool;
}

struct MayHang::State
{
    bool over = false, released = false;
};

MayHang::MayHang() : m_state(std::make_shared<State>())
{
    const auto release = [state = m_state] {
        const std::lock_guard lock(g_mutex);
        if (state->over || g_hanging == kMostHanging)
            return;
        state->released = true;
        ++g_hanging;
        slowThreads().releaseThread();
    };
    // The timer is the application's: this thread has no time for one.
    if (auto *application = QCoreApplication::instance())
        QMetaObject::invokeMethod(
            application, [application, release] { QTimer::singleShot(kPatience, application, release); }, Qt::QueuedConnection);
}

MayHang::~MayHang()
{
    const std::lock_guard lock(g_mutex);
    m_state->over = true;
    if (!m_state->released)
        return;
    --g_hanging;
    slowThreads().reserveThread();
}

} // namespace assay
