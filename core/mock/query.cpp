// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mock/query.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {

namespace {

using Json = nlohmann::json;

constexpr uint32_t bit(MockServer server)
{
    return 1u << unsigned(server);
}
template<typename... Servers>
constexpr uint32_t of(Servers... servers)
{
    return (bit(MockServer::Any) | ... | bit(servers));
}

constexpr uint32_t kOpenAiLike = of(MockServer::OpenAi, MockServer::Vllm, MockServer::SgLang, MockServer::LlamaCpp, MockServer::Tgi,
                                    MockServer::Ollama, MockServer::LmStudio, MockServer::DeepSeek);

struct Row
{
    const char *path; ///< "*" stands for one name
    uint32_t servers;
    MockRoute route;
};
const Row kRows[] = {
    {"/v1/chat/completions", kOpenAiLike, {MockDialect::Chat}},
    {"/chat/completions", of(MockServer::LlamaCpp, MockServer::DeepSeek), {MockDialect::Chat}},
    {"/api/v0/chat/completions", of(MockServer::LmStudio), {MockDialect::Chat}},
    {"/openai/deployments/*/chat/completions", of(MockServer::Azure), {MockDialect::Chat}},
    {"/v1/completions", kOpenAiLike, {MockDialect::Completions}},
    {"/api/v0/completions", of(MockServer::LmStudio), {MockDialect::Completions}},
    {"/openai/deployments/*/completions", of(MockServer::Azure), {MockDialect::Completions}},
    {"/completion", of(MockServer::LlamaCpp), {MockDialect::Native}},
    {"/completions", of(MockServer::LlamaCpp), {MockDialect::Native}},
    {"/generate", of(MockServer::Tgi), {MockDialect::Tgi, false, true}},
    {"/generate_stream", of(MockServer::Tgi), {MockDialect::Tgi, true, false}},
    {"/api/chat", of(MockServer::Ollama), {MockDialect::OllamaChat}},
    {"/api/generate", of(MockServer::Ollama), {MockDialect::OllamaGenerate}},
    {"/v1/messages", of(MockServer::Anthropic, MockServer::LlamaCpp, MockServer::Vllm, MockServer::LmStudio), {MockDialect::Messages}},
};

bool fits(std::string_view pattern, std::string_view path)
{
    const size_t star = pattern.find('*');
    if (star == std::string_view::npos)
        return pattern == path;
    const std::string_view before = pattern.substr(0, star), after = pattern.substr(star + 1);
    return path.size() > before.size() + after.size() && path.substr(0, before.size()) == before
           && path.substr(path.size() - after.size()) == after
           && path.substr(before.size(), path.size() - before.size() - after.size()).find('/') == std::string_view::npos;
}

int64_t wordsOf(std::string_view text)
{
    int64_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

bool truth(const Json &json, const char *name, bool otherwise)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

/// The first of these names that holds a whole number from 0 on.
std::optional<int64_t> number(const Json &json, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        const auto found = json.find(name);
        if (found != json.end() && found->is_number_integer() && (found->is_number_unsigned() || found->get<int64_t>() >= 0))
            return int64_t(std::min<uint64_t>(found->get<uint64_t>(), uint64_t(1) << 40));
    }
    return std::nullopt;
}

std::optional<int64_t> limitOf(MockDialect dialect, const Json &json)
{
    const Json empty = Json::object();
    const auto part = [&](const char *name) -> const Json & {
        const auto found = json.find(name);
        return found != json.end() && found->is_object() ? *found : empty;
    };
    switch (dialect) {
    case MockDialect::Tgi: return number(part("parameters"), {"max_new_tokens"});
    case MockDialect::OllamaChat:
    case MockDialect::OllamaGenerate: return number(part("options"), {"num_predict"});
    case MockDialect::Native: return number(json, {"n_predict", "max_tokens"});
    default: return number(json, {"max_completion_tokens", "max_tokens"});
    }
}

bool asksSomething(MockDialect dialect, const Json &json)
{
    const bool chat = dialect == MockDialect::Chat || dialect == MockDialect::OllamaChat || dialect == MockDialect::Messages;
    const auto found = json.find(chat ? "messages" : dialect == MockDialect::Tgi ? "inputs" : "prompt");
    return found != json.end() && (chat ? found->is_array() && !found->empty() : found->is_string() || found->is_array());
}

} // namespace

std::optional<MockRoute> routeOf(MockServer server, const MockHttpRequest &request)
{
    if (request.method != "POST")
        return std::nullopt;
    for (const Row &row : kRows) {
        if ((row.servers & bit(server)) != 0 && fits(row.path, request.path))
            return row.route;
    }
    return std::nullopt;
}

int64_t countWords(const Json &json)
{
    static constexpr std::string_view kTexts[] = {"content", "prompt", "inputs", "system", "text"};
    int64_t words = 0;
    std::vector<std::pair<const Json *, bool>> open{{&json, false}}; // whether a string here is text
    while (!open.empty()) {
        const auto [value, text] = open.back();
        open.pop_back();
        if (value->is_string() && text)
            words += wordsOf(value->get_ref<const std::string &>());
        if (value->is_array()) {
            for (const Json &item : *value)
                open.emplace_back(&item, text);
        }
        if (value->is_object()) {
            for (const auto &[name, item] : value->items()) {
                const bool named = std::find(std::begin(kTexts), std::end(kTexts), name) != std::end(kTexts);
                if (named || item.is_structured())
                    open.emplace_back(&item, named);
            }
        }
    }
    return words;
}

/// The texts that countWords counts, in the order of the JSON.
void collectTexts(const Json &json, bool text, int depth, std::vector<std::string> &out)
{
    static constexpr std::string_view kTexts[] = {"content", "prompt", "inputs", "system", "text"};
    if (depth > 64)
        return;
    if (json.is_string() && text)
        out.push_back(json.get<std::string>());
    for (const auto &[name, item] : json.items()) {
        if (!json.is_structured())
            break;
        const bool named = json.is_array() ? text : std::find(std::begin(kTexts), std::end(kTexts), name) != std::end(kTexts);
        collectTexts(item, named, depth + 1, out);
    }
}

std::optional<MockQuery> readQuery(const MockRoute &route, const MockHttpRequest &request, bool withTexts)
{
    const Json json = Json::parse(request.body, nullptr, false);
    if (!json.is_object() || !asksSomething(route.dialect, json))
        return std::nullopt;
    MockQuery query;
    query.dialect = route.dialect;
    if (const auto model = json.find("model"); model != json.end() && model->is_string())
        query.model = model->get<std::string>();
    const bool ollama = route.dialect == MockDialect::OllamaChat || route.dialect == MockDialect::OllamaGenerate;
    query.stream = route.alwaysStreams || (!route.neverStreams && truth(json, "stream", ollama));
    if (const auto options = json.find("stream_options"); options != json.end() && options->is_object())
        query.wantsUsage = truth(*options, "include_usage", false);
    query.wantsLogprobs = truth(json, "logprobs", false);
    query.wantsIds = truth(json, "return_token_ids", false);
    query.limit = limitOf(route.dialect, json);
    query.promptTokens = countWords(json);
    if (withTexts) {
        collectTexts(json, false, 0, query.texts);
        query.body = request.body;
    }
    return query;
}

} // namespace assay
