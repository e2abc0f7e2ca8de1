// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"

namespace assay {

/// A template that turns a dialogue into the model's text.
struct ChatTemplate
{
    std::string name;   ///< empty for the usual one; "tool_use", "rag"
    std::string text;   ///< Jinja
    std::string source; ///< the file or the metadata key it stands in
};

/// Every chat template that comes with the model: chat_template.jinja, additional_chat_templates/NAME.jinja,
/// chat_template.json, the field of tokenizer_config.json (a text, or a list with names), the keys of a GGUF file,
/// which come first when it was chosen itself. Reads small files; empty when there is none.
std::vector<ChatTemplate> readChatTemplates(const ModelDirectory &directory);

/// The one that is used, as transformers chooses: the named one; without a name "tool_use" where tools are offered,
/// else the usual one. Null when it is not among them.
const ChatTemplate *chosenTemplate(const std::vector<ChatTemplate> &templates, const std::string &name, bool tools);

} // namespace assay
