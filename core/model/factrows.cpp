// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/model/facts.h"

namespace assay {
namespace {

/// What a row says; empty value: the row does not apply.
struct Cell
{
    std::string value;
    std::string exact;
    Provenance provenance = Provenance::Declared;
    std::string evidence;
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
    return {groupedDigits(*value), std::to_string(*value), provenance, evidence};
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

std::string evidenceOfSum(const ModelFacts &facts)
{
    const ParameterCounts &counts = facts.parameters;
    return groupedDigits(int64_t(counts.storedElements)) + " elements - " + groupedDigits(int64_t(counts.scales))
           + " scales - " + groupedDigits(int64_t(counts.buffers)) + " buffers";
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

Cell position(const ModelFacts &facts)
{
    std::string text = facts.position;
    if (text == "rope" && facts.config.ropeTheta)
        text += ", theta " + threeDigits(*facts.config.ropeTheta);
    if (text.starts_with("rope") && facts.config.ropeScaling)
        text += ", " + facts.config.ropeScaling->type + " x " + threeDigits(facts.config.ropeScaling->factor);
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
        exact += (exact.empty() ? "" : ", ") + name + " " + groupedDigits(int64_t(totals.elements));
    }
    return {text, exact, Provenance::Counted, "dtype"};
}

Cell flops(const ModelFacts &facts)
{
    if (!facts.flopsPerToken)
        return {};
    return {threeDigits(*facts.flopsPerToken / 1e9) + " GFLOP", groupedDigits(int64_t(*facts.flopsPerToken)),
            Provenance::Derived, "2 x active matrix weights"};
}

constexpr auto kArchitecture = ASSAY_TEXT("Fact", "Architecture");
constexpr auto kSize = ASSAY_TEXT("Fact", "Size");
constexpr auto kStorage = ASSAY_TEXT("Fact", "Storage");
constexpr auto kCost = ASSAY_TEXT("Fact", "Cost");

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
    {"position", kArchitecture, ASSAY_TEXT("Fact", "Position"), position},
    {"normalization", kArchitecture, ASSAY_TEXT("Fact", "Normalization"),
     [](Facts f) { return declared(f.normalization, "architectures"); }},
    {"activation", kArchitecture, ASSAY_TEXT("Fact", "Activation"),
     [](Facts f) { return declared(f.activation, "hidden_act"); }},
    {"gated_mlp", kArchitecture, ASSAY_TEXT("Fact", "Gated MLP"),
     [](Facts f) { return yesNo(f.gatedMlp, counted(f) ? kC : kD, "gate_proj"); }},
    {"experts", kArchitecture, ASSAY_TEXT("Fact", "Experts (active / routed + shared)"), experts},
    {"context_length", kArchitecture, ASSAY_TEXT("Fact", "Context length"),
     [](Facts f) { return number(f.config.contextLength, kD, "max_position_embeddings"); }},
    {"vocabulary_size", kArchitecture, ASSAY_TEXT("Fact", "Vocabulary"),
     [](Facts f) { return size(f.vocabularySize); }},
    {"tied_embeddings", kArchitecture, ASSAY_TEXT("Fact", "Tied embeddings"),
     [](Facts f) { return yesNo(f.tiedEmbeddings, counted(f) ? kC : kD, "tie_word_embeddings"); }},
    {"parameters.total", kSize, ASSAY_TEXT("Fact", "Parameters"),
     [](Facts f) { return count(f.parameters.total, kC, evidenceOfSum(f), counted(f)); }},
    {"parameters.active", kSize, ASSAY_TEXT("Fact", "Active per token"),
     [](Facts f) {
         return count(f.parameters.active, Provenance::Derived,
                      "main - routed experts x (1 - active / routed); embedding and head in",
                      counted(f) && f.parameters.active != f.parameters.main);
     }},
    {"parameters.main", kSize, ASSAY_TEXT("Fact", "Without further-token layers"),
     [](Facts f) { return count(f.parameters.main, kC, "num_nextn_predict_layers", f.parameters.mtp > 0); }},
    {"parameters.mtp", kSize, ASSAY_TEXT("Fact", "In further-token layers"),
     [](Facts f) { return count(f.parameters.mtp, kC, "num_nextn_predict_layers", f.parameters.mtp > 0); }},
    {"parameters.embedding", kSize, ASSAY_TEXT("Fact", "In the embedding"),
     [](Facts f) { return count(f.parameters.embedding, kC, f.vocabularySize.evidence, counted(f)); }},
    {"parameters.scales", kSize, ASSAY_TEXT("Fact", "Quantization scales"),
     [](Facts f) { return count(f.parameters.scales, kC, "dtype", f.parameters.scales > 0); }},
    {"tensor_count", kStorage, ASSAY_TEXT("Fact", "Tensors"),
     [](Facts f) {
         return number(counted(f) ? std::optional(int64_t(f.tensorCount)) : std::nullopt, kC, f.format);
     }},
    {"bytes.weights", kStorage, ASSAY_TEXT("Fact", "Weights"),
     [](Facts f) { return bytes(counted(f) ? std::optional(f.weightBytes) : std::nullopt, kC, f.format); }},
    {"bytes.files", kStorage, ASSAY_TEXT("Fact", "Files"),
     [](Facts f) { return bytes(counted(f) ? std::optional(f.fileBytes) : std::nullopt, kC, f.format); }},
    {"dtypes", kStorage, ASSAY_TEXT("Fact", "Dtypes"), dtypes},
    {"quantization", kStorage, ASSAY_TEXT("Fact", "Quantization"),
     [](Facts f) { return declared(f.quantization, "quantization_config"); }},
    {"kv_bytes_per_token", kCost, ASSAY_TEXT("Fact", "KV cache per token"),
     [](Facts f) { return bytes(f.kvBytesPerToken, Provenance::Derived, "2 bytes an element"); }},
    {"flops_per_token", kCost, ASSAY_TEXT("Fact", "Work per token"), flops},
};

} // namespace

std::vector<FactRow> factRows(const ModelFacts &facts)
{
    std::vector<FactRow> rows;
    for (const RowDefinition &definition : kRows) {
        Cell cell = definition.cell(facts);
        if (!cell.value.empty())
            rows.push_back({definition.id, definition.group, definition.label, validUtf8(cell.value),
                            validUtf8(cell.exact), cell.provenance, validUtf8(cell.evidence)});
    }
    return rows;
}

} // namespace assay
