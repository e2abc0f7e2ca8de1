// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/slow/ggufmodel.h"

#include "core/base/file.h"
#include "tests/engine/slow/ggufnames.h"
#include "tests/engine/slow/ggufsplit.h"
#include "tests/engine/slow/parts.h"

#include <cmath>
#include <cstring>

namespace assay::slow {
namespace {

using nlohmann::json;

using Tensor = GgufTensor;
using Tensors = std::map<std::string, Tensor>;

/// GGUF version 3, little-endian (gguf.md of ggml).
class Writer
{
public:
    template <class T> void number(T value)
    {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        m_text.append(bytes, sizeof(T));
    }
    void text(const std::string &value)
    {
        number(uint64_t(value.size()));
        m_text += value;
    }
    void pad() { m_text.resize((m_text.size() + 31) / 32 * 32); }
    void raw(const std::vector<float> &values) { m_text.append(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(float)); }
    const std::string &bytes() const { return m_text; }

private:
    std::string m_text;
};

/// Rows of one tensor put elsewhere: row i of what is written is row from(i) of what was there.
void moveRows(Tensor &tensor, const std::function<size_t(size_t)> &from)
{
    const size_t rows = size_t(tensor.shape[0]), width = tensor.values.size() / rows;
    const std::vector<float> before = tensor.values;
    for (size_t row = 0; row < rows; ++row)
        std::copy_n(before.begin() + std::ptrdiff_t(from(row) * width), width, tensor.values.begin() + std::ptrdiff_t(row * width));
}

/// Numbers i and i + half of each head become 2i and 2i + 1.
void pairRows(Tensor &tensor, size_t heads)
{
    const size_t dim = size_t(tensor.shape[0]) / heads;
    moveRows(tensor, [dim](size_t row) { return row / dim * dim + row % dim / 2 + row % 2 * (dim / 2); });
}

/// [groups][queries of the group, key, value] becomes all queries, all keys, all values.
void headsFirst(Tensor &tensor, size_t heads, size_t groups)
{
    const size_t dim = size_t(tensor.shape[0]) / (heads + 2 * groups), each = heads / groups;
    moveRows(tensor, [=](size_t row) {
        const size_t head = row / dim, within = row % dim;
        if (head < heads)
            return (head / each * (each + 2) + head % each) * dim + within;
        const size_t group = (head - heads) % groups, kind = (head - heads) / groups;
        return (group * (each + 2) + each + kind) * dim + within;
    });
}

class Converter
{
public:
    Converter(const json &config, const GgufRecipe &recipe, GgufForm form) : m_config(config), m_recipe(recipe), m_form(form)
    {
        m_hidden = *integer({"hidden_size", "n_embd", "n_embed"});
        m_heads = *integer({"num_attention_heads", "n_head"});
        m_keyHeads = integer({"num_key_value_heads", "num_kv_heads"}).value_or(m_heads);
        if (config.value("model_type", "") == "falcon" && !config.value("new_decoder_architecture", false))
            m_keyHeads = config.value("multi_query", true) ? 1 : m_heads;
        m_dim = integer({"head_dim"}).value_or(m_hidden / m_heads);
    }

    void add(const std::string &name, Tensor tensor)
    {
        const std::string renamed = ggufName(m_recipe, name);
        if (renamed.empty() || beyondLayers(renamed) || addSplit(renamed, tensor))
            return;
        const bool head = renamed.find("attn_q.") != std::string::npos, key = renamed.find("attn_k.") != std::string::npos;
        if (m_recipe.rows == RowOrder::Pairs && (head || key))
            pairRows(tensor, size_t(head ? m_heads : m_keyHeads));
        if (m_recipe.rows == RowOrder::HeadsFirst && renamed.find("attn_qkv.") != std::string::npos)
            headsFirst(tensor, size_t(m_heads), size_t(m_keyHeads));
        if (m_recipe.transposed && renamed.starts_with("blk.") && tensor.shape.size() == 2)
            transpose(tensor);
        if (m_recipe.normsPlusOne && renamed.ends_with("norm.weight")) {
            for (float &value : tensor.values)
                value += 1;
        }
        if (const size_t at = name.find(".experts."); at != std::string::npos && std::isdigit(static_cast<unsigned char>(name[at + 9]))) {
            // Experts of one kind lie in one tensor, in their order.
            m_experts[renamed][std::stoi(name.substr(at + 9))] = std::move(tensor);
            return;
        }
        m_tensors[renamed] = std::move(tensor);
    }

