// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/decoderlayout.h"

namespace assay {
namespace {

using P = DecoderPart;

// Layer names of the Llama family, which its successors kept.
constexpr const char *kInputNorm = "model.layers.{layer}.input_layernorm";
constexpr const char *kQuery = "model.layers.{layer}.self_attn.q_proj";
constexpr const char *kKey = "model.layers.{layer}.self_attn.k_proj";
constexpr const char *kValue = "model.layers.{layer}.self_attn.v_proj";
constexpr const char *kAttentionOutput = "model.layers.{layer}.self_attn.o_proj";
constexpr const char *kMlpNorm = "model.layers.{layer}.post_attention_layernorm";
constexpr const char *kGate = "model.layers.{layer}.mlp.gate_proj";
constexpr const char *kUp = "model.layers.{layer}.mlp.up_proj";
constexpr const char *kDown = "model.layers.{layer}.mlp.down_proj";

constexpr PartDescription kLlamaParts[] = {
    {P::Embedding, "model.embed_tokens"},
    {P::InputNorm, kInputNorm},
    {P::Query, kQuery, BiasRule::AttentionBias},
    {P::Key, kKey, BiasRule::AttentionBias},
    {P::Value, kValue, BiasRule::AttentionBias},
    {P::AttentionOutput, kAttentionOutput, BiasRule::AttentionBias},
    {P::MlpNorm, kMlpNorm},
    {P::Gate, kGate, BiasRule::MlpBias},
    {P::Up, kUp, BiasRule::MlpBias},
    {P::Down, kDown, BiasRule::MlpBias},
    {P::FinalNorm, "model.norm"},
    {P::Head, "lm_head"},
};

constexpr PartDescription kMistralParts[] = {
    {P::Embedding, "model.embed_tokens"},
    {P::InputNorm, kInputNorm},
    {P::Query, kQuery},
    {P::Key, kKey},
    {P::Value, kValue},
    {P::AttentionOutput, kAttentionOutput},
    {P::MlpNorm, kMlpNorm},
    {P::Gate, kGate},
    {P::Up, kUp},
    {P::Down, kDown},
    {P::FinalNorm, "model.norm"},
    {P::Head, "lm_head"},
};

constexpr PartDescription kQwen2Parts[] = {
    {P::Embedding, "model.embed_tokens"},
    {P::InputNorm, kInputNorm},
    {P::Query, kQuery, BiasRule::Always},
    {P::Key, kKey, BiasRule::Always},
    {P::Value, kValue, BiasRule::Always},
    {P::AttentionOutput, kAttentionOutput},
    {P::MlpNorm, kMlpNorm},
    {P::Gate, kGate},
    {P::Up, kUp},
    {P::Down, kDown},
    {P::FinalNorm, "model.norm"},
    {P::Head, "lm_head"},
};

// Defaults: LlamaConfig, MistralConfig and Qwen2Config of transformers 4.44.
constexpr DecoderLayout kLayouts[] = {
    {"LlamaForCausalLM", kLlamaParts, WindowRule::None, {}, 2048, 10000.0, 1e-6, false},
    {"MistralForCausalLM", kMistralParts, WindowRule::AllLayers, 4096, 131072, 10000.0, 1e-6, false},
    {"Qwen2ForCausalLM", kQwen2Parts, WindowRule::UpperLayers, 4096, 32768, 10000.0, 1e-6, false},
};

std::string nameAt(const char *prefix, int64_t layer)
{
    static constexpr std::string_view kMark = "{layer}";
    std::string name = prefix;
    if (const size_t at = name.find(kMark); at != std::string::npos)
        name.replace(at, kMark.size(), std::to_string(layer));
    return name;
}

bool isInLayer(const PartDescription &part)
{
    return std::string_view(part.prefix).find("{layer}") != std::string_view::npos;
}

uint64_t product(const std::vector<int64_t> &shape)
{
    uint64_t out = 1;
    for (const int64_t size : shape)
        out *= uint64_t(size);
    return out;
}

} // namespace

std::span<const DecoderLayout> decoderLayouts()
{
    return kLayouts;
}

bool DecoderSpec::hasBias(const PartDescription &part) const
{
    switch (part.bias) {
    case BiasRule::Never:
        return false;
    case BiasRule::Always:
        return true;
    case BiasRule::AttentionBias:
        return attentionBias;
    case BiasRule::MlpBias:
        return mlpBias;
    }
    return false;
}

std::vector<int64_t> DecoderSpec::weightShape(DecoderPart part) const
{
    switch (part) {
    case P::Embedding:
    case P::Head:
        return {vocabulary, hidden};
    case P::Query:
        return {heads * headDim, hidden};
    case P::Key:
    case P::Value:
        return {kvHeads * headDim, hidden};
    case P::AttentionOutput:
        return {hidden, heads * headDim};
    case P::Gate:
    case P::Up:
        return {intermediate, hidden};
    case P::Down:
        return {hidden, intermediate};
    case P::InputNorm:
    case P::MlpNorm:
    case P::FinalNorm:
    case P::Count_:
        break;
    }
    return {hidden};
}

std::vector<TensorSlot> DecoderSpec::tensors() const
{
    std::vector<TensorSlot> out;
    const auto add = [&](const PartDescription &part, int64_t layer) {
        if (part.part == P::Head && tied)
            return;
        const std::string prefix = nameAt(part.prefix, layer);
        const std::vector<int64_t> shape = weightShape(part.part);
        out.push_back({part.part, layer, false, prefix + ".weight", shape});
        if (hasBias(part))
            out.push_back({part.part, layer, true, prefix + ".bias", {shape.front()}});
    };
    // The table lists the parts in the order of the computation, so the layers come in one run.
    bool layersDone = false;
    for (const PartDescription &outer : layout->parts) {
        if (!isInLayer(outer)) {
            add(outer, -1);
            continue;
        }
        for (int64_t layer = 0; layer < layers && !layersDone; ++layer) {
            for (const PartDescription &part : layout->parts) {
                if (isInLayer(part))
                    add(part, layer);
            }
        }
        layersDone = true;
    }
    return out;
}

uint64_t DecoderSpec::parameters() const
{
    uint64_t out = 0;
    for (const TensorSlot &slot : tensors())
        out += product(slot.shape);
    return out;
}

uint64_t DecoderSpec::kvBytesPerToken(int bytesPerElement) const
{
    return 2 * uint64_t(layers) * uint64_t(kvHeads) * uint64_t(headDim) * uint64_t(bytesPerElement);
}

int64_t DecoderSpec::usableContext() const
{
    // With these two max_position_embeddings stays the trained length; with the others it is the stretched
    // one.
    const bool stretched =
        rope.scaling && (rope.scaling->type == "linear" || rope.scaling->type == "dynamic");
    return stretched ? int64_t(double(context) * rope.scaling->factor) : context;
}

} // namespace assay
