// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/enginepasses.h"

namespace assay::test {

Result<Outputs> engineLogits(engine::Engine &engine, bool cache, const std::vector<ReferenceInput> &inputs)
{
    Outputs out;
    for (const ReferenceInput &input : inputs) {
        std::vector<float> &logits = out[input.outputs.at(0)];
        const auto collect = [&](int64_t, int64_t, std::span<const float> values) {
            logits.insert(logits.end(), values.begin(), values.end());
        };
        if (const auto done = engine.logits(input.ids, cache, collect); !done)
            return tl::unexpected(done.error());
    }
    return out;
}

namespace {

engine::EncoderInput withoutPadding(const ReferenceInput &input)
{
    engine::EncoderInput out;
    for (size_t i = 0; i < input.ids.size(); ++i) {
        if (!input.real[i])
            continue;
        out.ids.push_back(input.ids[i]);
        if (!input.types.empty())
            out.types.push_back(input.types[i]);
    }
    return out;
}

/// What the engine says of inputs under the names of the first one's expected outputs.
Result<void> encodeInto(engine::Engine &engine, const std::vector<ReferenceInput> &inputs, Outputs &out)
{
    std::vector<engine::EncoderInput> texts;
    for (const ReferenceInput &input : inputs)
        texts.push_back(withoutPadding(input));
    if (engine.description().kind == engine::ModelKind::Classifier) {
        const auto classified = engine.classify(texts);
        for (size_t i = 0; classified && i < inputs.size(); ++i)
            out[inputs[i].outputs.at(0)] = (*classified)[i].logits;
        return classified ? Result<void>() : tl::unexpected(classified.error());
    }
    const auto pooling = engine.description().pooler ? engine::Pooling::Pooler : engine::Pooling::Mean;
    return engine.encode(texts, {.pooling = pooling, .states = true}, [&](size_t index, const engine::Encoded &encoded) {
        for (const std::string &name : inputs[index].outputs)
            out[name] = name.starts_with("pooler_output") ? encoded.vector : encoded.states;
    });
}

} // namespace

Result<Outputs> engineEncodings(engine::Engine &engine, bool together, const std::vector<ReferenceInput> &inputs)
{
    Outputs out;
    if (together) {
        const auto done = encodeInto(engine, inputs, out);
        return done ? Result<Outputs>(out) : tl::unexpected(done.error());
    }
    for (const ReferenceInput &input : inputs) {
        if (const auto done = encodeInto(engine, {input}, out); !done)
            return tl::unexpected(done.error());
    }
    return out;
}

} // namespace assay::test
