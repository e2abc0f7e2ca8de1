// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/requestbody.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

/// Sets "options.num_predict" within its object; nothing where the dialect has no such field.
void set(json &body, std::string_view path, json value)
{
    if (path.empty())
        return;
    json *at = &body;
    for (size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        at = &(*at)[std::string(path.substr(0, dot))];
        path.remove_prefix(dot + 1);
    }
    (*at)[std::string(path)] = std::move(value);
}

void merge(json &body, const char *patch)
{
    if (*patch != '\0')
        body.merge_patch(json::parse(patch));
}

void setPrompt(json &body, const BodyRule &rule, const LoadRequest &request)
{
    const bool system = !request.system.empty();
    if (rule.prompt == BodyRule::Prompt::Text) {
        set(body, rule.promptPath, system ? request.system + "\n\n" + request.prompt : request.prompt);
        return;
    }
    json messages = json::array();
    if (system && rule.prompt == BodyRule::Prompt::Messages)
        messages.push_back({{"role", "system"}, {"content", request.system}});
    else if (system)
        set(body, "system", request.system);
    messages.push_back({{"role", "user"}, {"content", request.prompt}});
    set(body, rule.promptPath, std::move(messages));
}

} // namespace

std::string requestBody(const Dialect &dialect, const std::string &model, const LoadRequest &request)
{
    const BodyRule &rule = dialect.body;
    json body = json::object();
    merge(body, rule.fixed);
    if (!model.empty())
        set(body, rule.modelPath, model);
    setPrompt(body, rule, request);
    if (request.outputTokens > 0)
        set(body, rule.limitPath, request.outputTokens);
    if (request.temperature)
        set(body, rule.temperaturePath, *request.temperature);
    if (request.topP)
        set(body, rule.topPPath, *request.topP);
    if (request.seed)
        set(body, rule.seedPath, *request.seed);
    if (request.ignoreEos) {
        merge(body, rule.ignoreEos);
        if (request.outputTokens > 0)
            set(body, rule.minTokensPath, request.outputTokens);
    }
    for (const auto &[level, patch] : rule.thinking)
        if (request.thinking == level)
            merge(body, patch);
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string withoutUsage(const std::string &body)
{
    json made = json::parse(body, nullptr, false);
    if (made.is_object())
        made.erase("stream_options");
    return made.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace assay
