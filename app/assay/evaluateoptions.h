// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/service/evaluationplan.h"

namespace assay {

/// What of `evaluate` says how a suite is asked: samples, sampling, templates, windows of texts, limits, endpoints.
void addEvaluationOptions(Arguments &options);
/// One plan for each dtype. Error: BadUsage.
Result<std::vector<EvaluationPlan>> evaluationPlans(const Arguments &options);
/// How a run of this suite goes on: as its card says, with the limits, requests in flight and prices of the options, which hold for the
/// part that is asked now. Error: BadUsage, also for an option that contradicts the card.
Result<EvaluationPlan> resumedPlan(const Arguments &options, const Suite &suite, const EvaluationProtocol &card);
/// Of one option that was given: what the run began with, and what it says now. Error: BadUsage.
Result<void> checkUnchanged(const char *option, const QString &before, const QString &now);

} // namespace assay
