// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/settings.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

namespace assay::trainer {
namespace {

using Json = nlohmann::json;

constexpr uint64_t kLargestFile = 1 << 20;

TaskSettings taskSettings(const Json &json)
{
    TaskSettings task;
    task.usual = json.at("usual");
    task.rare = json.at("rare");
    task.rareShare = json.at("rare_share");
    task.tokens = json.at("tokens");
    task.promptWeight = json.at("prompt_weight");
    task.questions = json.value("questions", 1);
    return task;
}

OptimiserSettings optimiserSettings(const Json &json)
{
    return {json.at("beta1"), json.at("beta2"), json.at("epsilon"), json.at("weight_decay"), json.at("clip"),
            json.at("warm_up"), json.at("final_rate"), json.at("curriculum")};
}

ModelSettings modelSettings(const Json &json)
{
    ModelSettings model{json.at("layers"), json.at("hidden"), json.at("intermediate"), json.at("heads"),
                        json.at("kv_heads"), json.at("head_dim"), json.at("std"), json.value("teacher", ""), {}};
    for (const Json &stage : json.at("stages"))
        model.stages.push_back({stage.at("steps"), stage.at("rate"), stage.value("temperature", 0.0),
                                stage.value("soft_share", 0.0)});
    return model;
}

Settings settings(const Json &json)
{
    Settings result;
    result.seed = json.at("seed");
    result.threads = json.at("threads");
    result.context = json.at("context");
    result.vocabulary = json.at("tokenizer").at("vocabulary");
    result.textsPerDifficulty = json.at("tokenizer").at("texts_per_difficulty");
    result.optimiser = optimiserSettings(json.at("optimiser"));
    for (int i = 0; i < int(Task::Count_); ++i) {
        const char *name = definitionOf(Task(i)).name;
        result.tasks[Task(i)] = taskSettings(json.at("tasks").at(name));
        const Json &suite = json.at("suites").at(name);
        result.suites[Task(i)] = {suite.at("difficulties"), suite.at("items")};
    }
    const Json &depth = json.at("suites").at("recall-depth");
    result.recallDepth = {depth.at("difficulties"), depth.at("items")};
    for (const auto &[name, model] : json.at("models").items())
        result.models[name] = modelSettings(model);
    return result;
}

} // namespace

Result<Settings> readSettings(const std::filesystem::path &path)
{
    const auto text = readWholeFile(path, kLargestFile);
    if (!text)
        return tl::unexpected(text.error());
    try {
        return settings(Json::parse(*text));
    } catch (const Json::exception &error) {
        return failure(ErrorCode::JsonDamaged, {path.string(), error.what()});
    }
}

} // namespace assay::trainer
