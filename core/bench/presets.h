// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"

#include <string_view>
#include <vector>

namespace assay {

/// A plan to begin with.
struct PlanPreset
{
    const char *id;      ///< "quick"
    const char *label;   ///< translation context "Preset"
    const char *meaning; ///< one sentence: what it is for and what it costs; translation context "Preset"
    BenchPlan local;     ///< for a model that a worker runs
    BenchPlan endpoint;  ///< the same work for an endpoint, with its load
};
/// quick, standard, thorough by effort; chat, rag, code, reasoning by use, with the SLOs of slo.h. The lengths and levels are our
/// own choice.
const std::vector<PlanPreset> &planPresets();
/// Null when there is none of this id.
const PlanPreset *findPreset(std::string_view id);

} // namespace assay
