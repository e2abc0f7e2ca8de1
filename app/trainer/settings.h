// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/tasks.h"
#include "core/base/error.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace assay::trainer {

/// How a task is drawn in training. Difficulties are inclusive ranges.
struct TaskSettings
{
    std::array<int, 2> usual{};
    std::array<int, 2> rare{};
    double rareShare = 0;    ///< of the batches
    int tokens = 0;          ///< of a batch, about
    double promptWeight = 0; ///< of a prompt's token in the loss; a completion's has 1
    int questions = 1;       ///< at most, in one recall sequence
};

struct OptimiserSettings
{
    double beta1 = 0, beta2 = 0, epsilon = 0, weightDecay = 0;
    double clip = 0;       ///< of the gradient's norm
    int warmUp = 0;        ///< steps
    double finalRate = 0;  ///< of the stage's rate, at the end of the cosine
    double curriculum = 0; ///< share of the first stage in which the usual difficulty grows to its full range
};

/// A run of steps with its own learning rate, and how the teacher counts in it.
struct StageSettings
{
    int steps = 0;
    double rate = 0;
    double temperature = 0; ///< 0: no teacher
    double softShare = 0;   ///< of the T^2-scaled KL in the loss; the rest is cross-entropy
};

struct ModelSettings
{
    int layers = 0, hidden = 0, intermediate = 0, heads = 0, kvHeads = 0, headDim = 0;
    double std = 0;      ///< of the initial weights
    std::string teacher; ///< a model of this family; empty: none
    std::vector<StageSettings> stages;
};

struct SuiteSettings
{
    std::vector<int> difficulties;
    int items = 0; ///< a difficulty
};

/// resources/samples/settings.json
struct Settings
{
    uint64_t seed = 0;
    int threads = 0;
    int context = 0;
    int vocabulary = 0;
    int textsPerDifficulty = 0;
    std::map<Task, TaskSettings> tasks;
    OptimiserSettings optimiser;
    std::map<std::string, ModelSettings> models;
    std::map<Task, SuiteSettings> suites;
    SuiteSettings recallDepth; ///< items of a difficulty and depth
};
Result<Settings> readSettings(const std::filesystem::path &path);

} // namespace assay::trainer
