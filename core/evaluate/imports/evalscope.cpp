// SPDX-License-Identifier: GPL-3.0-or-later
// EvalScope (from 1.0): reviews/MODEL/BENCHMARK_SUBSET.jsonl with how each answer was judged, predictions/ of the same name with the
// answers, reports/MODEL/BENCHMARK.json with the benchmark's name.
#include "core/evaluate/imports/fields.h"
#include "core/evaluate/imports/readers.h"
#include "core/evaluate/imports/runbuilder.h"
#include "core/evaluate/pairkey.h"

#include <algorithm>
#include <map>

namespace assay::imports {
namespace {

constexpr const char *kTool = "EvalScope";

bool isReview(const ResultFile &file) { return file.has("sample_score") && file.has("index"); }
bool isPrediction(const ResultFile &file) { return file.has("model_output") && file.has("index"); }
bool isReport(const ResultFile &file) { return file.form == Form::Object && file.has("model_name") && file.has("metrics"); }
bool takes(const ResultFile &file) { return isReview(file) || isPrediction(file) || isReport(file); }

/// The folder's last name, which is the model's, and the file's: what reviews and predictions of the same answers share.
std::string pairName(const ResultFile &file)
{
    const std::string folder = file.folder();
    return folder.substr(folder.rfind('/') + 1) + "/" + file.stem();
}

struct Prediction
{
    std::string model;
    Answer answer;
};

Prediction predictionOf(const Json &record)
{
    Prediction out{textAt(record, "model"), {}};
    const Json *output = member(record, "model_output");
    const Json *choices = output ? member(*output, "choices") : nullptr;
    const Json *choice = choices && choices->is_array() && !choices->empty() ? &choices->front() : nullptr;
    if (out.model.empty() && output)
        out.model = textAt(*output, "model");
    const Json *content = choice ? member(*choice, {"message", "content"}) : nullptr;
    out.answer.output = spokenText(content);
    if (content && content->is_array())
        for (const Json &part : *content)
            out.answer.reasoning += onlyText(member(part, "reasoning"));
    const std::string end = choice ? textOf(firstMember(*choice, {"stop_reason", "finish_reason"})) : std::string();
    const bool cut = end == "max_tokens" || end == "length" || end == "model_length";
    out.answer.finish = cut ? "length" : end == "content_filter" ? "refused" : end == "stop" ? "stop" : "";
    if (output) {
        out.answer.promptTokens = countOf(member(*output, {"usage", "input_tokens"}), 0);
        out.answer.outputTokens = countOf(member(*output, {"usage", "output_tokens"}), 0);
        out.answer.error = onlyText(member(*output, "error"));
        const double seconds = numberOf(member(*output, "time")).value_or(0);
        out.answer.seconds = seconds >= 0 && seconds < 1e9 ? seconds : 0;
    }
    return out;
}

std::vector<Figure> figuresOf(const Json &record)
{
    std::vector<Figure> out;
    const Json *score = member(record, {"sample_score", "score"});
    const Json *value = score ? member(*score, "value") : nullptr;
    if (!value || !value->is_object())
        return out;
    for (const auto &[name, figure] : value->items())
        out.push_back({name, numberOf(&figure)});
    // The one that counts comes first.
    const std::string first = textAt(*score, "main_score_name");
    std::stable_partition(out.begin(), out.end(), [&](const Figure &figure) { return figure.name == first; });
    return out;
}

AnsweredItem answered(const Json &record, const std::map<std::string, Prediction> &predictions, const std::string &metric)
{
    AnsweredItem out;
    const std::string index = textAt(record, "index");
    const Json *score = member(record, {"sample_score", "score"});
    // Samples of one question share a group.
    const std::string group = textOf(member(record, {"sample_score", "group_id"}));
    out.item.id = group.empty() ? index : group;
    out.item.prompt = conversationText(member(record, "input"));
    out.item.answers = {textAt(record, "target")};
    out.item.pairKey = pairKeyOf(out.item.prompt, {finalAnswer(out.item.answers.front())});
    if (const auto found = predictions.find(index); found != predictions.end())
        out.answer = found->second.answer;
    else if (score)
        out.answer.output = textAt(*score, "prediction");
    const std::vector<Figure> figures = figuresOf(record);
    const Figure *figure = judging(figures, metric);
    out.judged = judgedByTool(figure, out.answer, score ? textAt(*score, "extracted_prediction") : std::string(), figure ? figure->name : std::string());
    return out;
}

void readReviews(const ResultFile &reviews, const ResultFile *predictions, Reading &reading)
{
    std::map<std::string, Prediction> told;
    if (predictions)
        forEachRecord(*predictions, reading.problems, [&](const Json &record, uint64_t) { told.emplace(textAt(record, "index"), predictionOf(record)); });
    else
        reading.problems.add(reviews.name, 0, ASSAY_TEXT("Reason", "there are no predictions of the same name: answers may be cut"));
    const std::string name = pairName(reviews);
    std::string model = told.empty() ? std::string() : told.begin()->second.model;
    if (model.empty())
        model = name.substr(0, name.find('/'));
    RunBuilder run(kTool, model, reviews.stem(), reading.options);
    forEachRecord(reviews, reading.problems, [&](const Json &record, uint64_t line) {
        AnsweredItem item = answered(record, told, reading.options.metric);
        item.sample = run.nextSample(item.item.id);
        if (run.run.protocol.scorer.empty())
            run.run.protocol.scorer = item.judged.rule;
        run.add(std::move(item), reviews, line, reading.problems);
    });
    run.finish(reading.import);
}

void read(Reading &reading)
{
    std::map<std::string, const ResultFile *> predictions;
    bool any = false;
    for (const ResultFile *file : reading.files) {
        if (isPrediction(*file))
            predictions.emplace(pairName(*file), file);
        any = any || isReview(*file);
    }
    for (const ResultFile *file : reading.files) {
        if (!isReview(*file) || reading.stop.stop_requested())
            continue;
        const auto found = predictions.find(pairName(*file));
        readReviews(*file, found == predictions.end() ? nullptr : found->second, reading);
    }
    if (!any)
        reading.problems.add(reading.files.front()->name, 0, ASSAY_TEXT("Reason", "there are no reviews beside it: nothing is judged"));
}

} // namespace

const Reader kEvalScope{{kTool, ASSAY_TEXT("Import", "output folders of version 1: predictions and reviews")}, takes, read};

} // namespace assay::imports
