// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/echoscoring.h"

#include "core/endpoint/echo.h"
#include "core/endpoint/exchange.h"
#include "core/service/endpointanswer.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace assay {
namespace {

constexpr const char *kPath = "/v1/completions";
constexpr double kFirstPause = 1, kLongestPause = 30; ///< seconds

/// What one prompt brought.
struct Echoed
{
    ExchangeAnswer answer;
    EchoReading reading;
    int64_t tries = 0;
};

/// False: told to stop meanwhile.
bool pauseFor(double seconds, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
    return !stop.stop_requested();
}

bool mayBeRepeated(Failure failure)
{
    return failure == Failure::RateLimited || failure == Failure::Overloaded || failure == Failure::Reset;
}

Echoed ask(const EndpointTarget &target, const std::string &prompt, int64_t retries, const std::stop_token &stop)
{
    ExchangeRequest request;
    request.method = "POST";
    request.path = kPath;
    request.body = echoBody(target.model, prompt);
    request.bodyLimit = target.transport.byteLimit;
    Echoed out;
    for (;;) {
        out.answer = exchange(target, request, stop);
        ++out.tries;
        if (!mayBeRepeated(out.answer.failure) || out.tries > retries)
            break;
        const double asked = double(out.answer.retryAfterMs) / 1000;
        if (!pauseFor(std::min(asked > 0 ? asked : kFirstPause * double(out.tries), kLongestPause), stop))
            break;
    }
    if (out.answer.failure == Failure::None)
        out.reading = readEcho(out.answer.body);
    return out;
}

/// All of them, so many at a time.
std::vector<Echoed> askAll(const EndpointTarget &target, const std::vector<std::string> &prompts, const EchoLimits &limits, const std::stop_token &stop)
{
    std::vector<Echoed> out(prompts.size());
    std::atomic<size_t> next = 0;
    std::vector<std::jthread> threads;
    const size_t count = std::min(prompts.size(), size_t(std::max<int64_t>(limits.inFlight, 1)));
    for (size_t i = 0; i < count; ++i) {
        threads.emplace_back([&] {
            for (size_t at = next++; at < prompts.size(); at = next++) {
                if (!stop.stop_requested())
                    out[at] = ask(target, prompts[at], limits.retries, stop);
                else
                    out[at].answer.failure = Failure::Cancelled;
            }
        });
    }
    threads.clear(); // waits
    return out;
}

/// The words that a try of any request has, with the kind of its failure.
void takeFailure(const Echoed &echoed, EchoAnswer &out)
{
    if (echoed.answer.failure != Failure::None) {
        RequestRecord record;
        record.failure = echoed.answer.failure;
        record.status = echoed.answer.status;
        record.detail = echoed.answer.detail;
        const Answer answer = answerOf(record, {}, echoed.tries);
        out.failure = answer.failure;
        out.error = answer.error.empty() ? echoed.answer.detail : answer.error;
    } else if (echoed.reading.why) {
        out.error = echoed.reading.why;
    }
}

/// Blanks go to the continuation: most tokenizers have them in the token that follows.
EchoItem split(EchoItem item)
{
    const size_t end = item.context.find_last_not_of(" \t\r\n") + 1;
    item.continuation = item.context.substr(end) + item.continuation;
    item.context.resize(end);
    return item;
}

} // namespace

EchoProbe probeEcho(const EndpointTarget &target, const std::stop_token &stop)
{
    const Echoed echoed = ask(target, "One, two, three, four", 0, stop);
    EchoProbe probe{echoed.reading.prompt.has_value(), {}, echoed.tries};
    if (probe.given)
        return probe;
    EchoAnswer answer;
    takeFailure(echoed, answer);
    probe.why = answer.error;
    return probe;
}

std::vector<EchoAnswer> scoreByEcho(const EndpointTarget &target, const std::vector<EchoItem> &items, const EchoLimits &limits, const std::stop_token &stop)
{
    std::vector<std::string> prompts;
    std::map<std::string, size_t> contexts; ///< where each was asked
    std::vector<EchoItem> cut;
    for (const EchoItem &item : items) {
        cut.push_back(split(item));
        prompts.push_back(cut.back().context + cut.back().continuation);
    }
    for (const EchoItem &item : cut) {
        if (!item.context.empty() && contexts.emplace(item.context, prompts.size()).second)
            prompts.push_back(item.context);
    }
    const std::vector<Echoed> echoed = askAll(target, prompts, limits, stop);
    std::vector<EchoAnswer> out(items.size());
    std::vector<bool> counted(prompts.size());
    for (size_t i = 0; i < items.size(); ++i) {
        EchoAnswer &answer = out[i];
        const size_t context = cut[i].context.empty() ? i : contexts.at(cut[i].context);
        for (const size_t asked : {context, i}) {
            answer.tries += counted[asked] ? 0 : echoed[asked].tries;
            counted[asked] = true;
            if (!echoed[asked].reading.prompt && answer.error.empty())
                takeFailure(echoed[asked], answer);
        }
        if (!echoed[i].reading.prompt || !echoed[context].reading.prompt)
            continue;
        const EchoedPrompt &whole = *echoed[i].reading.prompt;
        const size_t before = context == i ? tokensBefore(whole, prompts[i]) : echoed[context].reading.prompt->logProbabilities.size();
        const EchoScoring scoring = scoreBehind(whole, before);
        answer.contextTokens = int64_t(before);
        if (!scoring.score) {
            answer.error = scoring.why;
            continue;
        }
        answer.logLikelihood = scoring.score->logLikelihood;
        answer.squares = scoring.score->squares;
        answer.tokens = scoring.score->tokens;
        answer.greedy = scoring.score->greedy;
    }
    return out;
}

} // namespace assay
