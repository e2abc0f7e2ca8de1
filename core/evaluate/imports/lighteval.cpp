// SPDX-License-Identifier: GPL-3.0-or-later
// Hugging Face's lighteval: results_DATE.json, and details_TASK_DATE.parquet converted to JSON or JSON lines: a record for each document.
#include "core/evaluate/imports/fields.h"
#include "core/evaluate/imports/readers.h"
#include "core/evaluate/imports/runbuilder.h"
#include "core/evaluate/pairkey.h"

#include <algorithm>
#include <array>

namespace assay::imports {
namespace {

constexpr const char *kTool = "lighteval";
constexpr size_t kShortHash = 8;
constexpr std::array<std::string_view, 5> kUnread{"input_tokens", "output_tokens", "logits", "cont_tokens", "pred_logits"};

/// What the results file says of all details.
struct Header
{
    std::string model, version, started, dtype;
    double temperature = 0;
};

bool isResults(const ResultFile &file)
{
    return file.form == Form::Object && file.has("config_general") && file.has("results");
}

/// The columns have had other names before version 0.9, and underscores around them up to 0.12.
bool isDetails(const ResultFile &file)
{
    const bool doc = file.has("__doc__") || (file.has("doc") && !file.has("doc_id"));
    const bool metric = file.has("__metric__") || file.has("metric");
    const bool old = file.has("full_prompt") && file.has("predictions") && file.has("metrics");
    return (doc && metric) || old;
}

bool takes(const ResultFile &file)
{
    return isResults(file) || isDetails(file) || file.form == Form::Parquet;
}

Header readHeader(const ResultFile &file, Problems &problems)
{
    Header header;
    const auto results = readJson(file, problems);
    const Json *general = results ? member(*results, "config_general") : nullptr;
    if (!general)
        return header;
    header.model = textAt(*general, "model_name");
    if (header.model.empty())
        header.model = textOf(member(*general, {"model_config", "model_name"}));
    header.version = textAt(*general, "lighteval_sha").substr(0, kShortHash);
    if (header.version == "?")
        header.version.clear();
    header.dtype = textAt(*general, "model_dtype");
    if (header.dtype.starts_with("torch."))
        header.dtype.erase(0, 6);
    const Json *generation = member(*general, "generation_parameters");
    if (!generation)
        generation = member(*general, {"model_config", "generation_parameters"});
    const double temperature = generation ? numberOf(member(*generation, "temperature")).value_or(0) : 0;
    header.temperature = temperature >= 0 && temperature < 100 ? temperature : 0;
    const std::string stem = file.stem();
    header.started = utcText(stem.substr(stem.rfind('_') + 1));
    return header;
}

/// details_harness|gsm8k|5_2024-11-05T10-15-30.123456
std::string taskOf(const ResultFile &file)
{
    std::string task = file.stem();
    const size_t mark = task.rfind('_');
    if (mark != std::string::npos && !utcText(task.substr(mark + 1)).empty())
        task.resize(mark);
    return task.starts_with("details_") ? task.substr(8) : task;
}

std::vector<std::string> golds(const Json &doc, const std::vector<std::string> &choices, int &index)
{
    const Json *gold = member(doc, "gold_index");
    std::vector<std::string> out;
    const auto take = [&](const Json &one) {
        const int64_t at = countOf(&one, -1);
        if (at >= 0 && size_t(at) < choices.size())
            out.push_back(choices[size_t(at)]);
        if (out.size() == 1 && index < 0)
            index = int(at);
    };
    if (gold && gold->is_array())
        for (const Json &one : *gold)
            take(one);
    else if (gold)
        take(*gold);
    if (out.empty())
        out = textsOf(member(doc, "gold"));
    return out;
}

void takeLikelihoods(const Json &response, const Json *logprobs, Answer &answer)
{
    const Json *alone = member(response, "unconditioned_logprobs");
    const Json *greedy = member(response, "argmax_logits_eq_gold");
    for (size_t i = 0; i < logprobs->size(); ++i) {
        ChoiceLikelihood one;
        // Older versions keep [log-likelihood, greedy] of each.
        const Json *value = &(*logprobs)[i];
        if (value->is_array() && !value->empty()) {
            one.greedy = value->size() > 1 && numberOf(&(*value)[1]) == 1.0;
            value = &(*value)[0];
        }
        one.logLikelihood = numberOf(value).value_or(NAN);
        if (alone && alone->is_array() && i < alone->size())
            one.unconditional = numberOf(&(*alone)[i]).value_or(NAN);
        if (greedy && greedy->is_array() && i < greedy->size())
            one.greedy = numberOf(&(*greedy)[i]) == 1.0;
        answer.choices.push_back(one);
    }
}

struct Answered
{
    AnsweredItem first;
    std::vector<std::string> outputs;
};

Answered answered(const Json &record, uint64_t line)
{
    // Before 0.9 everything stood in one object.
    const Json *doc = firstMember(record, {"__doc__", "doc"});
    const Json *response = firstMember(record, {"__model_response__", "model_response"});
    doc = doc ? doc : &record;
    response = response ? response : &record;
    Answered out;
    SuiteItem &item = out.first.item;
    Answer &answer = out.first.answer;
    item.id = textAt(*doc, "id");
    if (item.id.empty())
        item.id = std::to_string(line);
    const std::vector<std::string> choices = textsOf(member(*doc, "choices"));
    item.answers = golds(*doc, choices, item.answerIndex);
    const std::string query = textOf(firstMember(*doc, {"query", "example", "full_prompt"}));
    item.prompt = conversationText(firstMember(*response, {"input", "full_prompt"}));
    if (item.prompt.empty())
        item.prompt = query;
    const Json *logprobs = firstMember(*response, {"logprobs", "predictions"});
    const bool likelihoods = logprobs && logprobs->is_array() && logprobs->size() == choices.size() && choices.size() > 1
                             && (logprobs->front().is_number() || logprobs->front().is_array());
    if (likelihoods) {
        item.asking = Asking::Choice;
        item.choices = choices;
        takeLikelihoods(*response, logprobs, answer);
    } else {
        item.answerIndex = -1;
        out.outputs = textsOf(firstMember(*response, {"text", "predictions"}));
    }
    item.pairKey = likelihoods ? pairKeyOf(query, item.answers, choices)
                               : pairKeyOf(query, item.answers.empty() ? std::vector<std::string>() : std::vector{finalAnswer(item.answers.front())});
    answer.contextCut = countOf(member(*response, "truncated_tokens_count"), 0) > 0;
    return out;
}

std::vector<Figure> figuresOf(const Json &record)
{
    std::vector<Figure> out;
    const Json *metrics = firstMember(record, {"__metric__", "metric", "metrics"});
    if (metrics && metrics->is_object())
        for (const auto &[name, value] : metrics->items())
            out.push_back({name, numberOf(&value)});
    return out;
}

std::string likeliest(const AnsweredItem &answered)
{
    const auto &choices = answered.answer.choices;
    const auto best = std::ranges::max_element(choices, {}, &ChoiceLikelihood::logLikelihood);
    return best == choices.end() ? std::string() : answered.item.choices[size_t(best - choices.begin())];
}

void readDetails(const ResultFile &file, const Header &header, Reading &reading)
{
    RunBuilder run(toolName(kTool, header.version), header.model, taskOf(file), reading.options);
    run.run.header.startedAt = header.started;
    run.run.protocol.dtype = header.dtype;
    run.run.protocol.temperature = header.temperature;
    uint64_t together = 0;
    forEachRecord(file, reading.problems, [&](const Json &record, uint64_t line) {
        Answered told = answered(record, line);
        const std::vector<Figure> figures = figuresOf(record);
        const Figure *figure = judging(figures, reading.options.metric);
        const std::string rule = figure ? figure->name : std::string();
        if (run.run.protocol.scorer.empty())
            run.run.protocol.scorer = rule;
        if (!told.outputs.empty())
            told.first.answer.output = told.outputs.front();
        together += told.outputs.size() > 1;
        told.first.judged = judgedByTool(figure, told.first.answer, likeliest(told.first), rule);
        run.add(std::move(told.first), file, line, reading.problems);
    }, kUnread);
    if (together > 0)
        reading.problems.add(file.name, 0, ASSAY_TEXT("Reason", "%1 {1:item was|items were} answered several times and judged together; the first answer is shown"),
                             {std::to_string(together)});
    run.finish(reading.import);
}

void read(Reading &reading)
{
    // Results and details lie in different folders: results/ORG/MODEL and details/ORG/MODEL/DATE.
    std::vector<std::pair<std::string, Header>> headers;
    for (const ResultFile *file : reading.files) {
        if (isResults(*file))
            headers.emplace_back(file->stem(), readHeader(*file, reading.problems));
    }
    for (const ResultFile *file : reading.files) {
        if (file->form == Form::Parquet) {
            reading.problems.add(file->name, 0, ASSAY_TEXT("Reason", "it is Parquet; convert it to JSONL first, for example with pandas: "
                                                                     "read_parquet(\"x.parquet\").to_json(\"x.jsonl\", orient=\"records\", lines=True)"));
            continue;
        }
        if (!isDetails(*file))
            continue;
        const std::string stem = file->stem(), date = stem.substr(stem.rfind('_') + 1);
        const Header *header = nullptr;
        for (const auto &[name, candidate] : headers) {
            if (!header || name.ends_with("_" + date))
                header = &candidate;
        }
        readDetails(*file, header ? *header : Header{}, reading);
    }
}

} // namespace

const Reader kLighteval{{kTool, ASSAY_TEXT("Import", "results_*.json with details as JSON or JSON lines (Parquet must be converted)")}, takes, read};

} // namespace assay::imports
