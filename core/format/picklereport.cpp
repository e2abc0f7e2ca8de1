// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/picklereport.h"

namespace assay {

const char *pickleVerdictName(PickleVerdict verdict)
{
    switch (verdict) {
    case PickleVerdict::Clean: return "clean";
    case PickleVerdict::RunsCode: return "runs_code";
    case PickleVerdict::NotAnalysable: return "not_analysable";
    case PickleVerdict::Damaged: return "damaged";
    }
    return "damaged";
}

} // namespace assay
