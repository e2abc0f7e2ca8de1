// SPDX-License-Identifier: GPL-3.0-or-later
// Words: what is claimed and what was found are brought to the same names. A word that nobody here knows decides nothing.
#include "core/identify/claimrules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace assay::claims {
namespace {

using nlohmann::json;

/// One meaning, and the words for it, apart by '|', as letters, digits and single spaces.
struct Meaning
{
    std::string_view field;
    std::string_view name;
    std::string_view words;
};
constexpr std::array kMeanings{
    Meaning{"architecture", "transformer-xl", "transformer xl|transformerxl"},
    Meaning{"architecture", "mobilenet", "mobilenet|mobilenetv2|mobilenetv3"},
    Meaning{"architecture", "tinybert", "tinybert|distilbert|mobilebert"},
    Meaning{"architecture", "bert", "bertformaskedlm|bertmodel|bert"},
    Meaning{"architecture", "gpt3", "gpt 3|gpt3"},
    Meaning{"architecture", "gpt4", "gpt 4|gpt4|gpt 4o"},
    Meaning{"architecture", "gpt2", "gpt2lmheadmodel|gpt 2|gpt2"},
    Meaning{"architecture", "gpt_oss", "gptossforcausallm|gpt oss"},
    Meaning{"architecture", "t5", "t5forconditionalgeneration|t5"},
    Meaning{"architecture", "mamba", "mambaforcausallm|mamba|state space model"},
    Meaning{"architecture", "rwkv", "rwkv"},
    Meaning{"architecture", "resnet", "resnet|resnet 50|convolutional network|cnn"},
    Meaning{"architecture", "diffusion", "diffusion model|stable diffusion"},
    Meaning{"architecture", "deepseek_v3", "deepseekv3forcausallm|deepseek v3|deepseekv3"},
    Meaning{"architecture", "deepseek_v32", "deepseekv32forcausallm|deepseek v32"},
    Meaning{"architecture", "deepseek_v2", "deepseekv2forcausallm|deepseek v2|deepseekv2|deepseek2"},
    Meaning{"architecture", "kimi_k2", "kimi k2"},
    Meaning{"architecture", "qwen2", "qwen2forcausallm|qwen2 5|qwen2"},
    Meaning{"architecture", "qwen3_moe", "qwen3moeforcausallm|qwen3 moe|qwen3moe"},
    Meaning{"architecture", "qwen3", "qwen3forcausallm|qwen3"},
    Meaning{"architecture", "llama", "llamaforcausallm|llama|llama 2|llama 3|llama 3 1|llama 3 3"},
    Meaning{"architecture", "mistral", "mistralforcausallm|mistral"},
    Meaning{"architecture", "mixtral", "mixtralforcausallm|mixtral"},
    Meaning{"architecture", "gemma2", "gemma2forcausallm|gemma2|gemma 2"},
    Meaning{"architecture", "gemma3", "gemma3forcausallm|gemma3forconditionalgeneration|gemma3 text|gemma3|gemma 3"},
    Meaning{"architecture", "phi3", "phi3forcausallm|phi3|phi 3"},
    Meaning{"architecture", "glm4_moe", "glm4moeforcausallm|glm4 moe"},
    Meaning{"architecture", "mixture", "mixture of experts|moe|deepseekmoe|sparse mixture"},
    Meaning{"architecture", "latent", "latent attention|multi head latent attention|mla"},
    Meaning{"architecture", "dense", "standard transformer|dense transformer|dense decoder|dense"},
    Meaning{"architecture", "transformer", "transformer|decoder only transformer|transformer decoder|decoder"},

    Meaning{"hidden_act", "silu", "silu|swish|swiglu|swish glu"},
    Meaning{"hidden_act", "gelu", "gelu|geglu|gelu new|gelu tanh|gelu pytorch tanh|gelu fast|quick gelu"},
    Meaning{"hidden_act", "relu", "relu|reglu|relu 6|relu2"},
    Meaning{"hidden_act", "mish", "mish"},
    Meaning{"hidden_act", "tanh", "tanh"},

    Meaning{"norm", "rms", "rmsnorm|rms norm|rms"},
    Meaning{"norm", "layer", "layernorm|layer norm|layer normalization|layer normalisation"},
    Meaning{"norm", "batch", "batchnorm|batch norm"},
    Meaning{"norm", "group", "groupnorm|group norm"},

    Meaning{"position_encoding", "rotary", "rope|rotary|rotary embedding|rotary position embedding"},
    Meaning{"position_encoding", "yarn", "yarn"},
    Meaning{"position_encoding", "llama3", "llama3|llama 3"},
    Meaning{"position_encoding", "longrope", "longrope|su"},
    Meaning{"position_encoding", "linear", "linear"},
    Meaning{"position_encoding", "alibi", "alibi"},
    Meaning{"position_encoding", "relative", "relative position bias|relative bias|relative positions|relative position|relative"},
    Meaning{"position_encoding", "absolute", "absolute position embedding|absolute|learned|learned absolute|sinusoidal"},

    Meaning{"dtype", "fp8", "fp8|f8 e4m3|f8 e5m2|float8|float8 e4m3fn|fp8 e4m3|e4m3"},
    Meaning{"dtype", "bf16", "bf16|bfloat16"},
    Meaning{"dtype", "f16", "f16|fp16|float16|half"},
    Meaning{"dtype", "f32", "f32|fp32|float32"},
    Meaning{"dtype", "int8", "int8|i8|8 bit|q8 0|w8a8"},
    Meaning{"dtype", "int4", "int4|i4|4 bit|q4 k m|q4 0|q4 k|awq|gptq|nf4"},
    Meaning{"dtype", "mxfp4", "mxfp4|fp4|nvfp4"},

    Meaning{"modality", "text", "text|text only|language"},
    Meaning{"modality", "image", "image|images|vision|multimodal|visual"},
    Meaning{"modality", "audio", "audio|speech"},
    Meaning{"modality", "video", "video"},

    Meaning{"training", "sft", "supervised fine tuning|fine tuning|sft|fine tuned"},
    Meaning{"training", "logits", "soft labels|soft targets|kl|logits|logit matching|kl divergence"},
    Meaning{"training", "scratch", "from scratch"},
};

/// Lower-case letters and digits (and what is beyond ASCII), with one space at each end and between words.
std::string plain(std::string_view text)
{
    std::string out = " ";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || byte >= 0x80)
            out += char(std::tolower(byte));
        else if (out.back() != ' ')
            out += ' ';
    }
    if (out.back() != ' ')
        out += ' ';
    return out;
}

