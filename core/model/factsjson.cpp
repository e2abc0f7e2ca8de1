// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/facts.h"
#include "core/model/flops.h"
#include "core/model/tensorroles.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

template <class T>
json orNull(const std::optional<T> &value)
{
    return value ? json(*value) : json();
}

json orNull(const std::string &text)
{
    return text.empty() ? json() : json(validUtf8(text));
}

json orNull(int64_t count)
{
    return count > 0 ? json(count) : json();
}

json attentionJson(const ModelFacts &facts)
{
    if (facts.attention == AttentionKind::Unknown)
        return json();
    return {{"kind", attentionKindName(facts.attention)},
            {"heads", orNull(facts.heads)},
            {"kv_heads", orNull(facts.kvHeads)},
            {"head_dim", orNull(facts.headDim)},
            {"window", orNull(facts.config.slidingWindow)}};
}

json ropeJson(const ModelFacts &facts)
{
    if (facts.position != "rope")
        return json();
    json scaling;
    if (const auto &declared = facts.config.ropeScaling) {
        scaling = {{"type", validUtf8(declared->type)},
                   {"factor", declared->factor},
                   {"original_context", orNull(declared->originalContext)}};
    }
    return {{"theta", orNull(facts.config.ropeTheta)}, {"scaling", scaling}};
}

json expertsJson(const ModelFacts &facts)
{
    const auto &experts = facts.config.experts;
    if (!experts)
        return json();
    return {{"routed", experts->routed},
            {"active", experts->active},
            {"shared", experts->shared},
            {"intermediate_size", orNull(experts->intermediateSize)},
            {"first_dense_layers", experts->firstDenseLayers}};
}

json parametersJson(const ModelFacts &facts)
{
    if (facts.tensorCount == 0)
        return json();
    const ParameterCounts &counts = facts.parameters;
    return {{"total", counts.total},     {"main", counts.main},     {"mtp", counts.mtp},
            {"embedding", counts.embedding}, {"active", counts.active}, {"stored_elements", counts.storedElements},
            {"scales", counts.scales},   {"buffers", counts.buffers},
            {"active_conventions",
             {{"without_embedding_and_head", counts.activeCore},
              {"with_head", counts.activeWithHead},
              {"with_embedding_and_head", counts.active}}}};
}

json cacheJson(const ModelFacts &facts)
{
    if (facts.cache.groups.empty())
        return json();
    json layers = json::object(), runtimes = json::array();
    for (const CacheGroup &group : facts.cache.groups) {
        json row = {{"layers", group.layers}, {"elements", group.elements}};
        if (group.kind == CacheKind::Window)
            row["window"] = group.window;
        layers[cacheKindName(group.kind)] = std::move(row);
    }
    for (const CacheRuntime &runtime : cacheRuntimes()) {
        const bool expanded = facts.cache.latent && runtime.expandsLatent;
        runtimes.push_back({{"name", runtime.name},
                            {"bytes_per_token", orNull(expanded ? facts.kvBytesPerTokenExpanded : facts.kvBytesPerToken)},
                            {"drops_beyond_window", runtime.dropsOld}});
    }
    return {{"bytes_per_token", orNull(facts.kvBytesPerToken)},
            {"bytes_per_token_expanded", orNull(facts.kvBytesPerTokenExpanded)},
            {"bytes_per_element", 2},
            {"per_layer", layers},
            {"state_known", facts.cache.stateKnown},
            {"runtimes", runtimes}};
}

json workJson(const ModelFacts &facts)
{
    if (!facts.work)
        return json();
    constexpr int64_t kContext = 4096;
    return {{"matrices", facts.work->matrices},
            {"head", facts.work->head},
            {"context", kContext},
            {"decode_at_context", orNull(decodeFlops(facts, kContext, false))},
            {"decode_at_context_expanded",
             facts.cache.latent ? orNull(decodeFlops(facts, kContext, true)) : json()},
            {"prefill_of_context", orNull(prefillFlops(facts, kContext))}};
}

json schemesJson(const ModelFacts &facts)
{
    json out = json::array();
    for (const QuantizationScheme &scheme : facts.schemes) {
        out.push_back({{"method", scheme.method},
                       {"detail", orNull(scheme.detail)},
                       {"bits", orNull(scheme.bits)},
                       {"group_size", orNull(scheme.groupSize)},
                       {"block", scheme.block.empty() ? json() : json(scheme.block)},
                       {"tensors", scheme.tensors},
                       {"parameters", scheme.parameters},
                       {"example", validUtf8(scheme.example)}});
    }
    return out;
}

