// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/evaluate/suite.h"
#include "core/model/facts.h"

namespace assay {

/// A module with a program of its own, of which only passes over declared inputs can be measured.
bool isScript(const Inspection &inspection);
/// A model that reads whole texts and continues none: encoders, classifiers, masked language models.
bool isEncoder(const Inspection &inspection);
/// Whether it can be asked the items of a suite.
bool answersSuites(const Inspection &inspection);
/// Errors: WrongTask, saying what it is instead and what runs it.
Result<void> checkAnswersSuites(const Inspection &inspection);

/// The same of a suite: images are for TorchScript modules, all else for models of texts.
Result<void> checkAnswersSuite(const Inspection &inspection, const Suite &suite);

/// In plans that are still to be fitted: the user says nothing.
inline constexpr int64_t kUsualRuns = 0, kUsualWarmup = -1;

/// The plan for this subject: passes where it generates nothing, declared inputs only for TorchScript modules, and the usual
/// numbers of runs for kUsualRuns and kUsualWarmup.
BenchPlan planFor(const Inspection &inspection, BenchPlan plan);

} // namespace assay
