// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weightcatalog.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

namespace assay {
namespace {

using P = WeightPart;
using W = WeightScheme;

struct PartName
{
    WeightPart part;
    std::string_view ending;
};

/// A weight is told by its ending and dtype, and by the scales beside it.
struct SchemeRule
{
    WeightScheme scheme;
    std::string_view ending;
    std::span<const Dtype> dtypes;
    std::span<const PartName> parts; ///< the first name of a part that is there counts
    bool packed = false; ///< without scales it is no plain weight either: its values cannot be known
    bool keepsEnding = false; ///< the parts' names go on after the ending
};

constexpr Dtype kFloat8[] = {Dtype::F8E4M3, Dtype::F8E5M2, Dtype::F8E4M3Fnuz, Dtype::F8E5M2Fnuz};
constexpr Dtype kInt8[] = {Dtype::I8};
constexpr Dtype kInt32[] = {Dtype::I32};
constexpr Dtype kBytes[] = {Dtype::U8};
constexpr Dtype kBytesOrFours[] = {Dtype::U8, Dtype::F4};
constexpr Dtype kWords[] = {Dtype::U32};

constexpr PartName kScaleInverse[] = {
    {P::Scales, ".weight_scale_inv"}, {P::Scales, ".weight_scale"}, {P::Scales, ".scale"}};
constexpr PartName kScaleInverse3d[] = {{P::Scales, "_scale_inv"}, {P::Scales, "_scale"}};
constexpr PartName kRowScales[] = {{P::Scales, ".SCB"}, {P::Scales, ".weight_scale"}};
constexpr PartName kGptqParts[] = {{P::Scales, ".scales"}, {P::Zeros, ".qzeros"}, {P::Order, ".g_idx"}};
constexpr PartName kFourBitParts[] = {{P::Scales, ".absmax"},
                                      {P::Codebook, ".quant_map"},
                                      {P::NestedScales, ".nested_absmax"},
                                      {P::NestedCodebook, ".nested_quant_map"},
                                      {P::State, ".quant_state.bitsandbytes__nf4"},
                                      {P::State, ".quant_state.bitsandbytes__fp4"}};
constexpr PartName kPackParts[] = {{P::Scales, ".weight_scale"},
                                   {P::Zeros, ".weight_zero_point"},
                                   {P::Order, ".weight_g_idx"},
                                   {P::TrueShape, ".weight_shape"}};
constexpr PartName kNvfp4Parts[] = {{P::Scales, ".weight_scale"}, {P::GlobalScale, ".weight_global_scale"}};
constexpr PartName kNvfp4OptimizerParts[] = {{P::Scales, ".weight_scale"}, {P::GlobalScale, ".weight_scale_2"}};
constexpr PartName kBlockParts[] = {{P::Scales, "_scales"}};
constexpr PartName kMlxParts[] = {{P::Scales, ".scales"}, {P::Zeros, ".biases"}};

constexpr SchemeRule kRules[] = {
    {W::ScaledFloat8, ".weight", kFloat8, kScaleInverse},
    {W::Gptq, ".qweight", kInt32, kGptqParts, true}, // or AWQ, told by the shapes
    {W::BitsandbytesFour, ".weight", kBytes, kFourBitParts, false, true},
    {W::Nvfp4, ".weight", kBytesOrFours, kNvfp4OptimizerParts},
    {W::Fp4Experts, ".weight", kInt8, kScaleInverse},
    {W::ScaledInt8, ".weight", kInt8, kRowScales},
    {W::PackedInts, ".weight_packed", kInt32, kPackParts, true},
    {W::Nvfp4, ".weight_packed", kBytesOrFours, kNvfp4Parts, true}, // or MXFP4, told by the scales
    {W::Mxfp4Blocks, "_blocks", kBytes, kBlockParts, true},
    {W::Mlx, ".weight", kWords, kMlxParts},
    {W::ScaledFloat8, "_proj", kFloat8, kScaleInverse3d, false, true},
};

bool contains(std::span<const Dtype> dtypes, Dtype dtype)
{
    return std::find(dtypes.begin(), dtypes.end(), dtype) != dtypes.end();
}

int64_t lastSize(const TensorRecord &tensor)
{
    return tensor.shape.empty() ? 1 : tensor.shape[tensor.shape.size() - 1];
}

/// Where one name stands for two layouts the shapes or the types tell which it is.
WeightScheme refined(WeightScheme scheme, const Checkpoint &checkpoint, const WeightParts &parts)
{
    if (!parts.has(P::Scales))
        return scheme;
    const TensorRecord &weight = checkpoint.tensors[parts.tensor];
    const TensorRecord &scales = checkpoint.tensors[parts.part(P::Scales)];
    if (scheme == W::Gptq && lastSize(weight) < lastSize(scales))
        return W::Awq; // packed along the outputs
    if (scheme == W::Nvfp4 && (scales.dtype == Dtype::U8 || scales.dtype == Dtype::F8E8M0))
        return W::Mxfp4Packed;
    return scheme;
}

const nlohmann::json *objectAt(const nlohmann::json &json, const char *key)
{
    if (!json.is_object())
        return nullptr;
    const auto found = json.find(key);
    return found != json.end() && found->is_object() ? &*found : nullptr;
}

std::string textAt(const nlohmann::json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<int64_t> integerAt(const nlohmann::json &json, const char *key)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer())
        return std::nullopt;
    return found->get<int64_t>();
}

void readBits(const nlohmann::json &from, QuantizationDetails &details)
{
    for (const char *key : {"bits", "w_bit", "num_bits"}) {
        if (const auto bits = integerAt(from, key); bits && *bits >= 1 && *bits <= 16)
            details.bits = int(*bits);
    }
    for (const char *key : {"group_size", "q_group_size"}) {
        if (const auto size = integerAt(from, key); size && *size > 0)
            details.groupSize = *size;
    }
}

/// compressed-tensors: the first group's weights stand for all.
void readGroups(const nlohmann::json &from, QuantizationDetails &details)
{
    const nlohmann::json *groups = objectAt(from, "config_groups");
    if (!groups || groups->empty())
        return;
    if (const nlohmann::json *weights = objectAt(*groups->begin(), "weights"))
        readBits(*weights, details);
}

void readDetails(const nlohmann::json &from, QuantizationDetails &details)
{
    details.method = textAt(from, "quant_method");
    readBits(from, details);
    readGroups(from, details);
    details.zerosMinusOne = textAt(from, "checkpoint_format") != "gptq_v2";
    details.fp4Experts |= textAt(from, "expert_dtype") == "fp4";
    if (const auto block = from.find("weight_block_size"); block != from.end() && block->is_array()) {
        for (const auto &size : *block)
            details.block.push_back(size.is_number_integer() ? std::max<int64_t>(size.get<int64_t>(), 1) : 1);
    }
}

} // namespace

