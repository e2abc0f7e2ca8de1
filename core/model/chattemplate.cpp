// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chattemplate.h"

#include "core/format/jsontext.h"

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
    if (directory.files) {
        const char *plain = "chat_template.jinja";
        if (directory.files->find(plain)) {
            if (auto text = directory.files->readText(plain, kLargestFile))
                templates.push_back({{}, std::move(*text), plain});
        }
        for (const char *name : {"chat_template.json", "tokenizer_config.json"})
            addJsonFile(*directory.files, name, templates);
    }
    addMetadata(directory.checkpoint, templates);
    return templates;
}

} // namespace assay
