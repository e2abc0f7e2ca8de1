// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/endpointcalls.h"

#include "core/endpoint/requestbody.h"
#include "core/evaluate/generators/randomdraw.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr int64_t kTemplate = 100, kCopyTokens = 320, kShortTokens = 24, kStopTokens = 60, kBiasTokens = 4;

/// How OpenAI's shape and its relatives name a thing; empty where a dialect has none.
struct Names
{
    const char *dialect, *stop, *bias, *logprobs, *ids, *completions;
};
constexpr Names kNames[] = {
    {"openai-chat", "stop", "logit_bias", "logprobs", "", "/v1/completions"},
    {"openai", "stop", "logit_bias", "logprobs", "", ""},
    {"vllm", "stop", "logit_bias", "logprobs", "return_token_ids", "/v1/completions"},
    {"sglang", "stop", "logit_bias", "logprobs", "", "/v1/completions"},
    {"llamacpp", "stop", "logit_bias", "logprobs", "", "/v1/completions"},
    {"lmstudio", "stop", "logit_bias", "logprobs", "", "/v1/completions"},
    {"deepseek", "stop", "", "logprobs", "", ""},
    {"azure", "stop", "logit_bias", "logprobs", "", ""},
    {"anthropic", "stop_sequences", "", "", "", ""},
    {"ollama", "options.stop", "", "", "", ""},
    {"tgi", "parameters.stop", "", "", "", ""},
};
const Names &namesOf(const std::string &dialect)
{
    const auto *found = std::ranges::find(kNames, dialect, [](const Names &names) { return std::string(names.dialect); });
    return found == std::end(kNames) ? kNames[0] : *found;
}

void setPath(json &body, std::string_view path, json value)
{
    const size_t dot = path.find('.');
    if (dot == std::string_view::npos)
        body[std::string(path)] = std::move(value);
    else
        body[std::string(path.substr(0, dot))][std::string(path.substr(dot + 1))] = std::move(value);
}

class Planner
{
public:
    Planner(const EndpointVerificationPlan &plan, uint64_t seed, const std::string &dialect, const std::string &model)
        : m_plan(plan), m_draw(seed ^ 0x63616c6cu), m_dialect(*(findDialect(dialect) ? findDialect(dialect) : findDialect("openai-chat"))),
          m_names(namesOf(m_dialect.id)), m_model(model), m_seed(seed)
    {
    }

    EndpointCalls make()
    {
        const std::string claimed = claimedTokenizer(m_plan);
        const size_t texts = m_plan.tokenizers.contains(claimed) && m_plan.tokenizers.size() > 1 ? 5 : 8;
        m_out.probes = makeTokenProbes(m_plan.table, m_plan.tokenizers, claimed, m_seed, texts);
        addCounts();
        addChecks();
        addParameters();
        addCopies();
        m_draw.shuffle(m_out.all);
        addSubstitutes();
        return std::move(m_out);
    }

private:
    json bodyOf(const LoadRequest &request, bool streamed) const
    {
        json body = json::parse(requestBody(m_dialect, m_model, request));
        if (!streamed && body.contains("stream")) {
            body.erase("stream_options");
            body["stream"] = false;
        }
        return body;
    }
    void add(std::string id, const LoadRequest &request, bool streamed = false, const std::string &field = {}, json value = {}, std::string uses = {})
    {
        json body = bodyOf(request, streamed);
        if (!field.empty())
            setPath(body, field, std::move(value));
        m_out.all.push_back({std::move(id), m_dialect.path, body.dump(-1, ' ', false, json::error_handler_t::replace),
                             int64_t(request.prompt.size()) + kTemplate, request.outputTokens, {}, std::move(uses)});
    }

    LoadRequest request(std::string prompt, int64_t tokens, std::optional<double> temperature) const
    {
        LoadRequest made;
        made.prompt = std::move(prompt);
        made.outputTokens = tokens;
        made.temperature = temperature;
        return made;
    }

    /// Each message once, the base and as many others as there is room for a second time: counts must be the same then.
    void addCounts()
    {
        int left = kCountCalls;
        for (int time = 1; time <= 2; ++time)
            for (const TokenMessage &message : m_out.probes.messages)
                if (left-- > 0)
                    add(countId(message.id, time), request(message.text, 1, std::nullopt));
    }

