// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/suites.h"

#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace assay::trainer {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kRecallChoices = 4;
constexpr uint64_t kSuiteSeed = 0x5175'1735; ///< beside the settings' seed, so that suites are drawn apart from training
constexpr uint64_t kDepthSeed = 0xde97'4001; ///< a draw of its own, so that the other suites stay as they are
constexpr std::array kDepths{0, 25, 50, 75, 100}; ///< percent of the list before what is asked for

/// How a suite is presented and scored.
struct SuiteDefinition
{
    const char *name;
    const char *title;
    const char *after; ///< of the rule that cuts the answer out; empty: the whole text is the answer
    int maxTokens;
};
constexpr SuiteDefinition kAddition{"addition", "Multi-digit addition with worked steps", ">", 128};
constexpr SuiteDefinition kSorting{"sorting", "Sorting letters", "", 32};
constexpr SuiteDefinition kBrackets{"brackets", "Matching brackets (choice)", "", 4};
constexpr SuiteDefinition kRecall{"recall", "Recalling a value from a growing list", "", 4};
constexpr SuiteDefinition kRecallChoice{"recall-choice", "Recalling a value from a growing list (choice)", "", 4};
constexpr SuiteDefinition kRecallDepth{"recall-depth", "Recalling a value from any place of a list", "", 4};
constexpr SuiteDefinition kReasoning{"reasoning", "Small exact reasoning", "", 128};

const SuiteDefinition &suiteOf(Task task)
{
    switch (task) {
    case Task::Addition: return kAddition;
    case Task::Sorting: return kSorting;
    case Task::Brackets: return kBrackets;
    default: return kRecall;
    }
}

/// The right value and three others, shuffled.
std::vector<std::string> recallChoices(const Problem &problem, Random &random)
{
    std::vector<std::string> choices{problem.answer};
    while (choices.size() < kRecallChoices) {
        const std::string value(1, char('0' + random.below(10)));
        if (std::find(choices.begin(), choices.end(), value) == choices.end())
            choices.push_back(value);
    }
    random.shuffle(choices);
    return choices;
}

std::string itemId(const SuiteDefinition &suite, size_t number)
{
    const std::string digits = std::to_string(number);
    return suite.name + std::string("-") + std::string(4 - std::min<size_t>(4, digits.size()), '0') + digits;
}

/// One line of a suite; choices decide how it is scored.
Json itemJson(const SuiteDefinition &suite, size_t number, const Problem &problem,
              const std::vector<std::string> &choices, const Tokenizer &tokenizer)
{
    Json json{{"id", itemId(suite, number)}, {"task", suite.name}, {"prompt", problem.prompt}};
    if (choices.empty()) {
        json["answer"] = problem.answer;
    } else {
        json["choices"] = choices;
        json["answer"] = std::find(choices.begin(), choices.end(), problem.answer) - choices.begin();
    }
    json["difficulty"] = problem.difficulty;
    json["context"] = tokenizer.encode(problem.prompt, true).size();
    return json;
}

/// Distinct problems of every difficulty in the settings; choices may be drawn for each.
template <class Choices>
std::vector<Json> items(Task task, const SuiteDefinition &suite, const Settings &settings, const Tokenizer &tokenizer,
                        Random &random, Choices choices)
{
    std::vector<Json> result;
    std::set<std::string> seen;
    const SuiteSettings &wanted = settings.suites.at(task);
    for (int difficulty : wanted.difficulties) {
        for (int n = 0; n < wanted.items;) {
            const Problem problem = makeProblem(task, difficulty, true, random);
            if (!seen.insert(problem.content).second)
                continue;
            ++n;
            result.push_back(itemJson(suite, result.size() + 1, problem, choices(problem), tokenizer));
        }
    }
    return result;
}

/// Where in its list the pair stands that a problem asks for, from 0 on.
int askedPlace(const Problem &problem)
{
    constexpr size_t kPair = 6; // " ant=4"
    const std::string key = problem.prompt.substr(problem.prompt.rfind(' '));
    return int(problem.content.find(key) / kPair);
}