json modulesJson(const ModelFacts &facts)
{
    json out = json::array();
    for (const ModuleFact &module : facts.modules) {
        out.push_back({{"kind", moduleKindId(module.kind)},
                       {"count", module.count},
                       {"example", validUtf8(module.example)},
                       {"evidence", validUtf8(fillIn(module.evidence, {module.example}))}});
    }
    return out;
}

json adapterJson(const ModelFacts &facts)
{
    if (!facts.adapter)
        return json();
    json targets = json::array();
    for (const std::string &target : facts.adapter->targets)
        targets.push_back(validUtf8(target));
    return {{"kind", orNull(facts.adapter->kind)},
            {"base_model", orNull(facts.adapter->baseModel)},
            {"rank", orNull(facts.adapter->rank)},
            {"alpha", orNull(facts.adapter->alpha)},
            {"targets", targets}};
}

json dtypesJson(const ModelFacts &facts)
{
    json out = json::object();
    for (const auto &[name, totals] : facts.dtypes)
        out[validUtf8(name)] = {{"tensors", totals.tensors}, {"elements", totals.elements}, {"bytes", totals.bytes}};
    return out;
}

json findingsJson(const ModelFacts &facts)
{
    json out = json::array();
    for (const Finding &finding : facts.findings) {
        const FindingDefinition &definition = definitionOf(finding.code);
        out.push_back({{"code", definition.id},
                       {"severity", severityName(definition.severity)},
                       {"message", validUtf8(finding.sentence())},
                       {"where", validUtf8(finding.where)},
                       {"evidence", orNull(finding.shownEvidence())},
                       {"why", definition.why}});
    }
    return out;
}

/// Parameters of one tensor: packed ones unpacked, none for scales and buffers.
uint64_t parametersOf(const TensorRecord &tensor, const ModelConfig &config)
{
    LeafGroup group;
    group.tensor = &tensor;
    group.pattern = tensor.name;
    return kindOf(group, config, "").parametersEach;
}

json tensorsJson(const Checkpoint &checkpoint, const ModelConfig &config)
{
    json out = json::array();
    for (const TensorRecord &tensor : checkpoint.tensors) {
        out.push_back({{"name", validUtf8(tensor.name)},
                       {"dtype", validUtf8(tensor.dtypeText)},
                       {"shape", tensor.shape},
                       {"parameters", parametersOf(tensor, config)},
                       {"bytes", tensor.bytes},
                       {"file", validUtf8(checkpoint.files[tensor.file].path.filename().string())},
                       {"offset", tensor.offset}});
    }
    return out;
}

} // namespace

json factsToJson(const ModelFacts &facts, const Checkpoint *tensors)
{
    const ModelConfig &config = facts.config;
    const bool counted = facts.tensorCount > 0;
    json out = {
        {"name", facts.name},
        {"format", orNull(facts.format)},
        {"architecture", orNull(config.architecture())},
        {"model_type", orNull(config.modelType)},
        {"layers", orNull(facts.layers)},
        {"hidden_size", orNull(facts.hiddenSize.value)},
        {"intermediate_size", orNull(facts.intermediateSize.value)},
        {"attention", attentionJson(facts)},
        {"position", orNull(facts.position)},
        {"rope", ropeJson(facts)},
        {"normalization", orNull(facts.normalization)},
        {"activation", orNull(facts.activation)},
        {"gated_mlp", orNull(facts.gatedMlp)},
        {"experts", expertsJson(facts)},
        {"context_length", orNull(config.contextLength)},
        {"vocabulary_size", orNull(facts.vocabularySize.value)},
        {"tied_embeddings", orNull(facts.tiedEmbeddings)},
        {"tensor_count", facts.tensorCount},
        {"parameters", parametersJson(facts)},
        {"bytes", counted ? json{{"weights", facts.weightBytes}, {"files", facts.fileBytes}} : json()},
        {"dtypes", dtypesJson(facts)},
        {"quantization", orNull(facts.quantization)},
        {"quantization_schemes", schemesJson(facts)},
        {"bits_per_weight", orNull(bitsPerWeight(facts))},
        {"next_token_layers", facts.nextTokenLayers},
        {"kv_bytes_per_token", orNull(facts.kvBytesPerToken)},
        {"kv_cache", cacheJson(facts)},
        {"flops_per_token", orNull(facts.flopsPerToken)},
        {"work", workJson(facts)},
        {"modules", modulesJson(facts)},
        {"adapter", adapterJson(facts)},
        {"licence", orNull(facts.licence)},
        {"findings", findingsJson(facts)},
    };
    if (tensors)
        out["tensors"] = tensorsJson(*tensors, config);
    return out;
}

} // namespace assay