struct Phrase
{
    std::string words;
    std::string_view meaning;
};

/// Of one field, the longest first, so that "transformer xl" is taken before "transformer".
std::vector<Phrase> phrasesOf(std::string_view field)
{
    std::vector<Phrase> out;
    for (const Meaning &meaning : kMeanings) {
        if (meaning.field != field)
            continue;
        for (size_t begin = 0; begin < meaning.words.size();) {
            const size_t end = std::min(meaning.words.find('|', begin), meaning.words.size());
            out.push_back({' ' + std::string(meaning.words.substr(begin, end - begin)) + ' ', meaning.name});
            begin = end + 1;
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Phrase &a, const Phrase &b) { return a.words.size() > b.words.size(); });
    return out;
}

std::set<std::string_view> meaningsIn(const std::string &text, const std::vector<Phrase> &phrases)
{
    std::string left = plain(text);
    std::set<std::string_view> out;
    for (const Phrase &phrase : phrases) {
        for (size_t at; (at = left.find(phrase.words)) != std::string::npos;) {
            out.insert(phrase.meaning);
            left.replace(at, phrase.words.size(), " ");
        }
    }
    return out;
}

void eachText(const json &value, const auto &take)
{
    if (value.is_string())
        take(value.get_ref<const std::string &>());
    else if (value.is_array()) {
        for (const json &one : value)
            eachText(one, take);
    }
}

} // namespace

Judged checkWord(const json &claimed, const ClaimField &field, const FoundFacts &facts)
{
    const Found *best = facts.best(field.id);
    if (!best)
        return {};
    const std::vector<Phrase> phrases = phrasesOf(field.id);
    std::set<std::string_view> claimedMeanings, foundMeanings;
    std::set<std::string> claimedTexts, foundTexts;
    eachText(claimed, [&](const std::string &text) {
        claimedMeanings.merge(meaningsIn(text, phrases));
        claimedTexts.insert(plain(text));
    });
    const auto [begin, end] = facts.fields.equal_range(std::string(field.id));
    std::vector<Found> found;
    for (auto it = begin; it != end; ++it) {
        if (it->second.by != best->by)
            continue;
        found.push_back(it->second);
        eachText(it->second.value, [&](const std::string &text) {
            foundMeanings.merge(meaningsIn(text, phrases));
            foundTexts.insert(plain(text));
        });
    }
    if (claimedTexts.empty())
        return {ClaimVerdict::NotTested, std::move(found), {ASSAY_TEXT("Identity", "Nothing that is claimed is a word."), {}}};
    const bool same = std::includes(foundTexts.begin(), foundTexts.end(), claimedTexts.begin(), claimedTexts.end());
    const bool meant = !claimedMeanings.empty() && std::includes(foundMeanings.begin(), foundMeanings.end(), claimedMeanings.begin(), claimedMeanings.end());
    if (same || meant)
        return {ClaimVerdict::Supported, std::move(found), {ASSAY_TEXT("Identity", "It was found so."), {}}};
    // A field without meanings holds names that are the same or not.
    if (phrases.empty() || (!claimedMeanings.empty() && !foundMeanings.empty()))
        return {ClaimVerdict::Contradicted, std::move(found), {ASSAY_TEXT("Identity", "It was found otherwise."), {}}};
    return {ClaimVerdict::NotTested, std::move(found), {ASSAY_TEXT("Identity", "The words are not known here, so they decide nothing."), {}}};
}

} // namespace assay::claims
