// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/spec.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

/// Lists tensors in the order in which a model computes with them.
class Listing
{
public:
    explicit Listing(const DecoderSpec &spec) : m_spec(spec) {}

    void matrix(Part part, int64_t out, int64_t in, bool bias = false)
    {
        add(part, {out, in}, bias);
    }

    void norm(Part part, const NormSpec &norm, std::vector<int64_t> size)
    {
        if (norm.hasWeight())
            add(part, std::move(size), norm.bias);
    }

    void vector(Part part, int64_t size) { add(part, {size}, false); }

    void bias(Part part, int64_t size) { m_slots.push_back({part, m_layer, m_expert, true, {size}}); }

    void layer(int64_t index)
    {
        m_layer = index;
        const LayerSpec &layer = m_spec.layers[size_t(index)];
        norm(Part::InputNorm, layer.inputNorm, {m_spec.hidden});
        if (layer.attention.latent)
            latentAttention(layer.attention, *layer.attention.latent);
        else
            attention(layer.attention);
        norm(Part::AttentionOutputNorm, layer.attentionOutputNorm, {m_spec.hidden});
        norm(Part::MlpNorm, layer.mlpNorm, {m_spec.hidden});
        if (layer.feedForward.experts)
            experts(layer.feedForward, *layer.feedForward.experts);
        else
            feedForward(layer.feedForward);
        norm(Part::MlpOutputNorm, layer.mlpOutputNorm, {m_spec.hidden});
        m_layer = -1;
    }

    std::vector<TensorSlot> take() { return std::move(m_slots); }

private:
    void add(Part part, std::vector<int64_t> shape, bool bias)
    {
        const int64_t rows = shape.front();
        m_slots.push_back({part, m_layer, m_expert, false, std::move(shape)});
        if (bias)
            m_slots.push_back({part, m_layer, m_expert, true, {rows}});
    }

    void attention(const AttentionSpec &a)
    {
        matrix(Part::Query, a.heads * a.headDim, m_spec.hidden, a.queryBias);
        matrix(Part::Key, a.kvHeads * a.headDim, m_spec.hidden, a.keyBias);
        matrix(Part::Value, a.kvHeads * a.valueDim, m_spec.hidden, a.valueBias);
        norm(Part::QueryNorm, a.headNorm, headNormShape(a, a.heads));
        norm(Part::KeyNorm, a.headNorm, headNormShape(a, a.kvHeads));
        if (a.sinks)
            vector(Part::Sinks, a.heads);
        matrix(Part::AttentionOutput, m_spec.hidden, a.heads * a.valueDim, a.outputBias);
    }

    static std::vector<int64_t> headNormShape(const AttentionSpec &a, int64_t heads)
    {
        switch (a.headNormWidth) {
        case HeadNormWidth::Head:
            return {a.headDim};
        case HeadNormWidth::PerHead:
            return {heads, a.headDim};
        case HeadNormWidth::All:
            break;
        }
        return {heads * a.headDim};
    }

    void latentAttention(const AttentionSpec &a, const LatentSpec &latent)
    {
        if (latent.queryRank > 0) {
            matrix(Part::QueryDown, latent.queryRank, m_spec.hidden, a.queryBias);
            norm(Part::QueryDownNorm, latent.norm, {latent.queryRank});
            matrix(Part::QueryUp, a.heads * a.headDim, latent.queryRank);
        } else {
            matrix(Part::Query, a.heads * a.headDim, m_spec.hidden);
        }
        matrix(Part::LatentDown, latent.rank + latent.ropeDim, m_spec.hidden, a.keyBias);
        norm(Part::LatentDownNorm, latent.norm, {latent.rank});
        matrix(Part::LatentUp, a.heads * (latent.nopeDim + a.valueDim), latent.rank);
        matrix(Part::AttentionOutput, m_spec.hidden, a.heads * a.valueDim, a.outputBias);
    }

    void feedForward(const FeedForwardSpec &f)
    {
        if (f.gated)
            matrix(Part::Gate, f.intermediate, m_spec.hidden, f.upBias);
        matrix(Part::Up, f.intermediate, m_spec.hidden, f.upBias);
        matrix(Part::Down, m_spec.hidden, f.intermediate, f.downBias);
    }

    void experts(const FeedForwardSpec &f, const ExpertsSpec &e)
    {
        matrix(Part::Router, e.count, m_spec.hidden, e.routerBias);
        if (e.correction)
            vector(Part::RouterCorrection, e.count);
        for (m_expert = 0; m_expert < e.count; ++m_expert) {
            if (f.gated)
                matrix(Part::ExpertGate, e.intermediate, m_spec.hidden, e.bias);
            matrix(Part::ExpertUp, e.intermediate, m_spec.hidden, e.bias);
            matrix(Part::ExpertDown, m_spec.hidden, e.intermediate, e.bias);
        }
        m_expert = -1;
        if (e.sharedIntermediate == 0)
            return;
        if (f.gated)
            matrix(Part::SharedGate, e.sharedIntermediate, m_spec.hidden);
        matrix(Part::SharedUp, e.sharedIntermediate, m_spec.hidden);
        matrix(Part::SharedDown, m_spec.hidden, e.sharedIntermediate);
        if (e.sharedGate)
            matrix(Part::SharedScale, 1, m_spec.hidden);
    }

