// SPDX-License-Identifier: GPL-3.0-or-later
// Our own form of a suite (docs/SUITES.md): readSuite and parseSuite of suite.h.
#include "core/base/file.h"
#include "core/evaluate/formats/ownfields.h"
#include "core/evaluate/formats/suitebuilder.h"
#include "core/evaluate/formats/suitefiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array kKnownFields{"id", "task", "prompt", "answer", "choices", "extract", "max_tokens", "scoring"};

void readHeader(const json &object, Suite &suite)
{
    suite.name = fieldText(object, "suite");
    if (suite.name.empty())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is empty"), {"suite"});
    suite.title = fieldText(object, "title", suite.name);
    suite.origin = fieldText(object, "origin");
    suite.licence = fieldText(object, "licence");
    suite.promptTemplate = fieldText(object, "template");
    readScorer(object, suite);
    suite.maxTokens = fieldTokens(object, suite.maxTokens);
    if (object.contains("stop"))
        suite.stop = fieldTexts(object, "stop");
    if (object.contains("classes"))
        suite.classes = fieldTexts(object, "classes");
    suite.axes = fieldWords(object, "axes");
}

void readChoices(const json &object, SuiteItem &item)
{
    item.choices = fieldTexts(object, "choices");
    if (item.choices.size() < 2)
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" has fewer than two choices"), {"choices"});
    if (std::set<std::string>(item.choices.begin(), item.choices.end()).size() != item.choices.size())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" names a choice twice"), {"choices"});
    const auto answer = object.find("answer");
    if (item.asking == Asking::Generate && (answer == object.end() || !answer->is_number_integer()))
        return; // the options are known, the answer is a text
    if (answer == object.end())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {"answer"});
    if (answer->is_number_integer()) {
        const double index = answer->get<double>();
        if (index < 0 || index >= double(item.choices.size()))
            throw Damage(ASSAY_TEXT("Reason", "\"%1\" is %2, but there are %3 choices"),
                         {"answer", answer->dump(), std::to_string(item.choices.size())});
        item.answerIndex = int(index);
    } else if (answer->is_string()) {
        const auto at = std::find(item.choices.begin(), item.choices.end(), answer->get<std::string>());
        if (at == item.choices.end())
            throw Damage(ASSAY_TEXT("Reason", "\"%1\" is none of the choices"), {"answer"});
        item.answerIndex = int(at - item.choices.begin());
    } else {
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is neither the index nor the text of a choice"), {"answer"});
    }
    item.answers = {item.choices[size_t(item.answerIndex)]};
}

void readImage(const json &object, const Suite &suite, const std::filesystem::path &folder, SuiteItem &item)
{
    item.image = folder / pathFromUtf8(textOrInteger(object, "image"));
    const auto answer = object.find("answer");
    if (answer == object.end() || !answer->is_number_integer() || answer->get<double>() < 0
        || answer->get<double>() >= double(suite.classes.size()))
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not the index of one of the %2 classes"), {"answer", std::to_string(suite.classes.size())});
    item.answerIndex = answer->get<int>();
    item.answers = {suite.classes[size_t(item.answerIndex)]};
}

/// One answer, or a list of them; a list may hold the empty text: there is none.
void readAnswers(const json &object, SuiteItem &item)
{
    const auto it = object.find("answer");
    if (it == object.end() || !it->is_array()) {
        item.answers = {textOrInteger(object, "answer")};
        return;
    }
    for (const json &one : *it) {
        if (!one.is_string())
            throw Damage(ASSAY_TEXT("Reason", "\"%1\" holds something that is not a text"), {"answer"});
        item.answers.push_back(one.get<std::string>());
    }
    if (item.answers.empty())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is empty"), {"answer"});
}

void readCode(const json &object, SuiteItem &item)
{
    const auto it = object.find("code");
    if (it == object.end())
        return;
    if (!it->is_object())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not an object"), {"code"});
    item.code = CodeTest{fieldText(*it, "preamble"), fieldText(*it, "entry_point"), fieldText(*it, "test")};
    if (item.code->test.empty())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {"test"});
}

