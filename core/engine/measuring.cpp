// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/devicestate.h"
#include "core/engine/implementation.h"
#include "core/engine/measuredprompts.h"
#include "core/engine/passes.h"
#include "core/engine/predictedmemory.h"
#include "core/engine/processor.h"
#include "core/engine/timeddecoding.h"

#include <algorithm>
#include <random>

namespace assay::engine {

Result<at::Tensor> measuredPrompts(const Engine::Implementation &model, const MeasureOptions &options, int64_t run)
{
    std::vector<int64_t> ids;
    if (options.prompts) {
        for (int64_t sequence = 0; sequence < options.batch; ++sequence) {
            const std::vector<int64_t> prompt = options.prompts(run, sequence, options.promptTokens);
            ids.insert(ids.end(), prompt.begin(), prompt.end());
        }
        if (int64_t(ids.size()) != options.batch * options.promptTokens)
            return failure(ErrorCode::BadParameters, {"prompts", std::to_string(ids.size())});
        if (auto known = model.checkIds(ids); !known)
            return tl::unexpected(known.error());
    } else {
        std::seed_seq seed{uint32_t(options.seed), uint32_t(options.seed >> 32), uint32_t(run)};
        std::mt19937_64 random(seed);
        ids.resize(size_t(options.batch * options.promptTokens));
        for (int64_t &id : ids)
            id = int64_t(random() % uint64_t(model.spec().vocabulary));
    }
    return model.tensorOf(ids).view({options.batch, options.promptTokens});
}

namespace {

using Implementation = Engine::Implementation;

Result<Sample> runOnce(const Implementation &model, const MeasureOptions &options, int64_t run,
                       TimedDecoding &decoding, StateWatch &state, const std::stop_token &stop)
{
    Sample out;
    out.index = run;
    out.warmup = run < options.warmup;
    out.load1 = loadAverage();
    const auto prompts = measuredPrompts(model, options, run);
    if (!prompts)
        return tl::unexpected(prompts.error());
    for (const at::Device device : model.devices())
        resetPeaks(device);
    state.begin();
    if (auto timed = decoding.run(*prompts, out, stop); !timed)
        return tl::unexpected(timed.error());
    out.state = state.end();
    out.memory = model.memory();
    const bool last = run + 1 == options.warmup + options.runs;
    if (!last || !options.shares || options.outputTokens < 2)
        return out;
    auto shares = decoding.shares(*prompts, stop);
    if (!shares)
        return tl::unexpected(shares.error());
    out.shares = std::move(*shares);
    return out;
}

/// The tokens before all prompts, of which no run has the same.
Result<at::Tensor> contextBefore(const Implementation &model, MeasureOptions options)
{
    options.promptTokens = options.depth;
    return measuredPrompts(model, options, -1);
}

Result<void> check(const Implementation &model, const MeasureOptions &options)
{
    const bool passes = options.outputTokens == 0 && model.description.kind != ModelKind::Decoder;
    if (auto sound = model.checkKind({ModelKind::Decoder}, ASSAY_TEXT("Reason", "be measured token by token")); !sound && !passes)
        return sound;
    constexpr int64_t kMost = 1 << 20;
    struct Row
    {
        const char *name;
        int64_t value, least;
    };
    for (const Row &row :
         {Row{"promptTokens", options.promptTokens, 1}, Row{"outputTokens", options.outputTokens, passes ? 0 : 1},
          Row{"depth", options.depth, 0}, Row{"batch", options.batch, 1}, Row{"runs", options.runs, 1}, Row{"warmup", options.warmup, 0}}) {
        if (row.value < row.least || row.value > kMost)
            return failure(ErrorCode::BadParameters, {row.name, std::to_string(row.value)});
    }
    if (passes && options.depth > 0)
        return failure(ErrorCode::BadParameters, {"depth", std::to_string(options.depth)});
    return model.checkLength(options.depth + options.promptTokens + options.outputTokens);
}

} // namespace

Result<void> Engine::measure(const MeasureOptions &options, const OnSample &onSample, std::stop_token stop)
{
    const Implementation &model = *m_implementation;
    if (auto sound = check(model, options); !sound)
        return sound;
    return guarded(model.device(), stop, [&]() -> Result<void> {
        if (options.outputTokens == 0)
            return measurePasses(model, options, onSample, stop);
        auto cache = model.newCache(options.batch, TimedDecoding::capacityFor(model, options));
        if (!cache)
            return tl::unexpected(cache.error());
        const uint64_t predicted = predictMemory(model.spec(), model.description.weightBytes, model.decoder->dtype(), model.device(),
                                                 options.batch, std::max(options.depth, options.promptTokens),
                                                 options.depth + options.promptTokens + options.outputTokens)
                                       .total();
        TimedDecoding decoding(model, *cache, options);
        StateWatch state(model.devices());
        if (options.depth > 0) {
            const auto context = contextBefore(model, options);
            if (!context)
                return tl::unexpected(context.error());
            if (auto filled = decoding.fill(*context, stop); !filled)
                return filled;
        }
        for (int64_t run = 0; run < options.warmup + options.runs; ++run) {
            auto sample = runOnce(model, options, run, decoding, state, stop);
            if (!sample)
                return tl::unexpected(sample.error());
            sample->predictedBytes = predicted;
            onSample(*sample);
        }
        return {};
    });
}

} // namespace assay::engine
