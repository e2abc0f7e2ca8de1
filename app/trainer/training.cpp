// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/training.h"

#include "core/base/units.h"

#include <array>
#include <chrono>
#include <cmath>
#include <numbers>
#include <optional>

namespace assay::trainer {
namespace {

constexpr int kLossLines = 100;    ///< steps between two lines with the losses
constexpr int kScoreLines = 500;   ///< steps between two looks at the test problems
constexpr int kTestProblems = 24;
constexpr uint64_t kTestSeed = 99; ///< the same test problems at every look

using Clock = std::chrono::steady_clock;

/// Linear warm-up, then a cosine down to the final share.
double learningRate(int step, const StageSettings &stage, const OptimiserSettings &optimiser)
{
    if (step < optimiser.warmUp)
        return stage.rate * (step + 1) / optimiser.warmUp;
    const double done = double(step - optimiser.warmUp) / std::max(1, stage.steps - optimiser.warmUp);
    const double cosine = 0.5 * (1.0 + std::cos(std::numbers::pi * done));
    return stage.rate * (optimiser.finalRate + (1.0 - optimiser.finalRate) * cosine);
}

/// Five difficulties from the easiest to the hardest.
std::string scoreLine(const Learner &learner, Task task, const Settings &settings,
                      const std::shared_ptr<const Tokenizer> &tokenizer)
{
    Batches batches(settings, tokenizer, kTestSeed);
    const TaskDefinition &definition = definitionOf(task);
    std::string line = std::string("  ") + definition.name + " solved:";
    for (int i = 0; i < 5; ++i) {
        const int difficulty = definition.easiest + (definition.hardest - definition.easiest) * i / 4;
        const int right = learner.solved(batches.testing(task, difficulty, kTestProblems));
        line += " " + std::to_string(difficulty) + ": " + formatPercent(double(right) / kTestProblems);
    }
    return line;
}

std::string lossLine(const std::string &name, int step, int steps, std::map<Task, double> &sums, double rate,
                     Clock::time_point begin)
{
    std::string line = name + " step " + std::to_string(step) + "/" + std::to_string(steps);
    line += " rate " + threeDigits(rate) + " loss";
    for (auto &[task, sum] : sums) {
        line += std::string(" ") + definitionOf(task).name + " " + threeDigits(sum / kLossLines);
        sum = 0;
    }
    return line + " after " + formatSeconds(std::chrono::duration<double>(Clock::now() - begin).count());
}

/// What one run has at hand.
struct Run
{
    std::string name;
    const Settings &settings;
    std::filesystem::path output;
    std::shared_ptr<const Tokenizer> tokenizer;
    Learner learner;
    std::optional<Learner> teacher;
    Clock::time_point begin = Clock::now();
};

Result<void> report(Run &run, const Log &log)
{
    for (int i = 0; i < int(Task::Count_); ++i)
        log(scoreLine(run.learner, Task(i), run.settings, run.tokenizer));
    return run.learner.save(run.output);
}

Result<void> runStage(Run &run, const StageSettings &stage, bool first, Batches &batches, const Log &log)
{
    const OptimiserSettings &optimiser = run.settings.optimiser;
    const double opening = first ? optimiser.curriculum * stage.steps : 0;
    std::map<Task, double> sums;
    for (int step = 0; step < stage.steps; ++step) {
        const double reach = step < opening ? step / opening : 1.0;
        std::map<Task, Batch> mixed;
        for (const auto &[task, drawn] : run.settings.tasks) {
            if (drawn.tokens > 0)
                mixed[task] = batches.training(task, reach);
        }
        const double rate = learningRate(step, stage, optimiser);
        const bool taught = run.teacher && stage.temperature > 0;
        for (const auto &[task, loss] :
             run.learner.step(mixed, stage, rate, optimiser, taught ? &*run.teacher : nullptr))
            sums[task] += loss;
        if ((step + 1) % kLossLines == 0)
            log(lossLine(run.name, step + 1, stage.steps, sums, rate, run.begin));
        if ((step + 1) % kScoreLines == 0 || step + 1 == stage.steps) {
            if (auto reported = report(run, log); !reported)
                return reported;
        }
    }
    return {};
}

} // namespace

Result<void> trainModel(const std::string &name, const Settings &settings, const std::filesystem::path &directory,
                        const Log &log)
{
    const auto model = settings.models.find(name);
    if (model == settings.models.end())
        return failure(ErrorCode::BadUsage, {"The settings have no model " + name});
    const auto tokenizer = Tokenizer::open(directory / "tokenizer.json");
    if (!tokenizer)
        return tl::unexpected(tokenizer.error());
    auto learner = Learner::create(model->second, settings, (*tokenizer)->vocabularySize());
    if (!learner)
        return tl::unexpected(learner.error());
    Run run{name, settings, directory / name, *tokenizer, std::move(*learner), std::nullopt};
    if (!model->second.teacher.empty()) {
        auto teacher = Learner::open(directory / model->second.teacher);
        if (!teacher)
            return tl::unexpected(teacher.error());
        run.teacher.emplace(std::move(*teacher));
    }
    log(name + ": " + groupedDigits(run.learner.parameterCount()) + " parameters, seed " + std::to_string(settings.seed));
    Batches batches(settings, *tokenizer, settings.seed);
    bool first = true;
    for (const StageSettings &stage : model->second.stages) {
        if (auto done = runStage(run, stage, std::exchange(first, false), batches, log); !done)
            return done;
    }
    return {};
}

} // namespace assay::trainer
