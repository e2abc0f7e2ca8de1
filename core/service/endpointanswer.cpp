// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/endpointanswer.h"

#include "core/bench/budget.h"
#include "core/bench/requestmetrics.h"

#include <algorithm>
#include <array>
#include <utility>

namespace assay {
namespace {

/// What servers call the end of an answer, and what it is.
constexpr std::pair<const char *, const char *> kFinishes[] = {
    {"stop", "stop"},           {"eos", "stop"},       {"eos_token", "stop"},       {"end_turn", "stop"},
    {"stop_sequence", "stop"},  {"word", "stop"},      {"stop_token", "stop"},      {"length", "length"},
    {"max_tokens", "length"},   {"limit", "length"},   {"model_length", "length"},  {"model_context_window_exceeded", "length"},
    {"content_filter", "refused"}, {"refusal", "refused"}, {"safety", "refused"},
};

/// What servers say in a refusal that is an error of HTTP.
constexpr std::array kFilterWords{"content_filter", "content management policy", "content policy"};

std::string finishOf(const std::string &told)
{
    const auto *found = std::ranges::find(kFinishes, told, [](const auto &pair) { return std::string_view(pair.first); });
    return found == std::end(kFinishes) ? told : found->second;
}

bool isFiltered(const RequestRecord &record)
{
    return record.failure == Failure::Rejected &&
           std::ranges::any_of(kFilterWords, [&](const char *words) { return record.detail.find(words) != std::string::npos; });
}

void takeTexts(const RequestRecord &record, Answer &answer)
{
    size_t at = 0;
    for (const ChunkRecord &chunk : record.chunks) {
        const size_t begin = std::min(at, record.text.size()), bytes = std::min<size_t>(chunk.bytes, record.text.size() - begin);
        at += chunk.bytes;
        if (chunk.channel == Channel::Answer)
            answer.output.append(record.text, begin, bytes);
        else if (chunk.channel == Channel::Reasoning)
            answer.reasoning.append(record.text, begin, bytes);
    }
}

/// Behind reasoning the answer begins with blank lines, which end nothing.
void cutAtStop(Answer &answer, const std::vector<std::string> &stop)
{
    const size_t first = answer.reasoning.empty() ? 0 : std::min(answer.output.find_first_not_of(" \t\r\n"), answer.output.size());
    size_t end = std::string::npos;
    for (const std::string &text : stop)
        end = text.empty() ? end : std::min(end, answer.output.find(text, first));
    if (end == std::string::npos)
        return;
    answer.output.erase(end);
    answer.finish = answer.finish == "refused" ? answer.finish : "stop";
}

} // namespace

Answer answerOf(const RequestRecord &record, const std::vector<std::string> &stop, int64_t tries)
{
    const Spend spent = spendOf(record);
    Answer answer;
    answer.tries = tries;
    answer.promptTokens = spent.promptTokens;
    answer.outputTokens = spent.completionTokens;
    answer.seconds = metricsOf(record).e2e.value_or(0);
    if (isFiltered(record)) {
        answer.finish = "refused";
        return answer;
    }
    takeTexts(record, answer);
    answer.finish = finishOf(record.finish);
    // An answer without any text is one that a suite judges.
    if (record.failure == Failure::None || record.failure == Failure::NoText) {
        cutAtStop(answer, stop);
        return answer;
    }
    const FailureDefinition &definition = definitionOf(record.failure);
    answer.failure = record.failure;
    answer.error = definition.label + (record.detail.empty() ? std::string() : ": " + record.detail);
    return answer;
}

bool isLastTry(const RequestRecord &record, int64_t retries)
{
    switch (record.failure) {
    case Failure::RateLimited:
    case Failure::Overloaded:
    case Failure::Reset:
        return record.attempt >= retries;
    case Failure::Rejected:
        return record.attempt > 0 || record.detail.find("stream_options") == std::string::npos;
    default:
        return true;
    }
}

bool endpointIsGone(Failure failure)
{
    constexpr std::array kGone{Failure::Dns, Failure::Refused, Failure::Unreachable, Failure::Tls, Failure::ConnectTimeout,
                               Failure::Unauthorized, Failure::NotFound, Failure::Redirected, Failure::NotTheProtocol};
    return std::ranges::find(kGone, failure) != kGone.end();
}

} // namespace assay