/// Numbers that are no field of ours are axes; so is what stands in "axes".
void readAxes(const json &object, SuiteItem &item)
{
    const auto take = [&](const std::string &name, const json &value) {
        if (value.is_number() && std::isfinite(value.get<double>()))
            item.axes[name] = value.get<double>();
    };
    for (const auto &[name, value] : object.items()) {
        if (std::ranges::find(kKnownFields, name) == kKnownFields.end())
            take(name, value);
    }
    if (const auto axes = object.find("axes"); axes != object.end() && axes->is_object()) {
        for (const auto &[name, value] : axes->items())
            take(name, value);
    }
}

Asking askingOf(const json &object, const std::string &scoring)
{
    const std::string named = fieldText(object, "asking");
    if (!named.empty())
        return askingNamed(named);
    if (object.contains("image"))
        return Asking::Image;
    const bool choices = object.contains("choices");
    if (scoring == "choice" && !choices)
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is \"choice\", but \"choices\" is missing"), {"scoring"});
    return choices ? Asking::Choice : Asking::Generate;
}

SuiteItem readItem(const json &object, const Suite &suite, const std::string &scoring, const std::filesystem::path &folder)
{
    SuiteItem item;
    item.id = textOrInteger(object, "id");
    item.task = fieldText(object, "task");
    item.cluster = fieldText(object, "cluster");
    item.prompt = fieldText(object, "prompt");
    item.pairKey = fieldText(object, "pair_key");
    const std::string own = fieldScoring(object);
    item.asking = askingOf(object, own.empty() ? scoring : own);
    if (item.prompt.empty() && item.asking != Asking::Image)
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing or empty"), {"prompt"});
    item.extract = fieldExtract(object);
    item.maxTokens = fieldTokens(object, 0);
    readCode(object, item);
    if (object.contains("choices"))
        readChoices(object, item);
    else if (item.asking == Asking::Choice)
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {"choices"});
    if (item.asking == Asking::Image)
        readImage(object, suite, folder, item);
    else if (item.asking == Asking::Generate && item.answers.empty() && (!item.code || object.contains("answer")))
        readAnswers(object, item);
    item.labels = fieldWords(object, "labels");
    readAxes(object, item);
    return item;
}

/// Nothing stands when the header is wrong: it says how all is asked.
Result<Suite> readLines(std::string_view text, SuiteBuilder &builder, const std::filesystem::path &folder)
{
    bool first = true;
    std::string scoring;
    for (uint64_t number = 1; !text.empty() && !builder.full(); ++number) {
        const std::string_view line = takeLine(text);
        if (isBlank(line))
            continue;
        bool header = false;
        try {
            const json object = parseRow(line);
            header = std::exchange(first, false) && object.contains("suite") && !object.contains("prompt");
            if (header) {
                readHeader(object, builder.suite);
                scoring = fieldScoring(object);
            } else {
                builder.add(readItem(object, builder.suite, scoring, folder), number);
            }
        } catch (const Damage &damage) {
            if (header)
                return failure(ErrorCode::SuiteDamaged, {builder.suite.name, std::to_string(number), damage.what()});
            builder.damaged(damage, number);
        }
    }
    return builder.finish();
}

} // namespace

Result<Suite> readSuite(const std::filesystem::path &path)
{
    const Result<std::string> text = readSuiteText(path);
    if (!text)
        return tl::unexpected(text.error());
    return parseSuite(*text, plainName(path), path.parent_path());
}

Result<Suite> parseSuite(std::string_view text, const std::string &name, const std::filesystem::path &folder)
{
    SuiteBuilder builder;
    builder.suite.name = builder.suite.title = name;
    builder.suite.form = "assay";
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return readLines(text, builder, folder);
}

} // namespace assay
