// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/passes.h"

#include "core/engine/encoderbatches.h"
#include "core/engine/measuredprompts.h"
#include "core/engine/processor.h"

namespace assay::engine {
namespace {

using Implementation = Engine::Implementation;

/// What the model is there for; undefined when stopped.
at::Tensor outputOf(const Implementation &model, const at::Tensor &ids, const std::stop_token &stop)
{
    const at::Tensor states = model.decoder->hidden(ids, nullptr, stop);
    if (!states.defined())
        return states;
    switch (model.description.kind) {
    case ModelKind::Classifier: return model.decoder->classify(states);
    case ModelKind::Masked: return model.decoder->head(states);
    default: return model.description.pooler ? model.decoder->pool(states) : states.mean(1);
    }
}

} // namespace

Result<void> measurePasses(const Implementation &model, const MeasureOptions &options, const OnSample &onSample,
                           const std::stop_token &stop)
{
    if (auto fits = checkPassMemory(model, options.batch, options.promptTokens, false); !fits)
        return fits;
    for (int64_t run = 0; run < options.warmup + options.runs; ++run) {
        Sample out;
        out.index = run;
        out.warmup = run < options.warmup;
        out.load1 = loadAverage();
        const auto ids = measuredPrompts(model, options, run);
        if (!ids)
            return tl::unexpected(ids.error());
        for (const at::Device device : model.devices())
            resetPeaks(device);
        synchronise(model.device());
        const Watch watch;
        const at::Tensor output = outputOf(model, *ids, stop);
        if (!output.defined())
            return failure(ErrorCode::Cancelled);
        synchronise(output.device());
        out.total = watch.seconds();
        out.memory = model.memory();
        onSample(out);
    }
    return {};
}

} // namespace assay::engine
