// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/presets.h"
#include "core/bench/run.h"
#include "core/service/subjectjob.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace assay {

class JobQueue;
class LoadSeries;
class RunLibrary;
class Workspace;
struct Subject;
struct Suite;

/// What is to be measured, of whom.
struct MeasureChoice
{
    std::vector<int> subjects;
    bool bench = true;
    BenchPlan plan;         ///< of models
    std::vector<std::string> whatIfs = {}; ///< of models besides: "int8", "prune50" (core/model/weightvariant.h)
    BenchPlan endpointPlan = findPreset("quick")->endpoint;
    std::vector<std::shared_ptr<const Suite>> suites;
    int64_t sessions = 1; ///< of endpoints: how often the load is measured
    double every = 3600;  ///< seconds from the beginning of one session to that of the next
};

/// What makes backends of the subject: a worker as the settings say, or an endpoint that asks for its key before it asks anything else.
BackendFactory backendFactoryOf(const Subject &subject);

/// The suite that is measured when nothing else is said; empty when there is none.
QString defaultSuite();

/// "16, 64" as numbers; nothing when a part is no whole number from 1 to most, or there is none.
std::optional<std::vector<int64_t>> parseNumbers(const QString &text, int64_t most);

/// Measures the load on the chosen endpoints session after session (core/service/loadseries.h); null where there is one session, or no endpoint.
/// Its lock may not be had: then the error.
Result<LoadSeries *> startSeries(const MeasureChoice &choice, const Workspace &workspace, JobQueue &jobs, RunLibrary &runs);
/// Queues a benchmark of every subject that is ready, in turn where memory allows it (turnplan.h; else note says why not), then
/// its evaluation by each suite; gives how many jobs. The load of a series is none of them.
int startMeasuring(const MeasureChoice &choice, const Workspace &workspace, JobQueue &jobs, RunLibrary &runs, QString *note = nullptr);
/// Goes on with a load that was broken off, at the endpoint that it was put on.
void resumeLoad(const std::shared_ptr<const BenchRun> &run, const Subject &subject, JobQueue &jobs, RunLibrary &runs);

} // namespace assay
