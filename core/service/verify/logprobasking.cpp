// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/logprobasking.h"

#include "core/endpoint/dialect.h"
#include "core/endpoint/exchange.h"
#include "core/endpoint/requestbody.h"
#include "core/tokenizer/bytelevel.h"
#include "core/tokenizer/decoder.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

using nlohmann::json;

constexpr int64_t kTops[] = {20, 5};
constexpr int kMostFailures = 3;
constexpr size_t kMostListed = 1000;
constexpr double kLeastLogprob = -1e4; ///< servers write large numbers for "impossible"
/// Dialects whose answers have OpenAI's log-probabilities.
constexpr const char *kTelling[] = {"openai-chat", "openai-completions", "openai", "vllm", "sglang", "llamacpp", "lmstudio", "deepseek", "azure"};

const json &at(const json &value, const char *name)
{
    static const json kNothing;
    if (!value.is_object())
        return kNothing;
    const auto found = value.find(name);
    return found == value.end() ? kNothing : *found;
}

const json &first(const json &list)
{
    static const json kNothing;
    return list.is_array() && !list.empty() ? list.front() : kNothing;
}

void add(TopTokens &out, std::string token, const json &logprob)
{
    if (!logprob.is_number() || !std::isfinite(logprob.get<double>()) || out.size() >= kMostListed)
        return;
    const double value = std::clamp(logprob.get<double>(), kLeastLogprob, 0.0);
    const auto [place, isNew] = out.try_emplace(std::move(token), value);
    if (!isNew)
        place->second = std::max(place->second, value);
}

/// The token's bytes where they are told: its text may be replaced where it ends within a character.
std::string bytesOf(const json &token)
{
    const json &bytes = at(token, "bytes"), &text = at(token, "token");
    std::string out;
    for (size_t i = 0; bytes.is_array() && i < std::min(bytes.size(), kMostListed); ++i) {
        if (!bytes[i].is_number_integer() || bytes[i] < 0 || bytes[i] > 255)
            return text.is_string() ? text.get<std::string>() : std::string();
        out += char(bytes[i].get<int>());
    }
    return !out.empty() || !text.is_string() ? out : text.get<std::string>();
}

std::string bodyFor(const Dialect &dialect, const std::string &model, const std::string &prompt, int64_t top)
{
    LoadRequest request;
    request.prompt = prompt;
    request.outputTokens = 1;
    request.temperature = 0;
    json body = json::parse(requestBody(dialect, model, request));
    body.erase("stream_options");
    body["stream"] = false;
    if (dialect.body.prompt == BodyRule::Prompt::Text) {
        body["logprobs"] = top;
    } else {
        body["logprobs"] = true;
        body["top_logprobs"] = top;
    }
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Asks prompt after prompt; what the first one is refused is asked for less.
class LogprobAsker
{
public:
    LogprobAsker(const EndpointTarget &target, const Dialect &dialect, std::stop_token stop) : m_target(target), m_dialect(dialect), m_stop(std::move(stop)) {}

    void ask(const std::string &prompt, TopTokens &out)
    {
        for (;;) {
            const int64_t top = kTops[m_level];
            ExchangeRequest request{"POST", m_dialect.path, bodyFor(m_dialect, m_target.model, prompt, top)};
            request.bodyLimit = uint64_t(1) << 20;
            const ExchangeAnswer answer = exchange(m_target, request, m_stop);
            ++m_asked.spent.requests;
            if (answer.failure == Failure::Rejected && m_asked.top == 0 && m_level + 1 < std::size(kTops)) {
                ++m_level;
                continue;
            }
            take(answer, top, out);
            return;
        }
    }
    bool isOver() const { return m_failures >= kMostFailures || m_stop.stop_requested() || m_silent >= kMostFailures; }
    AskedLogprobs done(std::vector<TopTokens> byPrompt)
    {
        m_asked.byPrompt = std::move(byPrompt);
        const bool any = std::ranges::any_of(m_asked.byPrompt, [](const TopTokens &one) { return !one.empty(); });
        if (m_stop.stop_requested())
            m_asked.why = {ASSAY_TEXT("Identity", "It was stopped before all log-probabilities were asked."), {}};
        else if (!any && m_failures > 0)
            m_asked.why = {ASSAY_TEXT("Identity", "The endpoint gave no log-probabilities: %1"), {m_words}};
        else if (!any)
            m_asked.why = {ASSAY_TEXT("Identity", "The endpoint answers without log-probabilities, so their distance from the reference's is not known."), {}};
        else if (m_failures >= kMostFailures)
            m_asked.why = {ASSAY_TEXT("Identity", "The endpoint stopped telling log-probabilities: %1"), {m_words}};
        return std::move(m_asked);
    }

private:
    void take(const ExchangeAnswer &answer, int64_t top, TopTokens &out)
    {
        if (answer.failure != Failure::None) {
            ++m_failures;
            m_words = std::string(definitionOf(answer.failure).label) + (answer.detail.empty() ? std::string() : ": " + answer.detail);
            return;
        }
        m_failures = 0;
        const json usage = at(json::parse(answer.body, nullptr, false), "usage");
        if (const json &count = at(usage, "prompt_tokens"); count.is_number_unsigned() && count < uint64_t(1) << 40)
            m_asked.spent.promptTokens += count.get<int64_t>();
        ++m_asked.spent.outputTokens;
        out = firstTokensIn(answer.body);
        if (!out.empty())
            m_asked.top = top;
        else if (m_asked.top == 0)
            ++m_silent;
    }

    const EndpointTarget &m_target;
    const Dialect &m_dialect;
    std::stop_token m_stop;
    AskedLogprobs m_asked;
    size_t m_level = 0;
    int m_failures = 0, m_silent = 0; ///< in a row; answers without any while none has come
    std::string m_words;
};

} // namespace

