// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/requestqueue.h"

namespace assay::worker {
namespace {

constexpr size_t kMostWaiting = 1000;

} // namespace

bool RequestQueue::push(Request request)
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.size() >= kMostWaiting)
        return false;
    m_waiting.push_back(std::move(request));
    m_changed.notify_one();
    return true;
}

std::optional<Request> RequestQueue::next()
{
    std::unique_lock lock(m_mutex);
    m_current.reset();
    m_changed.wait(lock, [this] { return m_closed || !m_waiting.empty(); });
    if (m_closed)
        return std::nullopt;
    Request request = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_current.emplace(request.id, request.stop);
    return request;
}

void RequestQueue::cancel(int64_t id)
{
    const std::lock_guard lock(m_mutex);
    if (m_current && m_current->first == id)
        m_current->second.request_stop();
    for (Request &request : m_waiting) {
        if (request.id == id)
            request.stop.request_stop();
    }
}

void RequestQueue::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_waiting.clear();
    if (m_current)
        m_current->second.request_stop();
    m_changed.notify_all();
}

} // namespace assay::worker
