// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/fieldnames.h"

#include <algorithm>

namespace assay {
namespace {

/// A field and the key of GGUF's metadata that says the same (ggml's docs/gguf.md); a key without "general." or
/// "tokenizer." stands below the architecture's name.
struct FieldKey
{
    std::string_view field, key;
    std::string_view orElse = {}; ///< where the file lacks the key
};
constexpr FieldKey kKeys[] = {
    {"architectures", "general.architecture"},
    {"model_type", "general.architecture"},
    {"num_hidden_layers", "block_count"},
    {"hidden_size", "embedding_length"},
    {"intermediate_size", "feed_forward_length"},
    {"moe_intermediate_size", "expert_feed_forward_length"},
    {"vocab_size", "vocab_size", "tokenizer.ggml.tokens"},
    {"num_attention_heads", "attention.head_count"},
    {"num_key_value_heads", "attention.head_count_kv"},
    {"head_dim", "attention.key_length"},
    {"sliding_window", "attention.sliding_window"},
    {"layer_types", "attention.sliding_window_pattern"},
    {"max_position_embeddings", "context_length"},
    {"rope_theta", "rope.freq_base"},
    {"rope_scaling", "rope.scaling.type"},
    {"n_routed_experts", "expert_count"},
    {"num_experts_per_tok", "expert_used_count"},
    {"n_shared_experts", "expert_shared_count"},
    {"num_nextn_predict_layers", "nextn_predict_layers"},
    {"bos_token_id", "tokenizer.ggml.bos_token_id"},
    {"eos_token_id", "tokenizer.ggml.eos_token_id"},
    // Nothing says it: the head is there or not, what is computed follows from the architecture.
    {"tie_word_embeddings", "output.weight"},
    {"hidden_act", "general.architecture"},
};

std::string keyOf(const FieldKey &row, const ModelConfig &config)
{
    const auto full = [&config](std::string_view key) {
        const bool whole = key.starts_with("general.") || key.starts_with("tokenizer.") || key == "output.weight";
        return whole ? std::string(key) : config.metadataName + "." + std::string(key);
    };
    const std::string key = full(row.key);
    const bool absent = !row.orElse.empty() && config.text.find('"' + key + '"') == std::string::npos;
    return absent ? full(row.orElse) : key;
}

bool isPartOfName(char c)
{
    return c == '_' || c == '.' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

} // namespace

std::string fieldNames(std::string_view fields, const ModelConfig &config)
{
    if (config.metadataName.empty())
        return std::string(fields);
    std::string out;
    while (!fields.empty()) {
        const auto end = std::find_if_not(fields.begin(), fields.end(), isPartOfName);
        const std::string_view word = fields.substr(0, size_t(end - fields.begin()));
        const auto row = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const FieldKey &key) { return key.field == word; });
        out += row == std::end(kKeys) ? std::string(word) : keyOf(*row, config);
        fields.remove_prefix(word.size());
        const auto next = std::find_if(fields.begin(), fields.end(), isPartOfName);
        out += fields.substr(0, size_t(next - fields.begin()));
        fields.remove_prefix(size_t(next - fields.begin()));
    }
    return out;
}

std::string fieldSource(std::string_view field, const ModelConfig &config)
{
    return config.metadataName.empty() ? std::string("config.json") : fieldNames(field, config);
}

} // namespace assay
