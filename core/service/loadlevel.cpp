// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/loadlevel.h"

#include <chrono>

namespace assay {
namespace {

/// What a template may add to a prompt before a pilot has told, and how far lengths of prompts vary after it.
constexpr int64_t kTemplateTokens = 1024, kSpareTokens = 16;
constexpr double kSpareShare = 1.1;

} // namespace

int64_t loadClock()
{
    // steady_clock is CLOCK_MONOTONIC on Linux.
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

LevelFeed::LevelFeed(Context context, PromptMaker prompts, size_t point, int32_t round, std::vector<Item> items)
    : m_context(std::move(context)), m_prompts(std::move(prompts)), m_point(point), m_round(round), m_items(std::move(items)),
      m_size(levelSize(m_context.plan, point))
{
}

int64_t LevelFeed::indexOf(int64_t position) const
{
    return int64_t(m_point) * kIndexStride + m_items[size_t(position)].offset;
}

int64_t LevelFeed::worstPrompt(const std::string &prompt, const BenchPoint &point) const
{
    // No tokenizer makes more tokens than bytes.
    const int64_t bytes = int64_t(prompt.size()) + kTemplateTokens;
    if (!m_prompts.scale().measured)
        return bytes;
    return std::min(bytes, int64_t(double(point.promptTokens + point.depth) * kSpareShare + m_prompts.scale().overhead) + kSpareTokens);
}

bool LevelFeed::maySend(int64_t position)
{
    if (position < 0 || size_t(position) >= m_items.size() || m_context.enough())
        return false;
    if (m_items[size_t(position)].offset < m_size.pilot + m_size.warmup)
        return true;
    int64_t none = 0;
    m_countedFrom.compare_exchange_strong(none, loadClock());
    if (m_seconds > 0 && countedSeconds() >= m_seconds)
        m_timeIsUp = true;
    return !m_timeIsUp;
}

double LevelFeed::countedSeconds() const
{
    const int64_t from = m_countedFrom;
    return from > 0 ? double(loadClock() - from) * 1e-9 : 0;
}

std::optional<LoadRequest> LevelFeed::make(int64_t position)
{
    if (!maySend(position))
        return std::nullopt;
    const EndpointLoad &load = *m_context.plan.load;
    const Item &item = m_items[size_t(position)];
    LoadRequest request;
    request.prompt = m_prompts.prompt(item.point, m_point, indexOf(position));
    request.promptTokens = item.point.promptTokens + item.point.depth;
    request.outputTokens = item.point.outputTokens;
    request.temperature = load.temperature;
    request.ignoreEos = load.ignoreEos;
    request.thinking = load.thinking;
    if (!m_context.budget.reserve(indexOf(position), worstPrompt(request.prompt, item.point), request.outputTokens, load.retries + 1))
        return std::nullopt;
    return request;
}

void LevelFeed::take(RequestRecord &&record)
{
    if (record.index < 0 || size_t(record.index) >= m_items.size())
        return;
    record.warmup = m_items[size_t(record.index)].offset < m_size.pilot + m_size.warmup;
    record.index = indexOf(record.index);
    record.point = int32_t(m_point);
    record.round = m_round;
    m_context.budget.settle(record);
    if (isFinal(record, m_context.plan.load->retries)) {
        m_context.budget.release(record.index);
        ++m_taken;
    }
    m_context.took(record);
}

bool isFinal(const RequestRecord &record, int64_t retries)
{
    switch (record.failure) {
    case Failure::RateLimited:
    case Failure::Overloaded:
    case Failure::Refused:
    case Failure::Unreachable:
    case Failure::ConnectTimeout:
    case Failure::Reset:
    case Failure::CutShort:
        return record.attempt >= retries;
    default:
        return true;
    }
}

} // namespace assay
