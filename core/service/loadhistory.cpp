// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/loadhistory.h"

#include "core/bench/schedule.h"
#include "core/service/loadlevel.h"

#include <algorithm>

namespace assay {

LoadHistory::LoadHistory(const BenchPlan &plan, const RequestLog &earlier)
    : m_plan(plan), m_points(pointsOf(plan)), m_done(m_points.size())
{
    for (size_t i = 0; i < m_points.size(); ++i)
        m_done[i].requests.resize(size_t(levelSize(plan, i).all()));
    for (size_t i = 0; i < earlier.size(); ++i)
        add(earlier.at(i));
}

void LoadHistory::add(const RequestRecord &record)
{
    const std::lock_guard lock(m_mutex);
    m_end = std::max({m_end, record.sent, record.ended});
    const int64_t offset = record.index % kIndexStride;
    if (record.point < 0 || size_t(record.point) >= m_done.size() || offset < 0)
        return;
    Done &done = m_done[size_t(record.point)];
    if (size_t(offset) >= done.requests.size())
        return;
    // What we broke off ourselves is asked again when the run goes on.
    if (record.failure != Failure::Cancelled && isFinal(record, m_plan.load->retries) && !done.requests[size_t(offset)]) {
        done.requests[size_t(offset)] = true;
        ++done.count;
    }
    if (record.point == 0 && offset < kPilotRequests)
        m_pilot.push_back(record);
    done.nextRound = std::max(done.nextRound, record.round + 1);
    if (record.warmup || record.sent == kNever)
        return;
    Span &span = done.rounds.try_emplace(record.round, Span{record.sent, record.ended}).first->second;
    span.firstSent = std::min(span.firstSent, record.sent);
    span.lastEnded = std::max(span.lastEnded, record.ended);
}

int64_t LoadHistory::end() const
{
    const std::lock_guard lock(m_mutex);
    return m_end;
}

std::vector<int64_t> LoadHistory::missing(size_t point, int64_t from, int64_t to) const
{
    const std::lock_guard lock(m_mutex);
    const std::vector<bool> &requests = m_done[point].requests;
    std::vector<int64_t> offsets;
    for (int64_t offset = from; offset < std::min<int64_t>(to, int64_t(requests.size())); ++offset) {
        if (!requests[size_t(offset)])
            offsets.push_back(offset);
    }
    return offsets;
}

int64_t LoadHistory::doneOf(size_t point) const
{
    const std::lock_guard lock(m_mutex);
    return point < m_done.size() ? m_done[point].count : 0;
}

std::vector<RequestRecord> LoadHistory::pilot() const
{
    const std::lock_guard lock(m_mutex);
    return m_pilot;
}

std::vector<int64_t> LoadHistory::arrivalsOf(size_t point, const std::vector<int64_t> &offsets) const
{
    // The schedule is the point's as a whole, so that a resumed level has the gaps that it would have had.
    const std::vector<int64_t> all = assay::arrivalsOf(m_points[point], *m_plan.load, m_plan.seed + point, levelSize(m_plan, point).all());
    std::vector<int64_t> due;
    for (const int64_t offset : offsets) {
        if (size_t(offset) < all.size())
            due.push_back(all[size_t(offset)] - all[size_t(offsets.front())]);
    }
    return due;
}

double LoadHistory::countedSeconds(size_t point) const
{
    const std::lock_guard lock(m_mutex);
    double seconds = 0;
    for (const auto &[round, span] : m_done[point].rounds)
        seconds += double(std::max<int64_t>(span.lastEnded - span.firstSent, 0)) * 1e-9;
    return seconds;
}

int32_t LoadHistory::nextRound(size_t point) const
{
    const std::lock_guard lock(m_mutex);
    return m_done[point].nextRound;
}

} // namespace assay
