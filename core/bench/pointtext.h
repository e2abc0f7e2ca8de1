// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/plan.h"

namespace assay {

/// "64 prompt tokens, 32 output tokens, batch 1"; of an endpoint "64 prompt tokens, 32 output tokens; closed loop, 8 in flight".
std::string describePoint(const BenchPoint &point, const Translate &translate = untranslated);
/// The load model alone, without which a latency says nothing (benchmarking.md 4, pitfall 12): "closed loop, 8 in flight",
/// "open loop, Poisson 4/s", "open loop, constant 4/s", "open loop, trace at 2 times its pace". Empty when it is no load.
std::string loadText(const BenchPoint &point, const Translate &translate = untranslated);
/// The same of a sweep: "closed loop, 1 to 8 in flight", "open loop, Poisson, 1 to 4 arrivals/s".
std::string sweepText(const BenchPoint &least, const BenchPoint &most, const Translate &translate = untranslated);
/// describePoint() without the load: "64 prompt tokens, 32 output tokens".
std::string lengthsText(const BenchPoint &point, const Translate &translate = untranslated);

} // namespace assay
