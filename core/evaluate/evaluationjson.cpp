// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/jsonfields.h"
#include "core/evaluate/evaluation.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array kOutcomes{Outcome::Right, Outcome::Wrong, Outcome::Unparsed, Outcome::Truncated, Outcome::Error};

json textMap(const std::map<std::string, std::string> &values)
{
    json out = json::object();
    for (const auto &[key, value] : values)
        out[validUtf8(key)] = validUtf8(value);
    return out;
}

} // namespace

json toJson(const ItemResult &item)
{
    json likelihoods = json::array();
    for (double value : item.logLikelihoods)
        likelihoods.push_back(finiteOrNull(value));
    json axes = json::object();
    for (const auto &[axis, value] : item.axes)
        axes[validUtf8(axis)] = value;
    return {{"id", validUtf8(item.itemId)},
            {"task", validUtf8(item.task)},
            {"outcome", outcomeName(item.outcome)},
            {"expected", validUtf8(item.expected)},
            {"answer", validUtf8(item.answer)},
            {"output", validUtf8(item.output)},
            {"log_likelihoods", likelihoods},
            {"axes", axes},
            {"seconds", item.seconds},
            {"output_tokens", item.outputTokens},
            {"error", validUtf8(item.error)}};
}

json toJson(const EvaluationProtocol &protocol)
{
    return {{"suite", validUtf8(protocol.suite)},
            {"suite_title", validUtf8(protocol.suiteTitle)},
            {"suite_fingerprint", validUtf8(protocol.suiteFingerprint)},
            {"suite_items", protocol.suiteItems},
            {"axes", textMap(protocol.axes)},
            {"device", validUtf8(protocol.device)},
            {"dtype", validUtf8(protocol.dtype)},
            {"temperature", protocol.temperature},
            {"batch", protocol.batch}};
}

json toJson(const EvaluationRun &run)
{
    json items = json::array();
    for (const ItemResult &item : run.items)
        items.push_back(toJson(item));
    return {{"header", toJson(run.header)}, {"protocol", toJson(run.protocol)}, {"items", items}};
}

Result<ItemResult> itemResultFromJson(const json &value)
{
    ItemResult item;
    std::string outcome;
    JsonFields fields(value);
    fields.read("id", item.itemId);
    fields.read("task", item.task);
    fields.read("outcome", outcome);
    fields.read("expected", item.expected);
    fields.read("answer", item.answer);
    fields.read("output", item.output);
    fields.read("log_likelihoods", item.logLikelihoods);
    fields.read("axes", item.axes);
    fields.read("seconds", item.seconds);
    fields.read("output_tokens", item.outputTokens);
    fields.read("error", item.error);
    const auto *found =
        std::find_if(kOutcomes.begin(), kOutcomes.end(), [&](Outcome known) { return outcome == outcomeName(known); });
    if (found == kOutcomes.end())
        fields.fail("outcome");
    else
        item.outcome = *found;
    return fields.finish(item);
}

Result<EvaluationProtocol> evaluationProtocolFromJson(const json &value)
{
    EvaluationProtocol protocol;
    JsonFields fields(value);
    fields.read("suite", protocol.suite);
    fields.read("suite_title", protocol.suiteTitle);
    fields.read("suite_fingerprint", protocol.suiteFingerprint);
    fields.read("suite_items", protocol.suiteItems);
    fields.read("axes", protocol.axes);
    fields.read("device", protocol.device);
    fields.read("dtype", protocol.dtype);
    fields.read("temperature", protocol.temperature);
    fields.readIfThere("batch", protocol.batch);
    return fields.finish(protocol);
}

Result<EvaluationRun> evaluationRunFromJson(const json &value)
{
    EvaluationRun run;
    JsonFields fields(value);
    fields.readWith("header", run.header, runHeaderFromJson);
    fields.readWith("protocol", run.protocol, evaluationProtocolFromJson);
    fields.readList("items", run.items, itemResultFromJson);
    return fields.finish(run);
}

} // namespace assay
