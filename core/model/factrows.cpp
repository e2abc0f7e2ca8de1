// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/model/facts.h"
#include "core/model/fieldnames.h"
#include "core/model/flops.h"
#include "core/model/rope.h"

#include <algorithm>
#include <utility>

namespace assay {
namespace {

/// What a row says; empty value: the row does not apply.
struct Cell
{
    std::string value;
    std::string exact;
    Provenance provenance = Provenance::Declared;
    std::string evidence;
    std::vector<std::string> arguments = {};
};

/// One row of the table: declared once for window, command line and reports.
struct RowDefinition
{
    const char *id, *group, *label;
    Cell (*cell)(const ModelFacts &);
};

Cell declared(const std::string &text, const char *field)
{
    return {text, text, Provenance::Declared, field};
}

Cell number(std::optional<int64_t> value, Provenance provenance, const std::string &evidence)
{
    if (!value)
        return {};
    const std::string text = groupedDigits(*value);
    return {text, text, provenance, evidence};
}

Cell size(const SizeFact &fact)
{
    return number(fact.value, fact.provenance, fact.evidence);
}

Cell count(uint64_t value, Provenance provenance, const std::string &evidence, bool applies = true)
{
    if (!applies)
        return {};
    return {formatCount(double(value)), groupedDigits(int64_t(value)), provenance, evidence};
}

Cell bytes(std::optional<uint64_t> value, Provenance provenance, const std::string &evidence)
{
    if (!value)
        return {};
    return {formatBytes(double(*value)), groupedDigits(int64_t(*value)) + " B", provenance, evidence};
}

Cell yesNo(std::optional<bool> value, Provenance provenance, const std::string &evidence)
{
    if (!value)
        return {};
    const std::string text = *value ? ASSAY_TEXT("Fact", "yes") : ASSAY_TEXT("Fact", "no");
    return {text, text, provenance, evidence};
}

bool counted(const ModelFacts &facts)
{
    return facts.tensorCount > 0;
}

Cell total(const ModelFacts &facts)
{
    const ParameterCounts &counts = facts.parameters;
    Cell cell = count(counts.total, Provenance::Counted,
                      ASSAY_TEXT("Evidence", "%1 {1:element|elements}, %2 of scales, %3 of buffers"), counted(facts));
    for (const uint64_t part : {counts.storedElements, counts.scales, counts.buffers})
        cell.arguments.push_back(groupedDigits(int64_t(part)));
    return cell;
}

/// Active parameters under one of three conventions; told only of mixtures of experts.
Cell active(const ModelFacts &facts, uint64_t value, const char *convention)
{
    return count(value, Provenance::Derived, convention,
                 counted(facts) && facts.parameters.active != facts.parameters.main);
}

Cell layerKindsCell(const ModelFacts &facts)
{
    std::string text;
    bool mixed = facts.cache.groups.size() > 1;
    for (const CacheGroup &group : facts.cache.groups) {
        mixed = mixed || group.kind != CacheKind::Full;
        text += (text.empty() ? "" : ", ") + std::to_string(group.layers) + " " + cacheKindName(group.kind);
        if (group.kind == CacheKind::Window)
            text += " " + std::to_string(group.window);
    }
    return mixed ? Cell{text, text, Provenance::Declared, "layer_types, sliding_window"} : Cell{};
}

/// Tensors whose bytes are another's: a second name for the same weights.
Cell sharing(const ModelFacts &facts)
{
    int64_t shared = int64_t(facts.tensorCount);
    for (const auto &[name, totals] : facts.dtypes)
        shared -= int64_t(totals.tensors);
    return number(shared > 0 ? std::optional(shared) : std::nullopt, Provenance::Counted,
                  ASSAY_TEXT("Evidence", "same bytes of the same file; counted once"));
}

/// What the tensors tell, where that is more than the line above says.
Cell schemes(const ModelFacts &facts)
{
    if (facts.schemes.size() == 1 && facts.schemes.front().text() == facts.quantization)
        return {};
    std::string text, exact;
    for (const QuantizationScheme &scheme : facts.schemes) {
        text += (text.empty() ? "" : ", ") + scheme.text();
        exact += (exact.empty() ? "" : ", ") + scheme.text() + ": " + groupedDigits(int64_t(scheme.parameters));
    }
    return facts.schemes.empty() ? Cell{} : Cell{text, exact, Provenance::Counted, facts.schemes.front().example};
}

Cell adapter(const ModelFacts &facts)
{
    if (!facts.adapter)
        return {};
    const AdapterFacts &own = *facts.adapter;
    std::string text = own.kind.empty() ? "LoRA" : own.kind;
    if (own.rank)
        text += ", r " + std::to_string(*own.rank);
    std::string exact = text;
    for (const std::string &target : own.targets)
        exact += (&target == &own.targets.front() ? ": " : ", ") + target;
    return {text, exact, own.declared ? Provenance::Declared : Provenance::Counted,
            own.declared ? "adapter_config.json" : "lora_A, lora_B"};
}

Cell bits(const ModelFacts &facts)
{
    const auto value = bitsPerWeight(facts);
    if (!value)
        return {};
    return {threeDigits(*value), std::to_string(*value), Provenance::Derived,
            ASSAY_TEXT("Evidence", "8 x bytes of the tensors / parameters")};
}

Cell attention(const ModelFacts &facts)
{
    if (facts.attention == AttentionKind::Unknown)
        return {};
    std::string text = attentionKindName(facts.attention);
    if (facts.heads && facts.kvHeads && facts.attention != AttentionKind::MLA)
        text += " " + std::to_string(*facts.heads) + "/" + std::to_string(*facts.kvHeads);
    if (facts.headDim)
        text += " x " + std::to_string(*facts.headDim);
    return {text, text, Provenance::Derived, "num_attention_heads, num_key_value_heads, head_dim"};
}

/// A table in the file has no one factor.
std::string scalingText(const RopeScaling &scaling)
{
    if (scaling.type == kRopeDivisors)
        return "scaled by rope_freqs.weight";
    return scaling.factor == 1 ? scaling.type : scaling.type + " x " + plainNumber(scaling.factor);
}

Cell position(const ModelFacts &facts)
{
    std::string text = facts.position;
    if (text == "rope" && facts.config.ropeTheta)
        text += ", theta " + plainNumber(*facts.config.ropeTheta);
    if (text.starts_with("rope") && facts.config.ropeScaling)
        text += ", " + scalingText(*facts.config.ropeScaling);
    return {text, text, Provenance::Declared, "rope_theta, rope_scaling"};
}

Cell experts(const ModelFacts &facts)
{
    const auto &declaredExperts = facts.config.experts;
    if (!declaredExperts)
        return {};
    std::string text = std::to_string(declaredExperts->active) + " / " + std::to_string(declaredExperts->routed);
    if (declaredExperts->shared > 0)
        text += " + " + std::to_string(declaredExperts->shared);
    return {text, text, Provenance::Declared, "num_experts_per_tok / n_routed_experts + n_shared_experts"};
}

Cell dtypes(const ModelFacts &facts)
{
    std::string text, exact;
    for (const auto &[name, totals] : facts.dtypes) {
        text += (text.empty() ? "" : ", ") + name;
        exact += (exact.empty() ? "" : ", ") + name + " " + groupedDigits(int64_t(totals.elements)) + " ("
                 + formatBytes(double(totals.bytes)) + ")";
    }
    return {text, exact, Provenance::Counted, "dtype"};
}

Cell flops(std::optional<double> value, const char *evidence, std::vector<std::string> arguments = {})
{
    if (!value)
        return {};
    const auto [scale, unit] = *value >= 1e12  ? std::pair{1e12, " TFLOP"}
                               : *value >= 1e8 ? std::pair{1e9, " GFLOP"}
                                               : std::pair{1e6, " MFLOP"};
    // Forged sizes may make it larger than any whole number.
    const double whole = std::min(*value, 9e18);
    return {threeDigits(*value / scale) + unit, groupedDigits(int64_t(whole)), Provenance::Derived, evidence,
            std::move(arguments)};
}

// Where the figures that grow with the context are told; the rows' labels name it.
constexpr int64_t kContext = 4096;

Cell decodeAt(const ModelFacts &facts, bool expanded)
{
    if (facts.cache.groups.empty() || (expanded && !facts.cache.latent))
        return {};
    return flops(decodeFlops(facts, kContext, expanded),
                 expanded ? ASSAY_TEXT("Evidence", "with %1 tokens of context, keys and values of every head")
                          : ASSAY_TEXT("Evidence", "with %1 tokens of context"),
                 {groupedDigits(kContext)});
}

Cell prefill(const ModelFacts &facts)
{
    if (facts.cache.groups.empty())
        return {};
    return flops(prefillFlops(facts, kContext),
                 ASSAY_TEXT("Evidence", "%1 tokens at once; the head for the last one, half of the attention's square"),
                 {groupedDigits(kContext)});
}

/// "llama.cpp, vLLM": the runtimes that keep latent attention this way; all of them for other models.
std::string runtimesThat(const ModelFacts &facts, bool expand)
{
    std::string out;
    for (const CacheRuntime &runtime : cacheRuntimes()) {
        if (!facts.cache.latent || runtime.expandsLatent == expand)
            out += (out.empty() ? "" : ", ") + std::string(runtime.name);
    }
    return out;
}

Cell cacheBytes(const ModelFacts &facts, bool expand)
{
    Cell cell = bytes(expand ? facts.kvBytesPerTokenExpanded : facts.kvBytesPerToken, Provenance::Derived,
                      ASSAY_TEXT("Evidence", "2 bytes an element; as %1 keep it"));
    cell.arguments = {runtimesThat(facts, expand)};
    return cell;
}

constexpr auto kArchitecture = ASSAY_TEXT("Fact", "Architecture");
constexpr auto kSize = ASSAY_TEXT("Fact", "Size");
constexpr auto kStorage = ASSAY_TEXT("Fact", "Storage");
constexpr auto kCost = ASSAY_TEXT("Fact", "Cost");
constexpr auto kOrigin = ASSAY_TEXT("Fact", "Origin");
constexpr auto kModules = ASSAY_TEXT("Fact", "Modules");

using Facts = const ModelFacts &;
constexpr auto kC = Provenance::Counted;
constexpr auto kD = Provenance::Declared;

const RowDefinition kRows[] = {
    {"architecture", kArchitecture, ASSAY_TEXT("Fact", "Architecture"),
     [](Facts f) { return declared(f.config.architecture(), "architectures"); }},
    {"model_type", kArchitecture, ASSAY_TEXT("Fact", "Model type"),
     [](Facts f) { return declared(f.config.modelType, "model_type"); }},
    {"layers", kArchitecture, ASSAY_TEXT("Fact", "Layers"),
     [](Facts f) {
         return number(f.layers > 0 ? std::optional(f.layers) : std::nullopt, f.layersProvenance,
                       "num_hidden_layers");
     }},
    {"hidden_size", kArchitecture, ASSAY_TEXT("Fact", "Hidden size"), [](Facts f) { return size(f.hiddenSize); }},
    {"intermediate_size", kArchitecture, ASSAY_TEXT("Fact", "MLP width"),
     [](Facts f) { return size(f.intermediateSize); }},
    {"attention", kArchitecture, ASSAY_TEXT("Fact", "Attention"), attention},
    {"attention.window", kArchitecture, ASSAY_TEXT("Fact", "Sliding window"),
     [](Facts f) { return number(f.config.slidingWindow, kD, "sliding_window"); }},
    {"attention.layers", kArchitecture, ASSAY_TEXT("Fact", "Layers by what they keep"), layerKindsCell},
    {"position", kArchitecture, ASSAY_TEXT("Fact", "Position"), position},
    {"normalization", kArchitecture, ASSAY_TEXT("Fact", "Normalization"),
     [](Facts f) { return declared(f.normalization, "architectures"); }},
    {"activation", kArchitecture, ASSAY_TEXT("Fact", "Activation"),
     [](Facts f) { return declared(f.activation, "hidden_act"); }},
    {"gated_mlp", kArchitecture, ASSAY_TEXT("Fact", "Gated MLP"),
     [](Facts f) { return yesNo(f.gatedMlp, counted(f) ? kC : kD, "gate_proj"); }},
    {"experts", kArchitecture, ASSAY_TEXT("Fact", "Experts (active / routed + shared)"), experts},
    {"experts.counted", kArchitecture, ASSAY_TEXT("Fact", "Experts of a layer"),
     [](Facts f) { return number(f.countedExperts, kC, "experts"); }},
    {"next_token_layers", kArchitecture, ASSAY_TEXT("Fact", "Further-token layers"),
     [](Facts f) {
         return number(f.nextTokenLayers > 0 ? std::optional(f.nextTokenLayers) : std::nullopt, kC,
                       "num_nextn_predict_layers");
     }},
    {"adapter", kArchitecture, ASSAY_TEXT("Fact", "Adapter"), adapter},
    {"context_length", kArchitecture, ASSAY_TEXT("Fact", "Context length"),
     [](Facts f) { return number(f.config.contextLength, kD, "max_position_embeddings"); }},
    {"vocabulary_size", kArchitecture, ASSAY_TEXT("Fact", "Vocabulary"),
     [](Facts f) { return size(f.vocabularySize); }},
    {"tied_embeddings", kArchitecture, ASSAY_TEXT("Fact", "Tied embeddings"),
     [](Facts f) { return yesNo(f.tiedEmbeddings, counted(f) ? kC : kD, "tie_word_embeddings"); }},
    {"parameters.total", kSize, ASSAY_TEXT("Fact", "Parameters"),
     total},
    {"parameters.active", kSize, ASSAY_TEXT("Fact", "Active per token"),
     [](Facts f) {
         return active(f, f.parameters.active,
                       ASSAY_TEXT("Evidence", "without the experts that are not chosen; embedding and head in"));
     }},
    {"parameters.active_with_head", kSize, ASSAY_TEXT("Fact", "Active, without the embedding"),
     [](Facts f) {
         return active(f, f.parameters.activeWithHead,
                       ASSAY_TEXT("Evidence", "without the experts that are not chosen; head in, embedding out"));
     }},
    {"parameters.active_core", kSize, ASSAY_TEXT("Fact", "Active, without embedding and head"),
     [](Facts f) {
         return active(f, f.parameters.activeCore,
                       ASSAY_TEXT("Evidence", "without the experts that are not chosen; embedding and head out"));
     }},
    {"parameters.main", kSize, ASSAY_TEXT("Fact", "Without further-token layers"),
     [](Facts f) { return count(f.parameters.main, kC, "num_nextn_predict_layers", f.parameters.mtp > 0); }},
    {"parameters.mtp", kSize, ASSAY_TEXT("Fact", "In further-token layers"),
     [](Facts f) { return count(f.parameters.mtp, kC, "num_nextn_predict_layers", f.parameters.mtp > 0); }},
    {"parameters.embedding", kSize, ASSAY_TEXT("Fact", "In the embedding"),
     [](Facts f) { return count(f.parameters.embedding, kC, f.vocabularySize.evidence, f.parameters.embedding > 0); }},
    {"parameters.scales", kSize, ASSAY_TEXT("Fact", "Quantization scales"),
     [](Facts f) { return count(f.parameters.scales, kC, "dtype", f.parameters.scales > 0); }},
    {"tensor_count", kStorage, ASSAY_TEXT("Fact", "Tensors"),
     [](Facts f) {
         return number(counted(f) ? std::optional(int64_t(f.tensorCount)) : std::nullopt, kC, f.format);
     }},
    {"tensors.shared", kStorage, ASSAY_TEXT("Fact", "Tensors that share another's bytes"), sharing},
    {"bytes.weights", kStorage, ASSAY_TEXT("Fact", "Weights"),
     [](Facts f) { return bytes(counted(f) ? std::optional(f.weightBytes) : std::nullopt, kC, f.format); }},
    {"bytes.files", kStorage, ASSAY_TEXT("Fact", "Files"),
     [](Facts f) { return bytes(counted(f) ? std::optional(f.fileBytes) : std::nullopt, kC, f.format); }},
    {"dtypes", kStorage, ASSAY_TEXT("Fact", "Dtypes"), dtypes},
    {"bits_per_weight", kStorage, ASSAY_TEXT("Fact", "Bits per weight"), bits},
    {"quantization", kStorage, ASSAY_TEXT("Fact", "Quantization"),
     [](Facts f) {
         const bool told = f.format != "gguf"; // there only the tensors say
         return Cell{f.quantization, f.quantization, told ? kD : kC, told ? "quantization_config" : "dtype"};
     }},
    {"quantization.stored", kStorage, ASSAY_TEXT("Fact", "Packed as"), schemes},
    {"kv_bytes_per_token", kCost, ASSAY_TEXT("Fact", "KV cache per token"),
     [](Facts f) { return cacheBytes(f, false); }},
    {"kv_bytes_per_token_expanded", kCost, ASSAY_TEXT("Fact", "KV cache per token, expanded"),
     [](Facts f) { return cacheBytes(f, true); }},
    {"flops_per_token", kCost, ASSAY_TEXT("Fact", "Work per token"),
     [](Facts f) { return flops(f.flopsPerToken, ASSAY_TEXT("Evidence", "2 x active matrix weights")); }},
    {"flops_at_context", kCost, ASSAY_TEXT("Fact", "Work per token after 4,096 tokens"),
     [](Facts f) { return decodeAt(f, false); }},
    {"flops_at_context_expanded", kCost, ASSAY_TEXT("Fact", "Work per token after 4,096 tokens, expanded"),
     [](Facts f) { return decodeAt(f, true); }},
    {"flops_prefill", kCost, ASSAY_TEXT("Fact", "Work of reading 4,096 tokens"), prefill},
    {"licence", kOrigin, ASSAY_TEXT("Fact", "Licence"),
     [](Facts f) { return declared(f.licence, f.licenceEvidence.c_str()); }},
    {"base_model", kOrigin, ASSAY_TEXT("Fact", "Base model"),
     [](Facts f) {
         return declared(f.adapter ? f.adapter->baseModel : std::string(), "base_model_name_or_path");
     }},
    {"name_or_path", kOrigin, ASSAY_TEXT("Fact", "Name in the config"),
     [](Facts f) { return declared(f.config.nameOrPath, "_name_or_path"); }},
};

FactRow moduleRow(const ModuleFact &module)
{
    const std::string count = groupedDigits(int64_t(module.count));
    return {moduleKindRow(module.kind), kModules, moduleKindName(module.kind), count, count, kC, module.evidence,
            {validUtf8(module.example)}};
}

} // namespace

std::vector<FactRow> factRows(const ModelFacts &facts)
{
    if (facts.format == "endpoint")
        return facts.told;
    std::vector<FactRow> rows;
    for (const RowDefinition &definition : kRows) {
        Cell cell = definition.cell(facts);
        if (cell.arguments.empty())
            cell.evidence = fieldNames(cell.evidence, facts.config);
        if (!cell.value.empty())
            rows.push_back({definition.id, definition.group, definition.label, validUtf8(cell.value),
                            validUtf8(cell.exact), cell.provenance, validUtf8(cell.evidence), std::move(cell.arguments)});
    }
    for (const ModuleFact &module : facts.modules)
        rows.push_back(moduleRow(module));
    return rows;
}

std::string FactRow::shownValue(const Translate &translate) const
{
    return translate("Fact", value.c_str());
}

std::string FactRow::shownEvidence(const Translate &translate) const
{
    return fillIn(translate("Evidence", evidence.c_str()), evidenceArguments);
}

} // namespace assay
