// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/workercalls.h"

#include <QTimer>
#include <condition_variable>
#include <mutex>

namespace assay {
namespace {

constexpr int kIdle = 5000; // ms without a question until the worker is let go

/// Where an answer arrives, for the thread that waits.
struct Waiting
{
    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<Result<protocol::Json>> answer;

    void give(Result<protocol::Json> result)
    {
        const std::lock_guard lock(mutex);
        answer = std::move(result);
        changed.notify_all();
    }
};

} // namespace

/// The worker's client, in its own thread.
class WorkerCalls::Speaker : public QObject
{
public:
    explicit Speaker(WorkerCommand command) : m_command(std::move(command)), m_idle(new QTimer(this))
    {
        m_idle->setSingleShot(true);
        m_idle->setInterval(kIdle);
        connect(m_idle, &QTimer::timeout, this, [this] {
            if (m_client && m_open == 0)
                m_client->stop();
        });
    }

    void ask(const char *method, const protocol::Json &params, const std::shared_ptr<Waiting> &waiting)
    {
        const bool letGo = m_open == 0 && !m_idle->isActive();
        if (!m_client || m_client->isOver() || letGo) {
            if (m_client)
                m_client.release()->deleteLater();
            m_client = std::make_unique<WorkerClient>(m_command);
            m_client->start();
        }
        ++m_open;
        m_idle->start();
        m_client->request(method, params, [this, waiting](Result<protocol::Json> answer) {
            --m_open;
            m_idle->start();
            waiting->give(std::move(answer));
        });
    }

    /// Lets the worker go while the thread still handles events: what a process leaves to them would be lost afterwards.
    void end()
    {
        m_client.reset();
        QMetaObject::invokeMethod(this, [this] { thread()->quit(); }, Qt::QueuedConnection);
    }

private:
    WorkerCommand m_command;
    QTimer *m_idle;
    std::unique_ptr<WorkerClient> m_client;
    int m_open = 0; ///< questions without an answer yet
};

WorkerCalls::WorkerCalls(WorkerCommand command) : m_thread(std::make_unique<QThread>()), m_speaker(new Speaker(std::move(command)))
{
    m_speaker->moveToThread(m_thread.get());
    QObject::connect(m_thread.get(), &QThread::finished, m_speaker, &QObject::deleteLater);
    m_thread->start();
}

WorkerCalls::~WorkerCalls()
{
    QMetaObject::invokeMethod(m_speaker, [speaker = m_speaker] { speaker->end(); }, Qt::QueuedConnection);
    m_thread->wait();
}

Result<protocol::Json> WorkerCalls::call(const char *method, const protocol::Json &params, const std::stop_token &stop) const
{
    const auto waiting = std::make_shared<Waiting>();
    QMetaObject::invokeMethod(m_speaker, [speaker = m_speaker, method, params, waiting] { speaker->ask(method, params, waiting); },
                              Qt::QueuedConnection);
    std::unique_lock lock(waiting->mutex);
    if (!waiting->changed.wait(lock, stop, [&] { return waiting->answer.has_value(); }))
        return failure(ErrorCode::Cancelled);
    return std::move(*waiting->answer);
}

} // namespace assay
