// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/jsonfields.h"
#include "core/evaluate/evaluation.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array kEnds{"not executed", "passed", "failed", "timed out", "out of memory", "killed"}; // in the order of Execution::End

json textMap(const std::map<std::string, std::string> &values)
{
    json out = json::object();
    for (const auto &[key, value] : values)
        out[validUtf8(key)] = validUtf8(value);
    return out;
}

json numberMap(const std::map<std::string, double> &values)
{
    json out = json::object();
    for (const auto &[key, value] : values)
        out[validUtf8(key)] = value;
    return out;
}

/// Likelihoods as columns. A value that is not there (never asked) is told by the column's absence.
void putChoices(json &out, const std::vector<ChoiceLikelihood> &choices)
{
    json conditional = json::array(), unconditional = json::array(), tokens = json::array(), greedy = json::array();
    for (const ChoiceLikelihood &choice : choices) {
        conditional.push_back(finiteOrNull(choice.logLikelihood));
        unconditional.push_back(finiteOrNull(choice.unconditional));
        tokens.push_back(choice.tokens);
        greedy.push_back(int64_t(choice.greedy));
    }
    out["log_likelihoods"] = std::move(conditional);
    out["choice_tokens"] = std::move(tokens);
    out["greedy"] = std::move(greedy);
    const bool asked = std::ranges::any_of(choices, [](const ChoiceLikelihood &one) { return !std::isnan(one.unconditional); });
    if (asked)
        out["unconditional"] = std::move(unconditional);
}

void readChoices(JsonFields &fields, std::vector<ChoiceLikelihood> &choices)
{
    std::vector<double> conditional, unconditional;
    std::vector<int64_t> tokens, greedy;
    fields.readIfThere("log_likelihoods", conditional);
    fields.readIfThere("unconditional", unconditional);
    fields.readIfThere("choice_tokens", tokens);
    fields.readIfThere("greedy", greedy);
    choices.resize(conditional.size());
    for (size_t i = 0; i < choices.size(); ++i) {
        choices[i].logLikelihood = conditional[i];
        if (i < unconditional.size())
            choices[i].unconditional = unconditional[i];
        if (i < tokens.size())
            choices[i].tokens = tokens[i];
        if (i < greedy.size())
            choices[i].greedy = greedy[i] != 0;
    }
}

json textJson(const TextLikelihood &text)
{
    return {{"log_likelihood", text.logLikelihood}, {"squares", finiteOrNull(text.squares)}, {"tokens", text.tokens}, {"bytes", text.bytes}, {"words", text.words}};
}

Result<TextLikelihood> textFromJson(const json &value)
{
    TextLikelihood text;
    JsonFields fields(value);
    fields.read("log_likelihood", text.logLikelihood);
    if (value.is_object() && value.contains("squares") && value["squares"].is_number())
        fields.read("squares", text.squares);
    fields.read("tokens", text.tokens);
    fields.read("bytes", text.bytes);
    fields.read("words", text.words);
    return fields.finish(text);
}

json executionJson(const Execution &execution)
{
    return {{"end", kEnds[size_t(execution.end)]}, {"told", validUtf8(execution.told)}, {"seconds", execution.seconds}};
}

Result<Execution> executionFromJson(const json &value)
{
    Execution execution;
    std::string end;
    JsonFields fields(value);
    fields.read("end", end);
    fields.read("told", execution.told);
    fields.read("seconds", execution.seconds);
    const auto *found = std::ranges::find(kEnds, end);
    if (found == kEnds.end())
        fields.fail("end");
    else
        execution.end = Execution::End(found - kEnds.begin());
    return fields.finish(execution);
}

json earlierJson(const std::vector<EarlierFailure> &failures)
{
    json out = json::array();
    for (const EarlierFailure &one : failures)
        out.push_back({{"failure", definitionOf(one.failure).id}, {"error", validUtf8(one.error)}, {"tries", one.tries}});
    return out;
}

