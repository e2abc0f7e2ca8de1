// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/plan.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

struct RequestRecord;

/// What the first requests of a run show of the others. Seconds.
struct PilotResult
{
    double ttft = 0;
    std::optional<double> tpot;
    double tokensOfLimit = 1; ///< share of the asked output that came: answers may end early
};
/// Nothing when none of them gave an answer.
std::optional<PilotResult> pilotResult(const std::vector<RequestRecord> &pilot);

/// What a plan will take. Absent: it cannot be told yet.
struct PlanEstimate
{
    std::optional<int64_t> requests;
    std::optional<double> promptTokens, completionTokens;
    std::optional<double> seconds;
    std::optional<double> money;
    std::string currency;
    std::vector<const char *> assumptions; ///< translation context "Estimate"
};
/// Before the start by the plan alone, after the pilot by what it showed; retries are not foreseen, and limits end a run earlier.
PlanEstimate estimatePlan(const BenchPlan &plan, const std::optional<PilotResult> &pilot = {});
/// "36 requests, 4,608 prompt tokens, at most 2,304 output tokens, 1 min 3 s, 0.0123 USD".
std::string estimateText(const PlanEstimate &estimate, const Translate &translate = untranslated);

} // namespace assay
