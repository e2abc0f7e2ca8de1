// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/batches.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace assay::trainer {

using Log = std::function<void(const std::string &line)>;

/// How many of the test problems of one task and difficulty a model solves.
struct Score
{
    Task task = Task::Addition;
    int difficulty = 0;
    int right = 0;
    int count = 0;
};

/// A model in training: the engine's own decoder with gradients, and AdamW (Loshchilov and Hutter 2019).
class Learner
{
public:
    /// Fresh weights from the seed; runs on CUDA where libtorch has it.
    static Result<Learner> create(const ModelSettings &model, const Settings &settings, int64_t vocabulary);
    /// The weights of a directory that save() wrote; for a teacher.
    static Result<Learner> open(const std::filesystem::path &directory);
    Learner(Learner &&) noexcept;
    ~Learner();

    int64_t parameterCount() const;
    /// One step on one batch of each task. teacher may be null.
    /// Returns the mean loss a task.
    std::map<Task, double> step(const std::map<Task, Batch> &batches, const StageSettings &stage, double rate,
                                const OptimiserSettings &optimiser, const Learner *teacher);
    /// Problems whose whole completion has the highest probability token by token, which is what greedy
    /// generation then gives.
    int solved(const Batch &batch) const;
    /// config.json, generation_config.json and model.safetensors in bf16, in Hugging Face layout.
    Result<void> save(const std::filesystem::path &directory) const;

private:
    struct State;
    explicit Learner(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace assay::trainer
