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
    case RunState::Interrupted: return ASSAY_TEXT("RunState", "interrupted");
    }
    return "";
}

std::string stateText(const RunHeader &header, const Translate &translate)
{
    const std::string state = translate("RunState", runStateName(header.state));
    if (!header.endedEarly)
        return state;
    const char *both = ASSAY_TEXT("RunState", "%1, %2");
    return fillIn(translate("RunState", both), {state, endedEarlyText(*header.endedEarly, translate)});
}

} // namespace assay
