// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/service/evaluationplan.h"

namespace assay {

/// What of `evaluate` says how a suite is asked: samples, sampling, templates, windows of texts, limits, endpoints.
void addEvaluationOptions(Arguments &options);
/// One plan for each dtype. Error: BadUsage.
Result<std::vector<EvaluationPlan>> evaluationPlans(const Arguments &options);
/// The options of these that say how items are asked: a run that goes on has its own.
QStringList askingOptions(const Arguments &options);
/// What ends a run, how many requests are in flight, and what they cost: these hold for the part that is asked now. Error: BadUsage.
Result<EvaluationPlan> withLimits(const Arguments &options, EvaluationPlan plan);

} // namespace assay
