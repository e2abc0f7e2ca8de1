// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kvcache.h"
#include "core/engine/torch.h"
#include "core/model/decoderlayout.h"

#include <array>
#include <stop_token>

namespace assay::engine {

/// A tensor of the model under its name in the checkpoint.
struct NamedTensor
{
    std::string name;
    at::Tensor tensor;
};

enum class Purpose {
    Inference, ///< matrices that read the same input lie in one tensor (Q|K|V, gate|up)
    Training,  ///< every tensor is a leaf that requires a gradient
};

/// A decoder-only transformer as its spec describes it. Inference runs under at::InferenceMode or
/// at::NoGradGuard, training with gradients on; then no operator works in place.
class Decoder
{
public:
    /// Allocates the weights, uninitialised.
    Decoder(DecoderSpec spec, at::ScalarType dtype, at::Device device, Purpose purpose);

    const DecoderSpec &spec() const { return m_spec; }
    at::ScalarType dtype() const { return m_dtype; }
    at::Device device() const { return m_device; }

    /// Normal weights with this standard deviation, norms 1, biases 0. The matrices that write into the
    /// residual stream get std / sqrt(2 layers), as in GPT-2.
    void initialise(double std, uint64_t seed);

    /// Every stored tensor once (a tied head is the embedding), in the order of DecoderSpec::tensors().
    /// Changing their values in place changes the model.
    std::vector<NamedTensor> parameters();

    /// ids [batch, tokens] int64 -> logits [batch, tokens, vocabulary] in the model's dtype. With a cache the
    /// ids follow what it holds. An undefined tensor when stopped.
    at::Tensor forward(const at::Tensor &ids, KvCache *cache = nullptr, std::stop_token stop = {});

    /// The same without the head: the final norm's output [batch, tokens, hidden]; undefined when stopped
    /// (asked twice a layer), the cache is then as before.
    at::Tensor hidden(const at::Tensor &ids, KvCache *cache = nullptr, std::stop_token stop = {});
    /// [..., hidden] -> [..., vocabulary]
    at::Tensor head(const at::Tensor &hidden) const;

private:
    struct Matrix
    {
        at::Tensor weight, bias;
    };
    struct Layer
    {
        std::array<Matrix, size_t(DecoderPart::Count_)> parts;
        Matrix queryKeyValue; ///< inference: holds the three; they are views of it
        Matrix gateUp;
        const Matrix &operator[](DecoderPart part) const { return parts[size_t(part)]; }
    };
    struct Rotation
    {
        at::Tensor cosine, sine;
    }; ///< [tokens, 1, rotaryDim / 2], f32

    Matrix allocateFused(Layer &layer, std::initializer_list<DecoderPart> parts) const;
    at::Tensor &slot(const TensorSlot &where);
    static std::vector<at::Tensor> project(const Matrix &fused, const Layer &layer,
                                           std::initializer_list<DecoderPart> parts, const at::Tensor &input);
    Rotation rotation(int64_t first, int64_t tokens);
    at::Tensor attention(int64_t index, const at::Tensor &input, const Rotation &angles,
                         KvCache *cache) const;
    at::Tensor mlp(const Layer &layer, const at::Tensor &input) const;

    DecoderSpec m_spec;
    at::ScalarType m_dtype;
    at::Device m_device;
    Layer m_outside; ///< embedding, final norm, head
    std::vector<Layer> m_layers;
    Rotation m_rotation; ///< of the positions 0, 1, ... as far as they were asked for
};

} // namespace assay::engine
