// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"
#include "core/model/modelconfig.h"

#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

namespace assay {

/// How the numbers of a weight are put together from the tensors of its checkpoint (inspectors.md 4f).
enum class WeightScheme : uint8_t {
    Plain,        ///< as they are stored, the block types of GGUF included
    ScaledFloat8, ///< fp8 times a scale of its block (DeepSeek), its channel or the whole tensor
    ScaledInt8,   ///< int8 times a scale of its row (bitsandbytes SCB, compressed-tensors)
    Gptq,
    Awq,
    BitsandbytesFour, ///< nf4 and fp4
    PackedInts,       ///< compressed-tensors pack
    Nvfp4,
    Mxfp4Packed, ///< compressed-tensors: two elements a byte and a power of two for each 32
    Mxfp4Blocks, ///< gpt-oss: X_blocks and X_scales
    Fp4Experts,  ///< DeepSeek-V4: experts as I8 that hold two fp4 each, with F8_E8M0 scales
    Mlx,
};
/// "fp8, scaled", "GPTQ", ...; empty for Plain.
const char *weightSchemeName(WeightScheme scheme);

/// What else is needed to know a weight's values.
enum class WeightPart : uint8_t { Scales, Zeros, Order, GlobalScale, TrueShape, Codebook, NestedScales, NestedCodebook, State, Count_ };

constexpr uint32_t kNoTensor = ~uint32_t(0);

/// A tensor of the checkpoint with those that decode it.
struct WeightParts
{
    uint32_t tensor = kNoTensor; ///< index into Checkpoint::tensors
    WeightScheme scheme = WeightScheme::Plain;
    std::array<uint32_t, size_t(WeightPart::Count_)> others = noOthers();

    uint32_t part(WeightPart which) const { return others[size_t(which)]; }
    bool has(WeightPart which) const { return part(which) != kNoTensor; }
    static constexpr std::array<uint32_t, size_t(WeightPart::Count_)> noOthers()
    {
        std::array<uint32_t, size_t(WeightPart::Count_)> none{};
        none.fill(kNoTensor);
        return none;
    }
};

/// quantization_config (or quantize_config.json) as far as it decides how values are decoded.
struct QuantizationDetails
{
    std::string method;            ///< quant_method; empty when none is declared
    int bits = 4;
    int64_t groupSize = 0;         ///< 0: one for all
    std::vector<int64_t> block;    ///< weight_block_size
    bool zerosMinusOne = true;     ///< GPTQ's first format stores zero points one too small
    bool fp4Experts = false;       ///< expert_dtype
};
QuantizationDetails quantizationDetails(const ModelConfig &config, const std::string &quantizeConfigText = {});

/// Which tensors of a checkpoint are weights and which only help to decode one. The checkpoint must outlive it.
/// Safe to use from several threads.
class WeightCatalog
{
public:
    WeightCatalog(const Checkpoint &checkpoint, QuantizationDetails details);
    const Checkpoint &checkpoint() const { return *m_checkpoint; }
    const QuantizationDetails &details() const { return m_details; }
    size_t count() const { return m_parts.size(); } ///< one entry for each tensor of the checkpoint
    const WeightParts &parts(size_t tensor) const { return m_parts[tensor]; }
    /// The weight that this tensor helps to decode; nothing for weights.
    std::optional<size_t> owner(size_t tensor) const;
    std::optional<size_t> find(std::string_view name) const;

private:
    void claim(uint32_t tensor);
    const Checkpoint *m_checkpoint;
    QuantizationDetails m_details;
    std::unordered_map<std::string_view, uint32_t> m_byName;
    std::vector<WeightParts> m_parts;
    std::vector<uint32_t> m_owners;
};

} // namespace assay
