// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"

#include <QString>

#include <memory>
#include <optional>

namespace assay {

/// What of a run can only be told after reading all its samples.
struct RunFigures
{
    size_t samples = 0;           ///< that were there when it was read
    std::optional<qint64> errors; ///< absent: nothing that could fail was counted
    QString headline;
};

/// A run of either kind, as one line of the list.
struct RunLine
{
    std::shared_ptr<const BenchRun> bench; ///< one of these two
    std::shared_ptr<const EvaluationRun> evaluation;
    QString when;    ///< local time
    QString subject, kind;
    QString load;    ///< in words
    QString place;   ///< "cpu, f32"; of an endpoint its address
    QString state;
    qint64 points = 0, requests = 0;
    std::optional<RunFigures> figures;

    const RunHeader &header() const { return bench ? bench->header : evaluation->header; }
    size_t samples() const;
    bool isLoad() const { return bench && bench->plan.load; }
};
RunLine lineOf(std::shared_ptr<const BenchRun> run);
RunLine lineOf(std::shared_ptr<const EvaluationRun> run);
/// Reads all samples: on any thread.
RunFigures figuresOf(const RunLine &line);

} // namespace assay
