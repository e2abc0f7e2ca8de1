// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/run.h"

namespace assay {

/// How tokens were decoded, each way once: "by recorded graphs; step by step: it was asked for". Empty for runs that
/// decode nothing or do not tell.
std::string decodingText(const BenchRun &run, const Translate &translate = untranslated);
/// What the plan asks of decoding: "auto", "eager, each token read at once". Empty where it asks for nothing in particular.
std::string askedDecodingText(const BenchPlan &plan, const Translate &translate = untranslated);

} // namespace assay
