// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/run.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// One figure as another tool would print it of the same trace, beside ours of the same thing.
struct ToolFigure
{
    std::string name;          ///< as the tool prints it, its unit in it: "Mean TTFT (ms)"
    double value = 0;          ///< in that unit
    std::string ours;          ///< id of our metric; empty: we have none like it
    std::optional<double> our; ///< its value here, in the same unit
    const char *differs = "";  ///< one sentence: how theirs is another thing than ours; translation context "Translator"
};

struct ToolReport
{
    const char *id = "";   ///< "vllm"
    const char *tool = ""; ///< "vLLM bench serve"
    const char *note = ""; ///< what is not in the trace and so cannot be said alike; translation context "Translator"; may be empty
    std::vector<ToolFigure> figures;
};

/// Ids of the tools, in the order in which they are shown: "vllm", "sglang", "aiperf", "genai-perf", "guidellm", "llmperf",
/// "inference-perf", "llama-bench".
std::vector<const char *> toolIds();
/// The figures of one point in a tool's own terms (benchmarking.md 1). Counted requests that were answered, each at its first
/// try, since no tool leaves out what had not settled; llama-bench of a worker's samples, the others of requests. Percentiles
/// whether the sample supports them or not: so do they. No figures where there is nothing of that kind.
ToolReport translate(const BenchRun &run, const BenchPoint &point, std::string_view tool);

/// Aligned columns: figure, theirs, ours, how they differ.
std::string toText(const ToolReport &report, const Translate &translate = untranslated);
nlohmann::json toJson(const ToolReport &report);

} // namespace assay
