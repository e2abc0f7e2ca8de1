// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/run.h"

namespace assay {

/// What a run's prompts were made of: "random tokens", "text". Empty for runs that do not tell.
std::string promptsText(const BenchRun &run, const Translate &translate = untranslated);

/// Whether some of a local model's prompts were random tokens, or are not known not to have been.
bool anyRandomPrompt(const BenchRun &run);

} // namespace assay