    const DecoderSpec &m_spec;
    std::vector<TensorSlot> m_slots;
    int64_t m_layer = -1, m_expert = -1;
};

void listBefore(const DecoderSpec &spec, Listing &list)
{
    list.matrix(Part::Embedding, spec.vocabulary, spec.embeddingSize);
    if (spec.learnedPositions > 0)
        list.matrix(Part::PositionEmbedding, spec.learnedPositions, spec.hidden);
    if (spec.tokenTypes > 0)
        list.matrix(Part::TypeEmbedding, spec.tokenTypes, spec.hidden);
    list.norm(Part::EmbeddingNorm, spec.embeddingNorm, {spec.hidden});
    if (spec.embeddingSize != spec.hidden)
        list.matrix(Part::EmbeddingIn, spec.hidden, spec.embeddingSize);
}

void listAfter(const DecoderSpec &spec, Listing &list)
{
    list.norm(Part::FinalNorm, spec.finalNorm, {spec.hidden});
    if (spec.pooled)
        list.matrix(Part::Pooler, spec.hidden, spec.hidden, true);
    if (spec.headTransform) {
        list.matrix(Part::HeadTransform, spec.hidden, spec.hidden, true);
        list.norm(Part::HeadTransformNorm, spec.headTransform->norm, {spec.hidden});
    }
    if (spec.task == Task::Classification)
        list.matrix(Part::Classifier, spec.labels, spec.hidden, true);
    if (spec.task != Task::Generation && spec.task != Task::Filling)
        return;
    if (spec.embeddingSize != spec.hidden)
        list.matrix(Part::EmbeddingOut, spec.embeddingSize, spec.hidden);
    if (!spec.tied)
        list.matrix(Part::Head, spec.vocabulary, spec.embeddingSize, spec.headBias);
    else if (spec.headBias)
        list.bias(Part::Head, spec.vocabulary);
}

} // namespace

std::vector<TensorSlot> DecoderSpec::tensors() const
{
    Listing list(*this);
    listBefore(*this, list);
    for (int64_t layer = 0; layer < layerCount(); ++layer)
        list.layer(layer);
    listAfter(*this, list);
    return list.take();
}

std::vector<TensorSlot> DecoderSpec::ropeTables() const
{
    for (const LayerSpec &layer : layers) {
        const AttentionSpec &a = layer.attention;
        if (a.positions != Positions::Rotary || !a.rope.scaling || !a.rope.scaling->longFactor.empty())
            continue;
        const std::vector<int64_t> shape{a.rope.rotaryDim / 2};
        if (a.rope.scaling->type == kRopeDivisors)
            return {{Part::RopeDivisors, -1, -1, false, shape}};
        if (a.rope.scaling->type == "longrope")
            return {{Part::RopeShortFactors, -1, -1, false, shape}, {Part::RopeLongFactors, -1, -1, false, shape}};
    }
    return {};
}

void DecoderSpec::setRopeTable(Part table, const std::vector<double> &values)
{
    for (LayerSpec &layer : layers) {
        RopeSpec &rope = layer.attention.rope;
        if (rope.scaling && int64_t(values.size()) == rope.rotaryDim / 2)
            (table == Part::RopeShortFactors ? rope.scaling->shortFactor : rope.scaling->longFactor) = values;
    }
}

uint64_t DecoderSpec::parameters() const
{
    uint64_t sum = 0;
    for (const TensorSlot &slot : tensors()) {
        uint64_t product = 1;
        for (const int64_t size : slot.shape)
            product *= uint64_t(size);
        sum += product;
    }
    return sum;
}

uint64_t DecoderSpec::kvBytesPerToken(int bytesPerElement) const
{
    uint64_t elements = 0;
    for (const LayerSpec &layer : layers) {
        const AttentionSpec &a = layer.attention;
        elements += a.latent ? uint64_t(a.latent->rank + a.latent->ropeDim) : uint64_t(a.kvHeads * (a.keyWidth() + a.valueDim));
    }
    return elements * uint64_t(bytesPerElement);
}

int64_t DecoderSpec::usableContext() const
{
    const RopeSpec *rope = nullptr;
    for (const LayerSpec &layer : layers) {
        if (layer.attention.positions == Positions::Rotary && (!rope || layer.attention.rope.scaling))
            rope = &layer.attention.rope;
    }
    const bool beforeScaling = rope && rope->scaling && rope->scaling->originalContext.value_or(context) >= context
                               && rope->scaling->type != "llama3" && rope->scaling->type != "default";
    return beforeScaling ? int64_t(double(context) * rope->scaling->factor) : context;
}

} // namespace assay
