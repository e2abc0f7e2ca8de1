// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/ownfields.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr int64_t kMostTokens = 1'000'000;
constexpr std::array kAskings{"generate", "choice", "text", "image"}; // in the order of Asking

} // namespace

std::string fieldText(const json &object, const char *name, const std::string &fallback)
{
    const auto it = object.find(name);
    if (it == object.end() || it->is_null())
        return fallback;
    if (!it->is_string())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not a text"), {name});
    return it->get<std::string>();
}

std::string textOrInteger(const json &object, const char *name)
{
    const auto it = object.find(name);
    if (it == object.end())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {name});
    std::string value;
    if (it->is_string())
        value = it->get<std::string>();
    else if (it->is_number_integer())
        value = it->dump();
    else
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is neither a text nor a whole number"), {name});
    if (value.empty())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is empty"), {name});
    return value;
}

std::vector<std::string> fieldTexts(const json &object, const char *name)
{
    const auto it = object.find(name);
    if (it == object.end() || it->is_null())
        return {};
    const json list = it->is_string() ? json::array({*it}) : *it;
    if (!list.is_array())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not a list"), {name});
    std::vector<std::string> out;
    for (const json &element : list) {
        if (!element.is_string() || element.get_ref<const std::string &>().empty())
            throw Damage(ASSAY_TEXT("Reason", "\"%1\" holds something that is not a text or is empty"), {name});
        out.push_back(element.get<std::string>());
    }
    return out;
}

std::map<std::string, std::string> fieldWords(const json &object, const char *name)
{
    const auto it = object.find(name);
    if (it == object.end() || it->is_null())
        return {};
    if (!it->is_object())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not an object"), {name});
    std::map<std::string, std::string> out;
    for (const auto &[word, value] : it->items())
        out[word] = fieldText(*it, word.c_str());
    return out;
}

bool fieldFlag(const json &object, const char *name, bool fallback)
{
    const auto it = object.find(name);
    if (it == object.end())
        return fallback;
    if (!it->is_boolean())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is neither true nor false"), {name});
    return it->get<bool>();
}

int64_t fieldWhole(const json &object, const char *name, int64_t fallback, int64_t least, int64_t most)
{
    const auto it = object.find(name);
    if (it == object.end())
        return fallback;
    if (!it->is_number_integer() || it->get<double>() < double(least) || it->get<double>() > double(most))
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not a whole number from %2 to %3"), {name, std::to_string(least), std::to_string(most)});
    return it->get<int64_t>();
}

int64_t fieldTokens(const json &object, int64_t fallback)
{
    return fieldWhole(object, "max_tokens", fallback, 1, kMostTokens);
}

std::optional<ExtractRule> fieldExtract(const json &object)
{
    const auto it = object.find("extract");
    if (it == object.end())
        return std::nullopt;
    if (!it->is_object())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is not an object with \"after\" and \"until\""), {"extract"});
    return ExtractRule{fieldText(*it, "after"), fieldText(*it, "until")};
}

std::string fieldScoring(const json &object)
{
    const std::string scoring = fieldText(object, "scoring");
    if (!scoring.empty() && scoring != "choice" && scoring != "generate" && scoring != "mixed")
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is neither \"choice\" nor \"generate\""), {"scoring"});
    return scoring;
}

void readScorer(const json &object, Suite &suite)
{
    if (const auto extract = fieldExtract(object))
        suite.scorer.extract = *extract;
    if (object.contains("also"))
        suite.alsoScored = fieldTexts(object, "also");
    const auto it = object.find("scorer");
    if (it == object.end())
        return;
    if (!it->is_object()) {
        suite.scorer.name = fieldText(object, "scorer");
        return;
    }
    suite.scorer.name = fieldText(*it, "name");
    suite.scorer.ignoreCase = fieldFlag(*it, "ignore_case", false);
    suite.scorer.ignorePunctuation = fieldFlag(*it, "ignore_punctuation", false);
    suite.scorer.ignoreNumbers = fieldFlag(*it, "ignore_numbers", false);
    suite.scorer.ignore = fieldTexts(*it, "ignore");
}

void writeScorer(const Suite &suite, nlohmann::ordered_json &out)
{
    const ScorerChoice &scorer = suite.scorer;
    if (scorer.extract != ExtractRule{})
        out["extract"] = {{"after", scorer.extract.after}, {"until", scorer.extract.until}};
    if (!suite.alsoScored.empty())
        out["also"] = suite.alsoScored;
    if (scorer.ignoreCase || scorer.ignorePunctuation || scorer.ignoreNumbers || !scorer.ignore.empty())
        out["scorer"] = {{"name", scorer.name}, {"ignore_case", scorer.ignoreCase}, {"ignore_punctuation", scorer.ignorePunctuation},
                         {"ignore_numbers", scorer.ignoreNumbers}, {"ignore", scorer.ignore}};
    else if (!scorer.name.empty())
        out["scorer"] = scorer.name;
}

Asking askingNamed(const std::string &name)
{
    const auto it = std::ranges::find(kAskings, name);
    if (it == kAskings.end())
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" is none of \"generate\", \"choice\", \"text\", \"image\""), {"asking"});
    return Asking(it - kAskings.begin());
}

const char *askingName(Asking asking)
{
    return kAskings[size_t(asking)];
}

} // namespace assay
