// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/accuracy/answertable.h"
#include "core/compare/accuracy/storedsubjects.h"
#include "widgets/compare/comparisonview.h"

#include <optional>

namespace assay {

/// Whose answers are looked at: those of the open subjects, or all that are stored of a suite, whether or not their models are open.
struct AccuracyChoice
{
    bool stored = false;
    std::string suite;     ///< empty: the one that most have answered
    std::string reference; ///< title of the subject that others are held against; empty: the usual one
    bool operator==(const AccuracyChoice &) const = default;
};

/// Snapshots that the page is computed from.
struct AccuracySource
{
    Comparison open;
    EvaluationList stored; ///< newest first
    AccuracyChoice choice;
    std::shared_ptr<const AnswerTable> shown; ///< kept where it is of the same runs
};

/// All that the page shows.
struct AccuracyView
{
    AccuracyChoice choice; ///< what is really shown
    std::vector<StoredSuite> openSuites, storedSuites;
    std::vector<ComparedColumn> subjects;
    size_t reference = 0;
    std::string headline;
    std::vector<ChartSpec> charts;
    std::vector<ChartSpec> fidelityCharts;
    ComparisonView fidelityFigures; ///< subjects and rows alone
    std::shared_ptr<const AnswerTable> table; ///< null: nothing was answered
    std::vector<std::string> judges; ///< of the runs, each once: a scorer with its version, or what another tool judged by
    std::optional<Asking> asking;    ///< what the suite's items ask; tells which scorers can judge
};

/// Computed away from the window's thread.
AccuracyView accuracyViewOf(AccuracySource source);

} // namespace assay
