// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/run.h"

#include "core/bench/inputspec.h"

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

BenchPoint pointOf(const MeasureSample &sample)
{
    return {sample.promptTokens, sample.outputTokens, sample.batch, sample.inputs};
}

std::vector<BenchPoint> pointsOf(const BenchPlan &plan)
{
    std::vector<BenchPoint> points;
    if (plan.passes && !plan.inputs.empty()) {
        if (const auto inputs = parseInputs(plan.inputs))
            points.push_back({0, 0, batchOf(*inputs), inputsText(*inputs)});
        return points;
    }
    const std::vector<int64_t> outputs = plan.passes ? std::vector<int64_t>{0} : plan.outputTokens;
    for (int64_t batch : plan.batches) {
        for (int64_t prompt : plan.promptTokens) {
            for (int64_t output : outputs)
                points.push_back({prompt, output, batch});
        }
    }
    return points;
}

} // namespace assay
