// SPDX-License-Identifier: GPL-3.0-or-later
// Writes our own form: suiteLines of suite.h.
#include "core/evaluate/formats/ownfields.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using Json = nlohmann::ordered_json;

void put(Json &out, const char *name, const std::string &text)
{
    if (!text.empty())
        out[name] = text;
}

Json headerOf(const Suite &suite)
{
    Json out{{"suite", suite.name}, {"title", suite.title}};
    put(out, "origin", suite.origin);
    put(out, "licence", suite.licence);
    put(out, "template", suite.promptTemplate);
    writeScorer(suite, out);
    out["stop"] = suite.stop;
    out["max_tokens"] = suite.maxTokens;
    if (!suite.axes.empty())
        out["axes"] = suite.axes;
    if (!suite.classes.empty())
        out["classes"] = suite.classes;
    return out;
}

std::string imagePath(const std::filesystem::path &image, const std::filesystem::path &folder)
{
    const std::filesystem::path relative = image.lexically_relative(folder);
    return relative.empty() || *relative.begin() == ".." ? image.string() : relative.string();
}

Json lineOf(const SuiteItem &item, const std::filesystem::path &folder)
{
    Json out{{"id", item.id}};
    put(out, "task", item.task);
    put(out, "cluster", item.cluster);
    out["asking"] = askingName(item.asking);
    put(out, "prompt", item.prompt);
    if (!item.image.empty())
        out["image"] = imagePath(item.image, folder);
    if (!item.choices.empty())
        out["choices"] = item.choices;
    if (item.answerIndex >= 0)
        out["answer"] = item.answerIndex;
    else if (!item.answers.empty())
        out["answer"] = item.answers;
    if (!item.axes.empty())
        out["axes"] = item.axes;
    if (!item.labels.empty())
        out["labels"] = item.labels;
    if (item.extract)
        out["extract"] = {{"after", item.extract->after}, {"until", item.extract->until}};
    if (item.code)
        out["code"] = {{"preamble", item.code->preamble}, {"entry_point", item.code->entryPoint}, {"test", item.code->test}};
    if (item.maxTokens > 0)
        out["max_tokens"] = item.maxTokens;
    put(out, "pair_key", item.pairKey);
    return out;
}

std::string lineText(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string suiteLines(const Suite &suite, const std::filesystem::path &folder)
{
    std::string out = lineText(headerOf(suite));
    for (const SuiteItem &item : suite.items)
        out += lineText(lineOf(item, folder));
    return out;
}

} // namespace assay
