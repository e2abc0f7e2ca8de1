// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/endedearly.h"
#include "core/bench/plan.h"
#include "core/bench/requestlog.h"
#include "core/bench/roofline.h"
#include "core/bench/sample.h"

#include <nlohmann/json_fwd.hpp>
#include <memory>
#include <string>

namespace assay {

/// What a run was made on: enough to find the same weights again.
struct SubjectRef
{
    std::string path;
    std::string name;
    std::string fingerprint; ///< structureFingerprint() of the weights
    bool operator==(const SubjectRef &) const = default;
};

/// The machine and the software behind a run.
struct Environment
{
    std::string host, system, processor;
    int cores = 0, threads = 0;
    std::string device, deviceName;
    std::string dtype; ///< in which the model was computed
    std::string worker, libtorch, assay;
    std::vector<WeightShare> weights = {}; ///< how they were stored and computed with, the most first; empty in older runs
    std::vector<std::string> unused = {};  ///< some of the tensors that the model had no place for
    uint64_t unusedCount = 0;         ///< of all of them
    std::string machine = {};              ///< as the user calls it; empty: the one that assay ran on
    std::optional<MachineLimits> limits = {}; ///< of the device, measured before the first point
    std::optional<ModelWork> work = {};       ///< of a decoder; absent in runs of older workers
    bool operator==(const Environment &) const = default;
};

/// Which of several sessions a run is, hours apart: endpoints vary by the hour (benchmarking.md 4, pitfall 19).
struct SeriesPlace
{
    std::string id;       ///< the same in all of its runs
    int64_t session = 0;  ///< from 0 on
    int64_t sessions = 1; ///< planned
    double every = 0;     ///< seconds from the beginning of one to that of the next
    bool operator==(const SeriesPlace &) const = default;
};

/// Interrupted: the program that made it ended before the run did.
enum class RunState { Running, Finished, Cancelled, Failed, Interrupted };
const char *runStateName(RunState state);

/// What every kind of run carries.
struct RunHeader
{
    std::string id; ///< unique; made by the caller
    SubjectRef subject;
    Environment environment;
    RunState state = RunState::Running;
    std::string startedAt, finishedAt; ///< UTC, ISO 8601
    std::string error;                 ///< sentence, when failed
    std::vector<std::string> inTurnWith = {}; ///< names of the subjects that were measured in turn with this one; empty: alone
    std::optional<SeriesPlace> series = {}; ///< of a benchmark that is repeated over hours
    std::optional<EndedEarly> endedEarly = {}; ///< a limit kept it from what was planned; absent: none did
};
/// The state in words: "finished", or "finished, ended at its limit of 60 s after 118 of 500 requests".
std::string stateText(const RunHeader &header, const Translate &translate = untranslated);

/// A benchmark with its raw samples.
struct BenchRun
{
    RunHeader header;
    BenchPlan plan;
    std::vector<LoadSample> loads;
    std::vector<MeasureSample> samples; ///< of a model that a worker runs
    RequestLog requests = {};           ///< of an endpoint
    /// Of a series joined (series.h): its sessions that ended well, in their order; the figures are over these. Not stored.
    std::vector<std::shared_ptr<const BenchRun>> sessions = {};
};

nlohmann::json toJson(const Environment &environment);
nlohmann::json toJson(const RunHeader &header);
nlohmann::json toJson(const BenchPlan &plan);
nlohmann::json toJson(const LoadSample &sample);
nlohmann::json toJson(const MeasureSample &sample);
nlohmann::json toJson(const BenchRun &run);
/// Errors: StoreDamaged with the field's name.
Result<RunHeader> runHeaderFromJson(const nlohmann::json &json);
Result<BenchPlan> benchPlanFromJson(const nlohmann::json &json);
Result<LoadSample> loadSampleFromJson(const nlohmann::json &json);
Result<MeasureSample> measureSampleFromJson(const nlohmann::json &json);
Result<BenchRun> benchRunFromJson(const nlohmann::json &json);

} // namespace assay
