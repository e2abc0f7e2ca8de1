// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "app/assay/measuresession.h"

namespace assay {

/// What is asked, by fingerprint.
using EvaluatedSuites = std::map<std::string, std::shared_ptr<const Suite>>;

/// Each subject of `evaluate` with each plan that the options ask for, in the order in which they were named. Errors: those of opening
/// subjects and suites, and BadUsage.
Result<EvaluatedSuites> addEvaluations(MeasureSession &session, const Arguments &options);

/// The run that goes on, with its own subject, its own suite as it was kept, and asked as its card says: the one whose id begins as the
/// options say, else the newest that something may be missing of. Errors: RunMissing; BadUsage for an option that contradicts the run,
/// for another suite and for other weights.
Result<EvaluatedSuites> addResumedEvaluation(MeasureSession &session, const Arguments &options);

} // namespace assay