    std::string file()
    {
        for (auto &[name, experts] : m_experts) {
            Tensor &all = m_tensors[name];
            all.shape = experts.begin()->second.shape;
            all.shape.insert(all.shape.begin(), int64_t(experts.size()));
            for (const auto &[index, tensor] : experts)
                all.values.insert(all.values.end(), tensor.values.begin(), tensor.values.end());
        }
        writeKeys();
        Writer head;
        head.number(uint32_t(0x46554747)); // "GGUF"
        head.number(uint32_t(3));
        head.number(uint64_t(m_tensors.size()));
        head.number(uint64_t(m_keyCount));
        Writer infos;
        uint64_t offset = 0;
        for (const auto &[name, tensor] : m_tensors) {
            infos.text(name);
            infos.number(uint32_t(tensor.shape.size()));
            for (auto size = tensor.shape.rbegin(); size != tensor.shape.rend(); ++size)
                infos.number(uint64_t(*size));
            infos.number(uint32_t(0)); // F32
            infos.number(offset);
            offset += (tensor.values.size() * 4 + 31) / 32 * 32;
        }
        Writer data;
        for (const auto &[name, tensor] : m_tensors) {
            data.raw(tensor.values);
            data.pad();
        }
        std::string out = head.bytes() + m_keys.bytes() + infos.bytes();
        out.resize((out.size() + 31) / 32 * 32);
        return out + data.bytes();
    }

private:
    /// The layers that predict further tokens are left out.
    bool beyondLayers(const std::string &renamed) const
    {
        return renamed.starts_with("blk.") && std::stoll(renamed.substr(4)) >= *integer({"num_hidden_layers", "n_layer"});
    }

    bool addSplit(const std::string &renamed, Tensor &tensor)
    {
        const auto put = [&](const std::string &part, const char *first, const char *second, std::pair<Tensor, Tensor> both) {
            for (auto &[with, each] : {std::pair(first, &both.first), std::pair(second, &both.second)})
                m_tensors[std::string(renamed).replace(renamed.find(part), part.size(), with)] = std::move(*each);
            return true;
        };
        if (m_form == GgufForm::Absorbed && renamed.find("attn_kv_b.") != std::string::npos)
            return put("attn_kv_b.", "attn_k_b.", "attn_v_b.", splitLatentUp(tensor, m_heads, *integer({"qk_nope_head_dim"})));
        if (renamed.find("gate_up_exps.") != std::string::npos)
            return put("gate_up_exps.", "gate_exps.", "up_exps.", splitPaired(tensor));
        if (m_recipe.expertsTransposed && renamed.find("ffn_down_exps.weight") != std::string::npos)
            transpose(tensor);
        return false;
    }

    std::optional<int64_t> integer(std::initializer_list<const char *> names) const
    {
        for (const char *name : names) {
            if (m_config.contains(name) && m_config.at(name).is_number())
                return m_config.at(name).get<int64_t>();
        }
        return std::nullopt;
    }
    std::optional<double> real(std::initializer_list<const char *> names) const
    {
        for (const char *name : names) {
            if (m_config.contains(name) && m_config.at(name).is_number())
                return m_config.at(name).get<double>();
        }
        return std::nullopt;
    }

    void key(const std::string &name, const std::string &value)
    {
        begin(name, 8);
        m_keys.text(value);
    }
    void key(const std::string &name, std::optional<int64_t> value)
    {
        if (value) {
            begin(name, 4);
            m_keys.number(uint32_t(*value));
        }
    }
    void key(const std::string &name, std::optional<double> value)
    {
        if (value) {
            begin(name, 6);
            m_keys.number(float(*value));
        }
    }
    void begin(const std::string &name, uint32_t type)
    {
        m_keys.text(name.starts_with("general.") || name.starts_with("tokenizer.") ? name : m_recipe.architecture + ("." + name));
        m_keys.number(type);
        ++m_keyCount;
    }