const char *weightSchemeName(WeightScheme scheme)
{
    switch (scheme) {
    case W::Plain: return "";
    case W::ScaledFloat8: return "fp8, scaled";
    case W::ScaledInt8: return "int8, scaled";
    case W::Gptq: return "GPTQ";
    case W::Awq: return "AWQ";
    case W::BitsandbytesFour: return "bitsandbytes 4 bit";
    case W::PackedInts: return "packed integers";
    case W::Nvfp4: return "NVFP4";
    case W::Mxfp4Packed:
    case W::Mxfp4Blocks: return "MXFP4";
    case W::Fp4Experts: return "fp4";
    case W::Mlx: return "MLX";
    }
    return "";
}

QuantizationDetails quantizationDetails(const ModelConfig &config, const std::string &quantizeConfigText)
{
    QuantizationDetails details;
    details.fp4Experts = config.expertDtype == "fp4";
    const nlohmann::json json = nlohmann::json::parse(config.text, nullptr, false);
    for (const nlohmann::json *level : {&json, objectAt(json, "text_config")}) {
        for (const char *key : {"quantization_config", "quantization", "compression_config"}) {
            const nlohmann::json *found = level ? objectAt(*level, key) : nullptr;
            if (found) {
                readDetails(*found, details);
                return details;
            }
        }
    }
    const nlohmann::json old = nlohmann::json::parse(quantizeConfigText, nullptr, false);
    if (old.is_object()) {
        readDetails(old, details);
        if (details.method.empty())
            details.method = "gptq";
    }
    return details;
}

WeightCatalog::WeightCatalog(const Checkpoint &checkpoint, QuantizationDetails details)
    : m_checkpoint(&checkpoint), m_details(std::move(details))
{
    const size_t count = checkpoint.tensors.size();
    m_parts.resize(count);
    m_owners.assign(count, kNoTensor);
    m_byName.reserve(count);
    for (size_t i = 0; i < count; ++i) {
        m_parts[i].tensor = uint32_t(i);
        m_byName.emplace(checkpoint.tensors[i].name, uint32_t(i));
    }
    for (size_t i = 0; i < count; ++i)
        claim(uint32_t(i));
}

/// Looks for the first rule that fits a tensor, and notes whose part the others are.
void WeightCatalog::claim(uint32_t tensor)
{
    const TensorRecord &record = m_checkpoint->tensors[tensor];
    std::string name;
    for (const SchemeRule &rule : kRules) {
        if (!record.name.ends_with(rule.ending) || !contains(rule.dtypes, record.dtype))
            continue;
        if (rule.scheme == W::Fp4Experts
            && (!m_details.fp4Experts || record.name.find("experts.") == std::string_view::npos))
            continue;
        WeightParts parts;
        parts.tensor = tensor;
        const auto stem = record.name.substr(0, record.name.size() - (rule.keepsEnding ? 0 : rule.ending.size()));
        for (const PartName &part : rule.parts) {
            name.assign(stem).append(part.ending);
            const auto found = m_byName.find(name);
            if (found != m_byName.end() && !parts.has(part.part))
                parts.others[size_t(part.part)] = found->second;
        }
        const bool twoScales = rule.parts.data() == kNvfp4OptimizerParts;
        if ((!parts.has(P::Scales) && !rule.packed) || (twoScales && !parts.has(P::GlobalScale)))
            continue;
        parts.scheme = refined(rule.scheme, *m_checkpoint, parts);
        for (const uint32_t other : parts.others) {
            if (other != kNoTensor)
                m_owners[other] = tensor;
        }
        m_parts[tensor] = parts;
        return;
    }
}

std::optional<size_t> WeightCatalog::owner(size_t tensor) const
{
    return m_owners[tensor] == kNoTensor ? std::nullopt : std::optional<size_t>(m_owners[tensor]);
}

std::optional<size_t> WeightCatalog::find(std::string_view name) const
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? std::nullopt : std::optional<size_t>(found->second);
}

} // namespace assay
