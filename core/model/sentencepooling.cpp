// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/sentencepooling.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace assay {
namespace {

using nlohmann::json;

json parsed(const std::optional<std::string> &text)
{
    return text ? json::parse(*text, nullptr, false) : json(json::value_t::discarded);
}

std::string textOf(const json &object, const char *field)
{
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A folder right below the model's.
bool isFolderName(const std::string &name)
{
    const auto plain = [](char c) { return c == '_' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !name.empty() && std::ranges::all_of(name, plain);
}

void readPooling(const json &config, SentencePooling &out)
{
    if (!config.is_object()) {
        out.unsupported = "Pooling";
        return;
    }
    std::string mode;
    for (const auto &[field, value] : config.items()) {
        if (!field.starts_with("pooling_mode_") || value != true)
            continue;
        // Several are put one behind the other.
        mode = mode.empty() ? field : "pooling_mode";
    }
    if (const std::string named = textOf(config, "pooling_mode"); mode.empty() && !named.empty())
        mode = "pooling_mode_" + named + (named == "cls" ? "_token" : named == "mean" ? "_tokens" : "");
    if (mode == "pooling_mode_cls_token")
        out.mode = "first";
    else if (mode != "pooling_mode_mean_tokens")
        out.unsupported = mode.empty() ? "Pooling" : mode;
}

} // namespace

std::optional<SentencePooling> readSentencePooling(const std::function<std::optional<std::string>(const std::string &)> &readText)
{
    const json modules = parsed(readText("modules.json"));
    if (!modules.is_array())
        return std::nullopt;
    SentencePooling out;
    for (const json &module : modules) {
        const std::string type = module.is_object() ? textOf(module, "type") : std::string(), path = module.is_object() ? textOf(module, "path") : std::string();
        const std::string name = type.substr(type.rfind('.') + 1);
        if (name == "Pooling")
            readPooling(isFolderName(path) ? parsed(readText(path + "/config.json")) : json(), out);
        else if (name == "Normalize")
            out.normalise = true;
        else if (name != "Transformer")
            out.unsupported = name.empty() ? "modules.json" : name;
    }
    return out;
}

std::optional<SentencePooling> ggufPooling(const Checkpoint &checkpoint)
{
    const MetadataEntry *name = checkpoint.findMetadata("general.architecture");
    const MetadataEntry *type = name && name->text() ? checkpoint.findMetadata(*name->text() + ".pooling_type") : nullptr;
    const std::optional<int64_t> value = type ? type->integer() : std::nullopt;
    // llama.h, llama_pooling_type: 0 is none, 3 the last token, 4 a rank.
    if (!value || *value == 0)
        return std::nullopt;
    SentencePooling out;
    if (*value == 2)
        out.mode = "first";
    else if (*value != 1)
        out.unsupported = "pooling_type " + std::to_string(*value);
    return out;
}

} // namespace assay
