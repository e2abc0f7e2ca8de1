// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/implementation.h"
#include "core/engine/passes.h"
#include "core/engine/predictedmemory.h"
#include "core/engine/processor.h"
#include "core/engine/randomprompts.h"
#include "core/engine/timeddecoding.h"

#include <random>

namespace assay::engine {

at::Tensor randomPrompts(const Engine::Implementation &model, const MeasureOptions &options, int64_t run)
{
    std::seed_seq seed{uint32_t(options.seed), uint32_t(options.seed >> 32), uint32_t(run)};
    std::mt19937_64 random(seed);
    std::vector<int64_t> ids(size_t(options.batch * options.promptTokens));
    for (int64_t &id : ids)
        id = int64_t(random() % uint64_t(model.spec().vocabulary));
    return model.tensorOf(ids).view({options.batch, options.promptTokens});
}

namespace {

using Implementation = Engine::Implementation;

Result<Sample> runOnce(const Implementation &model, const MeasureOptions &options, int64_t run,
                       TimedDecoding &decoding, const std::stop_token &stop)
{
    Sample out;
    out.index = run;
    out.warmup = run < options.warmup;
    out.load1 = loadAverage();
    const at::Tensor prompts = randomPrompts(model, options, run);
    for (const at::Device device : model.devices())
        resetPeaks(device);
    if (auto timed = decoding.run(prompts, out, stop); !timed)
        return tl::unexpected(timed.error());
    out.memory = model.memory();
    return out;
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
          Row{"batch", options.batch, 1}, Row{"runs", options.runs, 1}, Row{"warmup", options.warmup, 0}}) {
        if (row.value < row.least || row.value > kMost)
            return failure(ErrorCode::BadParameters, {row.name, std::to_string(row.value)});
    }
    return model.checkLength(options.promptTokens + options.outputTokens);
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
                                                 options.batch, options.promptTokens, options.promptTokens + options.outputTokens)
                                       .total();
        TimedDecoding decoding(model, *cache, options);
        for (int64_t run = 0; run < options.warmup + options.runs; ++run) {
            auto sample = runOnce(model, options, run, decoding, stop);
            if (!sample)
                return tl::unexpected(sample.error());
            sample->predictedBytes = predicted;
            onSample(*sample);
        }
        return {};
    });
}

} // namespace assay::engine
