// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/service/chatprompt.h"

namespace assay {

/// --tools, --documents, --template, --set, --no-generation-prompt: what a chat template is given beside messages.
void addChatOptions(Arguments &options);
/// What they say, for these messages. Errors: BadUsage and those of the files.
Result<ChatRequest> chatRequest(const Arguments &options, nlohmann::ordered_json messages);
/// The messages of a JSON file.
Result<nlohmann::ordered_json> messagesOf(const QString &file);

/// A prompt that a model's chat template wrote.
struct ChatPrompt
{
    std::string text;
    std::vector<int64_t> ids; ///< special tokens parsed, none added: the template writes them itself
};
/// Opens the tokenizer and the template of a model on this machine.
Result<ChatPrompt> chatPrompt(const QString &subject, const ChatRequest &request);

} // namespace assay
