// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/endpointasker.h"

#include "core/base/units.h"
#include "core/service/endpointanswer.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace assay {
namespace {

constexpr int kTries = 3;
constexpr double kFirstPause = 1, kLongestPause = 20; ///< seconds before a request is made again

bool isBusy(Failure failure)
{
    return failure == Failure::RateLimited || failure == Failure::Overloaded || failure == Failure::Reset;
}

PlanLimits within(const EndpointVerificationPlan &plan)
{
    PlanLimits limits = plan.limits;
    const int64_t most = mostCalls(plan.size);
    limits.requests = limits.requests > 0 ? std::min(limits.requests, most) : most;
    return limits;
}

} // namespace

EndpointAsker::EndpointAsker(EndpointTarget target, const EndpointVerificationPlan &plan, uint64_t seed, RawEarlier earlier,
                             std::optional<RawLog> log, std::stop_token stop)
    : m_target(std::move(target)), m_plan(plan), m_draw(seed ^ 0x70617573u), m_earlier(std::move(earlier)), m_log(std::move(log)),
      m_stop(std::move(stop)), m_budget(within(plan), plan.prices), m_begun(std::chrono::steady_clock::now())
{
}

bool EndpointAsker::end(End why)
{
    m_end = m_end == End::None ? why : m_end;
    return false;
}

/// False: told to stop meanwhile.
bool EndpointAsker::pause(double seconds)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, m_stop, std::chrono::duration<double>(seconds), [] { return false; });
    return !m_stop.stop_requested();
}

bool EndpointAsker::reserve(const PlannedCall &call)
{
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
    if (m_plan.limits.seconds > 0 && seconds > m_plan.limits.seconds)
        return end(End::Time);
    // Requests of the probing are among those of the size.
    if (m_spent.requests >= within(m_plan).requests)
        return end(End::Requests);
    if (m_budget.reserve(++m_index, call.promptTokens, call.outputTokens, 1))
        return true;
    const PlanLimit reached = m_budget.reached();
    return end(reached == PlanLimit::Money ? End::Money : reached == PlanLimit::Tokens ? End::Tokens : End::Requests);
}

void EndpointAsker::settle(const PlannedCall &call, const ExchangeAnswer &answer, const AnswerTokens &tokens)
{
    RequestRecord record;
    record.index = m_index;
    record.failure = answer.failure;
    record.status = answer.status;
    record.promptTokens = call.promptTokens;
    record.usage.prompt = tokens.prompt;
    // Without a count the worst case is what is known.
    record.usage.completion = tokens.completion ? tokens.completion : answer.status == 200 ? std::optional(call.outputTokens) : std::nullopt;
    m_budget.settle(record);
    ++m_spent.requests;
}

ExchangeAnswer EndpointAsker::exchangeOnce(const PlannedCall &call)
{
    ExchangeRequest request;
    request.method = "POST";
    request.path = call.path;
    request.body = call.body;
    request.bodyLimit = uint64_t(8) << 20;
    return exchange(m_target, request, m_stop);
}

void EndpointAsker::keep(const PlannedCall &call, ExchangeAnswer answer)
{
    AnswerTokens tokens = readAnswerTokens(answer.body);
    m_answered.push_back({call.id, std::move(answer), std::move(tokens)});
}

bool EndpointAsker::ask(const PlannedCall &call)
{
    if (m_end != End::None)
        return false;
    const auto earlier = m_earlier.calls.find(call.id);
    if (earlier != m_earlier.calls.end() && earlier->second.body == call.body) {
        ++m_reused;
        keep(call, earlier->second.answer);
        return true;
    }
    if (m_plan.mostPause > 0 && !pause(m_plan.mostPause * double(m_draw.bits() >> 11) * 0x1p-53))
        return end(End::Stopped);
    for (int attempt = 1;; ++attempt) {
        if (m_stop.stop_requested())
            return end(End::Stopped);
        if (!reserve(call))
            return false;
        RawCall raw{call.id, utcNow(), "POST", call.path, call.body, exchangeOnce(call)};
        settle(call, raw.answer, readAnswerTokens(raw.answer.body));
        if (m_log && !m_log->add(raw))
            return end(End::Unwritable);
        const Failure failure = raw.answer.failure;
        if (failure == Failure::Cancelled)
            return end(End::Stopped);
        if (failure != Failure::None)
            m_lastWords = raw.answer.detail;
        if (!isBusy(failure)) {
            m_failures[failure] += failure != Failure::None;
            const bool gone = endpointIsGone(failure) && failure != Failure::NotFound;
            keep(call, std::move(raw.answer));
            return gone ? end(End::Gone) : true;
        }
        const double asked = double(raw.answer.retryAfterMs) / 1000;
        const double wait = asked > 0 ? asked : kFirstPause * double(attempt);
        if (attempt == kTries || wait > kLongestPause) {
            ++m_failures[failure];
            return end(End::Busy);
        }
        if (!pause(wait))
            return end(End::Stopped);
    }
}

const AskedCall *EndpointAsker::find(std::string_view id) const
{
    const auto found = std::ranges::find(m_answered, id, &AskedCall::id);
    return found == m_answered.end() ? nullptr : &*found;
}

Spending EndpointAsker::spent() const
{
    Spending spending = m_spent;
    const Spend spend = m_budget.spent();
    spending.promptTokens = spend.promptTokens;
    spending.outputTokens = spend.completionTokens;
    spending.money = m_budget.money();
    return spending;
}

std::vector<Told> EndpointAsker::notes() const
{
    return notesOf(m_end, m_reused, m_failures, m_lastWords);
}

std::vector<Told> notesOf(EndpointAsker::End end, int64_t reused, const std::map<Failure, int64_t> &failures, const std::string &lastWords)
{
    using End = EndpointAsker::End;
    static constexpr std::pair<End, const char *> kWhy[] = {
        {End::Stopped, ASSAY_TEXT("Identity", "It was stopped before all was asked.")},
        {End::Requests, ASSAY_TEXT("Identity", "The number of requests that it may make was reached before all was asked.")},
        {End::Tokens, ASSAY_TEXT("Identity", "The limit of tokens was reached before all was asked.")},
        {End::Money, ASSAY_TEXT("Identity", "The spending cap was reached before all was asked.")},
        {End::Time, ASSAY_TEXT("Identity", "The limit of time was reached before all was asked.")},
        {End::Busy, ASSAY_TEXT("Identity", "The endpoint takes no more requests now (429, 503), so the rest was not asked.")},
        {End::Gone, ASSAY_TEXT("Identity", "The endpoint does not answer any more, so the rest was not asked.")},
        {End::Unwritable, ASSAY_TEXT("Identity", "Answers could not be kept, so nothing more was asked.")},
        {End::Failed, ASSAY_TEXT("Identity", "A question could not be answered by the endpoint, so the rest was not asked.")},
    };
    std::vector<Told> notes;
    for (const auto &[why, text] : kWhy)
        if (end == why)
            notes.push_back({text});
    if (reused > 0)
        notes.push_back({ASSAY_TEXT("Identity", "{1:%1 answer is|%1 answers are} of an earlier session that was broken off."), {std::to_string(reused)}});
    for (const auto &[failure, count] : failures)
        if (count > 0)
            notes.push_back({ASSAY_TEXT("Identity", "{1:%1 request failed|%1 requests failed}: %2"), {std::to_string(count), definitionOf(failure).label + (lastWords.empty() ? std::string() : " (" + lastWords + ")")}});
    return notes;
}

} // namespace assay
