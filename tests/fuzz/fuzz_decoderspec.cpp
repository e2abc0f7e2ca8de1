// SPDX-License-Identifier: GPL-3.0-or-later
// A config of any architecture: an error with a name, or a spec whose tensors, sources and frequencies can be told.
#include "core/architecture/description.h"

#include <cstdlib>

namespace {

bool small(const assay::DecoderSpec &spec)
{
    int64_t experts = 0, heads = 0;
    for (const assay::LayerSpec &layer : spec.layers) {
        experts += layer.feedForward.experts ? layer.feedForward.experts->count : 0;
        heads += layer.attention.heads;
    }
    return spec.layerCount() <= 100 && experts <= 1000 && heads <= 1000;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto config = assay::parseModelConfig(std::string(reinterpret_cast<const char *>(data), size));
    if (!config)
        return 0;
    const auto spec = assay::resolveDecoder(*config);
    if (!spec) {
        if (spec.error().sentence().empty())
            std::abort();
        return 0;
    }
    if (!small(*spec))
        return 0;
    for (const assay::TensorSlot &slot : spec->tensors()) {
        for (const bool gguf : {false, true}) {
            for (const assay::TensorSource &source : assay::sourcesOf(*spec, slot, gguf)) {
                if (source.name.empty() || source.shape.empty())
                    std::abort();
            }
        }
    }
    for (const assay::LayerSpec &layer : spec->layers) {
        const assay::RopeSpec &rope = layer.attention.rope;
        if (layer.attention.positions == assay::Positions::Rotary
            && int64_t(assay::ropeFrequencies(rope, 100).inverse.size()) != rope.rotaryDim / 2)
            std::abort();
    }
    if (spec->parameters() == 0 || spec->usableContext() < 1)
        std::abort();
    return 0;
}