    /// The same messages again and again: whoever sends some requests elsewhere is seen by those that are counted otherwise.
    void addChecks()
    {
        const size_t messages = m_out.probes.messages.size();
        for (size_t i = 0; messages > 0 && i < size_t(countedChecks(m_plan.size)); ++i) {
            const TokenMessage &message = m_out.probes.messages[i % messages];
            add(countId(message.id, int(3 + i / messages)), request(message.text, 1, std::nullopt));
        }
    }

    void addParameters()
    {
        const std::vector<std::string> topics{"rivers", "bridges", "glass", "bread", "maps", "clouds"};
        const std::string prompt = "Write one sentence about " + m_draw.oneOf(topics) + ".";
        for (int i = 1; i <= kSameCalls; ++i)
            add("parameter.same." + std::to_string(i), request(prompt, kShortTokens, 0.0));
        if (*m_dialect.body.seedPath != '\0')
            for (const int i : {1, 2, 3}) {
                LoadRequest seeded = request(prompt, kShortTokens, 1.0);
                seeded.seed = i < 3 ? 7 : 8;
                add("parameter.seed." + std::to_string(i), seeded, false, {}, {}, "seed");
            }
        if (*m_names.stop != '\0')
            add("parameter.stop", request("Write the numbers from 1 to 12, separated by single blanks, and nothing else.", kStopTokens, 0.0), false, m_names.stop, json::array({kStopText}), "stop");
        if (*m_names.bias != '\0')
            add("parameter.bias", request(prompt, kBiasTokens, 0.0), false, m_names.bias,
                json{{std::to_string(m_draw.between(1000, 20'000)), 100}}, "logit_bias");
    }

    LoadRequest copyRequest() const
    {
        std::string lines = "The sample number that follows here was written down carefully " + m_out.probes.digits + " before these last words were added.\n";
        for (const TokenMessage &line : m_out.probes.lines)
            lines += line.text + "\n";
        return request("Repeat the following lines exactly, and write nothing else: " + lines + "That is all.", kCopyTokens, 0.0);
    }
    void addCopies()
    {
        const bool asksMore = *m_names.logprobs != '\0';
        add(asksMore ? "copy.logprobs" : "copy.plain", copyRequest(), true, m_names.logprobs, asksMore ? json(true) : json(), asksMore ? "logprobs" : "");
        if (*m_names.ids != '\0') {
            json body = json::parse(m_out.all.back().body);
            body[m_names.ids] = true;
            m_out.all.back().body = body.dump();
        }
        if (*m_names.completions != '\0') {
            const std::string prompt = "Each number is written twice.\n2718281828459 2718281828459\n" + m_out.probes.digits + " ";
            json body{{"prompt", prompt}, {"max_tokens", kCutOffTokens}, {"temperature", 0.0}, {"stream", false}};
            if (!m_model.empty())
                body["model"] = m_model;
            m_out.all.push_back({"cut.completion", m_names.completions, body.dump(), int64_t(prompt.size()) + kTemplate, kCutOffTokens, {}, {}});
        }
    }
    void addSubstitutes()
    {
        if (*m_names.logprobs != '\0') {
            add("copy.plain", copyRequest(), true);
            m_out.all.back().insteadOf = "copy.logprobs";
        }
        add("cut.chat", request("Copy this number, digits only, without any other character: " + m_out.probes.digits, kCutOffTokens, 0.0));
        if (*m_names.completions != '\0')
            m_out.all.back().insteadOf = "cut.completion";
    }

    const EndpointVerificationPlan &m_plan;
    RandomDraw m_draw;
    const Dialect &m_dialect;
    const Names &m_names;
    std::string m_model;
    uint64_t m_seed;
    EndpointCalls m_out;
};

} // namespace

std::string countId(const std::string &message, int time)
{
    return "count." + message + "." + std::to_string(time);
}

const PlannedCall *EndpointCalls::find(std::string_view id) const
{
    const auto found = std::ranges::find(all, id, &PlannedCall::id);
    return found == all.end() ? nullptr : &*found;
}

EndpointCalls planCalls(const EndpointVerificationPlan &plan, uint64_t seed, const std::string &dialect, const std::string &model)
{
    return Planner(plan, seed, dialect, model).make();
}

} // namespace assay
