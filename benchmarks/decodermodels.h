// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/format/ggufwriter.h"
#include "tests/worker/syntheticmodel.h"

/// Llama models whose weights are zeros in sparse files: a token's time does not depend on their values.
namespace assay::benchmark {

struct DecoderShape
{
    const char *name;
    int64_t layers, hidden, inner, heads, kvHeads, vocabulary;
};

/// The one that llama.cpp was measured with: 254 million parameters.
inline constexpr DecoderShape kQuarterBillion = {"0.25 B", 16, 1024, 2816, 16, 8, 32000};
/// The layers of Llama 3.2 1B: 1.1 billion parameters.
inline constexpr DecoderShape kOneBillion = {"1.1 B", 16, 2048, 8192, 32, 8, 32000};
/// As many layers and next to no weights: what a token costs besides its products.
inline constexpr DecoderShape kHollow = {"hollow", 16, 64, 64, 1, 1, 256};

inline nlohmann::json configOf(const DecoderShape &shape)
{
    nlohmann::json config = synthetic::llama(shape.layers, shape.hidden, shape.vocabulary);
    config["intermediate_size"] = shape.inner;
    config["num_attention_heads"] = shape.heads;
    config["num_key_value_heads"] = shape.kvHeads;
    return config;
}

/// Types of GGUF by their numbers in ggml.h, with their blocks.
struct GgufType
{
    uint32_t number;
    uint64_t elements, bytes;
};
inline constexpr GgufType kGgufF32 = {0, 1, 4}, kGgufQ8_0 = {8, 32, 34}, kGgufQ4_K = {12, 256, 144}, kGgufQ6_K = {14, 256, 210};

/// Matrices in one type and the head in another; norms in F32. With the keys and names of llama.cpp's converter.
class GgufModel
{
public:
    GgufModel(const DecoderShape &shape, GgufType matrices, GgufType head)
    {
        const uint64_t hidden = uint64_t(shape.hidden), inner = uint64_t(shape.inner), vocabulary = uint64_t(shape.vocabulary);
        const uint64_t narrow = hidden / uint64_t(shape.heads) * uint64_t(shape.kvHeads);
        add("token_embd", {hidden, vocabulary}, matrices);
        for (int64_t layer = 0; layer < shape.layers; ++layer) {
            const std::string block = "blk." + std::to_string(layer) + ".";
            for (const char *norm : {"attn_norm", "ffn_norm"})
                add(block + norm, {hidden}, kGgufF32);
            add(block + "attn_q", {hidden, hidden}, matrices);
            add(block + "attn_k", {hidden, narrow}, matrices);
            add(block + "attn_v", {hidden, narrow}, matrices);
            add(block + "attn_output", {hidden, hidden}, matrices);
            add(block + "ffn_gate", {hidden, inner}, matrices);
            add(block + "ffn_up", {hidden, inner}, matrices);
            add(block + "ffn_down", {inner, hidden}, matrices);
        }
        add("output_norm", {hidden}, kGgufF32);
        add("output", {hidden, vocabulary}, head);
        writeHeader(shape);
    }

    bool write(const std::filesystem::path &file) const
    {
        std::ofstream(file, std::ios::binary) << m_header;
        std::error_code problem;
        std::filesystem::resize_file(file, m_header.size() + m_bytes, problem);
        return !problem;
    }

private:
    struct Tensor
    {
        std::string name;
        std::vector<uint64_t> sizes;
        GgufType type;
        uint64_t offset;
    };

    void add(const std::string &name, std::vector<uint64_t> sizes, GgufType type)
    {
        uint64_t elements = 1;
        for (const uint64_t size : sizes)
            elements *= size;
        m_tensors.push_back({name + ".weight", std::move(sizes), type, m_bytes});
        m_bytes += (elements / type.elements * type.bytes + 31) / 32 * 32;
    }

    void writeHeader(const DecoderShape &shape)
    {
        test::GgufWriter writer;
        const std::pair<const char *, int64_t> sizes[] = {
            {"llama.block_count", shape.layers},          {"llama.embedding_length", shape.hidden},
            {"llama.feed_forward_length", shape.inner},   {"llama.attention.head_count", shape.heads},
            {"llama.attention.head_count_kv", shape.kvHeads}, {"llama.context_length", 16384},
            {"llama.vocab_size", shape.vocabulary}};
        writer.begin(m_tensors.size(), std::size(sizes) + 2).key("general.architecture", std::string("llama"));
        writer.key("llama.attention.layer_norm_rms_epsilon", 6u).number(1e-5f);
        for (const auto &[key, value] : sizes)
            writer.keyU32(key, uint32_t(value));
        for (const Tensor &tensor : m_tensors)
            writer.tensor(tensor.name, tensor.sizes, tensor.type.number, tensor.offset);
        m_header = writer.data(0).bytes();
    }

    std::vector<Tensor> m_tensors;
    uint64_t m_bytes = 0;
    std::string m_header;
};

} // namespace assay::benchmark
