// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"
#include "core/service/workerclient.h"

#include <QThread>
#include <memory>
#include <stop_token>

namespace assay {

/// Asks a worker and waits for the answer: for threads that may block. The worker is started by the first call, and again by
/// a later one when it has gone; it ends when nothing was asked for some seconds, since it may hold a place in a queue of jobs.
/// Safe to use from several threads.
class WorkerCalls
{
public:
    explicit WorkerCalls(WorkerCommand command);
    ~WorkerCalls();
    WorkerCalls(const WorkerCalls &) = delete;
    WorkerCalls &operator=(const WorkerCalls &) = delete;

    /// The errors of WorkerClient and of the method; Cancelled at once when stop is asked for.
    Result<protocol::Json> call(const char *method, const protocol::Json &params, const std::stop_token &stop = {}) const;

private:
    class Speaker;
    std::unique_ptr<QThread> m_thread;
    Speaker *m_speaker; ///< lives in m_thread
};

} // namespace assay
