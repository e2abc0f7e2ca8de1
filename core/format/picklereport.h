// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// What reading a pickle without executing it says. NotAnalysable is neither clean nor damaged: it holds what the
/// reader does not know, so nothing can be promised.
enum class PickleVerdict { Clean, RunsCode, NotAnalysable, Damaged };

const char *pickleVerdictName(PickleVerdict verdict); ///< "clean", "runs_code", "not_analysable", "damaged"

/// One pickle of a checkpoint. Loading it with Python's pickle would look up every global of it.
struct PickleReport
{
    std::string file;   ///< and the member of the archive: "model.bin/archive/data.pkl"
    PickleVerdict verdict = PickleVerdict::Damaged;
    std::string reason; ///< for NotAnalysable and Damaged, in English; context "Reason"
    uint64_t position = 0; ///< of what the reason speaks of, from the start of the pickle's file or member
    std::vector<std::string> globals;    ///< every "module.name", in the order of first use
    std::vector<std::string> suspicious; ///< of these, those outside the allowlist: they would run on load
};

} // namespace assay
