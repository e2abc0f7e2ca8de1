// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/safetensors.h"
#include "core/model/facts.h"
#include "core/weights/weightvalues.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

namespace assay::testing {

/// A model of few numbers in memory, changed by tests and written as a directory.
struct TinyModel
{
    struct Tensor
    {
        std::vector<int64_t> shape;
        std::vector<float> values;
    };
    int64_t hidden = 128, heads = 4, kvHeads = 2, headDim = 32, intermediate = 256, layers = 4, vocabulary = 512, experts = 0;
    std::map<std::string, Tensor> tensors;
    std::string nameOrPath = {};

    Tensor &at(const std::string &name) { return tensors.at(name); }
    nlohmann::json config() const
    {
        nlohmann::json config{{"architectures", {experts > 0 ? "Qwen2MoeForCausalLM" : "LlamaForCausalLM"}}, {"model_type", experts > 0 ? "qwen2_moe" : "llama"},
                              {"vocab_size", vocabulary}, {"hidden_size", hidden}, {"intermediate_size", intermediate},
                              {"num_hidden_layers", layers}, {"num_attention_heads", heads}, {"num_key_value_heads", kvHeads}, {"head_dim", headDim},
                              {"hidden_act", "silu"}, {"rms_norm_eps", 1e-6}, {"tie_word_embeddings", true}, {"torch_dtype", "bfloat16"}};
        if (experts > 0) {
            config["num_experts"] = experts;
            config["num_experts_per_tok"] = 2;
            config["moe_intermediate_size"] = intermediate;
        }
        if (!nameOrPath.empty())
            config["_name_or_path"] = nameOrPath;
        return config;
    }
};

inline std::vector<float> normalValues(size_t count, std::mt19937_64 &random, float deviation = 0.02f)
{
    std::normal_distribution<float> normal(0, deviation);
    std::vector<float> values(count);
    for (float &value : values)
        value = normal(random);
    return values;
}

/// Independent normal weights, as they are where training begins; norms near one.
inline TinyModel randomModel(uint64_t seed, TinyModel model = {})
{
    std::mt19937_64 random(seed);
    const auto add = [&](const std::string &name, std::vector<int64_t> shape) {
        const auto count = size_t(std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>()));
        model.tensors[name] = {shape, normalValues(count, random)};
        if (shape.size() == 1)
            std::for_each(model.tensors[name].values.begin(), model.tensors[name].values.end(), [](float &value) { value += 1; });
    };
    add("model.embed_tokens.weight", {model.vocabulary, model.hidden});
    for (int64_t layer = 0; layer < model.layers; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        add(prefix + "input_layernorm.weight", {model.hidden});
        add(prefix + "self_attn.q_proj.weight", {model.heads * model.headDim, model.hidden});
        add(prefix + "self_attn.k_proj.weight", {model.kvHeads * model.headDim, model.hidden});
        add(prefix + "self_attn.v_proj.weight", {model.kvHeads * model.headDim, model.hidden});
        add(prefix + "self_attn.o_proj.weight", {model.hidden, model.heads * model.headDim});
        add(prefix + "post_attention_layernorm.weight", {model.hidden});
        for (int64_t expert = 0; expert < std::max<int64_t>(1, model.experts); ++expert) {
            const std::string mlp = prefix + (model.experts > 0 ? "mlp.experts." + std::to_string(expert) + "." : std::string("mlp."));
            add(mlp + "gate_proj.weight", {model.intermediate, model.hidden});
            add(mlp + "up_proj.weight", {model.intermediate, model.hidden});
            add(mlp + "down_proj.weight", {model.hidden, model.intermediate});
        }
        if (model.experts > 0)
            add(prefix + "mlp.gate.weight", {model.experts, model.hidden});
    }
    add("model.norm.weight", {model.hidden});
    return model;
}

inline uint16_t bfloat(float value)
{
    return uint16_t((std::bit_cast<uint32_t>(value) + 0x7fff + ((std::bit_cast<uint32_t>(value) >> 16) & 1)) >> 16);
}

/// Writes config.json and the weights in bf16 (or f32), in so many shards, whose names begin with `stem`.
inline void writeModel(const std::filesystem::path &folder, const TinyModel &model, int shards = 2, Dtype dtype = Dtype::BF16, const std::string &stem = "model")
{
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "config.json") << model.config().dump(1);
    std::vector<std::vector<std::byte>> bytes;
    std::vector<std::vector<TensorToWrite>> files(static_cast<size_t>(shards));
    bytes.reserve(model.tensors.size());
    nlohmann::json map = nlohmann::json::object();
    const auto file = [&](size_t shard) {
        char name[64];
        std::snprintf(name, sizeof name, "%s-%05zu-of-%05d.safetensors", stem.c_str(), shard + 1, shards);
        return shards == 1 ? stem + ".safetensors" : std::string(name);
    };
    size_t index = 0;
    for (const auto &[name, tensor] : model.tensors) {
        const size_t size = dtype == Dtype::BF16 ? 2 : 4;
        std::vector<std::byte> &stored = bytes.emplace_back(tensor.values.size() * size);
        for (size_t i = 0; i < tensor.values.size(); ++i) {
            const uint16_t half = bfloat(tensor.values[i]);
            std::memcpy(stored.data() + i * size, size == 2 ? static_cast<const void *>(&half) : &tensor.values[i], size);
        }
        const size_t shard = index++ * size_t(shards) / model.tensors.size();
        files[shard].push_back({name, dtype, tensor.shape, stored});
        map[name] = file(shard);
    }
    for (size_t shard = 0; shard < files.size(); ++shard) {
        if (!writeSafetensors(folder / file(shard), files[shard], {{"format", "pt"}}))
            std::abort();
    }
    if (shards > 1)
        std::ofstream(folder / (stem + ".safetensors.index.json")) << nlohmann::json{{"metadata", nlohmann::json::object()}, {"weight_map", map}}.dump(1);
}

