// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/budget.h"
#include "core/bench/endedearly.h"
#include "core/bench/loadestimate.h"
#include "core/bench/prompttext.h"
#include "core/bench/requestlog.h"
#include "core/endpoint/loadrunner.h"
#include "core/service/turntable.h"

#include <memory>
#include <string>
#include <vector>

namespace assay {

/// Where a load on an endpoint stands.
struct LoadProgress
{
    enum class Stage : uint8_t { Pilot, Level, Waiting, Paused, Over };
    Stage stage = Stage::Pilot;
    size_t point = 0;                  ///< of pointsOf(plan)
    int64_t done = 0, planned = 0;     ///< requests of the point
    double share = 0;                  ///< of the whole plan: 0 to 1
    LoadStatus load;
    Spend spent;
    std::optional<double> money;       ///< spent; with prices only
    std::optional<PlanEstimate> estimate; ///< of the whole plan, once the pilot has told
    PromptScale scale;                 ///< how the server counts prompts
    std::optional<EndedEarly> endedEarly; ///< Stage::Over: a limit kept it from what was planned
    std::optional<Error> error;        ///< Stage::Over: why it failed; Cancelled when it was
};

/// Runs the levels of a plan against an endpoint on a thread of its own: pilot, then point after point. Knows no Qt and no
/// store: who owns it fetches the records every now and then.
class LoadSession
{
public:
    /// earlier: what an interrupted part of the same run has left; only what is missing is measured.
    LoadSession(EndpointTarget target, BenchPlan plan, std::string runId, RequestLog earlier = {});
    ~LoadSession(); ///< cancels and waits
    LoadSession(const LoadSession &) = delete;
    LoadSession &operator=(const LoadSession &) = delete;

    /// Takes turns with other measurements, a part of each point at a time; place: of the joining. Before start().
    void takeTurns(std::shared_ptr<TurnTable> table, int place);
    void start();
    /// What is under way ends, nothing more is sent until resume(). The limit of time stands still.
    void pause();
    void resume();
    /// What is under way is broken off and recorded as Cancelled.
    void cancel();
    /// Encoded records since the last call.
    std::vector<std::string> takeRecords();
    LoadProgress progress() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// What it means for a run when its first requests fail so. Errors: ServerUnreachable, EndpointWantsKey, ServerBusy,
/// EndpointFailed.
Error errorOf(const RequestRecord &record, const std::string &url);

} // namespace assay