/// As many problems of every length and depth.
std::vector<Json> depthItems(const SuiteSettings &wanted, const Tokenizer &tokenizer, Random &random)
{
    std::vector<Json> result;
    std::set<std::string> seen;
    for (int pairs : wanted.difficulties) {
        for (int depth : kDepths) {
            const int place = (depth * (pairs - 1) + 50) / 100;
            for (int n = 0; n < wanted.items;) {
                const Problem problem = makeProblem(Task::Recall, pairs, true, random);
                if (askedPlace(problem) != place || !seen.insert(problem.prompt).second)
                    continue;
                ++n;
                result.push_back(itemJson(kRecallDepth, result.size() + 1, problem, {}, tokenizer));
                result.back()["depth"] = depth;
            }
        }
    }
    return result;
}

Json headerJson(const SuiteDefinition &suite, const char *unit, const char *scoring)
{
    Json header{{"suite", suite.name}, {"title", suite.title}, {"scoring", scoring}};
    if (*suite.after != '\0')
        header["extract"] = {{"after", suite.after}};
    header["stop"] = Json::array({"\n"});
    header["max_tokens"] = suite.maxTokens;
    header["axes"] = {{"difficulty", unit}, {"context", "tokens"}};
    header["licence"] = "GPL-3.0-or-later";
    return header;
}

Result<void> writeLines(const std::filesystem::path &path, const Json &header, const std::vector<Json> &lines)
{
    std::string text = header.dump() + "\n";
    for (const Json &line : lines)
        text += line.dump() + "\n";
    return writeFileAtomically(path, text);
}

std::filesystem::path fileOf(const std::filesystem::path &folder, const SuiteDefinition &suite)
{
    return folder / (std::string(suite.name) + ".jsonl");
}

Result<void> writeRecallDepth(const Settings &settings, const Tokenizer &tokenizer, const std::filesystem::path &folder)
{
    Random random(settings.seed ^ kDepthSeed);
    Json header = headerJson(kRecallDepth, "pairs", "generate");
    header["axes"]["depth"] = "percent";
    return writeLines(fileOf(folder, kRecallDepth), header, depthItems(settings.recallDepth, tokenizer, random));
}

} // namespace

Result<void> writeSuites(const Settings &settings, const std::filesystem::path &directory,
                         const std::filesystem::path &suites)
{
    const auto tokenizer = Tokenizer::open(directory / "tokenizer.json");
    if (!tokenizer)
        return tl::unexpected(tokenizer.error());
    Random random(settings.seed ^ kSuiteSeed);
    std::vector<Json> all;
    for (int i = 0; i < int(Task::Count_); ++i) {
        const SuiteDefinition &suite = suiteOf(Task(i));
        const std::vector<Json> lines = items(Task(i), suite, settings, **tokenizer, random,
                                              [](const Problem &problem) { return problem.choices; });
        const Json header = headerJson(suite, definitionOf(Task(i)).unit,
                                       Task(i) == Task::Brackets ? "choice" : "generate");
        if (auto written = writeLines(fileOf(suites, suite), header, lines); !written)
            return written;
        for (Json line : lines) {
            // Tasks count their difficulty each in its own unit; together they have levels, 1 being the easiest.
            const auto &steps = settings.suites.at(Task(i)).difficulties;
            const auto level = std::find(steps.begin(), steps.end(), line["difficulty"].get<int>()) - steps.begin() + 1;
            line["size"] = std::exchange(line["difficulty"], level);
            if (*suite.after != '\0')
                line["extract"] = {{"after", suite.after}};
            if (!line.contains("choices"))
                line["max_tokens"] = suite.maxTokens;
            all.push_back(std::move(line));
        }
    }
    const std::vector<Json> chosen = items(Task::Recall, kRecallChoice, settings, **tokenizer, random,
                                           [&](const Problem &problem) { return recallChoices(problem, random); });
    return writeLines(fileOf(suites, kRecallChoice), headerJson(kRecallChoice, "pairs", "choice"), chosen).and_then([&] {
        return writeLines(fileOf(suites, kReasoning), headerJson(kReasoning, "level", "mixed"), all);
    }).and_then([&] { return writeRecallDepth(settings, **tokenizer, suites); });
}

} // namespace assay::trainer
