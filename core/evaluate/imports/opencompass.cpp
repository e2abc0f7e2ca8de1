// SPDX-License-Identifier: GPL-3.0-or-later
// OpenCompass: predictions/MODEL/DATASET.json with an object for each item by its number, and results/MODEL/DATASET.json, which holds
// how each was judged when it was asked to (--dump-eval-details).
#include "core/evaluate/imports/fields.h"
#include "core/evaluate/imports/readers.h"
#include "core/evaluate/imports/runbuilder.h"
#include "core/evaluate/pairkey.h"

#include <algorithm>
#include <map>

namespace assay::imports {
namespace {

constexpr const char *kTool = "OpenCompass";
constexpr std::string_view kLabel = "label: "; // leads a choice's text where perplexities were compared

bool isPrediction(const ResultFile &file)
{
    const auto inner = [&](std::string_view key) { return std::ranges::find(file.inner, key) != file.inner.end(); };
    return file.form == Form::Object && !file.keys.empty() && file.keys.front() == "0" && (inner("prediction") || inner("origin_prompt"));
}
bool isResult(const ResultFile &file) { return file.form == Form::Object && file.has("details"); }
bool takes(const ResultFile &file) { return isPrediction(file) || isResult(file); }

std::string modelOf(const ResultFile &file)
{
    const std::string folder = file.folder();
    return folder.substr(folder.rfind('/') + 1);
}

std::string pairName(const ResultFile &file)
{
    return modelOf(file) + "/" + file.stem();
}

/// Perplexities here are mean losses: of two choices the smaller one wins, as the larger log-likelihood does.
void takeLosses(const Json &prediction, AnsweredItem &out)
{
    for (const auto &[name, told] : prediction.items()) {
        if (!name.starts_with(kLabel))
            continue;
        out.item.asking = Asking::Choice;
        out.item.choices.push_back(name.substr(kLabel.size()));
        out.answer.choices.push_back({-numberOf(member(told, "PPL")).value_or(NAN), NAN, 0, false});
        const std::string prompt = conversationText(member(told, "prompt"));
        if (out.item.prompt.empty())
            out.item.prompt = prompt;
        // What differs between the prompts is the choice.
        const auto differ = std::ranges::mismatch(out.item.prompt, prompt);
        out.item.prompt.erase(differ.in1, out.item.prompt.end());
    }
}

AnsweredItem predicted(const Json &prediction)
{
    AnsweredItem out;
    takeLosses(prediction, out);
    out.item.answers = textsOf(firstMember(prediction, {"gold", "references", "answer"}));
    if (out.item.asking == Asking::Choice) {
        const auto right = std::ranges::find(out.item.choices, out.item.answers.empty() ? std::string() : out.item.answers.front());
        out.item.answerIndex = right == out.item.choices.end() ? -1 : int(right - out.item.choices.begin());
        return out;
    }
    out.item.prompt = conversationText(firstMember(prediction, {"origin_prompt", "prompt"}));
    const std::vector<std::string> outputs = textsOf(firstMember(prediction, {"prediction", "origin_prediction"}));
    out.answer.output = outputs.empty() ? std::string() : outputs.front();
    return out;
}

/// The names of an object's members, or the places of a list, in the order of the numbers that they are.
std::vector<std::string> numbersOf(const Json &items)
{
    std::vector<std::string> out;
    for (const auto &[name, value] : items.items())
        out.push_back(name);
    std::ranges::sort(out, [](const std::string &a, const std::string &b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    return out;
}

/// How the item of this number was judged; details are an object by number or a list.
const Json *detailOf(const Json *details, const std::string &number)
{
    if (!details)
        return nullptr;
    if (details->is_object())
        return member(*details, number);
    const Json place = number;
    const int64_t index = countOf(&place, -1);
    return details->is_array() && index >= 0 && size_t(index) < details->size() ? &(*details)[size_t(index)] : nullptr;
}

/// A detail's verdict; lists of verdicts stand for several tries, of which the first counts.
Figure figureOf(const Json *detail)
{
    const Json *correct = detail ? firstMember(*detail, {"correct", "is_correct"}) : nullptr;
    if (correct && correct->is_array())
        correct = correct->empty() ? nullptr : &correct->front();
    return {"correct", numberOf(correct)};
}

void addItem(RunBuilder &run, const std::string &number, const Json &prediction, const Json *detail, const ResultFile &file, Reading &reading)
{
    AnsweredItem item = predicted(prediction);
    item.item.id = number;
    if (detail && item.item.answers.empty())
        item.item.answers = textsOf(firstMember(*detail, {"references", "answer"}));
    const Figure figure = figureOf(detail);
    const std::vector<std::string> told = detail ? textsOf(firstMember(*detail, {"predictions", "pred"})) : std::vector<std::string>();
    item.item.pairKey = pairKeyOf(item.item.prompt, item.item.answers.empty() ? std::vector<std::string>() : std::vector{finalAnswer(item.item.answers.front())},
                                  item.item.choices);
    const bool judged = figure.value && *figure.value >= 0 && *figure.value <= 1;
    item.judged = judgedByTool(judged ? &figure : nullptr, item.answer, told.empty() ? std::string() : told.front(), judged ? figure.name : std::string());
    const Json place = number;
    run.add(std::move(item), file, uint64_t(countOf(&place, 0)) + 1, reading.problems);
}

void readPredictions(const ResultFile &file, const ResultFile *results, Reading &reading)
{
    const auto predictions = readJson(file, reading.problems);
    if (!predictions)
        return;
    const auto told = results ? readJson(*results, reading.problems) : std::nullopt;
    const Json *details = told ? member(*told, "details") : nullptr;
    if (!details)
        reading.problems.add(file.name, 0, ASSAY_TEXT("Reason", "there are no details of how it was judged: run OpenCompass with --dump-eval-details, or score it here"));
    RunBuilder run(kTool, modelOf(file), file.stem(), reading.options);
    run.run.protocol.scorer = details ? "correct" : "";
    for (const std::string &number : numbersOf(*predictions))
        addItem(run, number, predictions->at(number), detailOf(details, number), file, reading);
    run.finish(reading.import);
}

/// Details alone hold prompts and answers, too, where they were generated.
void readResults(const ResultFile &file, Reading &reading)
{
    const auto told = readJson(file, reading.problems);
    const Json *details = told ? member(*told, "details") : nullptr;
    if (!details || (!details->is_object() && !details->is_array())) {
        reading.problems.add(file.name, 0, ASSAY_TEXT("Reason", "its details cannot be read"));
        return;
    }
    RunBuilder run(kTool, modelOf(file), file.stem(), reading.options);
    run.run.protocol.scorer = "correct";
    const std::vector<std::string> numbers = numbersOf(*details);
    for (const std::string &number : numbers) {
        const Json *detail = detailOf(details, number);
        if (detail && detail->is_object())
            addItem(run, number, *detail, detail, file, reading);
    }
    run.finish(reading.import);
}

void read(Reading &reading)
{
    std::map<std::string, const ResultFile *> results;
    std::map<std::string, bool> used;
    for (const ResultFile *file : reading.files) {
        if (!isPrediction(*file))
            results.emplace(pairName(*file), file);
    }
    for (const ResultFile *file : reading.files) {
        if (reading.stop.stop_requested())
            return;
        if (!isPrediction(*file))
            continue;
        const auto found = results.find(pairName(*file));
        used[pairName(*file)] = true;
        readPredictions(*file, found == results.end() ? nullptr : found->second, reading);
    }
    for (const auto &[name, file] : results) {
        if (!used[name])
            readResults(*file, reading);
    }
}

} // namespace

const Reader kOpenCompass{{kTool, ASSAY_TEXT("Import", "output folders: predictions and results (--dump-eval-details)")}, takes, read};

} // namespace assay::imports
