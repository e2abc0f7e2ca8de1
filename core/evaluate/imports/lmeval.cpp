// SPDX-License-Identifier: GPL-3.0-or-later
// EleutherAI's lm-evaluation-harness: results_DATE.json and, with --log_samples, samples_TASK_DATE.jsonl beside it: a line for each document
// and filter.
#include "core/evaluate/imports/fields.h"
#include "core/evaluate/imports/lmevalsample.h"
#include "core/evaluate/imports/readers.h"
#include "core/evaluate/imports/runbuilder.h"

#include <algorithm>
#include <map>

namespace assay::imports {
namespace {

constexpr const char *kTool = "lm-evaluation-harness";

/// What a results file says of all samples beside it.
struct Header
{
    const ResultFile *file = nullptr;
    std::string date; ///< of its name
    std::string model, version, started, dtype, templateHash, batch;
    std::vector<std::string> tasks;
};

bool isResults(const ResultFile &file)
{
    return file.form == Form::Object && file.has("results") && (file.has("configs") || file.has("versions")) && !file.has("config_general");
}

bool isSamples(const ResultFile &file)
{
    return file.has("doc_id") && file.has("resps");
}

bool takes(const ResultFile &file)
{
    return isResults(file) || isSamples(file);
}

/// "2024-11-05T10-15-30.123456" at the end of a name; empty without one.
std::string dateOf(const std::string &stem)
{
    const size_t mark = stem.rfind('_');
    const std::string date = mark == std::string::npos ? std::string() : stem.substr(mark + 1);
    return utcText(date).empty() ? std::string() : date;
}

/// The value of one of these in "pretrained=org/name,dtype=bfloat16", or of the object that newer versions write.
std::string argument(const Json *arguments, std::initializer_list<std::string_view> names)
{
    if (!arguments)
        return {};
    if (arguments->is_object())
        return textOf(firstMember(*arguments, names));
    const std::string text = "," + textOf(arguments);
    for (const std::string_view name : names) {
        const std::string key = "," + std::string(name) + "=";
        const size_t at = text.find(key);
        if (at != std::string::npos)
            return text.substr(at + key.size(), text.find(',', at + 1) - at - key.size());
    }
    return {};
}

std::string dtypeOf(const Json &results)
{
    std::string dtype = textOf(member(results, {"config", "model_dtype"}));
    if (dtype.empty())
        dtype = argument(member(results, {"config", "model_args"}), {"dtype"});
    return dtype.starts_with("torch.") ? dtype.substr(6) : dtype == "auto" ? std::string() : dtype;
}

std::optional<Header> readHeader(const ResultFile &file, Problems &problems)
{
    const auto results = readJson(file, problems);
    if (!results)
        return std::nullopt;
    Header header;
    header.file = &file;
    header.date = dateOf(file.stem());
    header.model = textAt(*results, "model_name");
    if (header.model.empty())
        header.model = argument(member(*results, {"config", "model_args"}), {"peft", "delta", "pretrained", "model", "path", "engine"});
    if (header.model.empty())
        header.model = textOf(member(*results, {"config", "model"}));
    header.version = textAt(*results, "lm_eval_version");
    header.started = utcText(numberOf(member(*results, "date")));
    if (header.started.empty())
        header.started = utcText(header.date);
    header.dtype = dtypeOf(*results);
    header.templateHash = textAt(*results, "chat_template_sha");
    header.batch = textOf(member(*results, {"config", "batch_size"}));
    if (const Json *tasks = member(*results, "configs"); tasks && tasks->is_object()) {
        for (const auto &[task, config] : tasks->items())
            header.tasks.push_back(task);
    }
    return header;
}

/// The results that these samples belong to: of the same moment, else the last ones of the same folder.
const Header *headerOf(const ResultFile &samples, const std::vector<Header> &headers)
{
    const Header *last = nullptr;
    const std::string date = dateOf(samples.stem());
    for (const Header &header : headers) {
        if (header.file->folder() != samples.folder())
            continue;
        last = &header;
        if (!date.empty() && header.date == date)
            return last;
    }
    return last;
}

/// The lines do not name their task: the file's name does, and results of one task.
std::string taskOf(const ResultFile &samples, const Header *header)
{
    std::string task = samples.stem();
    if (!dateOf(task).empty())
        task.resize(task.rfind('_'));
    if (task.starts_with("samples_"))
        task.erase(0, 8);
    const bool known = header && std::ranges::find(header->tasks, task) != header->tasks.end();
    return !known && header && header->tasks.size() == 1 ? header->tasks.front() : task;
}

RunBuilder newRun(const Header *header, const std::string &task, const Reading &reading)
{
    RunBuilder out(toolName(kTool, header ? header->version : ""), header ? header->model : "", task, reading.options);
    if (!header)
        return out;
    out.run.header.startedAt = header->started;
    out.run.protocol.dtype = header->dtype;
    out.run.protocol.chatTemplate = header->templateHash;
    Json batch = header->batch; // "auto" is no number
    out.run.protocol.batch = countOf(&batch, out.run.protocol.batch);
    return out;
}

/// One run for each filter: a document is judged once by each.
void readSamples(const ResultFile &file, const Header *header, Reading &reading)
{
    const std::string task = taskOf(file, header);
    std::vector<std::pair<std::string, RunBuilder>> runs;
    std::vector<LmEvalTold> told;
    forEachRecord(file, reading.problems, [&](const Json &record, uint64_t line) {
        std::string filter = textAt(record, "filter");
        if (filter.empty())
            filter = "none";
        auto run = std::ranges::find(runs, filter, &std::pair<std::string, RunBuilder>::first);
        if (run == runs.end()) {
            run = runs.emplace(runs.end(), filter, newRun(header, task, reading));
            told.emplace_back();
        }
        LmEvalTold &so = told[size_t(run - runs.begin())];
        auto answered = lmEvalSample(record, filter, reading.options.metric, so);
        if (answered)
            run->second.add(std::move(*answered), file, line, reading.problems);
        else
            reading.problems.add(file.name, line, answered.error());
    });
    for (size_t i = 0; i < runs.size(); ++i) {
        auto &[filter, run] = runs[i];
        run.run.protocol.scorer = told[i].scorer;
        run.run.protocol.temperature = told[i].temperature;
        if (told[i].together > 0)
            reading.problems.add(file.name, 0, ASSAY_TEXT("Reason", "%1 {1:item was|items were} answered several times and judged together; the first answer is shown"),
                                 {std::to_string(told[i].together)});
        // Runs are told apart by their suite: each filter is one of its own.
        if (runs.size() > 1) {
            run.suite.name = run.suite.title = run.run.protocol.suite = task + ", " + filter;
            run.run.protocol.suiteTitle = run.suite.title;
        }
        run.finish(reading.import);
    }
}

void read(Reading &reading)
{
    std::vector<Header> headers;
    bool anySamples = false;
    for (const ResultFile *file : reading.files) {
        anySamples = anySamples || isSamples(*file);
        if (isSamples(*file))
            continue;
        if (auto header = readHeader(*file, reading.problems))
            headers.push_back(std::move(*header));
    }
    for (const ResultFile *file : reading.files) {
        if (reading.stop.stop_requested())
            return;
        if (!isSamples(*file))
            continue;
        const Header *header = headerOf(*file, headers);
        if (!header)
            reading.problems.add(file->name, 0, ASSAY_TEXT("Reason", "there is no results_*.json beside it: model and version are not known"));
        readSamples(*file, header, reading);
    }
    if (!anySamples)
        reading.problems.add(reading.files.front()->name, 0,
                             ASSAY_TEXT("Reason", "there are no samples_*.jsonl beside it: run lm_eval with --log_samples"));
}

} // namespace

const Reader kLmEvaluationHarness{{kTool, ASSAY_TEXT("Import", "results_*.json with samples_*.jsonl (--log_samples)")}, takes, read};

} // namespace assay::imports
