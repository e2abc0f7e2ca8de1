// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/monitorcalls.h"

#include "core/bench/requestmetrics.h"
#include "core/endpoint/curlhandle.h"
#include "core/endpoint/exchange.h"
#include "core/endpoint/loadrunner.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

using nlohmann::json;

constexpr size_t kMostAnswer = 256; ///< bytes of an answer that tell it from others

json chatBody(const std::string &model, const std::string &prompt)
{
    return {{"model", model}, {"messages", {{{"role", "user"}, {"content", prompt}}}}, {"max_tokens", 1}, {"temperature", 0}, {"stream", false}};
}

const json *at(const json &object, std::initializer_list<const char *> path)
{
    const json *here = &object;
    for (const char *name : path) {
        if (here->is_array() && !here->empty())
            here = &here->front();
        if (!here->is_object() || !here->contains(name))
            return nullptr;
        here = &here->at(name);
    }
    return here;
}

/// Of the answer's first token; of equal tokens the likelier.
TopLogprobs firstToken(const json &answer)
{
    TopLogprobs out;
    const auto add = [&out](const json &one) {
        const json *token = at(one, {"token"}), *value = at(one, {"logprob"});
        if (!token || !value || !token->is_string() || !value->is_number() || !std::isfinite(value->get<double>()))
            return;
        const double logprob = std::max(value->get<double>(), -1e4);
        const auto [place, isNew] = out.try_emplace(token->get<std::string>(), logprob);
        if (!isNew)
            place->second = std::max(place->second, logprob);
    };
    const json *content = at(answer, {"choices", "logprobs", "content"});
    if (!content || !content->is_array() || content->empty())
        return out;
    const json *top = at(content->front(), {"top_logprobs"});
    for (size_t i = 0; top && top->is_array() && i < std::min<size_t>(top->size(), 1000); ++i)
        add((*top)[i]);
    add(content->front());
    return out;
}

} // namespace

std::optional<Told> MonitorCalls::whyOver() const
{
    if (m_stop.stop_requested())
        return Told{ASSAY_TEXT("Identity", "it was ended in the middle")};
    if (m_failedInARow >= 3)
        return Told{ASSAY_TEXT("Identity", "the endpoint did not answer three times in a row: %1"), {m_lastFailure}};
    return std::nullopt;
}

std::optional<json> MonitorCalls::ask(json body, WatchWindow &window)
{
    const ExchangeRequest request{"POST", "/v1/chat/completions", body.dump(-1, ' ', false, json::error_handler_t::replace)};
    const ExchangeAnswer answer = exchange(m_target, request, m_stop);
    const json read = answer.failure == Failure::None ? json::parse(answer.body, nullptr, false) : json();
    ++window.requests;
    if (read.is_object() && at(read, {"choices"})) {
        m_failedInARow = 0;
        return read;
    }
    ++window.failed;
    ++m_failedInARow;
    const Failure kind = answer.failure == Failure::None ? Failure::NotTheProtocol : answer.failure;
    m_lastFailure = definitionOf(kind).label + (answer.detail.empty() ? std::string() : ": " + answer.detail);
    return std::nullopt;
}

Asked MonitorCalls::logprobs()
{
    Asked asked;
    json body = chatBody(m_target.model, m_file.logprobs.prompt);
    body["logprobs"] = true;
    body["top_logprobs"] = m_file.logprobs.top;
    for (int64_t call = 0; call < m_file.logprobs.calls && !isOver(); ++call) {
        const auto answer = ask(body, asked.window);
        TopLogprobs first = answer ? firstToken(*answer) : TopLogprobs();
        if (!first.empty())
            asked.window.logprobs.push_back(std::move(first));
    }
    asked.why = whyOver();
    if (!asked.why && asked.window.logprobs.empty() && asked.window.failed == 0)
        asked.why = Told{ASSAY_TEXT("Identity", "the endpoint tells no log-probabilities; border inputs need none")};
    else if (!asked.why && int64_t(asked.window.logprobs.size()) < std::max<int64_t>(3, m_file.logprobs.calls / 2))
        asked.why = Told{ASSAY_TEXT("Identity", "only %1 of %2 calls told log-probabilities"), {std::to_string(asked.window.logprobs.size()), std::to_string(m_file.logprobs.calls)}};
    return asked;
}