Result<EarlierFailure> earlierFromJson(const json &value)
{
    EarlierFailure one;
    std::string failed;
    JsonFields fields(value);
    fields.read("failure", failed);
    fields.read("error", one.error);
    fields.read("tries", one.tries);
    one.failure = failureFromId(failed);
    return fields.finish(std::move(one));
}

Result<Answer> answerFromJson(const json &value)
{
    Answer answer;
    JsonFields fields(value);
    fields.read("output", answer.output);
    fields.readIfThere("reasoning", answer.reasoning);
    fields.readIfThere("finish", answer.finish);
    readChoices(fields, answer.choices);
    if (fields.has("text"))
        fields.readWith("text", answer.text, textFromJson);
    fields.readIfThere("classes", answer.classes);
    fields.readIfThere("probabilities", answer.probabilities);
    if (fields.has("execution"))
        fields.readWith("execution", answer.execution, executionFromJson);
    fields.read("seconds", answer.seconds);
    fields.readIfThere("prompt_tokens", answer.promptTokens);
    fields.read("output_tokens", answer.outputTokens);
    fields.readIfThere("context_cut", answer.contextCut);
    fields.readIfThere("tries", answer.tries);
    std::string failed;
    fields.readIfThere("failure", failed);
    if (!failed.empty())
        answer.failure = failureFromId(failed);
    if (fields.has("earlier"))
        fields.readList("earlier", answer.earlier, earlierFromJson);
    fields.read("error", answer.error);
    return fields.finish(std::move(answer));
}

void readOutcome(JsonFields &fields, Outcome &outcome)
{
    std::string name;
    fields.read("outcome", name);
    const auto *found = std::ranges::find_if(kOutcomes, [&](Outcome known) { return name == outcomeName(known); });
    if (found == kOutcomes.end())
        fields.fail("outcome");
    else
        outcome = *found;
}

json judgementJson(const Judgement &judged)
{
    json out{{"outcome", outcomeName(judged.outcome)}, {"extracted", validUtf8(judged.extracted)}};
    if (!std::isnan(judged.score))
        out["score"] = judged.score;
    if (!judged.rule.empty())
        out["rule"] = validUtf8(judged.rule);
    if (judged.length > 0) {
        out["from"] = judged.from;
        out["length"] = judged.length;
    }
    if (judged.undecided)
        out["undecided"] = true;
    return out;
}

Result<Judgement> judgementFromJson(const json &value)
{
    Judgement judged;
    JsonFields fields(value);
    readOutcome(fields, judged.outcome);
    fields.read("extracted", judged.extracted);
    fields.readIfThere("score", judged.score);
    fields.readIfThere("rule", judged.rule);
    fields.readIfThere("from", judged.from);
    fields.readIfThere("length", judged.length);
    fields.readIfThere("undecided", judged.undecided);
    return fields.finish(std::move(judged));
}

/// Rows of the first version had answer and judgement in one.
void readFirstVersion(const json &value, JsonFields &fields, ItemResult &item)
{
    readOutcome(fields, item.judged.outcome);
    fields.read("answer", item.judged.extracted);
    item.judged.score = item.judged.outcome == Outcome::Right ? 1 : item.judged.outcome == Outcome::Error ? NAN : 0;
    if (Result<Answer> answer = answerFromJson(value))
        item.given = std::move(*answer);
    else
        fields.fail("output");
}

} // namespace

json toJson(const Answer &answer)
{
    json out{{"output", validUtf8(answer.output)}, {"finish", validUtf8(answer.finish)}, {"seconds", answer.seconds}, {"output_tokens", answer.outputTokens},
             {"error", validUtf8(answer.error)}};
    if (!answer.reasoning.empty())
        out["reasoning"] = validUtf8(answer.reasoning);
    if (!answer.choices.empty())
        putChoices(out, answer.choices);
    if (answer.text.tokens > 0)
        out["text"] = textJson(answer.text);
    if (!answer.classes.empty()) {
        out["classes"] = answer.classes;
        out["probabilities"] = answer.probabilities;
    }
    if (answer.execution != Execution{})
        out["execution"] = executionJson(answer.execution);
    if (answer.promptTokens > 0)
        out["prompt_tokens"] = answer.promptTokens;
    if (answer.contextCut)
        out["context_cut"] = true;
    if (answer.tries > 0)
        out["tries"] = answer.tries;
    if (answer.failure != Failure::None)
        out["failure"] = definitionOf(answer.failure).id;
    if (!answer.earlier.empty())
        out["earlier"] = earlierJson(answer.earlier);
    return out;
}