TopTokens firstTokensIn(std::string_view body)
{
    TopTokens out;
    const json answer = json::parse(body, nullptr, false);
    const json &logprobs = at(first(at(answer, "choices")), "logprobs"), &token = first(at(logprobs, "content"));
    const json &listed = at(token, "top_logprobs"), &older = first(at(logprobs, "top_logprobs"));
    for (size_t i = 0; listed.is_array() && i < std::min(listed.size(), kMostListed); ++i)
        add(out, bytesOf(listed[i]), at(listed[i], "logprob"));
    if (token.is_object())
        add(out, bytesOf(token), at(token, "logprob"));
    if (older.is_object()) {
        for (const auto &[text, value] : older.items())
            add(out, text, value);
    }
    if (const json &text = first(at(logprobs, "tokens")); text.is_string())
        add(out, text.get<std::string>(), first(at(logprobs, "token_logprobs")));
    return out;
}

TopTokens firstTokensOf(const ReferenceBundle &bundle, size_t prompt)
{
    bool blanks = false, alphabet = true; // of SentencePiece; of GPT-2
    for (const BundlePrompt &one : bundle.prompts) {
        for (const BundleChance &chance : one.first) {
            blanks |= chance.piece.find("\xE2\x96\x81") != std::string::npos;
            alphabet &= bytesFromPiece(chance.piece).has_value();
        }
    }
    static const Decoder kBlanks = Decoder::sentencePiece(false);
    TopTokens out;
    for (const BundleChance &chance : bundle.prompts[prompt].first)
        out.emplace(blanks ? kBlanks.bytesWithin(chance.piece) : alphabet ? *bytesFromPiece(chance.piece) : chance.piece, std::max(chance.logProbability, kLeastLogprob));
    return out;
}

AskedLogprobs askLogprobs(const EndpointTarget &target, const std::vector<std::string> &prompts, const AskProgress &progress, std::stop_token stop)
{
    const Dialect *dialect = findDialect(target.dialect.empty() ? "openai-chat" : target.dialect);
    if (dialect == nullptr || std::ranges::find(kTelling, std::string_view(dialect->id), [](const char *id) { return std::string_view(id); }) == std::end(kTelling)) {
        AskedLogprobs none;
        none.byPrompt.resize(prompts.size());
        none.why = {ASSAY_TEXT("Identity", "The endpoint answers without log-probabilities, so their distance from the reference's is not known."), {}};
        return none;
    }
    LogprobAsker asker(target, *dialect, stop);
    std::vector<TopTokens> byPrompt(prompts.size());
    for (size_t i = 0; i < prompts.size() && !asker.isOver(); ++i) {
        if (progress)
            progress(ASSAY_TEXT("Identity", "asking log-probabilities"), double(i), double(prompts.size()));
        asker.ask(prompts[i], byPrompt[i]);
    }
    return asker.done(std::move(byPrompt));
}

} // namespace assay