    void writeKeys()
    {
        key("general.architecture", std::string(m_recipe.architecture));
        key("block_count", integer({"num_hidden_layers", "n_layer"}));
        key("context_length", std::optional(integer({"max_position_embeddings", "n_positions"}).value_or(2048)));
        key("embedding_length", std::optional(m_hidden));
        key("feed_forward_length", std::optional(integer({"intermediate_size", "n_inner"}).value_or(4 * m_hidden)));
        key("attention.head_count", std::optional(m_heads));
        key("attention.head_count_kv", std::optional(m_form == GgufForm::Absorbed ? 1 : m_keyHeads));
        key(m_recipe.rms ? "attention.layer_norm_rms_epsilon" : "attention.layer_norm_epsilon",
            std::optional(real({"rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon", "norm_epsilon"}).value_or(1e-5)));
        if (m_config.contains("head_dim")) {
            key("attention.key_length", std::optional(m_dim));
            key("attention.value_length", std::optional(m_dim));
        }
        if (m_recipe.window)
            key("attention.sliding_window", integer({"sliding_window"}));
        key("attn_logit_softcapping", real({"attn_logit_softcapping"}));
        key("final_logit_softcapping", real({"final_logit_softcapping"}));
        key("attention.clamp_kqv", real({"clip_qkv"}));
        expertKeys();
        latentKeys();
        key("logit_scale", real({"logit_scale", "logits_scaling"}));
        key("attention.scale", real({"attention_multiplier"}));
        key("residual_scale", real({"residual_multiplier"}));
        key("embedding_scale", real({"embedding_multiplier"}));
        if (m_config.contains("use_parallel_residual"))
            flag("use_parallel_residual", m_config.at("use_parallel_residual").get<bool>());
        key("tokenizer.ggml.token_type_count", integer({"type_vocab_size"}));
        if (m_config.value("model_type", "") == "bert") {
            flag("attention.causal", false);
            key("pooling_type", std::optional<int64_t>(2)); // of the first token, as BGE's
        }
        ropeKeys();
    }

    void flag(const std::string &name, bool value)
    {
        begin(name, 7);
        m_keys.number(uint8_t(value));
    }

    void expertKeys()
    {
        key("expert_count", integer({"num_local_experts", "num_experts", "n_routed_experts"}));
        key("expert_used_count", integer({"num_experts_per_tok"}));
        key("expert_feed_forward_length", m_recipe.expertsTransposed ? integer({"intermediate_size"}) : integer({"moe_intermediate_size"}));
        key("expert_shared_feed_forward_length", integer({"shared_expert_intermediate_size"}));
        if (!m_config.contains("n_routed_experts"))
            return;
        key("expert_shared_count", integer({"n_shared_experts"}));
        key("leading_dense_block_count", integer({"first_k_dense_replace"}));
        key("expert_weights_scale", real({"routed_scaling_factor"}));
        flag("expert_weights_norm", m_config.value("norm_topk_prob", false));
        key("expert_gating_func", std::optional<int64_t>(m_config.value("scoring_func", "softmax") == "sigmoid" ? 2 : 1));
        key("expert_group_count", integer({"n_group"}));
        key("expert_group_used_count", integer({"topk_group"}));
    }

    void latentKeys()
    {
        const auto rank = integer({"kv_lora_rank"});
        if (!rank)
            return;
        const int64_t turning = *integer({"qk_rope_head_dim"}), width = *integer({"qk_nope_head_dim"}) + turning;
        const auto values = integer({"v_head_dim"});
        key("attention.kv_lora_rank", rank);
        key("attention.q_lora_rank", integer({"q_lora_rank"}));
        key("rope.dimension_count", std::optional(turning));
        if (m_form == GgufForm::Plain) {
            key("attention.key_length", std::optional(width));
            key("attention.value_length", values);
            return;
        }
        key("attention.key_length", std::optional(*rank + turning));
        key("attention.value_length", rank);
        key("attention.key_length_mla", std::optional(width));
        key("attention.value_length_mla", values);
    }

