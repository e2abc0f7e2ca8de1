// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/configfields.h"

#include <algorithm>
#include <cctype>

namespace assay {
namespace {

using nlohmann::json;

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

/// compressed-tensors: one set of bits for each group of modules; the first with weights stands for all.
void readGroups(const ConfigFields &quantization, ModelConfig &config)
{
    config.quantizationFormat = lower(quantization.text({"format"}));
    const json *groups = quantization.find({"config_groups"});
    if (!groups || !groups->is_object())
        return;
    for (const json &group : *groups) {
        if (!group.is_object() || !group.contains("weights") || !group["weights"].is_object())
            continue;
        const ConfigFields weights(group["weights"]);
        if (!config.quantizationBits)
            config.quantizationBits = weights.integer({"num_bits"});
        if (!config.quantizationGroup)
            config.quantizationGroup = weights.integer({"group_size"});
        return;
    }
}

void readBitsAndBytes(const ConfigFields &quantization, ModelConfig &config)
{
    if (quantization.boolean({"load_in_4bit", "_load_in_4bit"}).value_or(false)) {
        config.quantizationBits = 4;
        config.quantizationFormat = lower(quantization.text({"bnb_4bit_quant_type"}));
    } else if (quantization.boolean({"load_in_8bit", "_load_in_8bit"}).value_or(false)) {
        config.quantizationBits = 8;
    }
}

} // namespace

void readQuantization(const ConfigFields &fields, ModelConfig &config)
{
    config.expertDtype = fields.text({"expert_dtype"});
    // null counts as absent, and an empty object as a model that is not quantised.
    const json *declared = fields.find({"quantization_config", "compression_config"});
    const json *mlx = fields.find({"quantization"});
    if (!declared && mlx && mlx->is_object() && mlx->contains("group_size")) {
        const ConfigFields quantization(*mlx);
        config.quantizationMethod = "mlx";
        config.quantizationBits = quantization.integer({"bits"});
        config.quantizationGroup = quantization.integer({"group_size"});
        return;
    }
    if (!declared || !declared->is_object())
        return;
    const ConfigFields quantization(*declared);
    config.quantizationMethod = lower(quantization.text({"quant_method"}));
    config.quantizationBits = quantization.integer({"bits", "w_bit", "num_bits", "nbits"});
    config.quantizationGroup = quantization.integer({"group_size", "q_group_size"});
    config.quantizationBlock = quantization.integers({"weight_block_size"});
    config.unquantized = quantization.texts({"modules_to_not_convert", "ignore", "ignored_layers"});
    if (config.expertDtype.empty())
        config.expertDtype = quantization.text({"expert_dtype"});
    // MLX writes its words under both names, and no method under either.
    if (config.quantizationMethod.empty() && mlx && mlx->is_object() && mlx->contains("group_size"))
        config.quantizationMethod = "mlx";
    if (config.quantizationMethod.empty() && quantization.find({"config_groups"}))
        config.quantizationMethod = "compressed-tensors";
    if (config.quantizationMethod.empty() && quantization.find({"load_in_4bit", "_load_in_4bit", "load_in_8bit"}))
        config.quantizationMethod = "bitsandbytes";
    readBitsAndBytes(quantization, config);
    readGroups(quantization, config);
    // -1 of GPTQ: one scale for a whole column.
    if (config.quantizationGroup && *config.quantizationGroup <= 0)
        config.quantizationGroup.reset();
}

} // namespace assay