Asked MonitorCalls::tokens()
{
    Asked asked;
    for (int64_t turn = 0; turn < m_file.tokenizer.repeats; ++turn) {
        for (const auto &[probe, text] : m_file.tokenizer.probes) {
            const auto answer = isOver() ? std::nullopt : ask(chatBody(m_target.model, text), asked.window);
            const json *count = answer ? at(*answer, {"usage", "prompt_tokens"}) : nullptr;
            if (count && count->is_number_unsigned() && count->get<uint64_t>() < uint64_t(1) << 40)
                asked.window.tokens[probe].push_back(count->get<int64_t>());
        }
    }
    // A probe that was not counted each time is no constant.
    std::erase_if(asked.window.tokens, [&](const auto &probe) { return int64_t(probe.second.size()) < m_file.tokenizer.repeats; });
    asked.why = whyOver();
    if (!asked.why && asked.window.tokens.empty())
        asked.why = Told{ASSAY_TEXT("Identity", "the endpoint does not tell how many tokens a prompt has")};
    return asked;
}

std::optional<std::string> MonitorCalls::answerTo(const std::string &prompt, WatchWindow &window)
{
    const auto answer = ask(chatBody(m_target.model, prompt), window);
    for (const char *field : {"content", "reasoning_content", "reasoning"}) {
        const json *text = answer ? at(*answer, {"choices", "message", field}) : nullptr;
        if (text && text->is_string() && !text->get_ref<const std::string &>().empty())
            return validUtf8(text->get_ref<const std::string &>().substr(0, kMostAnswer));
    }
    return answer ? std::optional(std::string()) : std::nullopt;
}

Asked MonitorCalls::answers(const std::vector<std::string> &prompts, int64_t calls)
{
    Asked asked;
    int64_t came = 0;
    for (int64_t call = 0; call < calls; ++call) {
        for (const std::string &prompt : prompts) {
            if (const auto answer = isOver() ? std::nullopt : answerTo(prompt, asked.window)) {
                ++asked.window.answers[prompt][*answer];
                ++came;
            }
        }
    }
    asked.why = whyOver();
    if (!asked.why && 2 * came < calls * int64_t(prompts.size()))
        asked.why = Told{ASSAY_TEXT("Identity", "less than half of the calls were answered: %1"), {m_lastFailure}};
    return asked;
}

Asked MonitorCalls::border()
{
    Asked search;
    std::vector<std::string> kept;
    for (const std::string &prompt : m_file.border.candidates) {
        std::map<std::string, int64_t> seen;
        for (int64_t call = 0; call < m_file.border.tries && !isOver(); ++call) {
            if (const auto answer = answerTo(prompt, search.window))
                ++seen[*answer];
        }
        if (seen.size() >= 2)
            kept.push_back(prompt);
        if (isOver() || int64_t(kept.size()) >= m_file.border.keep)
            break;
    }
    search.why = whyOver();
    if (!search.why && int64_t(kept.size()) < m_file.border.least)
        search.why = Told{ASSAY_TEXT("Identity", "only %1 of %2 prompts have more than one likely answer: there is nothing to watch the border of"),
                          {std::to_string(kept.size()), std::to_string(m_file.border.candidates.size())}};
    if (search.why)
        return search;
    Asked asked = answers(kept, m_file.border.referenceCalls);
    asked.window.requests += search.window.requests;
    asked.window.failed += search.window.failed;
    return asked;
}

Asked MonitorCalls::latency()
{
    Asked asked;
    LoadRunner runner(m_target, momentNow());
    LoadLevel level;
    level.requests = m_file.latency.calls;
    level.concurrency = 1;
    level.keepTexts = false;
    const auto make = [this](int64_t) {
        LoadRequest request;
        request.prompt = m_file.latency.prompt;
        request.outputTokens = m_file.latency.outputTokens;
        request.temperature = 0;
        return std::optional(request);
    };
    const auto take = [&](RequestRecord &&record) {
        // The first try of a server that does not know the question for usage: the runner asks again without it.
        if (record.attempt == 0 && record.failure == Failure::Rejected && record.detail.find("stream_options") != std::string::npos)
            return;
        const RequestMetrics metrics = metricsOf(record);
        ++asked.window.requests;
        asked.window.failed += metrics.failed || !metrics.ttft;
        if (metrics.failed || !metrics.ttft) {
            m_lastFailure = definitionOf(record.failure).label;
            return;
        }
        asked.window.ttft.push_back(*metrics.ttft);
        if (metrics.tpot)
            asked.window.tpot.push_back(*metrics.tpot);
    };
    const auto ran = runner.run(level, make, take, m_stop);
    asked.why = ran ? whyOver() : std::optional(Told{ASSAY_TEXT("Identity", "nothing could be asked: %1"), {ran.error().sentence()}});
    if (!asked.why && asked.window.ttft.size() < 3)
        asked.why = Told{ASSAY_TEXT("Identity", "only %1 of %2 requests were answered: %3"),
                         {std::to_string(asked.window.ttft.size()), std::to_string(asked.window.requests), m_lastFailure}};
    return asked;
}

} // namespace assay
