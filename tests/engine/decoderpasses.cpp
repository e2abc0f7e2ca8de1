// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/decoderpasses.h"

#include "core/engine/decodestep.h"
#include "core/engine/device.h"
#include "core/engine/implementation.h"
#include "core/engine/rotation.h"
#include "core/engine/weightloader.h"
#include "core/format/modeldirectory.h"
#include "core/model/ggufconfig.h"

namespace assay::test {
namespace {

using engine::guarded;

std::vector<float> valuesOf(const at::Tensor &tensor)
{
    const at::Tensor near = tensor.to(at::kCPU).to(at::kFloat).contiguous();
    return {near.data_ptr<float>(), near.data_ptr<float>() + near.numel()};
}

int64_t longest(const std::vector<ReferenceInput> &inputs)
{
    size_t out = 0;
    for (const ReferenceInput &input : inputs)
        out = std::max(out, input.ids.size());
    return int64_t(out);
}


} // namespace

Result<DecoderPasses> DecoderPasses::load(const engine::LoadOptions &options)
{
    const auto device = engine::deviceFromId(options.device);
    if (!device)
        return tl::unexpected(device.error());
    const auto directory = openModelDirectory(options.path);
    if (!directory)
        return tl::unexpected(directory.error());
    const bool gguf = !directory->configText;
    const auto config = gguf ? Result<ModelConfig>(ggufConfig(directory->checkpoint)) : parseModelConfig(*directory->configText);
    if (!config)
        return tl::unexpected(config.error());
    auto spec = resolveDecoder(*config);
    if (!spec)
        return tl::unexpected(spec.error());
    return guarded(*device, {}, [&]() -> Result<DecoderPasses> {
        const WeightCatalog catalog = catalogOf(directory->checkpoint, *config, directory->files.get());
        if (const auto read = engine::readRopeTables(*spec, catalog, *directory->files, gguf); !read)
            return tl::unexpected(read.error());
        const auto weights = engine::matchWeights(*spec, catalog, *directory->files, gguf);
        if (!weights)
            return tl::unexpected(weights.error());
        const auto dtype = engine::dtypeFor(options.dtype, engine::storedType(*weights, directory->checkpoint), *device);
        if (!dtype)
            return tl::unexpected(dtype.error());
        auto decoder = std::make_unique<engine::Decoder>(*spec, *dtype, *device, engine::Purpose::Inference);
        if (const auto done = engine::loadWeights(*decoder, *weights, catalog, *directory->files, {}, {}); !done)
            return tl::unexpected(done.error());
        return DecoderPasses(std::move(decoder));
    });
}

void DecoderPasses::give(const ReferenceInput &input, const at::Tensor &states, Outputs &out) const
{
    const at::Tensor row = states.unsqueeze(0);
    for (const std::string &name : input.outputs) {
        if (name.starts_with("last_hidden_state"))
            out[name] = valuesOf(states);
        else if (name.starts_with("pooler_output"))
            out[name] = valuesOf(m_decoder->pool(row));
        else if (m_decoder->spec().task == Task::Classification)
            out[name] = valuesOf(m_decoder->classify(row));
        else
            out[name] = valuesOf(m_decoder->head(states));
    }
}

engine::Input DecoderPasses::inputOf(const std::vector<ReferenceInput> &inputs, Padding padding) const
{
    const int64_t rows = int64_t(inputs.size()), tokens = longest(inputs);
    engine::Input out{at::zeros({rows, tokens}, at::kLong), at::zeros({rows, tokens}, at::kBool), at::zeros({rows, tokens}, at::kLong)};
    for (int64_t row = 0; row < rows; ++row) {
        const ReferenceInput &input = inputs[size_t(row)];
        const int64_t count = int64_t(input.ids.size()), first = padding == Padding::Left ? tokens - count : 0;
        for (int64_t i = 0; i < count; ++i) {
            out.ids[row][first + i] = input.ids[size_t(i)];
            out.mask[row][first + i] = bool(input.real[size_t(i)]);
            if (!input.types.empty())
                out.types[row][first + i] = input.types[size_t(i)];
        }
    }
    const at::Device device = m_decoder->device();
    return {out.ids.to(device), out.mask.to(device), m_decoder->spec().tokenTypes > 0 ? out.types.to(device) : at::Tensor()};
}

engine::KvCache DecoderPasses::cacheFor(int64_t batch, int64_t tokens) const
{
    return {m_decoder->spec(), batch, tokens, at::TensorOptions(m_decoder->dtype()).device(m_decoder->device())};
}

bool DecoderPasses::dependsOnLength() const
{
    return engine::dependsOnLength(m_decoder->spec());
}

Result<Outputs> DecoderPasses::alone(const std::vector<ReferenceInput> &inputs)
{
    return guarded(m_decoder->device(), {}, [&]() -> Result<Outputs> {
        Outputs out;
        for (const ReferenceInput &input : inputs) {
            engine::Input one = inputOf({input}, Padding::Right);
            const at::Tensor real = one.mask[0];
            if (real.all().item<bool>())
                one.mask = at::Tensor();
            m_decoder->setLatentWay(engine::LatentWay::Expanded);
            const at::Tensor states = m_decoder->hidden(one);
            m_decoder->setLatentWay(engine::LatentWay::Absorbed);
            const at::Tensor absorbed = m_decoder->hidden(one);
            m_decoder->setLatentWay(engine::LatentWay::Auto);
            const bool same = at::allclose(states, absorbed, 1e-3, 1e-4) || m_decoder->dtype() != at::kFloat;
            give(input, same ? states[0].index({real}) : at::full_like(states[0], NAN), out);
        }
        return out;
    });
}

Result<Outputs> DecoderPasses::chunks(const std::vector<ReferenceInput> &inputs)
{
    return guarded(m_decoder->device(), {}, [&]() -> Result<Outputs> {
        Outputs out;
        for (const ReferenceInput &input : inputs) {
            const at::Tensor ids = inputOf({input}, Padding::Right).ids;
            engine::KvCache cache = cacheFor(1, ids.size(1));
            std::vector<at::Tensor> states;
            for (size_t piece = 0; cache.length() < ids.size(1); ++piece) {
                const int64_t count = std::min(kPieceLengths[piece % std::size(kPieceLengths)], ids.size(1) - cache.length());
                states.push_back(m_decoder->hidden(ids.narrow(1, cache.length(), count), &cache));
            }
            give(input, at::cat(states, 1)[0], out);
        }
        return out;
    });
}

Result<Outputs> DecoderPasses::batch(const std::vector<ReferenceInput> &inputs, Padding padding)
{
    return guarded(m_decoder->device(), {}, [&]() -> Result<Outputs> {
        const engine::Input all = inputOf(inputs, padding);
        const at::Tensor states = m_decoder->hidden(all);
        Outputs out;
        for (size_t row = 0; row < inputs.size(); ++row)
            give(inputs[row], states[int64_t(row)].index({all.mask[int64_t(row)]}), out);
        return out;
    });
}

Result<Outputs> DecoderPasses::cachedBatch(const std::vector<ReferenceInput> &inputs)
{
    return guarded(m_decoder->device(), {}, [&]() -> Result<Outputs> {
        const engine::Input all = inputOf(inputs, Padding::Left);
        const int64_t tokens = all.ids.size(1), first = tokens - kLastPiece;
        engine::KvCache cache = cacheFor(all.ids.size(0), tokens);
        std::vector<at::Tensor> states;
        states.push_back(m_decoder->hidden({all.ids.narrow(1, 0, first), all.mask.narrow(1, 0, first), {}}, &cache));
        states.push_back(m_decoder->hidden({all.ids.narrow(1, first, tokens - first), all.mask, {}}, &cache));
        const at::Tensor both = at::cat(states, 1);
        Outputs out;
        for (size_t row = 0; row < inputs.size(); ++row)
            give(inputs[row], both[int64_t(row)].index({all.mask[int64_t(row)]}), out);
        return out;
    });
}

std::optional<Result<Outputs>> DecoderPasses::steps(const std::vector<ReferenceInput> &inputs)
{
    if (engine::DecodeStep::obstacle(*m_decoder))
        return std::nullopt;
    return guarded(m_decoder->device(), {}, [&]() -> Result<Outputs> {
        constexpr int64_t kMore = 13; // of the cache stays empty
        Outputs out;
        for (const ReferenceInput &input : inputs) {
            const at::Tensor ids = inputOf({input}, Padding::Right).ids;
            engine::KvCache cache = cacheFor(1, ids.size(1) + kMore);
            engine::DecodeStep step(*m_decoder, cache, 1);
            std::vector<at::Tensor> logits;
            for (int64_t token = 0; token < ids.size(1); ++token) {
                cache.advance(token == 0 ? 0 : 1);
                step.begin(ids.narrow(1, token, 1));
                step.run();
                logits.push_back(step.logits().to(at::kFloat));
            }
            out[input.outputs.at(0)] = valuesOf(at::cat(logits, 1)[0]);
        }
        return out;
    });
}

std::optional<Result<std::vector<int64_t>>> DecoderPasses::decode(const std::vector<int64_t> &prompt, int64_t tokens)
{
    if (engine::DecodeStep::obstacle(*m_decoder))
        return std::nullopt;
    return guarded(m_decoder->device(), {}, [&]() -> Result<std::vector<int64_t>> {
        const ReferenceInput input{prompt, {}, std::vector<bool>(prompt.size(), true), {}};
        engine::KvCache cache = cacheFor(1, int64_t(prompt.size()) + tokens);
        engine::DecodeStep step(*m_decoder, cache, 1);
        step.record();
        const at::Tensor states = m_decoder->hidden(inputOf({input}, Padding::Right).ids, &cache);
        const at::Tensor first = m_decoder->head(states.narrow(1, states.size(1) - 1, 1)).argmax(-1);
        step.begin(first);
        for (int64_t token = 1; token < tokens; ++token)
            step.run();
        const at::Tensor all = at::cat({first.to(at::kCPU), step.decoded()}, 1);
        return std::vector<int64_t>{all.data_ptr<int64_t>(), all.data_ptr<int64_t>() + all.numel()};
    });
}

} // namespace assay::test
