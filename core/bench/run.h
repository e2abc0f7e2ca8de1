// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/sample.h"

#include <nlohmann/json_fwd.hpp>
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
    bool operator==(const Environment &) const = default;
};

enum class RunState { Running, Finished, Cancelled, Failed };
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
};

/// What to measure.
struct BenchPlan
{
    std::vector<int64_t> promptTokens{64};
    std::vector<int64_t> outputTokens{64};
    std::vector<int64_t> batches{1};
    bool passes = false; ///< times passes over an input, of models that generate nothing; outputTokens says nothing then
    std::vector<std::string> inputs; ///< of a pass: declared inputs (inputspec.h); empty: promptTokens random tokens
    int64_t runs = 7;   ///< counted repetitions of each point; 6 is the least that gives a 95 % interval
    int64_t warmup = 1; ///< not counted, but kept
    int64_t loads = 3;  ///< how often the model is loaded
    std::string device = "cpu";
    std::string dtype = "auto";
    uint64_t seed = 1;
    bool operator==(const BenchPlan &) const = default;
};

/// Of a pass when the user says nothing: it is short, and the first ones compile.
inline constexpr int64_t kPassRuns = 30, kPassWarmup = 3;

/// One combination of a plan.
struct BenchPoint
{
    int64_t promptTokens = 0;
    int64_t outputTokens = 0; ///< 0: a pass
    int64_t batch = 1;
    std::string inputs = {};  ///< "f32[1,3,224,224], i64[1]<10"; empty: tokens go in
    auto operator<=>(const BenchPoint &) const = default;
    bool isPass() const { return outputTokens == 0; }
};
BenchPoint pointOf(const MeasureSample &sample);
/// A plan whose declared inputs cannot be read has no points.
std::vector<BenchPoint> pointsOf(const BenchPlan &plan);

/// A benchmark with its raw samples.
struct BenchRun
{
    RunHeader header;
    BenchPlan plan;
    std::vector<LoadSample> loads;
    std::vector<MeasureSample> samples;
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