json toJson(const ItemResult &item)
{
    json out{{"id", validUtf8(item.itemId)},       {"task", validUtf8(item.task)},      {"expected", validUtf8(item.expected)},
             {"axes", numberMap(item.axes)},       {"given", toJson(item.given)},       {"judged", judgementJson(item.judged)}};
    if (item.sample != 0)
        out["sample"] = item.sample;
    if (!item.cluster.empty())
        out["cluster"] = validUtf8(item.cluster);
    if (!item.pairKey.empty())
        out["pair_key"] = validUtf8(item.pairKey);
    if (!item.labels.empty())
        out["labels"] = textMap(item.labels);
    return out;
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
            {"top_p", protocol.topP},
            {"batch", protocol.batch},
            {"samples", protocol.samples},
            {"seed", protocol.seed},
            {"max_tokens", protocol.maxTokens},
            {"scorer", validUtf8(protocol.scorer)},
            {"chat", protocol.chat},
            {"template_name", validUtf8(protocol.templateName)},
            {"chat_template", validUtf8(protocol.chatTemplate)},
            {"prefix", validUtf8(protocol.prefix)},
            {"text_cut", validUtf8(protocol.textCut)},
            {"thinking", validUtf8(protocol.thinking)},
            {"preparation", validUtf8(protocol.preparation)},
            {"tool", validUtf8(protocol.tool)}};
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
    JsonFields fields(value);
    fields.read("id", item.itemId);
    fields.readIfThere("sample", item.sample);
    fields.read("task", item.task);
    fields.readIfThere("cluster", item.cluster);
    fields.readIfThere("pair_key", item.pairKey);
    fields.read("expected", item.expected);
    fields.read("axes", item.axes);
    fields.readIfThere("labels", item.labels);
    if (fields.has("judged")) {
        fields.readWith("given", item.given, answerFromJson);
        fields.readWith("judged", item.judged, judgementFromJson);
    } else {
        readFirstVersion(value, fields, item);
    }
    return fields.finish(std::move(item));
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
    fields.readIfThere("top_p", protocol.topP);
    fields.readIfThere("batch", protocol.batch);
    fields.readIfThere("samples", protocol.samples);
    fields.readIfThere("seed", protocol.seed);
    fields.readIfThere("max_tokens", protocol.maxTokens);
    fields.readIfThere("scorer", protocol.scorer);
    fields.readIfThere("chat_template", protocol.chatTemplate);
    // Cards of earlier versions tell it by the template's hash alone.
    protocol.chat = !protocol.chatTemplate.empty() && protocol.chatTemplate != "endpoint";
    fields.readIfThere("chat", protocol.chat);
    fields.readIfThere("template_name", protocol.templateName);
    fields.readIfThere("prefix", protocol.prefix);
    fields.readIfThere("text_cut", protocol.textCut);
    fields.readIfThere("thinking", protocol.thinking);
    fields.readIfThere("preparation", protocol.preparation);
    fields.readIfThere("tool", protocol.tool);
    return fields.finish(std::move(protocol));
}

Result<EvaluationRun> evaluationRunFromJson(const json &value)
{
    EvaluationRun run;
    JsonFields fields(value);
    fields.readWith("header", run.header, runHeaderFromJson);
    fields.readWith("protocol", run.protocol, evaluationProtocolFromJson);
    std::vector<ItemResult> items;
    fields.readList("items", items, itemResultFromJson);
    run.items = items;
    return fields.finish(std::move(run));
}

} // namespace assay
