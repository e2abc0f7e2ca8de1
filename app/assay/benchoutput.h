// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// A run with its points and their metrics, what other tools would print of them (ids of toolIds()), and the raw samples.
nlohmann::json benchJson(const BenchRun &run, const std::vector<std::string> &tools = {});
/// The same as tables.
void printBench(const BenchRun &run, const std::vector<std::string> &tools = {});

} // namespace assay
