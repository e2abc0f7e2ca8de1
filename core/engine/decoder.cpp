// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/decoder.h"

#include "core/engine/feedforward.h"
#include "core/engine/linear.h"
#include "core/engine/norm.h"
#include "core/engine/parttimes.h"

namespace assay::engine {
namespace {

/// x times the factor; most models have none.
at::Tensor scaled(const at::Tensor &x, double factor)
{
    return factor == 1 ? x : x * factor;
}

} // namespace

at::Tensor Decoder::forward(const at::Tensor &ids, KvCache *cache, std::stop_token stop)
{
    const at::Tensor states = hidden(ids, cache, std::move(stop));
    return states.defined() ? head(states) : states;
}

at::Tensor Decoder::hidden(const at::Tensor &ids, KvCache *cache, std::stop_token stop)
{
    return hidden(Input{ids, {}, {}}, cache, std::move(stop));
}

at::Tensor Decoder::hidden(const Input &input, KvCache *cache, std::stop_token stop)
{
    const TokenPositions positions = positionsOf(input, cache ? cache->length() : 0);
    if (cache && cache->length() > 0 && !m_rotations.sameFor(cache->turnedFor(), positions.lengths))
        return hiddenAnew(input, *cache, std::move(stop));
    m_rotations.prepare(positions);
    const Pass pass{m_rotations, positions, cache, input.mask, m_spec.causal, m_latentWay};
    const at::Tensor x = throughLayers(embed(input, positions), pass, stop);
    if (!x.defined())
        return x;
    if (cache)
        cache->advance(input.ids.size(1));
    if (cache && !positions.lengths.empty())
        cache->remember(input.ids, positions.lengths);
    return normalise(x, m_spec.finalNorm, m_outside[Part::FinalNorm]);
}

at::Tensor Decoder::hiddenAnew(const Input &input, KvCache &cache, std::stop_token stop)
{
    const int64_t past = cache.length();
    const Input all{at::cat({cache.ids(), input.ids}, 1), input.mask, {}};
    cache.truncate(0);
    const at::Tensor states = hidden(all, &cache, std::move(stop));
    return states.defined() ? states.narrow(1, past, input.ids.size(1)) : states;
}

at::Tensor Decoder::hidden(const at::Tensor &ids, KvCache &cache, const FixedStep &step)
{
    TokenPositions positions;
    positions.first = step.keys() - 1;
    positions.tokens = 1;
    positions.rows = step.position().unsqueeze(0).expand({ids.size(0), 1});
    m_rotations.prepare(positions);
    const Pass pass{m_rotations, positions, &cache, {}, m_spec.causal, m_latentWay, &step};
    const at::Tensor x = throughLayers(embed({ids, {}, {}}, positions), pass, {});
    return normalise(x, m_spec.finalNorm, m_outside[Part::FinalNorm]);
}

at::Tensor Decoder::throughLayers(at::Tensor x, const Pass &pass, const std::stop_token &stop)
{
    std::optional<Pass> elsewhere;
    for (size_t index = 0; index < m_layers.size() && x.defined(); ++index) {
        if (!m_layerDevices.empty() && m_layerDevices[index] != x.device()) {
            x = x.to(m_layerDevices[index]);
            elsewhere.emplace(passOn(x.device(), pass));
        }
        x = layer(index, x, elsewhere ? *elsewhere : pass, stop);
    }
    return x.defined() ? x.to(m_device) : x;
}

Pass Decoder::passOn(at::Device device, const Pass &pass)
{
    Rotations &rotations = m_rotationsElsewhere.try_emplace(device.index(), m_spec, device).first->second;
    const auto there = [device](const at::Tensor &x) { return x.defined() ? x.to(device) : x; };
    Pass out{rotations, pass.positions, pass.cache, there(pass.mask), pass.causal, pass.latentWay};
    out.positions.rows = there(pass.positions.rows);
    rotations.prepare(out.positions);
    return out;
}

void Decoder::reserve(int64_t tokens)
{
    TokenPositions positions;
    positions.tokens = tokens;
    m_rotations.prepare(positions);
}

TokenPositions Decoder::positionsOf(const Input &input, int64_t past) const
{
    TokenPositions out{past, input.ids.size(1), {}, {}};
    if (m_rotations.dependOnLength()) {
        out.lengths = {out.end()};
        if (input.mask.defined()) {
            const at::Tensor counts = input.mask.sum(1).to(at::kCPU);
            out.lengths.assign(counts.data_ptr<int64_t>(), counts.data_ptr<int64_t>() + counts.numel());
        }
    }
    if (m_spec.positionPadding) {
        // RoBERTa: padding stands at the padding's row and does not count.
        const at::Tensor real = input.ids != *m_spec.positionPadding;
        out.rows = (real.cumsum(1) - 1).masked_fill(real.logical_not(), -1);
    } else if (input.mask.defined()) {
        out.rows = (input.mask.cumsum(1) - 1).clamp_min(0).narrow(1, past, out.tokens);
    }
    return out;
}

at::Tensor Decoder::embed(const Input &input, const TokenPositions &positions) const
{
    at::Tensor x = rowsOf(m_outside[Part::Embedding], input.ids);
    // On the CPU what flows between the layers is float32 whatever the weights are: its units want that.
    if (ownKernels(m_device))
        x = x.to(at::kFloat);
    if (m_spec.embeddingScale != 1)
        x = x * m_spec.embeddingScale;
    if (m_outside[Part::EmbeddingIn].weight.defined())
        x = linear(x, m_outside[Part::EmbeddingIn]);
    if (m_spec.tokenTypes > 0) {
        const at::Tensor types = input.types.defined() ? input.types : at::zeros_like(input.ids);
        x = x + at::embedding(m_outside[Part::TypeEmbedding].weight, types);
    }
    if (m_spec.learnedPositions > 0) {
        const at::Tensor &table = m_outside[Part::PositionEmbedding].weight;
        x = x + (positions.rows.defined() ? at::embedding(table, positions.rows + m_spec.positionOffset)
                                          : table.narrow(0, positions.first + m_spec.positionOffset, positions.tokens));
    }
    return normalise(x, m_spec.embeddingNorm, m_outside[Part::EmbeddingNorm]);
}

at::Tensor Decoder::layer(size_t index, const at::Tensor &x, const Pass &pass, const std::stop_token &stop) const
{
    if (stop.stop_requested())
        return {};
    const LayerSpec &spec = m_spec.layers[index];
    const LayerWeights &weights = m_layers[index];
    const at::Tensor input = normalise(x, spec.inputNorm, weights[Part::InputNorm]);
    at::Tensor mixed = selfAttention(index, spec.attention, weights, input, pass);
    if (stop.stop_requested())
        return {};
    if (!spec.normAfterResidual)
        mixed = normalise(mixed, spec.attentionOutputNorm, weights[Part::AttentionOutputNorm]);
    if (spec.parallel) {
        const at::Tensor second = spec.mlpNorm.present() ? normalise(x, spec.mlpNorm, weights[Part::MlpNorm]) : input;
        return x + scaled(mixed + feedForward(spec.feedForward, weights, second), spec.residualScale);
    }
    at::Tensor sum = x + scaled(mixed, spec.residualScale);
    if (spec.normAfterResidual)
        sum = normalise(sum, spec.attentionOutputNorm, weights[Part::AttentionOutputNorm]);
    at::Tensor out = feedForward(spec.feedForward, weights, normalise(sum, spec.mlpNorm, weights[Part::MlpNorm]));
    if (spec.normAfterResidual)
        return normalise(sum + scaled(out, spec.residualScale), spec.mlpOutputNorm, weights[Part::MlpOutputNorm]);
    return sum + scaled(normalise(out, spec.mlpOutputNorm, weights[Part::MlpOutputNorm]), spec.residualScale);
}

at::Tensor Decoder::head(const at::Tensor &hidden) const
{
    const PartScope part(StepPart::Head);
    at::Tensor x = m_spec.headTransform ? transform(hidden) : hidden;
    if (m_outside[Part::EmbeddingOut].weight.defined())
        x = linear(x, m_outside[Part::EmbeddingOut]);
    Matrix matrix = m_outside[m_spec.tied ? Part::Embedding : Part::Head];
    matrix.bias = m_outside[Part::Head].bias;
    x = linear(x, matrix);
    if (m_spec.logitScale != 1)
        x = x * m_spec.logitScale;
    return m_spec.logitCap > 0 ? (x / m_spec.logitCap).tanh() * m_spec.logitCap : x;
}

at::Tensor Decoder::pool(const at::Tensor &hidden) const
{
    return m_spec.pooled ? linear(hidden.select(1, 0), m_outside[Part::Pooler]).tanh() : at::Tensor();
}

at::Tensor Decoder::classify(const at::Tensor &hidden) const
{
    const at::Tensor first = m_spec.pooled ? pool(hidden) : m_spec.headTransform ? transform(hidden.select(1, 0)) : hidden.select(1, 0);
    return linear(first, m_outside[Part::Classifier]);
}

at::Tensor Decoder::transform(const at::Tensor &hidden) const
{
    FeedForwardSpec plain;
    plain.gated = false;
    plain.activation = m_spec.headTransform->activation;
    const at::Tensor out = activate(plain, {}, linear(hidden, m_outside[Part::HeadTransform]));
    return normalise(out, m_spec.headTransform->norm, m_outside[Part::HeadTransformNorm]);
}

} // namespace assay::engine
