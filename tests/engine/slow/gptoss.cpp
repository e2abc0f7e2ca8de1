// SPDX-License-Identifier: GPL-3.0-or-later
// gpt-oss (arXiv 2508.10925, section 2): sinks, alternating windows, experts with a clamped SwiGLU and biases, their
// weights in MXFP4.
#include "tests/engine/slow/parts.h"

#include <algorithm>
#include <cmath>

namespace assay::slow {
namespace {

/// gate sigmoid(1.702 gate) (up + 1), both clamped; gates lie in the even and ups in the odd places.
Vector clampedSwiGlu(const Vector &both, double limit)
{
    Vector out;
    for (size_t i = 0; i < both.size(); i += 2) {
        const double gate = std::min(both[i], limit), up = std::clamp(both[i + 1], -limit, limit);
        out.push_back(gate * sigmoid(1.702 * gate) * (up + 1));
    }
    return out;
}

Vector slice(const Vector &all, size_t index, size_t count)
{
    const auto begin = all.begin() + std::ptrdiff_t(index * count);
    return {begin, begin + std::ptrdiff_t(count)};
}

/// [columns, rows] -> [rows, columns]
Vector transposed(const Vector &matrix, size_t rows)
{
    Vector out(matrix.size());
    const size_t columns = matrix.size() / rows;
    for (size_t row = 0; row < rows; ++row) {
        for (size_t column = 0; column < columns; ++column)
            out[row * columns + column] = matrix[column * rows + row];
    }
    return out;
}

class Experts
{
public:
    Experts(Parts &parts, const std::string &prefix)
        : m_parts(parts), m_count(parts.size("num_local_experts")), m_active(size_t(parts.size("num_experts_per_tok"))),
          m_hidden(parts.size("hidden_size")), m_inner(parts.size("intermediate_size")), m_limit(parts.number("swiglu_limit", 7)),
          m_packed(parts.hasKey("quantization_config")), m_name(prefix)
    {
    }

    Rows operator()(const Rows &x)
    {
        const Rows scores = m_parts.project(m_name + "router", x, m_count, true, Kind::Choice);
        Rows out;
        for (size_t t = 0; t < x.size(); ++t)
            out.push_back(mixed(x[t], scores[t]));
        return out;
    }

private:
    /// The best experts, weighted by the softmax over their own scores.
    Vector mixed(const Vector &x, const Vector &scores)
    {
        const auto best = largest(scores, m_active + 1);
        m_parts.closestChoice = std::min(m_parts.closestChoice, scores[best[m_active - 1]] - scores[best[m_active]]);
        Vector chosen;
        for (size_t i = 0; i < m_active; ++i)
            chosen.push_back(scores[best[i]]);
        const Vector parts = softmax(chosen);
        Vector out(x.size());
        for (size_t i = 0; i < m_active; ++i) {
            const Vector given = expert(best[i], x);
            for (size_t j = 0; j < out.size(); ++j)
                out[j] += parts[i] * given[j];
        }
        return out;
    }

    Vector expert(size_t index, const Vector &x)
    {
        const Vector both = linear(matrix("gate_up_proj", index, 2 * m_inner, m_hidden), bias("gate_up_proj", index, 2 * m_inner), x);
        return linear(matrix("down_proj", index, m_hidden, m_inner), bias("down_proj", index, m_hidden), clampedSwiGlu(both, m_limit));
    }

    /// In MXFP4 [experts, out, in]; else [experts, in, out].
    Vector matrix(const char *which, size_t index, int64_t out, int64_t in)
    {
        const std::string name = m_name + "experts." + which;
        if (m_packed)
            return slice(m_parts.packedFp4(name, {m_count, out, in}), index, size_t(out * in));
        return transposed(slice(m_parts.tensor(name, {m_count, in, out}, Kind::Matrix), index, size_t(out * in)), size_t(out));
    }

    Vector bias(const char *which, size_t index, int64_t out)
    {
        return slice(m_parts.tensor(m_name + "experts." + which + "_bias", {m_count, out}, Kind::Offsets), index, size_t(out));
    }

    Parts &m_parts;
    int64_t m_count;
    size_t m_active;
    int64_t m_hidden, m_inner;
    double m_limit;
    bool m_packed;
    std::string m_name;
};

} // namespace

Rows gptOss(Parts &parts, const Ids &ids)
{
    const double epsilon = parts.number("rms_norm_eps", 1e-5);
    Rows x = parts.embed("model.embed_tokens", ids);
    for (int64_t layer = 0; layer < parts.layers(); ++layer) {
        const std::string name = "model.layers." + std::to_string(layer) + ".";
        Parts::Attention a = parts.attention();
        a.bias = a.outputBias = parts.flag("attention_bias", true);
        a.rope = parts.rope(a.dim, parts.number("rope_theta", 150000), ids.size());
        a.how.window = parts.layerIs(layer, "sliding_attention", layer % 2 == 0) ? parts.size("sliding_window") : 0;
        a.how.sinks = parts.vector(name + "self_attn.sinks", a.heads);
        x = sum(x, parts.attend(name + "self_attn.", parts.rms(name + "input_layernorm", x, epsilon), a));
        x = sum(x, Experts(parts, name + "mlp.")(parts.rms(name + "post_attention_layernorm", x, epsilon)));
    }
    return parts.head(parts.rms("model.norm", x, epsilon), parts.flag("tie_word_embeddings", false));
}

Result<Rows> logits(Parts &parts, const Ids &ids)
{
    using Decoder = Rows (*)(Parts &, const Ids &);
    static const std::map<std::string, Decoder> kDecoders = {
        {"cohere", cohereFamily}, {"cohere2", cohereFamily}, {"gemma2", gemmaFamily}, {"gemma3_text", gemmaFamily},
        {"glm", glm},             {"glm4", glm},             {"gpt_oss", gptOss},     {"granite", llamaFamily},
        {"llama", llamaFamily},   {"mistral", llamaFamily},  {"olmo2", olmo2},        {"phi3", llamaFamily},
        {"qwen2", llamaFamily},   {"qwen3", llamaFamily},    {"falcon", falcon},      {"qwen2_moe", qwen2Moe},
        {"starcoder2", starcoder2},
    };
    const auto found = kDecoders.find(parts.type());
    if (found == kDecoders.end())
        return failure(ErrorCode::ArchitectureUnsupported, {parts.type(), "the architecture " + parts.type()});
    return found->second(parts, ids);
}

} // namespace assay::slow
