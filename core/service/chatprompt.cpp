// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/chatprompt.h"

#include "core/format/jsontext.h"
#include "core/model/chattemplate.h"
#include "core/tokenizer/jinja.h"
#include "core/tokenizer/tokenizer.h"

namespace assay {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr uint64_t kLargestConfig = 32'000'000;
constexpr const char *kRoles[] = {"bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"};
constexpr std::pair<const char *, const char *> kGgufRoles[] = {
    {"tokenizer.ggml.bos_token_id", "bos_token"},     {"tokenizer.ggml.eos_token_id", "eos_token"},
    {"tokenizer.ggml.unknown_token_id", "unk_token"}, {"tokenizer.ggml.seperator_token_id", "sep_token"},
    {"tokenizer.ggml.padding_token_id", "pad_token"}, {"tokenizer.ggml.cls_token_id", "cls_token"},
    {"tokenizer.ggml.mask_token_id", "mask_token"}};

/// A token is a text, or an object with its text as "content".
void addRoles(const ModelDirectory &directory, const char *name, ordered_json &specials)
{
    if (!directory.files || !directory.files->find(name))
        return;
    const auto text = directory.files->readText(name, kLargestConfig);
    const auto root = text ? parseJsonObject(*text, name) : Result<json>(tl::unexpected(text.error()));
    if (!root)
        return;
    for (const char *role : kRoles) {
        const json token = root->value(role, json());
        const json content = token.is_object() ? token.value("content", json()) : token;
        if (content.is_string() && !specials.contains(role))
            specials[role] = content.get<std::string>();
    }
}

void addGgufRoles(const ModelDirectory &directory, const Tokenizer &tokenizer, ordered_json &specials)
{
    for (const auto &[key, role] : kGgufRoles) {
        const MetadataEntry *entry = directory.checkpoint.findMetadata(key);
        const auto id = entry ? entry->integer() : std::nullopt;
        const std::string piece = id ? tokenizer.piece(*id) : std::string();
        if (!piece.empty() && !specials.contains(role))
            specials[role] = piece;
    }
}

} // namespace

ordered_json specialTokenTexts(const ModelDirectory &directory, const Tokenizer *tokenizer)
{
    ordered_json specials = ordered_json::object();
    for (const char *name : {"tokenizer_config.json", "special_tokens_map.json"})
        addRoles(directory, name, specials);
    if (tokenizer)
        addGgufRoles(directory, *tokenizer, specials);
    return specials;
}

Result<std::string> renderChat(const std::string &chatTemplate, const ordered_json &specials, const ChatRequest &request, const std::tm &now)
{
    const auto parsed = JinjaTemplate::parse(chatTemplate);
    if (!parsed)
        return tl::unexpected(parsed.error());
    ordered_json variables = specials;
    variables["messages"] = request.messages;
    variables["tools"] = request.tools;
    variables["documents"] = request.documents;
    variables["add_generation_prompt"] = request.generationPrompt;
    for (const auto &[name, value] : request.more.items())
        variables[name] = value;
    return parsed->render(variables, now);
}

Result<std::string> renderChat(const ModelDirectory &directory, const Tokenizer *tokenizer, const ChatRequest &request, const std::tm &now)
{
    const auto templates = readChatTemplates(directory);
    const ChatTemplate *chosen = chosenTemplate(templates, request.templateName, !request.tools.is_null());
    if (!chosen)
        return failure(ErrorCode::TemplateMissing, {directory.files ? directory.files->name() : directory.name}, request.templateName);
    return renderChat(chosen->text, specialTokenTexts(directory, tokenizer), request, now);
}

Result<ModelDirectory> openForChat(const std::filesystem::path &path)
{
    auto files = openLocalFiles(path);
    if (!files)
        return tl::unexpected(files.error());
    ModelDirectory plain;
    plain.path = path;
    plain.name = (*files)->name();
    plain.files = *files;
    if (!(*files)->chosenFile().ends_with(".gguf") && !readChatTemplates(plain).empty())
        return plain;
    auto model = openModel(*files);
    const bool noModel = !model && (model.error().code == ErrorCode::NoConfig || model.error().code == ErrorCode::NoWeights);
    return noModel ? Result<ModelDirectory>(std::move(plain)) : std::move(model);
}

Result<ordered_json> parseChatList(const std::string &text, const std::string &where, const char *field)
{
    if (const auto place = forbiddenByte(text))
        return failure(ErrorCode::JsonDamaged, {where, "byte " + std::to_string(*place)});
    ordered_json list = ordered_json::parse(text, nullptr, false);
    if (list.is_discarded())
        return failure(ErrorCode::JsonDamaged, {where, ASSAY_TEXT("Reason", "it is no JSON")});
    if (list.is_object() && list.contains(field))
        list = ordered_json(list[field]);
    if (!list.is_array())
        return failure(ErrorCode::JsonWrongType, {where, field, ASSAY_TEXT("Reason", "a list")});
    return list;
}

} // namespace assay
