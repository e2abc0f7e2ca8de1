// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/endpoint/endpointfacts.h"

#include <algorithm>
#include <charconv>

namespace assay {
namespace {

using Kind = ClaimDefinition::Kind;

constexpr const char *kModel = ASSAY_TEXT("Fact", "Model");
constexpr const char *kLimits = ASSAY_TEXT("Fact", "Limits");
constexpr const char *kServer = ASSAY_TEXT("Fact", "Server");
constexpr const char *kMemory = ASSAY_TEXT("Fact", "Memory");

} // namespace

const std::vector<ClaimDefinition> &claimDefinitions()
{
    static const std::vector<ClaimDefinition> kClaims{
        {"model.path", kModel, ASSAY_TEXT("Fact", "Where its weights come from"), Kind::Text, true, "name_or_path"},
        {"model.revision", kModel, ASSAY_TEXT("Fact", "Revision"), Kind::Text, false, ""},
        {"model.architecture", kModel, ASSAY_TEXT("Fact", "Architecture"), Kind::Text, true, "architecture"},
        {"model.family", kModel, ASSAY_TEXT("Fact", "Family"), Kind::Text, false, "model_type"},
        {"model.parameters", kModel, ASSAY_TEXT("Fact", "Parameters"), Kind::Count, true, "parameters.total"},
        {"model.size_label", kModel, ASSAY_TEXT("Fact", "Size by name"), Kind::Text, false, ""},
        {"model.quantization", kModel, ASSAY_TEXT("Fact", "Quantisation"), Kind::Text, true, "quantization"},
        {"model.bytes", kModel, ASSAY_TEXT("Fact", "Size of the weights"), Kind::Bytes, false, "bytes.weights"},
        {"model.digest", kModel, ASSAY_TEXT("Fact", "Digest"), Kind::Text, false, ""},
        {"model.layers", kModel, ASSAY_TEXT("Fact", "Layers"), Kind::Count, false, "layers"},
        {"model.hidden_size", kModel, ASSAY_TEXT("Fact", "Hidden size"), Kind::Count, false, "hidden_size"},
        {"model.heads", kModel, ASSAY_TEXT("Fact", "Attention heads"), Kind::Count, false, ""},
        {"model.kv_heads", kModel, ASSAY_TEXT("Fact", "Key and value heads"), Kind::Count, false, ""},
        {"model.vocabulary", kModel, ASSAY_TEXT("Fact", "Vocabulary"), Kind::Count, false, "vocabulary_size"},
        {"model.tokenizer", kModel, ASSAY_TEXT("Fact", "Tokenizer"), Kind::Text, false, ""},
        {"model.template", kModel, ASSAY_TEXT("Fact", "Chat template"), Kind::Text, true, ""},
        {"model.capabilities", kModel, ASSAY_TEXT("Fact", "Abilities"), Kind::Text, false, ""},
        {"context.trained", kLimits, ASSAY_TEXT("Fact", "Context of the model"), Kind::Tokens, false, "context_length"},
        {"context.served", kLimits, ASSAY_TEXT("Fact", "Context as served"), Kind::Tokens, true, ""},
        {"limit.parallel", kLimits, ASSAY_TEXT("Fact", "Requests at once"), Kind::Count, false, ""},
        {"limit.requests", kLimits, ASSAY_TEXT("Fact", "Requests allowed"), Kind::Count, false, ""},
        {"limit.requests_left", kLimits, ASSAY_TEXT("Fact", "Requests left"), Kind::Count, false, ""},
        {"limit.tokens", kLimits, ASSAY_TEXT("Fact", "Tokens allowed"), Kind::Tokens, false, ""},
        {"limit.tokens_left", kLimits, ASSAY_TEXT("Fact", "Tokens left"), Kind::Tokens, false, ""},
        {"server.version", kServer, ASSAY_TEXT("Fact", "Version"), Kind::Text, true, ""},
        {"server.header", kServer, ASSAY_TEXT("Fact", "Server's name for itself"), Kind::Text, false, ""},
        {"server.owner", kServer, ASSAY_TEXT("Fact", "Owner"), Kind::Text, false, ""},
        {"server.organization", kServer, ASSAY_TEXT("Fact", "Organisation"), Kind::Text, false, ""},
        {"server.image", kServer, ASSAY_TEXT("Fact", "Image"), Kind::Text, false, ""},
        {"server.parallelism", kServer, ASSAY_TEXT("Fact", "Tensor parallelism"), Kind::Count, false, ""},
        {"memory.share", kMemory, ASSAY_TEXT("Fact", "Share of each device reserved by the server's settings, not needed by the model"), Kind::Text, false, ""},
        {"memory.cache_tokens", kMemory, ASSAY_TEXT("Fact", "Tokens that the server's cache has room for"), Kind::Tokens, false, ""},
        {"memory.cache_blocks", kMemory, ASSAY_TEXT("Fact", "Blocks of the server's cache"), Kind::Count, false, ""},
        {"memory.block_tokens", kMemory, ASSAY_TEXT("Fact", "Tokens in a block"), Kind::Tokens, false, ""},
        {"memory.cache_dtype", kMemory, ASSAY_TEXT("Fact", "Dtype of the server's cache"), Kind::Text, false, ""},
        {"memory.cache_used", kMemory, ASSAY_TEXT("Fact", "Share of the server's cache in use when asked"), Kind::Text, false, ""},
        {"memory.loaded", kMemory, ASSAY_TEXT("Fact", "Loaded, with the cache of the served context"), Kind::Bytes, false, ""},
        {"memory.device", kMemory, ASSAY_TEXT("Fact", "Of that in the memory of the device"), Kind::Bytes, false, ""},
    };
    return kClaims;
}

const ClaimDefinition *findClaim(std::string_view id)
{
    const auto &all = claimDefinitions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const ClaimDefinition &claim) { return claim.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::string shownClaim(const EndpointClaim &claim)
{
    const std::string &text = claim.value;
    int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (claim.definition->kind == Kind::Text || problem != std::errc() || end != text.data() + text.size())
        return text;
    return claim.definition->kind == Kind::Bytes ? formatBytes(double(number)) : groupedDigits(number);
}

} // namespace assay
