// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/timeddecoding.h"

#include "core/base/text.h"
#include "core/engine/marks.h"
#include "core/engine/parttimes.h"

#include <algorithm>

namespace assay::engine {
namespace {

/// The largest logit of each row [batch, 1].
at::Tensor nextTokens(const Engine::Implementation &model, const at::Tensor &states)
{
    const at::Tensor logits = model.decoder->head(states);
    const PartScope part(StepPart::Sampling);
    return logits.argmax(-1);
}

} // namespace

int64_t TimedDecoding::capacityFor(const Engine::Implementation &model, const MeasureOptions &options)
{
    // Fused attention wants rows of masks that begin at whole blocks of memory.
    constexpr int64_t kBlock = 64;
    const int64_t tokens = options.depth + options.promptTokens + options.outputTokens;
    return model.device().is_cuda() ? (tokens + kBlock - 1) / kBlock * kBlock : tokens;
}

TimedDecoding::TimedDecoding(const Engine::Implementation &model, KvCache &cache, const MeasureOptions &options)
    : m_model(model), m_cache(cache), m_options(options)
{
    if (!model.device().is_cuda())
        return;
    if (options.decoding == Decoding::Eager)
        m_reason = ASSAY_TEXT("Reason", "it was asked for");
    else if (auto obstacle = DecodeStep::obstacle(*model.decoder))
        m_reason = std::move(*obstacle);
    else
        record();
}

void TimedDecoding::record()
{
    try {
        m_step.emplace(*m_model.decoder, m_cache, m_options.batch);
        m_step->record();
    } catch (const std::exception &problem) {
        m_step.reset();
        m_reason = errorFromException(problem, m_model.device()).sentence();
    }
}

Result<void> TimedDecoding::fill(const at::Tensor &before, const std::stop_token &stop)
{
    m_cache.truncate(0);
    if (auto states = m_model.feed(before, m_cache, 1, stop); !states)
        return tl::unexpected(states.error());
    return {};
}

Result<std::vector<TimeShare>> TimedDecoding::shares(const at::Tensor &prompts, const std::stop_token &stop)
{
    constexpr int64_t kMostSteps = 16;
    const int64_t steps = std::min(m_options.outputTokens - 1, kMostSteps);
    m_cache.truncate(m_options.depth);
    auto states = m_model.feed(prompts, m_cache, 1, stop);
    if (!states)
        return tl::unexpected(states.error());
    at::Tensor next = nextTokens(m_model, *states);
    synchronise(m_model.device());
    PartTimes times(m_model.device());
    for (int64_t step = 0; step < steps; ++step) {
        states = m_model.feed(next, m_cache, 1, stop);
        if (!states)
            return tl::unexpected(states.error());
        next = nextTokens(m_model, *states);
    }
    return times.shares(steps);
}

Result<void> TimedDecoding::run(const at::Tensor &prompts, Sample &out, const std::stop_token &stop)
{
    m_cache.truncate(m_options.depth);
    synchronise(m_model.device());
    Marks marks(m_model.device());
    marks.add();
    auto decoded = decode(prompts, marks, stop);
    // What was given to the device ends before anything that it uses goes away.
    synchronise(m_model.device());
    if (!decoded)
        return decoded;
    const std::vector<double> seconds = marks.seconds();
    out.firstToken = seconds[1];
    for (size_t token = 2; token < seconds.size(); ++token)
        out.gaps.push_back(seconds[token] - seconds[token - 1]);
    out.total = seconds.back();
    out.decoding = m_step ? "graph" : "eager";
    out.eagerReason = m_reason;
    return {};
}

Result<void> TimedDecoding::decode(const at::Tensor &prompts, Marks &marks, const std::stop_token &stop)
{
    // So many tokens the host may give to the device in advance: enough to never let it wait, few enough to end soon.
    constexpr size_t kAhead = 16;
    auto states = m_model.feed(prompts, m_cache, 1, stop);
    if (!states)
        return tl::unexpected(states.error());
    at::Tensor next = nextTokens(m_model, *states);
    marks.add();
    if (m_step)
        m_step->begin(next);
    for (int64_t token = 1; token < m_options.outputTokens; ++token) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (m_step) {
            m_step->run();
        } else {
            states = m_model.feed(next, m_cache, 1, stop);
            if (!states)
                return tl::unexpected(states.error());
            next = nextTokens(m_model, *states);
        }
        if (m_options.streamed)
            static_cast<void>((m_step ? m_step->tokens() : next).to(at::kCPU));
        marks.add();
        if (marks.size() > kAhead)
            marks.waitFor(marks.size() - kAhead);
    }
    return {};
}

} // namespace assay::engine
