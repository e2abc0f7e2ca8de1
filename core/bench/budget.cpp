// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/budget.h"

#include <algorithm>

namespace assay {
namespace {

/// So large that no sum of them overflows.
constexpr int64_t kMostTokens = int64_t(1) << 40;

int64_t bounded(int64_t tokens)
{
    return std::clamp<int64_t>(tokens, 0, kMostTokens);
}

int64_t streamedTokens(const RequestRecord &record)
{
    int64_t tokens = 0;
    for (const ChunkRecord &chunk : record.chunks)
        tokens += std::max<int64_t>(chunk.tokens, 1);
    return tokens;
}

/// Whether the server has worked on it: an error status is not billed.
bool wasAnswered(const RequestRecord &record)
{
    return record.failure == Failure::None || !record.chunks.empty() || record.usage.prompt || record.usage.completion
           || record.status == 200;
}

Spend times(const Spend &spend, int64_t factor)
{
    return {spend.requests * factor, spend.promptTokens * factor, spend.completionTokens * factor, spend.cachedTokens * factor};
}

} // namespace

Spend &Spend::operator+=(const Spend &other)
{
    requests += other.requests;
    promptTokens += other.promptTokens;
    completionTokens += other.completionTokens;
    cachedTokens += other.cachedTokens;
    return *this;
}

double moneyOf(const Spend &spend, const Prices &prices)
{
    const int64_t cached = std::min(spend.cachedTokens, spend.promptTokens);
    return (double(spend.promptTokens - cached) * prices.prompt + double(cached) * prices.cached
            + double(spend.completionTokens) * prices.completion)
           / 1e6;
}

Spend spendOf(const RequestRecord &record)
{
    Spend spend;
    spend.requests = 1;
    if (!wasAnswered(record))
        return spend;
    spend.promptTokens = bounded(record.usage.prompt.value_or(record.promptTokens));
    spend.completionTokens = bounded(record.usage.completion.value_or(streamedTokens(record)));
    spend.cachedTokens = std::min(bounded(record.usage.cached.value_or(0)), spend.promptTokens);
    return spend;
}

Budget::Budget(PlanLimits limits, std::optional<Prices> prices) : m_limits(limits), m_prices(std::move(prices)) {}

void Budget::add(const RequestRecord &record)
{
    add(spendOf(record));
}

void Budget::add(const Spend &spent)
{
    const std::lock_guard lock(m_mutex);
    m_spent += spent;
}

PlanLimit Budget::passedBy(const Spend &spend) const
{
    if (m_limits.requests > 0 && spend.requests > m_limits.requests)
        return PlanLimit::Requests;
    if (m_limits.tokens > 0 && spend.tokens() > m_limits.tokens)
        return PlanLimit::Tokens;
    if (m_limits.money > 0 && m_prices && moneyOf(spend, *m_prices) > m_limits.money)
        return PlanLimit::Money;
    return PlanLimit::None;
}

bool Budget::reserve(int64_t index, int64_t promptTokens, int64_t outputTokens, int64_t tries)
{
    Reservation wanted{{1, bounded(promptTokens), bounded(outputTokens), 0}, std::clamp<int64_t>(tries, 1, 1000)};
    // A cache may cost more than no cache where writing it is paid.
    if (m_prices && m_prices->cached > m_prices->prompt)
        wanted.each.cachedTokens = wanted.each.promptTokens;
    const Spend all = times(wanted.each, wanted.tries);
    const std::lock_guard lock(m_mutex);
    Spend worst = m_spent;
    worst += m_reserved;
    worst += all;
    if (const PlanLimit limit = passedBy(worst); limit != PlanLimit::None) {
        m_reached = limit;
        return false;
    }
    m_reserved += all;
    m_open[index] = wanted;
    return true;
}

void Budget::settle(const RequestRecord &record)
{
    const std::lock_guard lock(m_mutex);
    m_spent += spendOf(record);
    const auto open = m_open.find(record.index);
    if (open == m_open.end())
        return;
    m_reserved += times(open->second.each, -1);
    if (--open->second.tries == 0)
        m_open.erase(open);
}

void Budget::release(int64_t index)
{
    const std::lock_guard lock(m_mutex);
    const auto open = m_open.find(index);
    if (open == m_open.end())
        return;
    m_reserved += times(open->second.each, -open->second.tries);
    m_open.erase(open);
}

Spend Budget::spent() const
{
    const std::lock_guard lock(m_mutex);
    return m_spent;
}

std::optional<double> Budget::money() const
{
    return m_prices ? std::optional(moneyOf(spent(), *m_prices)) : std::nullopt;
}

PlanLimit Budget::reached() const
{
    const std::lock_guard lock(m_mutex);
    return m_reached;
}

} // namespace assay
