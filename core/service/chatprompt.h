// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"

#include <ctime>
#include <nlohmann/json.hpp>

namespace assay {

class Tokenizer;

/// What a chat template is given beside the special tokens, under transformers' names.
struct ChatRequest
{
    nlohmann::ordered_json messages = nlohmann::ordered_json::array(); ///< [{"role": "user", "content": "..."}]
    nlohmann::ordered_json tools, documents; ///< null when there are none
    bool generationPrompt = true;
    nlohmann::ordered_json more = nlohmann::ordered_json::object(); ///< further names: "enable_thinking"
    std::string templateName; ///< empty: as chosenTemplate() chooses
};

/// Texts of the special tokens by role ("bos_token", ...), as tokenizer_config.json and special_tokens_map.json tell
/// them, else the keys of a GGUF file, whose ids the tokenizer (may be null) spells.
nlohmann::ordered_json specialTokenTexts(const ModelDirectory &directory, const Tokenizer *tokenizer);

/// The text that a template makes of a dialogue. Errors: TemplateDamaged, TemplateFailed, TemplateEndless.
Result<std::string> renderChat(const std::string &chatTemplate, const nlohmann::ordered_json &specials,
                               const ChatRequest &request, const std::tm &now);
/// The same with the model's own template. Also TemplateMissing.
Result<std::string> renderChat(const ModelDirectory &directory, const Tokenizer *tokenizer, const ChatRequest &request,
                               const std::tm &now);

/// A model's files; its weights are looked at only where a GGUF file may hold the template. A folder of nothing but
/// a tokenizer will do.
Result<ModelDirectory> openForChat(const std::filesystem::path &path);

/// Messages and tools as JSON keeps their order. Errors: JsonDamaged; JsonWrongType when it is no list (of messages
/// an object with "messages" will do).
Result<nlohmann::ordered_json> parseChatList(const std::string &text, const std::string &where, const char *field);

} // namespace assay
