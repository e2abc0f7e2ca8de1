// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"
#include "core/bench/requestlog.h"

#include <map>
#include <mutex>
#include <vector>

namespace assay {

/// What of a plan with a load is measured already, by earlier parts of a run and by this one. Safe from any thread.
class LoadHistory
{
public:
    LoadHistory(const BenchPlan &plan, const RequestLog &earlier);
    void add(const RequestRecord &record);

    int64_t end() const; ///< ns on the run's clock: the last moment of any record
    /// Offsets of the point's requests within [from, to) that have no final record.
    std::vector<int64_t> missing(size_t point, int64_t from, int64_t to) const;
    int64_t doneOf(size_t point) const;
    std::vector<RequestRecord> pilot() const;  ///< in the order in which they ended
    /// Between the sending of the first counted request of a point and the end of its last one, rounds added up.
    double countedSeconds(size_t point) const;
    int32_t nextRound(size_t point) const;
    /// Open loop: when the point's requests from this offset on are due, ns, counted from the first of them.
    std::vector<int64_t> arrivalsOf(size_t point, const std::vector<int64_t> &offsets) const;

private:
    struct Span
    {
        int64_t firstSent = 0, lastEnded = 0;
    };
    struct Done
    {
        std::vector<bool> requests; ///< by offset
        int64_t count = 0;
        std::map<int32_t, Span> rounds; ///< with counted requests
        int32_t nextRound = 0;
    };
    const BenchPlan &m_plan;
    const std::vector<BenchPoint> m_points;
    mutable std::mutex m_mutex;
    std::vector<Done> m_done;
    std::vector<RequestRecord> m_pilot;
    int64_t m_end = 0;
};

} // namespace assay
