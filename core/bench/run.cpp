// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/run.h"

namespace assay {

const char *runStateName(RunState state)
{
    switch (state) {
    case RunState::Running: return ASSAY_TEXT("RunState", "running");
    case RunState::Finished: return ASSAY_TEXT("RunState", "finished");
    case RunState::Cancelled: return ASSAY_TEXT("RunState", "cancelled");
    case RunState::Failed: return ASSAY_TEXT("RunState", "failed");
    }
    return "";
}

std::vector<BenchPoint> pointsOf(const BenchPlan &plan)
{
    std::vector<BenchPoint> points;
    for (int64_t batch : plan.batches) {
        for (int64_t prompt : plan.promptTokens) {
            for (int64_t output : plan.outputTokens)
                points.push_back({prompt, output, batch});
        }
    }
    return points;
}

} // namespace assay
