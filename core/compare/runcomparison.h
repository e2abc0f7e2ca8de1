// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/difference.h"
#include "core/compare/chartspec.h"
#include "core/evaluate/evaluation.h"

#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace assay {

/// A run that is set against others, whatever it is of and whenever it was made; one of the two is there.
struct ComparedRun
{
    std::shared_ptr<const BenchRun> bench;
    std::shared_ptr<const EvaluationRun> evaluation;
    std::string name; ///< "full, 2026-03-02 10:00"

    const RunHeader &header() const { return bench ? bench->header : evaluation->header; }
};

/// In what a run was not made like the reference.
struct UnlikeSetting
{
    size_t run = 0;
    std::string id;                      ///< "prompt_tokens", "machine", "dtype", ...
    std::string name;                    ///< translated
    std::string reference, value;
    bool forbids = false; ///< no number of the two can be compared
};

/// One metric of one run beside the reference's; the difference is the run's value minus the reference's.
struct RunDifference
{
    size_t run = 0;
    std::string point;   ///< in words, translated
    std::string id, label, tooltip;
    Unit unit = Unit::Count;
    Estimate reference, value;
    MetricDifference difference; ///< its verdict is Unknown where `reason` is not empty
    std::string reason;          ///< translated; why the two cannot be compared: "other machine, other dtype"

    std::string referenceText, valueText; ///< "41.2 [39.8, 42.7] ms"
    std::string absoluteText, percentText; ///< "-1.2 [-1.9, -0.5] ms", "-8.1 [-10.2, -6.0] %"; "-" where there is none
    std::string intervalText;             ///< "paired, n = 60"
    std::string judgement;                ///< in words
};

/// Runs set against the first of them, number by number.
struct RunComparison
{
    std::vector<std::string> names;
    std::vector<UnlikeSetting> unlike;
    std::vector<std::string> notes; ///< sentences: what else must be known, and what the judgements sum up to
    std::vector<RunDifference> rows; ///< by run, then point, then metric
    std::vector<ChartSpec> charts;  ///< relative differences with their intervals, one a point
};

/// Any runs; less than two give nothing. Of settings that may be what is compared (subject, machine, dtype) one may differ:
/// of two no number tells which it was, and the rows say so. Loads that differ forbid it, whatever the rest.
RunComparison compareRuns(const std::vector<ComparedRun> &runs, const Translate &translate = untranslated);
nlohmann::json toJson(const RunComparison &comparison);

} // namespace assay
