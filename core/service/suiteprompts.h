// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <memory>
#include <string>

namespace assay {

/// What a prompt of a suite becomes before it goes to a subject: itself, or a user's message in the model's chat template.
class SuitePrompts
{
public:
    SuitePrompts() = default; ///< as it is
    /// Errors: those of openForChat(), TemplateMissing, TemplateDamaged; files on another machine have no template here.
    static Result<SuitePrompts> ofModel(const std::string &path, const std::string &templateName);

    /// Errors: TemplateFailed, TemplateEndless.
    Result<std::string> make(const std::string &prompt) const;
    bool isChat() const { return m_chat != nullptr; }
    /// The tokenizer puts its begin token before the prompt; a chat template brings its own.
    bool special() const { return m_chat == nullptr; }
    /// For the card: a hash of the template; empty where there is none.
    std::string templateHash() const;

private:
    struct Chat;
    std::shared_ptr<const Chat> m_chat; ///< null: prompts stay as they are
};

} // namespace assay
