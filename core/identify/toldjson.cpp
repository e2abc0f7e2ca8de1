// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/toldjson.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostText = 20000, kMostArguments = 9, kMostSentences = 1000;

bool isText(const json &value)
{
    return value.is_string() && value.get_ref<const std::string &>().size() <= kMostText;
}

} // namespace

json toldToJson(const Told &told)
{
    json out{{"text", validUtf8(told.text)}};
    for (const std::string &argument : told.arguments)
        out["arguments"].push_back(validUtf8(argument));
    return out;
}

json toldListToJson(const std::vector<Told> &list)
{
    json out = json::array();
    for (const Told &told : list)
        out.push_back(toldToJson(told));
    return out;
}

std::optional<Told> toldFromJson(const json &value)
{
    if (!value.is_object() || !value.contains("text") || !isText(value["text"]))
        return std::nullopt;
    Told out{value["text"].get<std::string>()};
    const auto arguments = value.find("arguments");
    if (arguments == value.end())
        return out;
    if (!arguments->is_array() || arguments->size() > kMostArguments)
        return std::nullopt;
    for (const json &argument : *arguments) {
        if (!isText(argument))
            return std::nullopt;
        out.arguments.push_back(argument.get<std::string>());
    }
    return out;
}

std::optional<std::vector<Told>> toldListFromJson(const json &value)
{
    if (!value.is_array() || value.size() > kMostSentences)
        return std::nullopt;
    std::vector<Told> out;
    for (const json &one : value) {
        auto told = toldFromJson(one);
        if (!told)
            return std::nullopt;
        out.push_back(std::move(*told));
    }
    return out;
}

} // namespace assay
