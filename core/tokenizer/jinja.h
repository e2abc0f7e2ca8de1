// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <chrono>
#include <ctime>
#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace assay {

/// A chat template: Jinja, as transformers sets it up for chat templates (the immutable sandbox with trim_blocks and
/// lstrip_blocks, loop controls, generation blocks, its own tojson). docs/TOKENIZERS.md tells what is supported.
/// Immutable; safe to share between threads.
class JinjaTemplate
{
public:
    /// What one rendering may cost. Beyond it ends with TemplateEndless.
    struct Limits
    {
        uint64_t steps = 20'000'000;      ///< parts of the template that are computed
        uint64_t bytes = 512'000'000;     ///< of all texts and lists that are made on the way
        uint64_t outputBytes = 64'000'000;
        std::chrono::milliseconds time{10'000};
    };

    /// Errors: TemplateDamaged, with the line.
    static Result<JinjaTemplate> parse(std::string_view text);
    JinjaTemplate(JinjaTemplate &&) noexcept;
    JinjaTemplate &operator=(JinjaTemplate &&) noexcept;
    ~JinjaTemplate();

    /// The text. variables: an object; what it holds are the template's names. now: what strftime_now() tells. Errors:
    /// TemplateFailed (raise_exception() included) and TemplateEndless, with the line.
    Result<std::string> render(const nlohmann::ordered_json &variables, const std::tm &now, const Limits &limits) const;
    Result<std::string> render(const nlohmann::ordered_json &variables, const std::tm &now) const;

private:
    struct Parsed;
    explicit JinjaTemplate(std::unique_ptr<Parsed> parsed);
    std::unique_ptr<Parsed> m_parsed;
};

/// The time of this machine, here and now.
std::tm localTime();

} // namespace assay
