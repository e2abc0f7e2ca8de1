// SPDX-License-Identifier: GPL-3.0-or-later
// What can be claimed of a model, as one table, and what was found of one.
#include "core/identify/found.h"

#include "core/base/text.h"

#include <algorithm>
#include <cctype>

namespace assay {
namespace {

using K = ClaimField::Kind;

constexpr const char *kIdentity = ASSAY_TEXT("Claim", "Identity");
constexpr const char *kArchitecture = ASSAY_TEXT("Claim", "Architecture");
constexpr const char *kPerformance = ASSAY_TEXT("Claim", "Performance");
constexpr const char *kAccuracy = ASSAY_TEXT("Claim", "Accuracy");
constexpr const char *kApi = ASSAY_TEXT("Claim", "API");

const std::vector<ClaimField> kFields{
    {"parameters.total", kIdentity, ASSAY_TEXT("Claim", "Parameters"), K::Rounded, "", "parameters parameter_count params total_parameters"},
    {"parameters.active", kIdentity, ASSAY_TEXT("Claim", "Active parameters"), K::Rounded, "", "active_parameters activated_parameters"},
    {"dtype", kIdentity, ASSAY_TEXT("Claim", "Precision"), K::Word, "", "precision torch_dtype quantization"},
    {"max_position_embeddings", kIdentity, ASSAY_TEXT("Claim", "Context"), K::Exact, "tokens", "context_length context_window context max_model_len"},
    {"vocab_size", kIdentity, ASSAY_TEXT("Claim", "Vocabulary"), K::Exact, "", "vocabulary_size vocabulary"},
    {"modality", kIdentity, ASSAY_TEXT("Claim", "Modality"), K::Word, "", "modalities"},
    {"weights.bytes", kIdentity, ASSAY_TEXT("Claim", "Size of the weights"), K::Rounded, "bytes", "file_size weights_size model_size"},
    {"base_model", kIdentity, ASSAY_TEXT("Claim", "Base model"), K::Free, "", "base"},
    {"version", kIdentity, ASSAY_TEXT("Claim", "Version"), K::Free, "", "model_version"},
    {"training", kIdentity, ASSAY_TEXT("Claim", "Training"), K::Word, "", ""},
    {"pruning", kIdentity, ASSAY_TEXT("Claim", "Weights pruned"), K::Rounded, "%", ""},
    {"attention_saving", kIdentity, ASSAY_TEXT("Claim", "Attention saved"), K::Rounded, "%", ""},
    {"parameter_ratio", kIdentity, ASSAY_TEXT("Claim", "Parameters, full over distilled"), K::Range, "", ""},
    {"flops_ratio", kIdentity, ASSAY_TEXT("Claim", "Work of a token, full over distilled"), K::Range, "", ""},

    {"architecture", kArchitecture, ASSAY_TEXT("Claim", "Architecture"), K::Word, "", "architectures class_name"},
    {"model_type", kArchitecture, ASSAY_TEXT("Claim", "Model type"), K::Word, "", ""},
    {"num_hidden_layers", kArchitecture, ASSAY_TEXT("Claim", "Layers"), K::Exact, "", "layers n_layers num_layers block_count"},
    {"hidden_size", kArchitecture, ASSAY_TEXT("Claim", "Hidden size"), K::Exact, "", "embedding_length n_embd"},
    {"intermediate_size", kArchitecture, ASSAY_TEXT("Claim", "Feed-forward size"), K::Exact, "", "feed_forward feed_forward_length"},
    {"num_attention_heads", kArchitecture, ASSAY_TEXT("Claim", "Attention heads"), K::Exact, "", "heads attention_heads"},
    {"num_key_value_heads", kArchitecture, ASSAY_TEXT("Claim", "Key and value heads"), K::Exact, "", "kv_heads key_value_heads"},
    {"head_dim", kArchitecture, ASSAY_TEXT("Claim", "Head dimension"), K::Exact, "", ""},
    {"hidden_act", kArchitecture, ASSAY_TEXT("Claim", "Activation"), K::Word, "", "activation"},
    {"norm", kArchitecture, ASSAY_TEXT("Claim", "Normalisation"), K::Word, "", "normalization normalisation"},
    {"position_encoding", kArchitecture, ASSAY_TEXT("Claim", "Positions"), K::Word, "", "position positions"},
    {"rope_theta", kArchitecture, ASSAY_TEXT("Claim", "RoPE base"), K::Exact, "", ""},
    {"rms_norm_eps", kArchitecture, ASSAY_TEXT("Claim", "Epsilon of the norms"), K::Exact, "", "layer_norm_eps"},
    {"n_routed_experts", kArchitecture, ASSAY_TEXT("Claim", "Routed experts"), K::Exact, "", "experts num_experts num_local_experts expert_count"},
    {"num_experts_per_tok", kArchitecture, ASSAY_TEXT("Claim", "Experts a token"), K::Exact, "", "active_experts"},
    {"n_shared_experts", kArchitecture, ASSAY_TEXT("Claim", "Shared experts"), K::Exact, "", "shared_experts"},
    {"moe_intermediate_size", kArchitecture, ASSAY_TEXT("Claim", "Feed-forward size of an expert"), K::Exact, "", ""},
    {"first_k_dense_replace", kArchitecture, ASSAY_TEXT("Claim", "Dense layers first"), K::Exact, "", ""},
    {"kv_lora_rank", kArchitecture, ASSAY_TEXT("Claim", "Rank of latent keys and values"), K::Exact, "", ""},
    {"q_lora_rank", kArchitecture, ASSAY_TEXT("Claim", "Rank of latent queries"), K::Exact, "", ""},
    {"num_nextn_predict_layers", kArchitecture, ASSAY_TEXT("Claim", "Next-token layers"), K::Exact, "", "mtp_layers"},
    {"tie_word_embeddings", kArchitecture, ASSAY_TEXT("Claim", "Embeddings tied"), K::Exact, "", "tied_embeddings"},

    {"latency", kPerformance, ASSAY_TEXT("Claim", "Latency"), K::AtMost, "s", "time_per_output_token tpot"},
    {"ttft", kPerformance, ASSAY_TEXT("Claim", "Time to first token"), K::AtMost, "s", "time_to_first_token"},
    {"throughput", kPerformance, ASSAY_TEXT("Claim", "Throughput"), K::AtLeast, "tokens/s", "tokens_per_second"},
    {"vram", kPerformance, ASSAY_TEXT("Claim", "Memory"), K::AtMost, "bytes", "memory gpu_memory"},
    {"hardware", kPerformance, ASSAY_TEXT("Claim", "Hardware"), K::Free, "", ""},
    {"speedup", kPerformance, ASSAY_TEXT("Claim", "Speed, over the full version's"), K::Range, "x", ""},
    {"latency_against_full", kPerformance, ASSAY_TEXT("Claim", "Latency against the full version's"), K::Range, "%", ""},

    {"image_accuracy", kAccuracy, ASSAY_TEXT("Claim", "Accuracy on images"), K::Range, "%", ""},
    {"accuracy.mmlu", kAccuracy, "MMLU", K::Rounded, "%", "mmlu"},
    {"accuracy.mmlu_redux", kAccuracy, "MMLU-Redux", K::Rounded, "%", "mmlu_redux"},
    {"accuracy.mmlu_pro", kAccuracy, "MMLU-Pro", K::Rounded, "%", "mmlu_pro"},
    {"accuracy.if_eval", kAccuracy, "IF-Eval", K::Rounded, "%", "if_eval ifeval"},
    {"accuracy.gpqa_diamond", kAccuracy, "GPQA Diamond", K::Rounded, "%", "gpqa_diamond gpqa"},
    {"accuracy.simpleqa", kAccuracy, "SimpleQA", K::Rounded, "%", "simpleqa"},
    {"accuracy.livecodebench", kAccuracy, "LiveCodeBench", K::Rounded, "%", "livecodebench"},
    {"accuracy.swe_bench_verified", kAccuracy, "SWE-bench Verified", K::Rounded, "%", "swe_bench_verified"},
    {"accuracy.aime_2024", kAccuracy, "AIME 2024", K::Rounded, "%", "aime_2024 aime24 aime"},
    {"accuracy.math_500", kAccuracy, "MATH-500", K::Rounded, "%", "math_500 math500"},
    {"accuracy.c_eval", kAccuracy, "C-Eval", K::Rounded, "%", "c_eval"},
    {"accuracy.c_simpleqa", kAccuracy, "C-SimpleQA", K::Rounded, "%", "c_simpleqa"},

    {"response_header", kApi, ASSAY_TEXT("Claim", "Field of the answer's headers"), K::Free, "", ""},
    {"response", kApi, ASSAY_TEXT("Claim", "Field of the answer"), K::Free, "", ""},
};

bool hasWord(std::string_view words, std::string_view word)
{
    for (size_t begin = 0; begin < words.size();) {
        const size_t end = std::min(words.find(' ', begin), words.size());
        if (words.substr(begin, end - begin) == word)
            return true;
        begin = end + 1;
    }
    return false;
}

std::string plainName(std::string_view name)
{
    std::string out;
    for (const char c : name)
        out += c == '-' || c == ' ' ? '_' : char(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

} // namespace

const std::vector<ClaimField> &claimFields()
{
    return kFields;
}

const ClaimField *findClaimField(std::string_view name)
{
    if (name.size() > 200)
        return nullptr;
    const std::string plain = plainName(name);
    const auto byId = [](std::string_view id) {
        const auto it = std::find_if(kFields.begin(), kFields.end(), [id](const ClaimField &f) { return f.id == id; });
        return it == kFields.end() ? nullptr : &*it;
    };
    if (plain.starts_with("response_header."))
        return byId("response_header");
    if (plain.starts_with("response."))
        return byId("response");
    if (const ClaimField *field = byId(plain))
        return field;
    const auto it = std::find_if(kFields.begin(), kFields.end(), [&plain](const ClaimField &f) { return hasWord(f.aliases, plain); });
    return it == kFields.end() ? nullptr : &*it;
}

void FoundFacts::add(std::string field, nlohmann::json value, FoundBy by, std::string source)
{
    fields.emplace(std::move(field), Found{std::move(value), by, std::move(source)});
}

const Found *FoundFacts::best(std::string_view field) const
{
    const auto [begin, end] = fields.equal_range(std::string(field));
    const Found *best = nullptr;
    for (auto it = begin; it != end; ++it) {
        if (!best || it->second.by > best->by)
            best = &it->second;
    }
    return best;
}

} // namespace assay
