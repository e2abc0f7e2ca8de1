// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/run.h"

namespace assay {

/// "far: memory read 21.3 GB/s, 182 GFLOP/s f32, 655 GFLOP/s bf16"; empty where nothing was measured.
std::string limitsText(const Environment &environment, const Translate &translate = untranslated);
/// Where a decode step's time goes at a point, the most first: "products with weights 71 %, head 18 %, attention 11 %"; empty
/// where no run of it was timed in parts.
std::string sharesText(const BenchRun &run, const BenchPoint &point, const Translate &translate = untranslated);
/// What held the device's clock down in counted runs of the plan: "power cap in 3 of 7 runs"; empty where nothing did.
std::string throttlingText(const BenchRun &run, const Translate &translate = untranslated);

} // namespace assay