    void ropeKeys()
    {
        const json *scaling = nullptr;
        for (const char *name : {"rope_scaling", "rope_parameters"}) {
            if (m_config.contains(name) && m_config.at(name).is_object())
                scaling = &m_config.at(name);
        }
        auto theta = real({"rope_theta", "rotary_emb_base"});
        if (scaling && scaling->contains("rope_theta"))
            theta = scaling->at("rope_theta").get<double>();
        key("rope.freq_base", theta);
        const int64_t turning = int64_t(double(m_dim) * real({"partial_rotary_factor", "rotary_pct"})
                                        .value_or(m_config.value("model_type", "") == "glm4" ? 0.5 : 1));
        if (m_recipe.rotaryCount)
            key("rope.dimension_count", std::optional(turning));
        if (!scaling)
            return;
        const std::string type = scaling->value(scaling->contains("rope_type") ? "rope_type" : "type", "default");
        const auto number = [&](const char *name) {
            return scaling->contains(name) ? std::optional(scaling->at(name).get<double>()) : std::nullopt;
        };
        if (type == "linear" || type == "yarn") {
            key("rope.scaling.type", type);
            key("rope.scaling.factor", number("factor"));
            if (const auto original = number("original_max_position_embeddings"))
                key("rope.scaling.original_context_length", std::optional(int64_t(*original)));
            key("rope.scaling.yarn_beta_fast", number("beta_fast"));
            key("rope.scaling.yarn_beta_slow", number("beta_slow"));
            if (const auto all = number("mscale_all_dim"))
                key("rope.scaling.yarn_log_multiplier", std::optional(0.1 * *all));
        } else if (type == "llama3") {
            divisors(turning, theta.value_or(10000));
        } else if (type == "longrope") {
            const double original = *real({"original_max_position_embeddings"}), factor = *real({"max_position_embeddings"}) / original;
            key("rope.scaling.original_context_length", std::optional(int64_t(original)));
            key("rope.scaling.attn_factor", std::optional(factor > 1 ? std::sqrt(1 + std::log(factor) / std::log(original)) : 1));
            for (const char *which : {"long", "short"})
                addVector(std::string("rope_factors_") + which + ".weight", scaling->at(std::string(which) + "_factor").get<std::vector<float>>());
        }
    }

    /// Llama 3's scaling is written as what each frequency is divided by.
    void divisors(int64_t dim, double theta)
    {
        Weights none = Weights::make(0, false);
        const Rope plain = plainRope(dim, theta), scaled = Parts(m_config, none).rope(dim, theta, 0);
        std::vector<float> out;
        for (size_t i = 0; i < plain.frequencies.size(); ++i)
            out.push_back(float(plain.frequencies[i] / scaled.frequencies[i]));
        addVector("rope_freqs.weight", out);
    }

    void addVector(const std::string &name, const std::vector<float> &values) { m_tensors[name] = {{int64_t(values.size())}, values}; }

    const json &m_config;
    const GgufRecipe &m_recipe;
    GgufForm m_form;
    int64_t m_hidden, m_heads, m_keyHeads, m_dim;
    Tensors m_tensors;
    std::map<std::string, std::map<int, Tensor>> m_experts;
    Writer m_keys;
    size_t m_keyCount = 0;
};

/// What the file's keys cannot say, or the converter leaves out: windows of llama, qwen2 and starcoder2 files, experts in
/// some layers only, scores of Gemma that are not divided by the root of the head's width, gpt-oss's clamp, heads of
/// encoders and their activation; and what this writer cannot read: packed weights.
bool expressible(const json &config)
{
    const std::string type = config.value("model_type", "");
    const bool window = config.contains("sliding_window") && config.at("sliding_window").is_number();
    if (((type == "mistral" || type == "starcoder2") && window) || (type == "qwen2" && config.value("use_sliding_window", false)))
        return false;
    if (config.contains("quantization_config") || !config.value("mlp_only_layers", json::array()).empty() || config.value("swiglu_limit", 7.0) != 7)
        return false;
    if (config.value("alibi", false) && type == "falcon")
        return false;
    if (type == "bert")
        return config.value("architectures", json::array()) == json{"BertModel"} && config.value("hidden_act", "gelu") == "gelu";
    if (type == "gemma2")
        return config.value("query_pre_attn_scalar", 0) == config.value("head_dim", 0);
    const bool patterned = config.contains("layer_types") || config.value("sliding_window_pattern", 6) != 6;
    return type != "gemma3_text" || (!patterned && config.value("query_pre_attn_scalar", 0) == config.value("head_dim", 0));
}

} // namespace

Result<bool> writeGgufModel(const std::filesystem::path &model, const std::filesystem::path &file, GgufForm form)
{
    const auto text = readWholeFile(model / "config.json", 10'000'000);
    if (!text)
        return tl::unexpected(text.error());
    const json config = json::parse(*text);
    const GgufRecipe *recipe = recipeFor(config.value("model_type", ""));
    if (!recipe || !expressible(config) || (form == GgufForm::Absorbed && !config.contains("kv_lora_rank")))
        return false;
    const auto weights = Weights::read(model);
    if (!weights)
        return tl::unexpected(weights.error());
    Converter converter(config, *recipe, form);
    weights->forEach([&](const std::string &name, const std::vector<int64_t> &shape, const Vector &values) {
        converter.add(name, {shape, {values.begin(), values.end()}});
    });
    if (auto done = writeFileAtomically(file, converter.file()); !done)
        return tl::unexpected(done.error());
    return true;
}

} // namespace assay::slow
