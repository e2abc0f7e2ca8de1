// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/suiteprompts.h"

#include "core/base/hash.h"
#include "core/model/chattemplate.h"
#include "core/service/chatprompt.h"
#include "core/tokenizer/jinja.h"
#include "core/tokenizer/tokenizer.h"

namespace assay {

struct SuitePrompts::Chat
{
    std::string text;
    JinjaTemplate parsed;
    nlohmann::ordered_json names; ///< what the template is given beside the message
    std::tm now;                  ///< the same for all prompts of a run
};

Result<SuitePrompts> SuitePrompts::ofModel(const std::string &path, const std::string &templateName)
{
    const auto directory = openForChat(path);
    if (!directory)
        return tl::unexpected(directory.error());
    const auto templates = readChatTemplates(*directory);
    const ChatTemplate *chosen = chosenTemplate(templates, templateName, false);
    if (!chosen)
        return failure(ErrorCode::TemplateMissing, {directory->files ? directory->files->name() : directory->name}, templateName);
    auto parsed = JinjaTemplate::parse(chosen->text);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const auto tokenizer = directory->files ? Tokenizer::open(*directory->files) : Tokenizer::open(path);
    nlohmann::ordered_json names = specialTokenTexts(*directory, tokenizer ? tokenizer->get() : nullptr);
    names["tools"] = nullptr;
    names["documents"] = nullptr;
    names["add_generation_prompt"] = true;
    SuitePrompts maker;
    maker.m_chat = std::make_shared<const Chat>(Chat{chosen->text, std::move(*parsed), std::move(names), localTime()});
    return maker;
}

Result<std::string> SuitePrompts::make(const std::string &prompt) const
{
    if (!m_chat)
        return prompt;
    nlohmann::ordered_json variables = m_chat->names;
    variables["messages"] = nlohmann::ordered_json::array({nlohmann::ordered_json{{"role", "user"}, {"content", prompt}}});
    return m_chat->parsed.render(variables, m_chat->now);
}

std::string SuitePrompts::templateHash() const
{
    return m_chat ? sha256(m_chat->text).substr(0, 16) : std::string();
}

} // namespace assay
