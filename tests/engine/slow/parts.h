// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/engine/slow/weights.h"

#include <functional>
#include <nlohmann/json.hpp>

namespace assay::slow {

using Ids = std::vector<int64_t>;

/// One model's config and weights, with what most models have in common.
class Parts
{
public:
    Parts(const nlohmann::json &config, Weights &weights) : m_config(config), m_weights(weights) {}

    /// Numbers of the config; without a default they must be there.
    int64_t size(const char *key) const { return m_config.at(key).get<int64_t>(); }
    int64_t size(const char *key, int64_t otherwise) const;
    double number(const char *key, double otherwise) const;
    bool flag(const char *key, bool otherwise) const;
    std::string type() const { return m_config.at("model_type").get<std::string>(); }
    bool hasKey(const char *key) const { return m_config.contains(key) && !m_config.at(key).is_null(); }
    /// Whether a list of the config has this number.
    bool lists(const char *key, int64_t number) const;
    int64_t layers() const { return size("num_hidden_layers"); }
    /// Whether layer_types has this for the layer; the default without layer_types.
    bool layerIs(int64_t layer, const char *kind, bool otherwise) const;

    const Vector &matrix(const std::string &name, int64_t out, int64_t in, Kind kind = Kind::Matrix);
    const Vector &vector(const std::string &name, int64_t count, Kind kind = Kind::Offsets);
    const Vector &packedFp4(const std::string &name, const std::vector<int64_t> &shape) { return m_weights.packedFp4(name, shape); }
    const Vector &tensor(const std::string &name, const std::vector<int64_t> &shape, Kind kind);

    /// Rows of name.weight, times scale.
    Rows embed(const std::string &name, const Ids &ids, double scale = 1);
    /// name.weight and, where asked for, name.bias.
    Rows project(const std::string &name, const Rows &x, int64_t out, bool bias = false, Kind kind = Kind::Matrix);
    Rows rms(const std::string &name, const Rows &x, double epsilon);
    /// For Gemma, whose weights are less 1.
    Rows rmsPlusOne(const std::string &name, const Rows &x, double epsilon);
    Rows layer(const std::string &name, const Rows &x, double epsilon, bool bias);
    /// lm_head.weight, or the embedding's.
    Rows head(const Rows &x, bool tied);

    using Activation = double (*)(double);
    /// down(activation(gate x) * up x)
    Rows gated(const std::string &prefix, const Rows &x, Activation activation, bool bias = false);
    /// The same with both in gate_up_proj, the gate first.
    Rows gatedInOne(const std::string &prefix, const Rows &x, Activation activation);

    /// The rotation that the config asks for, for so many numbers of a head and the tokens of a pass.
    Rope rope(int64_t dim, double theta, size_t tokens) const;

    struct Attention
    {
        int64_t heads = 0, keyHeads = 0, dim = 0;
        bool bias = false, outputBias = false;
        bool inOne = false; ///< queries, keys and values from qkv_proj
        std::optional<Rope> rope;
        Partner partner = Partner::Half;
        std::function<void(Rows &queries, Rows &keys)> norm; ///< before the rotation
        Attending how;
    };
    /// Heads as the config names them; scores are divided by sqrt(dim).
    Attention attention() const;
    Rows attend(const std::string &prefix, const Rows &x, const Attention &a);

    /// Applies a norm of one head's width to each head of the rows.
    static Rows eachHead(const Rows &rows, int64_t dim, const std::function<Vector(const Vector &, size_t head)> &norm);

    /// The smallest distance between a chosen expert and the best one that was not.
    double closestChoice = 1e30;

private:
    const nlohmann::json &m_config;
    Weights &m_weights;
};

/// Logits at every position; the model is told by model_type. An error for others than are written here.
Result<Rows> logits(Parts &parts, const Ids &ids);

Rows llamaFamily(Parts &parts, const Ids &ids);  ///< Llama, Mistral, Qwen2, Qwen3, Granite, Phi-3
Rows olmo2(Parts &parts, const Ids &ids);
Rows glm(Parts &parts, const Ids &ids);          ///< GLM-4 in both forms
Rows gemmaFamily(Parts &parts, const Ids &ids);  ///< Gemma 2 and 3
Rows cohereFamily(Parts &parts, const Ids &ids); ///< Command R, R7B
Rows gptOss(Parts &parts, const Ids &ids);
Rows starcoder2(Parts &parts, const Ids &ids);
Rows falcon(Parts &parts, const Ids &ids);       ///< RW: layers in sequence, ALiBi
Rows qwen2Moe(Parts &parts, const Ids &ids);

} // namespace assay::slow
