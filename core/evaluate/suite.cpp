// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/suite.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace assay {
namespace {

using nlohmann::json;

constexpr uint64_t kMostBytes = 256u << 20;
constexpr size_t kMostItems = 1'000'000;
constexpr size_t kMostLineBytes = 8u << 20;
constexpr int kDeepest = 8; // nesting of a line: an item needs three levels
constexpr int64_t kMostTokens = 1'000'000;
constexpr std::array kKnownFields{"id", "task", "prompt", "answer", "choices", "extract", "max_tokens", "scoring"};

/// What is wrong with a line. Thrown and caught in this file only.
struct Damage : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

std::string fieldText(const json &object, const char *name, const std::string &fallback = {})
{
    const auto it = object.find(name);
    if (it == object.end() || it->is_null())
        return fallback;
    if (!it->is_string())
        throw Damage(std::string("\"") + name + "\" is not a text");
    return it->get<std::string>();
}

int64_t fieldTokens(const json &object, int64_t fallback)
{
    const auto it = object.find("max_tokens");
    if (it == object.end())
        return fallback;
    if (!it->is_number_integer() || it->get<double>() < 1 || it->get<double>() > double(kMostTokens))
        throw Damage("\"max_tokens\" is not a whole number from 1 to 1,000,000");
    return it->get<int64_t>();
}

std::vector<std::string> textList(const json &value, const char *name)
{
    if (!value.is_array())
        throw Damage(std::string("\"") + name + "\" is not a list");
    std::vector<std::string> out;
    for (const json &element : value) {
        if (!element.is_string() || element.get_ref<const std::string &>().empty())
            throw Damage(std::string("\"") + name + "\" holds something that is not a text or is empty");
        out.push_back(element.get<std::string>());
    }
    return out;
}

std::optional<ExtractRule> fieldExtract(const json &object)
{
    const auto it = object.find("extract");
    if (it == object.end())
        return std::nullopt;
    if (!it->is_object())
        throw Damage("\"extract\" is not an object with \"after\" and \"until\"");
    return ExtractRule{fieldText(*it, "after"), fieldText(*it, "until")};
}

/// "choice", "generate", "mixed" or empty.
std::string fieldScoring(const json &object)
{
    const std::string scoring = fieldText(object, "scoring");
    if (!scoring.empty() && scoring != "choice" && scoring != "generate" && scoring != "mixed")
        throw Damage("\"scoring\" is neither \"choice\" nor \"generate\"");
    return scoring;
}

void readHeader(const json &object, Suite &suite)
{
    suite.name = fieldText(object, "suite");
    if (suite.name.empty())
        throw Damage("\"suite\" is empty");
    suite.title = fieldText(object, "title", suite.name);
    suite.scorer.extract = fieldExtract(object).value_or(ExtractRule{});
    suite.maxTokens = fieldTokens(object, suite.maxTokens);
    if (const auto stop = object.find("stop"); stop != object.end())
        suite.stop = stop->is_string() ? textList(json::array({*stop}), "stop") : textList(*stop, "stop");
    const auto axes = object.find("axes");
    if (axes == object.end())
        return;
    if (!axes->is_object())
        throw Damage("\"axes\" is not an object");
    for (const auto &[axis, label] : axes->items()) {
        if (!label.is_string())
            throw Damage("the axis \"" + axis + "\" has no text");
        suite.axes[axis] = label.get<std::string>();
    }
}

/// Texts and whole numbers: ids and answers are written as both.
std::string textOrInteger(const json &object, const char *name)
{
    const auto it = object.find(name);
    if (it == object.end())
        throw Damage(std::string("\"") + name + "\" is missing");
    std::string value;
    if (it->is_string())
        value = it->get<std::string>();
    else if (it->is_number_integer())
        value = it->dump();
    else
        throw Damage(std::string("\"") + name + "\" is neither a text nor a whole number");
    if (value.empty())
        throw Damage(std::string("\"") + name + "\" is empty");
    return value;
}

void readChoices(const json &object, SuiteItem &item)
{
    item.asking = Asking::Choice;
    item.choices = textList(object["choices"], "choices");
    if (item.choices.size() < 2)
        throw Damage("\"choices\" has fewer than two choices");
    if (std::set<std::string>(item.choices.begin(), item.choices.end()).size() != item.choices.size())
        throw Damage("\"choices\" names a choice twice");
    const auto answer = object.find("answer");
    if (answer == object.end())
        throw Damage("\"answer\" is missing");
    if (answer->is_number_integer()) {
        const double index = answer->get<double>();
        if (index < 0 || index >= double(item.choices.size()))
            throw Damage("\"answer\" is " + answer->dump() + ", but there are " + std::to_string(item.choices.size())
                         + " choices");
        item.answerIndex = int(index);
    } else if (answer->is_string()) {
        const auto at = std::find(item.choices.begin(), item.choices.end(), answer->get<std::string>());
        if (at == item.choices.end())
            throw Damage("\"answer\" is none of the choices");
        item.answerIndex = int(at - item.choices.begin());
    } else {
        throw Damage("\"answer\" is neither the index nor the text of a choice");
    }
    item.answers = {item.choices[size_t(item.answerIndex)]};
}

SuiteItem readItem(const json &object, bool choicesOnly)
{
    SuiteItem item;
    item.id = textOrInteger(object, "id");
    item.task = fieldText(object, "task");
    item.prompt = fieldText(object, "prompt");
    if (item.prompt.empty())
        throw Damage("\"prompt\" is missing or empty");
    item.extract = fieldExtract(object);
    item.maxTokens = fieldTokens(object, 0);
    const std::string scoring = fieldScoring(object);
    if (object.contains("choices"))
        readChoices(object, item);
    else if (choicesOnly || scoring == "choice")
        throw Damage("\"scoring\" is \"choice\", but \"choices\" is missing");
    else
        item.answers = {textOrInteger(object, "answer")};
    for (const auto &[name, value] : object.items()) {
        const bool known = std::find(kKnownFields.begin(), kKnownFields.end(), name) != kKnownFields.end();
        if (!known && value.is_number() && std::isfinite(value.get<double>()))
            item.axes[name] = value.get<double>();
    }
    return item;
}

json parseLine(std::string_view line)
{
    if (line.size() > kMostLineBytes)
        throw Damage("the line is longer than 8 MiB");
    const auto limitDepth = [](int depth, json::parse_event_t, json &) {
        if (depth > kDeepest)
            throw Damage("the line is nested too deeply");
        return true;
    };
    json object;
    try {
        object = json::parse(line, limitDepth);
    } catch (const json::parse_error &e) {
        // The parser's own text quotes the input, which may be anything.
        throw Damage("it is not valid JSON from its byte " + std::to_string(e.byte) + " on");
    } catch (const json::exception &) {
        throw Damage("it is not valid JSON: a number is too large");
    }
    if (!object.is_object())
        throw Damage("it is not a JSON object");
    return object;
}

/// Takes the next line off the text, without its end (LF or CRLF).
std::string_view takeLine(std::string_view &text)
{
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

void readLines(std::string_view text, Suite &suite, size_t &number)
{
    std::set<std::string> ids;
    bool first = true;
    bool choicesOnly = false;
    while (!text.empty()) {
        ++number;
        const std::string_view line = takeLine(text);
        if (line.find_first_not_of(" \t") == std::string_view::npos)
            continue;
        const json object = parseLine(line);
        const bool header = first && object.contains("suite") && !object.contains("prompt");
        first = false;
        if (header) {
            readHeader(object, suite);
            choicesOnly = fieldScoring(object) == "choice";
            continue;
        }
        if (suite.items.size() == kMostItems)
            throw Damage("there are more than 1,000,000 items");
        suite.items.push_back(readItem(object, choicesOnly));
        if (!ids.insert(suite.items.back().id).second)
            throw Damage("the id \"" + suite.items.back().id + "\" occurs twice");
    }
}

} // namespace

Result<Suite> readSuite(const std::filesystem::path &path)
{
    const Result<std::string> text = readWholeFile(path, kMostBytes);
    if (!text)
        return tl::unexpected(text.error());
    return parseSuite(*text, path.stem().string());
}

Result<Suite> parseSuite(std::string_view text, const std::string &name)
{
    if (text.size() > kMostBytes)
        return failure(ErrorCode::FileTooLarge, {name, std::to_string(text.size()), std::to_string(kMostBytes)});
    Suite suite;
    suite.name = suite.title = name;
    suite.fingerprint = sha256(text);
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    size_t number = 0;
    try {
        readLines(text, suite, number);
    } catch (const std::exception &e) {
        return failure(ErrorCode::SuiteDamaged, {name, std::to_string(number), e.what()});
    }
    if (suite.items.empty())
        return failure(ErrorCode::SuiteEmpty, {name});
    return suite;
}

} // namespace assay
