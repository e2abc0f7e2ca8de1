// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/engine/kvcache.h"
#include "core/engine/layerweights.h"
#include "core/engine/rotation.h"
#include "core/engine/selfattention.h"
#include "core/engine/torch.h"

#include <stop_token>

namespace assay::engine {

/// A tensor of the model: what it is, its name in checkpoints of Hugging Face, its numbers.
struct NamedTensor
{
    TensorSlot slot;
    std::string name;
    at::Tensor tensor;
};

enum class Purpose {
    Inference, ///< matrices that read the same input lie in one tensor (Q|K|V, gate|up)
    Training,  ///< every tensor is a leaf that requires a gradient
};

/// Tokens that go through a model at once.
struct Input
{
    at::Tensor ids;   ///< [batch, tokens] int64
    at::Tensor mask;  ///< bool [batch, cached + tokens], false for padding; undefined: none. Positions count what is true
    at::Tensor types; ///< [batch, tokens] token types of an encoder; undefined: all 0
};

/// A transformer as its spec describes it. Inference runs under at::InferenceMode or at::NoGradGuard, training with
/// gradients on; then no operator works in place.
class Decoder
{
public:
    /// Allocates the weights, uninitialised; each tensor of DecoderSpec::tensors() as `kept` says, or all in `dtype`, which is
    /// that of the cache.
    /// layerDevices: where each layer lies, when that is not one device; what is outside the layers lies on `device`.
    Decoder(DecoderSpec spec, at::ScalarType dtype, at::Device device, Purpose purpose, std::vector<kernels::StoredAs> kept = {},
            std::vector<at::Device> layerDevices = {});

    const DecoderSpec &spec() const { return m_spec; }
    at::ScalarType dtype() const { return m_dtype; }
    at::Device device() const { return m_device; } ///< where inputs have to be and results come from
    const std::vector<at::Device> &layerDevices() const { return m_layerDevices; } ///< empty: all on device()
    void setLatentWay(LatentWay way) { m_latentWay = way; }

    /// Normal weights with this standard deviation, norms 1, biases 0. The matrices that write into the residual stream
    /// get std / sqrt(2 layers), as in GPT-2.
    void initialise(double std, uint64_t seed);

    /// Every stored tensor once (a tied head is the embedding), in the order of DecoderSpec::tensors(). Changing their
    /// values in place changes the model.
    /// Undefined for those that are kept in blocks.
    std::vector<NamedTensor> parameters();
    /// The place of a tensor's numbers: of the weight, or the matrix whose bias it is.
    Matrix &matrix(const TensorSlot &where);

    /// ids [batch, tokens] int64 -> logits [batch, tokens, vocabulary] in f32. With a cache the ids follow what it
    /// holds. An undefined tensor when stopped.
    at::Tensor forward(const at::Tensor &ids, KvCache *cache = nullptr, std::stop_token stop = {});

    /// The same without the head: the final norm's output [batch, tokens, hidden]; undefined when stopped (asked twice
    /// a layer), the cache is then as before, or empty where it had to be filled anew: where frequencies depend on how long
    /// the sequence is and become others, everything before is computed again with them, as in one pass without a cache.
    at::Tensor hidden(const Input &input, KvCache *cache = nullptr, std::stop_token stop = {});
    at::Tensor hidden(const at::Tensor &ids, KvCache *cache = nullptr, std::stop_token stop = {});
    /// The same of one token a row, ids [batch, 1], at the step's position; the cache's length stays.
    at::Tensor hidden(const at::Tensor &ids, KvCache &cache, const FixedStep &step);
    /// Makes tables for so many tokens: what was recorded refers to them and must not outlive them.
    void reserve(int64_t tokens);
    /// [..., hidden] -> [..., vocabulary]
    at::Tensor head(const at::Tensor &hidden) const;
    /// [batch, tokens, hidden] -> pooled first token [batch, hidden]; undefined for models without a pooler.
    at::Tensor pool(const at::Tensor &hidden) const;
    /// [batch, tokens, hidden] -> [batch, labels]
    at::Tensor classify(const at::Tensor &hidden) const;

private:
    at::Tensor transform(const at::Tensor &hidden) const;
    TokenPositions positionsOf(const Input &input, int64_t past) const;
    at::Tensor hiddenAnew(const Input &input, KvCache &cache, std::stop_token stop);
    at::Tensor embed(const Input &input, const TokenPositions &positions) const;
    /// All layers; undefined when stopped.
    at::Tensor throughLayers(at::Tensor x, const Pass &pass, const std::stop_token &stop);
    /// The pass as a layer on another device needs it.
    Pass passOn(at::Device device, const Pass &pass);
    /// Undefined when stopped.
    at::Tensor layer(size_t index, const at::Tensor &x, const Pass &pass, const std::stop_token &stop) const;
    at::Tensor &slot(const TensorSlot &where);

    DecoderSpec m_spec;
    at::ScalarType m_dtype;
    at::Device m_device;
    std::vector<at::Device> m_layerDevices;
    LatentWay m_latentWay = LatentWay::Auto;
    LayerWeights m_outside; ///< embeddings, final norm, head
    std::vector<LayerWeights> m_layers;
    Rotations m_rotations;
    std::map<int, Rotations> m_rotationsElsewhere; ///< by the other devices' indices
};

} // namespace assay::engine
