// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "core/architecture/description.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

/// Model directories that tests and benchmarks make for themselves.
namespace synthetic {

inline nlohmann::json llama(int64_t layers, int64_t hidden, int64_t vocabulary)
{
    return {{"architectures", {"LlamaForCausalLM"}},
            {"model_type", "llama"},
            {"hidden_act", "silu"},
            {"num_hidden_layers", layers},
            {"hidden_size", hidden},
            {"intermediate_size", 4 * hidden},
            {"num_attention_heads", hidden / 64},
            {"num_key_value_heads", hidden / 64},
            {"vocab_size", vocabulary},
            {"max_position_embeddings", 16384},
            {"rms_norm_eps", 1e-5},
            {"tie_word_embeddings", false}};
}

inline assay::Result<assay::DecoderSpec> specOf(const nlohmann::json &config)
{
    const auto parsed = assay::parseModelConfig(config.dump());
    return parsed ? assay::resolveDecoder(*parsed) : tl::unexpected(parsed.error());
}

inline bool writeConfig(const std::filesystem::path &directory, const nlohmann::json &config)
{
    std::filesystem::create_directories(directory);
    return assay::writeFileAtomically(directory / "config.json", config.dump()).has_value();
}

/// Writes a model of any size that takes no room on the disk: the float32 weights are zeros in a sparse file.
inline bool writeZeros(const std::filesystem::path &directory, const nlohmann::json &config)
{
    const auto spec = specOf(config);
    if (!spec || !writeConfig(directory, config))
        return false;
    nlohmann::json header = nlohmann::json::object();
    uint64_t at = 0;
    for (const assay::TensorSlot &slot : spec->tensors()) {
        uint64_t bytes = 4;
        for (const int64_t size : slot.shape)
            bytes *= uint64_t(size);
        header[assay::tensorName(*spec, slot)] = {{"dtype", "F32"}, {"shape", slot.shape}, {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    const std::string text = header.dump();
    const uint64_t length = text.size();
    const std::filesystem::path path = directory / "model.safetensors";
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char *>(&length), sizeof length);
    file << text;
    file.close();
    std::error_code problem;
    std::filesystem::resize_file(path, 8 + length + at, problem);
    return file.good() && !problem;
}

/// Writes a model that after token i always says i + 1: attention and MLP are zero, embedding i is one at i,
/// and row i + 1 of the head too. Its logits are about sqrt(hidden) for the successor and 0 for all else.
inline bool writeCounter(const std::filesystem::path &directory, const nlohmann::json &config)
{
    const auto spec = specOf(config);
    if (!spec || !writeConfig(directory, config))
        return false;
    std::vector<std::vector<float>> values;
    std::vector<assay::TensorToWrite> tensors;
    for (const assay::TensorSlot &slot : spec->tensors()) {
        const int64_t columns = slot.shape.size() > 1 ? slot.shape[1] : 1;
        std::vector<float> data(size_t(slot.shape[0] * columns), slot.shape.size() > 1 ? 0.0f : 1.0f);
        const bool head = slot.part == assay::Part::Head;
        for (int64_t i = 0; i < spec->vocabulary && (head || slot.part == assay::Part::Embedding); ++i)
            data[size_t((head ? (i + 1) % spec->vocabulary : i) * columns + i)] = 1.0f;
        values.push_back(std::move(data));
        tensors.push_back(
            {assay::tensorName(*spec, slot), assay::Dtype::F32, slot.shape, std::as_bytes(std::span(values.back()))});
    }
    return assay::writeSafetensors(directory / "model.safetensors", tensors).has_value();
}

} // namespace synthetic
