// SPDX-License-Identifier: GPL-3.0-or-later
// HELM (Stanford CRFM): a folder of a run holds run_spec.json, scenario_state.json (what was asked and answered) and
// per_instance_stats.json (how each answer was judged).
#include "core/evaluate/imports/fields.h"
#include "core/evaluate/imports/readers.h"
#include "core/evaluate/imports/runbuilder.h"
#include "core/evaluate/pairkey.h"

#include <algorithm>
#include <array>
#include <map>

namespace assay::imports {
namespace {

constexpr const char *kTool = "HELM";
/// Basic metrics judge every scenario; those that fit one better come first.
const std::vector<std::string_view> kJudging{"final_number_exact_match", "math_equiv_chain_of_thought", "math_equiv", "chain_of_thought_correctness",
                                             "ifeval_strict_accuracy",   "quasi_exact_match",           "exact_match", "quasi_prefix_exact_match",
                                             "prefix_exact_match",       "f1_score",                    "pass",       "rouge_l"};
constexpr std::array<std::string_view, 4> kUnread{"top_logprobs", "tokens", "embedding", "annotations"};

bool isSpec(const ResultFile &file) { return file.form == Form::Object && file.has("scenario_spec") && file.has("adapter_spec"); }
bool isState(const ResultFile &file) { return file.form == Form::Object && file.has("request_states") && file.has("adapter_spec"); }
bool isStats(const ResultFile &file) { return file.form == Form::List && file.has("instance_id") && file.has("stats"); }
bool takes(const ResultFile &file) { return isSpec(file) || isState(file) || isStats(file); }

/// An instance in one of its forms and trials.
using Key = std::pair<std::string, int64_t>;

/// Perturbed forms of an instance share its id.
std::string idOf(const std::string &id, const Json *perturbation)
{
    const std::string name = perturbation ? textAt(*perturbation, "name") : std::string();
    return name.empty() ? id : id + "/" + name;
}

/// The files of one run.
struct Folder
{
    const ResultFile *spec = nullptr, *state = nullptr, *stats = nullptr;
};

std::map<Key, std::vector<Figure>> readStats(const ResultFile &file, Problems &problems)
{
    std::map<Key, std::vector<Figure>> out;
    forEachRecord(file, problems, [&](const Json &record, uint64_t) {
        auto &figures = out[{idOf(textAt(record, "instance_id"), member(record, "perturbation")), countOf(member(record, "train_trial_index"), 0)}];
        const Json *stats = member(record, "stats");
        if (!stats || !stats->is_array())
            return;
        for (const Json &stat : *stats) {
            std::optional<double> mean = numberOf(member(stat, "mean"));
            const std::optional<double> sum = numberOf(member(stat, "sum")), count = numberOf(member(stat, "count"));
            if (!mean && sum && count && *count > 0)
                mean = *sum / *count;
            figures.push_back({textOf(member(stat, {"name", "name"})), mean});
        }
    });
    return out;
}

struct References
{
    std::vector<std::string> all, right;
    int index = -1;
};

References referencesOf(const Json &instance)
{
    References out;
    const Json *references = member(instance, "references");
    if (!references || !references->is_array())
        return out;
    for (const Json &reference : *references) {
        const Json *output = member(reference, "output");
        const std::string text = output && output->is_object() ? textAt(*output, "text") : textOf(output);
        const std::vector<std::string> tags = textsOf(member(reference, "tags"));
        if (std::ranges::find(tags, "correct") != tags.end()) {
            out.index = out.index < 0 ? int(out.all.size()) : out.index;
            out.right.push_back(text);
        }
        out.all.push_back(text);
    }
    return out;
}

/// All requests of one instance in one trial: one, or one for each reference.
struct Asked
{
    AnsweredItem answered;
    References references;
    std::string question, extracted;
    uint64_t number = 0;
};

void takeLikelihood(const Json &state, const Json *completion, Asked &asked)
{
    const int64_t reference = countOf(member(state, "reference_index"), -1);
    auto &choices = asked.answered.answer.choices;
    if (reference < 0 || size_t(reference) >= asked.references.all.size())
        return;
    choices.resize(asked.references.all.size());
    const double sum = numberOf(completion ? member(*completion, "logprob") : nullptr).value_or(NAN);
    if (textAt(state, "request_mode") == "calibration")
        choices[size_t(reference)].unconditional = sum;
    else
        choices[size_t(reference)].logLikelihood = sum;
}

void takeCompletion(const Json &state, const Json *completion, Asked &asked)
{
    Answer &answer = asked.answered.answer;
    answer.output = completion ? textAt(*completion, "text") : std::string();
    const std::string end = completion ? textOf(member(*completion, {"finish_reason", "reason"})) : std::string();
    answer.finish = end == "length" ? "length" : end.empty() || end == "unknown" ? "" : "stop";
    const Json *mapping = member(state, "output_mapping");
    if (!mapping || !mapping->is_object())
        return;
    std::string letter = answer.output.substr(0, answer.output.find('\n'));
    letter.erase(0, letter.find_first_not_of(' ') == std::string::npos ? letter.size() : letter.find_first_not_of(' '));
    while (!letter.empty() && (letter.back() == ' ' || letter.back() == '.'))
        letter.pop_back();
    asked.extracted = textAt(*mapping, letter);
}

void takeRequest(const Json &state, Asked &asked)
{
    const Json *result = member(state, "result");
    const Json *completions = result ? member(*result, "completions") : nullptr;
    const Json *completion = completions && completions->is_array() && !completions->empty() ? &completions->front() : nullptr;
    Answer &answer = asked.answered.answer;
    SuiteItem &item = asked.answered.item;
    if (result && numberOf(member(*result, "success")) == 0.0)
        answer.error = textAt(*result, "error").empty() ? "the request failed" : textAt(*result, "error");
    answer.contextCut = answer.contextCut || numberOf(member(state, "prompt_truncated")) == 1.0;
    const double seconds = result ? numberOf(member(*result, "request_time")).value_or(0) : 0;
    answer.seconds += seconds >= 0 && seconds < 1e9 ? seconds : 0;
    const std::string prompt = conversationText(member(state, {"request", "prompt"}));
    if (member(state, "reference_index")) {
        item.asking = Asking::Choice;
        item.choices = asked.references.all;
        item.answerIndex = asked.references.index;
        item.prompt = asked.question;
        takeLikelihood(state, completion, asked);
        return;
    }
    item.prompt = prompt.empty() ? conversationText(member(state, {"request", "messages"})) : prompt;
    takeCompletion(state, completion, asked);
}

/// In the order in which they were asked.
std::vector<Asked> readState(const Json &state, const ResultFile &file, Problems &problems)
{
    std::vector<Asked> out;
    std::map<Key, size_t> places;
    const Json *requests = member(state, "request_states");
    if (!requests || !requests->is_array()) {
        problems.add(file.name, 0, ASSAY_TEXT("Reason", "it has no request_states"));
        return out;
    }
    uint64_t number = 0;
    for (const Json &request : *requests) {
        ++number;
        const Json *instance = member(request, "instance");
        if (!instance || textAt(*instance, "id").empty()) {
            problems.add(file.name, number, ASSAY_TEXT("Reason", "the answer has no id; it is left out"));
            continue;
        }
        const Key key{idOf(textAt(*instance, "id"), member(*instance, "perturbation")), countOf(member(request, "train_trial_index"), 0)};
        const auto [place, isNew] = places.try_emplace(key, out.size());
        if (isNew) {
            Asked asked;
            asked.number = number;
            asked.references = referencesOf(*instance);
            asked.question = textOf(member(*instance, {"input", "text"}));
            asked.answered.item.id = key.first;
            asked.answered.sample = key.second;
            asked.answered.item.answers = asked.references.right;
            out.push_back(std::move(asked));
        }
        takeRequest(request, out[place->second]);
    }
    return out;
}

RunBuilder newRun(const Json &state, const Json *spec, const Reading &reading)
{
    const Json *adapter = member(state, "adapter_spec");
    const std::string name = spec ? textAt(*spec, "name") : std::string();
    // "mmlu:subject=anatomy,model=org_name": the model is no part of what was asked.
    std::string task = name.substr(0, name.find(",model="));
    if (const size_t model = task.find(":model="); model != std::string::npos)
        task.resize(model);
    RunBuilder run(kTool, adapter ? textAt(*adapter, "model") : std::string(), task, reading.options);
    if (adapter) {
        const double temperature = numberOf(member(*adapter, "temperature")).value_or(0);
        run.run.protocol.temperature = temperature >= 0 && temperature < 100 ? temperature : 0;
        run.suite.maxTokens = countOf(member(*adapter, "max_tokens"), run.suite.maxTokens);
    }
    return run;
}

std::string likeliest(const AnsweredItem &answered)
{
    const auto &choices = answered.answer.choices;
    const auto best = std::ranges::max_element(choices, {}, &ChoiceLikelihood::logLikelihood);
    return best == choices.end() || choices.size() != answered.item.choices.size() ? std::string() : answered.item.choices[size_t(best - choices.begin())];
}

void readRun(const Folder &folder, Reading &reading)
{
    const auto state = readJson(*folder.state, reading.problems, kUnread);
    if (!state)
        return;
    const auto spec = folder.spec ? readJson(*folder.spec, reading.problems) : std::nullopt;
    std::map<Key, std::vector<Figure>> stats;
    if (folder.stats)
        stats = readStats(*folder.stats, reading.problems);
    else
        reading.problems.add(folder.state->name, 0, ASSAY_TEXT("Reason", "there is no per_instance_stats.json beside it: nothing is judged"));
    RunBuilder run = newRun(*state, spec ? &*spec : nullptr, reading);
    for (Asked &asked : readState(*state, *folder.state, reading.problems)) {
        AnsweredItem &answered = asked.answered;
        const auto figures = stats.find({answered.item.id, answered.sample});
        const Figure *figure = figures == stats.end() ? nullptr : judging(figures->second, reading.options.metric, kJudging);
        const std::string rule = figure ? figure->name : std::string();
        if (run.run.protocol.scorer.empty())
            run.run.protocol.scorer = rule;
        const bool options = asked.references.all.size() > 1 && asked.references.right.size() < asked.references.all.size();
        answered.item.pairKey = options ? pairKeyOf(asked.question, asked.references.right, asked.references.all)
                                        : pairKeyOf(asked.question, {answered.item.answers.empty() ? std::string() : finalAnswer(answered.item.answers.front())});
        if (answered.item.asking == Asking::Choice)
            asked.extracted = likeliest(answered);
        answered.judged = judgedByTool(figure, answered.answer, asked.extracted, rule);
        run.add(std::move(answered), *folder.state, asked.number, reading.problems);
    }
    run.finish(reading.import);
}

void read(Reading &reading)
{
    std::map<std::string, Folder> folders;
    for (const ResultFile *file : reading.files) {
        Folder &folder = folders[file->folder()];
        (isState(*file) ? folder.state : isSpec(*file) ? folder.spec : folder.stats) = file;
    }
    for (const auto &[name, folder] : folders) {
        if (folder.state)
            readRun(folder, reading);
        else
            reading.problems.add((folder.spec ? folder.spec : folder.stats)->name, 0,
                                 ASSAY_TEXT("Reason", "there is no scenario_state.json beside it: what was answered is not known"));
    }
}

} // namespace

const Reader kHelm{{kTool, ASSAY_TEXT("Import", "folders of runs: run_spec.json, scenario_state.json, per_instance_stats.json")}, takes, read};

} // namespace assay::imports
