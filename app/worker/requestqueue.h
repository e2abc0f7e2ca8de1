// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>

namespace assay::worker {

/// A request on its way: waiting or being executed.
struct Request
{
    int64_t id = 0;
    std::string method;
    protocol::Json params;
    std::stop_source stop;
};

/// Requests from the reading thread to the executing one, in order; cancelling reaches both the waiting ones
/// and the one being executed.
class RequestQueue
{
public:
    /// False when too many wait already.
    bool push(Request request);
    /// The next request; waits for one. Nothing once closed.
    std::optional<Request> next();
    /// Stops the requests with this id.
    void cancel(int64_t id);
    /// Stops everything and lets next() end.
    void close();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Request> m_waiting;
    std::optional<std::pair<int64_t, std::stop_source>> m_current;
    bool m_closed = false;
};

} // namespace assay::worker
