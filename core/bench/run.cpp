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

} // namespace assay
