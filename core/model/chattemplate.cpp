// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chattemplate.h"

#include "core/format/jsontext.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr uint64_t kLargestFile = 32'000'000; // a tokenizer_config.json may list every added token
constexpr std::string_view kKey = "chat_template", kMetadataKey = "tokenizer.chat_template";

void addField(const json &field, const std::string &source, std::vector<ChatTemplate> &templates)
{
    if (field.is_string())
        templates.push_back({{}, field.get<std::string>(), source});
    if (!field.is_array())
        return;
    for (const json &entry : field) { // [{"name": "default", "template": "..."}]
        const auto name = entry.is_object() ? entry.find("name") : entry.end();
        const auto text = entry.is_object() ? entry.find("template") : entry.end();
        if (name != entry.end() && name->is_string() && text != entry.end() && text->is_string())
            templates.push_back({*name == "default" ? std::string() : name->get<std::string>(), *text, source});
    }
}

void addJsonFile(const FileSet &files, const char *name, std::vector<ChatTemplate> &templates)
{
    if (!files.find(name))
        return;
    const auto text = files.readText(name, kLargestFile);
    const auto root = text ? parseJsonObject(*text, name) : Result<json>(tl::unexpected(text.error()));
    if (!root)
        return;
    if (const auto field = root->find(kKey); field != root->end())
        addField(*field, name, templates);
}

/// chat_template.jinja, and the named ones beside it in additional_chat_templates/.
void addJinjaFiles(const FileSet &files, std::vector<ChatTemplate> &templates)
{
    constexpr std::string_view kPlain = "chat_template.jinja", kFolder = "additional_chat_templates/", kEnding = ".jinja";
    for (const FileEntry &entry : files.files()) {
        const bool named = entry.name.starts_with(kFolder) && entry.name.ends_with(kEnding);
        if (!entry.present || (!named && entry.name != kPlain))
            continue;
        std::string name = named ? entry.name.substr(kFolder.size(), entry.name.size() - kFolder.size() - kEnding.size()) : std::string();
        if (auto text = files.readText(entry.name, kLargestFile))
            templates.push_back({std::move(name), std::move(*text), entry.name});
    }
}

void addMetadata(const Checkpoint &checkpoint, std::vector<ChatTemplate> &templates)
{
    for (const MetadataEntry &entry : checkpoint.metadata) {
        const std::string *text = entry.text();
        if (!text || !entry.key.starts_with(kMetadataKey))
            continue;
        const std::string rest = entry.key.substr(kMetadataKey.size()); // "" or ".tool_use"
        if (rest.empty() || rest.front() == '.')
            templates.push_back({rest.empty() ? rest : rest.substr(1), *text, entry.key});
    }
}

} // namespace

std::vector<ChatTemplate> readChatTemplates(const ModelDirectory &directory)
{
    std::vector<ChatTemplate> templates;
    const bool fileChosen = directory.files && directory.files->chosenFile().ends_with(".gguf");
    if (fileChosen)
        addMetadata(directory.checkpoint, templates);
    if (directory.files) {
        addJinjaFiles(*directory.files, templates);
        for (const char *name : {"chat_template.json", "tokenizer_config.json"})
            addJsonFile(*directory.files, name, templates);
    }
    if (!fileChosen)
        addMetadata(directory.checkpoint, templates);
    return templates;
}

const ChatTemplate *chosenTemplate(const std::vector<ChatTemplate> &templates, const std::string &name, bool tools)
{
    const auto named = [&templates](std::string_view wanted) -> const ChatTemplate * {
        const auto found = std::find_if(templates.begin(), templates.end(), [&](const ChatTemplate &one) { return one.name == wanted; });
        return found == templates.end() ? nullptr : &*found;
    };
    if (!name.empty())
        return named(name == "default" ? std::string_view() : name);
    const ChatTemplate *forTools = tools ? named("tool_use") : nullptr;
    return forTools ? forTools : named({});
}

} // namespace assay
