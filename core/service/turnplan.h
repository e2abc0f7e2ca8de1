// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"
#include "core/model/facts.h"
#include "core/service/job.h"
#include "core/service/turntable.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace assay {

/// Bytes that a worker takes on this machine's processor while it measures the plan, at most; nothing where that is not known:
/// another device, a model that no formula fits.
std::optional<uint64_t> neededMemory(const Inspection &inspection, const BenchPlan &plan);
/// Bytes that programs can still have without swapping (MemAvailable, proc(5)); 0 where the system does not tell.
uint64_t freeHostMemory();

class JobQueue;

/// A benchmark that can take turns and is still to be queued.
struct TurnTaker
{
    std::unique_ptr<Job> job;
    std::function<void(std::shared_ptr<TurnTable>)> join;
    std::optional<uint64_t> memory; ///< that its model takes on this machine; 0 of an endpoint; absent: not known
};
template <class TakingTurns> TurnTaker turnTaker(std::unique_ptr<TakingTurns> job, std::optional<uint64_t> memory)
{
    TakingTurns *const added = job.get();
    return {std::move(job), [added](std::shared_ptr<TurnTable> table) { added->takeTurns(std::move(table)); }, memory};
}

/// Queues benchmarks so that they take turns, A B C A B C. Where memory does not hold all models at once, or it is not known
/// whether it does, endpoints alone take turns, and the models follow one after the other; then says so, translated.
QString queueInTurn(JobQueue &queue, std::vector<TurnTaker> benches, uint64_t freeMemory = freeHostMemory());

} // namespace assay
