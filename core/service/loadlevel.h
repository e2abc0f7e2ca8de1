// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/budget.h"
#include "core/bench/prompttext.h"
#include "core/endpoint/loadrunner.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace assay {

/// CLOCK_MONOTONIC, ns: what LoadRunner counts by.
int64_t loadClock();

/// Requests of one point that go out together: what LoadRunner is given, and what comes back made into records of the run. The
/// requests are those that are missing, so a level that was broken off goes on with the rest.
class LevelFeed
{
public:
    /// What all levels of a run share.
    struct Context
    {
        const BenchPlan &plan;
        Budget &budget;
        std::function<bool()> enough;              ///< a pause, a limit, a cancelling: nothing more is sent
        std::function<void(const RequestRecord &)> took; ///< a record of the run; never two at once
    };
    /// One request: its index within the point, and the lengths asked for.
    struct Item
    {
        int64_t offset = 0;
        BenchPoint point;
    };
    /// round: of the point, 0 for the first go.
    LevelFeed(Context context, PromptMaker prompts, size_t point, int32_t round, std::vector<Item> items);

    /// Nothing counted is sent when so many seconds have gone since the first counted one. 0: no end.
    void endAfter(double seconds) { m_seconds = seconds; }
    std::optional<LoadRequest> make(int64_t position);
    void take(RequestRecord &&record);
    size_t size() const { return m_items.size(); }
    int64_t taken() const { return m_taken; }        ///< requests that ended for good
    bool timeIsUp() const { return m_timeIsUp; }
    double countedSeconds() const;                   ///< since the first counted one was sent

private:
    int64_t indexOf(int64_t position) const;
    int64_t worstPrompt(const std::string &prompt, const BenchPoint &point) const;
    bool maySend(int64_t position);

    Context m_context;
    PromptMaker m_prompts;
    size_t m_point;
    int32_t m_round;
    std::vector<Item> m_items;
    LevelSize m_size;
    double m_seconds = 0;
    std::atomic<int64_t> m_countedFrom = 0, m_taken = 0;
    std::atomic<bool> m_timeIsUp = false;
};

/// Whether this try is the request's last one, as far as a client tells that repeats 429, 503 and lost connections.
bool isFinal(const RequestRecord &record, int64_t retries);

} // namespace assay
