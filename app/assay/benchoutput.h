// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// A run with its points and their metrics, and the raw samples.
nlohmann::json benchJson(const BenchRun &run);
/// The same as tables.
void printBench(const BenchRun &run);

} // namespace assay