// --- what is done to weights -----------------------------------------------------------------------------------

/// Rounded to whole steps of the largest value of each group of 128, as an int4 quantiser without zero points does, and turned back.
inline void throughInt4(TinyModel &model)
{
    for (auto &[name, tensor] : model.tensors) {
        if (tensor.shape.size() < 2)
            continue;
        for (size_t first = 0; first + 128 <= tensor.values.size(); first += 128) {
            float largest = 0;
            for (size_t i = first; i < first + 128; ++i)
                largest = std::max(largest, std::abs(tensor.values[i]));
            for (size_t i = first; i < first + 128; ++i)
                tensor.values[i] = std::round(tensor.values[i] / largest * 7) * largest / 7;
        }
    }
}

/// Rounded to e4m3 (three bits of mantissa, smallest step 2^-9) under a scale that brings the largest value of each 128 x 128 block to 448.
inline void throughFloat8(TinyModel &model)
{
    for (auto &named : model.tensors) {
        auto &tensor = named.second; // clang 14 takes no binding into a lambda
        if (tensor.shape.size() < 2)
            continue;
        const int64_t rows = tensor.shape[0], columns = tensor.shape[1];
        for (int64_t top = 0; top < rows; top += 128) {
            for (int64_t left = 0; left < columns; left += 128) {
                const auto each = [&](auto use) {
                    for (int64_t r = top; r < std::min(rows, top + 128); ++r) {
                        for (int64_t c = left; c < std::min(columns, left + 128); ++c)
                            use(tensor.values[size_t(r * columns + c)]);
                    }
                };
                float largest = 0;
                each([&](float value) { largest = std::max(largest, std::abs(value)); });
                const float scale = largest / 448;
                each([&](float &value) {
                    int exponent = 0;
                    std::frexp(value / scale, &exponent);
                    const float step = std::ldexp(1.0f, std::max(exponent - 4, -9));
                    value = std::round(value / scale / step) * step * scale;
                });
            }
        }
    }
}

/// Adds normal noise to every matrix: what further training does, in size.
inline void addNoise(TinyModel &model, float deviation, uint64_t seed)
{
    std::mt19937_64 random(seed);
    for (auto &[name, tensor] : model.tensors) {
        const auto noise = normalValues(tensor.values.size(), random, deviation);
        for (size_t i = 0; i < noise.size(); ++i)
            tensor.values[i] += noise[i];
    }
}

/// row r of the result is row order[r], or column c column order[c].
inline void permuteRows(TinyModel::Tensor &tensor, const std::vector<size_t> &order)
{
    const size_t columns = tensor.values.size() / order.size();
    std::vector<float> out(tensor.values.size());
    for (size_t r = 0; r < order.size(); ++r)
        std::copy_n(tensor.values.begin() + ptrdiff_t(order[r] * columns), columns, out.begin() + ptrdiff_t(r * columns));
    tensor.values = std::move(out);
}
inline void permuteColumns(TinyModel::Tensor &tensor, const std::vector<size_t> &order)
{
    std::vector<float> out(tensor.values.size());
    for (size_t i = 0; i < out.size(); ++i)
        out[i] = tensor.values[i / order.size() * order.size() + order[i % order.size()]];
    tensor.values = std::move(out);
}

/// The same function with its hidden and feed-forward units in another order.
inline void permuteUnits(TinyModel &model, uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::vector<size_t> units(static_cast<size_t>(model.hidden));
    std::iota(units.begin(), units.end(), size_t(0));
    std::shuffle(units.begin(), units.end(), random);
    for (auto &[name, tensor] : model.tensors) {
        const bool outward = name.find("o_proj") != std::string::npos || name.find("down_proj") != std::string::npos;
        if (outward || tensor.shape.size() == 1)
            permuteRows(tensor, units);
        else
            permuteColumns(tensor, units);
    }
    for (int64_t layer = 0; layer < model.layers; ++layer) {
        const std::string mlp = "model.layers." + std::to_string(layer) + ".mlp.";
        std::vector<size_t> inner(static_cast<size_t>(model.intermediate));
        std::iota(inner.begin(), inner.end(), size_t(0));
        std::shuffle(inner.begin(), inner.end(), random);
        permuteRows(model.at(mlp + "gate_proj.weight"), inner);
        permuteRows(model.at(mlp + "up_proj.weight"), inner);
        permuteColumns(model.at(mlp + "down_proj.weight"), inner);
    }
}

/// An opened directory with its catalog.
struct OpenedTiny
{
    explicit OpenedTiny(const std::filesystem::path &folder) : OpenedTiny(inspectModel(folder)) {}
    explicit OpenedTiny(Result<Inspection> opened)
        : inspection(std::make_shared<const Inspection>(std::move(opened.value()))),
          catalog(catalogOf(inspection->directory.checkpoint, inspection->facts.config, inspection->directory.files.get()))
    {
    }
    const FileSet &files() const { return *inspection->directory.files; }
    std::shared_ptr<const Inspection> inspection;
    WeightCatalog catalog;
};

} // namespace assay::testing
