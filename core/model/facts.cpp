// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/facts.h"

#include "core/format/jsontext.h"
#include "core/format/sharedbytes.h"
#include "core/model/checks.h"
#include "core/model/configfields.h"
#include "core/model/factfindings.h"
#include "core/model/fieldnames.h"
#include "core/model/ggufchecks.h"
#include "core/model/ggufconfig.h"
#include "core/model/licence.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

/// Names of one activation under its many spellings.
struct ActivationName
{
    std::string_view written, usual;
};
constexpr ActivationName kActivations[] = {{"gelu_new", "gelu_tanh"},  {"gelu_pytorch_tanh", "gelu_tanh"},
                                           {"gelu_fast", "gelu_tanh"}, {"swish", "silu"},
                                           {"swiglu", "silu"}};

std::string usualActivation(const std::string &written)
{
    for (const ActivationName &name : kActivations) {
        if (written == name.written)
            return std::string(name.usual);
    }
    return written;
}

SizeFact sizeFact(const std::optional<TensorSize> &counted, std::optional<int64_t> declared, std::string field)
{
    if (counted)
        return {counted->value, Provenance::Counted, std::string(counted->tensor->name)};
    return {declared, Provenance::Declared, std::move(field)};
}

void takeSizes(ModelFacts &facts, const CountedModel &model, bool complete)
{
    const ModelConfig &config = facts.config;
    const bool counted = model.layers > 0 && (complete || !config.layers);
    facts.layers = counted ? model.layers : config.layers.value_or(0);
    facts.layersProvenance = counted ? Provenance::Counted : Provenance::Declared;
    // Where embedding and hidden size differ (OPT) the embedding does not tell the hidden size.
    facts.hiddenSize = sizeFact(config.embeddingSize && config.embeddingSize != config.hiddenSize
                                    ? std::nullopt
                                    : countedHiddenSize(model),
                                config.hiddenSize, fieldNames("hidden_size", config));
    facts.vocabularySize = sizeFact(countedVocabulary(model), config.vocabularySize, fieldNames("vocab_size", config));
    bool expert = false;
    const auto intermediate = countedIntermediate(model, expert);
    // Where experts have a width of their own they do not tell that of the dense MLP.
    const bool own = expert && config.experts && config.experts->intermediateSize > 0;
    facts.intermediateSize =
        sizeFact(own ? std::nullopt : intermediate, config.intermediateSize, fieldNames("intermediate_size", config));
}

/// Whether the declared heads make the rows that the projections have.
bool fits(const std::optional<TensorSize> &rows, std::optional<int64_t> heads, std::optional<int64_t> width)
{
    int64_t declared = 0;
    return !rows || !heads || !width
           || (!__builtin_mul_overflow(*heads, *width, &declared) && declared == rows->value);
}

void takeAttention(ModelFacts &facts, const CountedModel &model)
{
    const ModelConfig &config = facts.config;
    const bool latent = model.groups.empty() ? config.latentAttention.has_value() : hasLatentAttention(model);
    if (latent) {
        facts.attention = AttentionKind::MLA;
        facts.heads = config.heads;
        facts.kvHeads = config.heads ? std::optional(config.kvHeadsOrDefault()) : std::nullopt;
        return;
    }
    const auto query = countedQueryRows(model), key = countedKeyRows(model);
    const int64_t declaredWidth = config.latentAttention ? 0 : config.headDimOrDefault();
    const auto width = declaredWidth > 0 ? std::optional(declaredWidth) : std::nullopt;
    const auto kvHeads = config.heads ? std::optional(config.kvHeadsOrDefault()) : std::nullopt;
    if (config.heads && width && fits(query, config.heads, width) && fits(key, kvHeads, width)) {
        facts.heads = config.heads;
        facts.kvHeads = kvHeads;
        facts.headDim = width;
        facts.attention = *kvHeads == *config.heads ? AttentionKind::MHA
                          : *kvHeads == 1           ? AttentionKind::MQA
                                                    : AttentionKind::GQA;
    } else if (query && key) {
        // Heads are not to be told apart in the rows alone, but fewer keys than queries are shared keys.
        facts.attention = query->value == key->value ? AttentionKind::MHA : AttentionKind::GQA;
    }
}

std::string positionOf(const ModelConfig &config, const CountedModel &model)
{
    if (config.alibi.value_or(false))
        return "alibi";
    if (model.family)
        return model.family->position;
    if (config.ropeTheta || config.ropeScaling)
        return "rope";
    return model.find(TensorPurpose::PositionEmbedding) ? "learned" : "";
}

/// Counted from the names; the family's word where no MLP has a telling name.
std::optional<bool> gatedMlp(const CountedModel &model)
{
    static constexpr std::array kGated{"gate_proj.weight", "gate_up_proj.weight", "gate_up_proj", ".w3.weight",
                                       "gate_up_proj_blocks"};
    for (const CountedGroup &counted : model.groups) {
        if (counted.group.container == model.container
            && std::any_of(kGated.begin(), kGated.end(),
                           [&](const char *ending) { return counted.group.endsWith(ending); }))
            return true;
    }
    return model.family ? std::optional(model.family->gatedMlp) : std::nullopt;
}

std::string normalizationOf(const ModelConfig &config, const CountedModel &model)
{
    if (model.family)
        return model.family->normalization;
    if (config.text.find("\"rms_norm_eps\"") != std::string::npos)
        return "RMSNorm";
    return config.text.find("\"layer_norm_ep") != std::string::npos ? "LayerNorm" : "";
}

std::optional<bool> tiedEmbeddings(const ModelConfig &config, const CountedModel &model, bool complete)
{
    const bool language =
        model.task == ModelTask::LanguageModel || model.task == ModelTask::MaskedLanguageModel;
    if (const CountedGroup *head = model.find(TensorPurpose::Head))
        return model.tiedTwice || head->repeated > 0;
    if (language && complete && model.find(TensorPurpose::TokenEmbedding))
        return true;
    if (!language)
        return std::nullopt;
    if (config.tiedEmbeddings)
        return config.tiedEmbeddings;
    return model.family ? std::optional(model.family->tiedByDefault) : std::nullopt;
}

/// "fp8 block 128x128", "gptq 4-bit"; empty for none. The config's word first: it is what programs go by.
std::string quantizationOf(const ModelConfig &config, const std::vector<QuantizationScheme> &schemes)
{
    std::string text = config.quantizationMethod;
    if (text.empty())
        return schemes.empty() ? text : schemes.front().text();
    if (config.quantizationBits)
        text += " " + std::to_string(*config.quantizationBits) + "-bit";
    const std::vector<int64_t> block = !config.quantizationBlock.empty() || schemes.empty() ? config.quantizationBlock
                                                                                           : schemes.front().block;
    if (block.size() == 2)
        text += " block " + std::to_string(block[0]) + "x" + std::to_string(block[1]);
    return text;
}

/// LayerNorms without a bias (Cohere) have the tensors of RMSNorms; the architecture knows better.
void nameNorms(ModelFacts &facts)
{
    auto &modules = facts.modules;
    const auto rms = std::find_if(modules.begin(), modules.end(),
                                  [](const ModuleFact &fact) { return fact.kind == ModuleKind::RmsNorm; });
    if (facts.normalization != "LayerNorm" || rms == modules.end())
        return;
    const auto layer = rms + 1;
    if (layer != modules.end() && layer->kind == ModuleKind::LayerNorm) {
        layer->count += rms->count;
        modules.erase(rms);
        return;
    }
    rms->kind = ModuleKind::LayerNorm;
    rms->evidence = ASSAY_TEXT("Evidence", "the architecture, there is no bias: %1");
}

/// Where neither architecture nor config tell, the parts do.
void describeByModules(ModelFacts &facts)
{
    const auto count = [&facts](ModuleKind kind) {
        const ModuleFact *module = findModule(facts.modules, kind);
        return module ? module->count : 0;
    };
    const uint64_t rms = count(ModuleKind::RmsNorm), layer = count(ModuleKind::LayerNorm);
    if (facts.normalization.empty() && rms + layer > 0)
        facts.normalization = rms > layer ? "RMSNorm" : "LayerNorm";
    if (!facts.position.empty())
        return;
    if (count(ModuleKind::RotaryPositions) > 0)
        facts.position = "rope";
    else if (count(ModuleKind::RelativePositions) > 0)
        facts.position = "relative";
    else if (count(ModuleKind::LearnedPositions) > 0)
        facts.position = "learned";
}

void takeModules(ModelFacts &facts, const CountedModel &model)
{
    std::vector<LeafGroup> groups;
    groups.reserve(model.groups.size());
    for (const CountedGroup &counted : model.groups)
        groups.push_back(counted.group);
    facts.modules = moduleFacts(groups);
    nameNorms(facts);
    describeByModules(facts);
    // Rotary positions are computed: most models store nothing of them.
    if (facts.position != "rope" || facts.layers <= 0 || groups.empty()
        || findModule(facts.modules, ModuleKind::RotaryPositions))
        return;
    const auto place = std::find_if(facts.modules.begin(), facts.modules.end(), [](const ModuleFact &fact) {
        return fact.kind > ModuleKind::RotaryPositions;
    });
    facts.modules.insert(place, {ModuleKind::RotaryPositions, uint64_t(facts.layers), "rope_theta",
                                 ASSAY_TEXT("Evidence", "the architecture, nothing is stored: %1")});
}

void takeCosts(ModelFacts &facts, const CountedModel &model, bool complete)
{
    constexpr uint64_t kTwoBytes = 2;
    facts.cache = cacheFacts(facts, model);
    const auto bytes = [&facts](bool expanded) -> std::optional<uint64_t> {
        uint64_t out = 0;
        if (facts.cache.groups.empty()
            || __builtin_mul_overflow(facts.cache.elementsPerToken(expanded), kTwoBytes, &out))
            return std::nullopt;
        return out;
    };
    facts.kvBytesPerToken = bytes(false);
    if (facts.cache.latent)
        facts.kvBytesPerTokenExpanded = bytes(true);
    // A TorchScript module computes what its own program says, and that need not be tokens.
    const bool ownProgram = facts.format == "torchscript" && !model.family;
    if (!model.groups.empty() && complete && !ownProgram) {
        facts.work = matrixWork(model, facts.config);
        facts.flopsPerToken = facts.work->matrices;
    }
}

void takeTotals(ModelFacts &facts, const Checkpoint &checkpoint)
{
    facts.tensorCount = checkpoint.tensors.size();
    facts.fileBytes = checkpoint.fileBytes();
    std::vector<bool> again(checkpoint.tensors.size()); // bytes that another tensor has counted
    for (const std::vector<uint32_t> &shared : sharedTensors(checkpoint))
        std::for_each(shared.begin() + 1, shared.end(), [&](uint32_t tensor) { again[tensor] = true; });
    DtypeTotals *totals = nullptr;
    const std::string_view *last = nullptr;
    for (size_t i = 0; i < checkpoint.tensors.size(); ++i) {
        const TensorRecord &tensor = checkpoint.tensors[i];
        if (again[i])
            continue;
        facts.weightBytes += tensor.bytes;
        // Neighbours mostly share the dtype: one look-up serves a run of them.
        if (!last || *last != tensor.dtypeText)
            totals = &facts.dtypes[std::string(tensor.dtypeText)];
        last = &tensor.dtypeText;
        ++totals->tensors;
        totals->elements += tensor.elements;
        totals->bytes += tensor.bytes;
    }
}

/// Files beside the config that tell of a quantisation: of GPTQ before it had a place in config.json, and of ModelOpt.
void takeSeparateQuantization(ModelFacts &facts, const ModelDirectory &directory)
{
    constexpr uint64_t kLargest = 1'000'000;
    for (const auto &[name, method] : {std::pair{"quantize_config.json", "gptq"}, std::pair{"quant_config.json", "awq"},
                                       std::pair{"hf_quant_config.json", "modelopt"}}) {
        if (!facts.config.quantizationMethod.empty() || !directory.files || !directory.files->find(name))
            continue;
        const auto text = directory.files->readText(name, kLargest);
        const auto root = text ? parseJsonObject(*text, name) : Result<nlohmann::json>(tl::unexpected(text.error()));
        if (!root)
            continue;
        const nlohmann::json wrapped{{"quantization_config", *root}};
        readQuantization(ConfigFields(wrapped), facts.config);
        if (facts.config.quantizationMethod.empty())
            facts.config.quantizationMethod = method;
    }
}

/// The config as read; what keeps it from being used is a finding.
void takeConfigs(ModelFacts &facts, const ModelDirectory &directory)
{
    if (directory.configText) {
        if (auto config = parseModelConfig(*directory.configText)) {
            facts.config = std::move(*config);
            facts.hasConfig = true;
        } else {
            facts.findings.push_back(findingOf(FindingCode::ConfigUnreadable, {}, config.error(), "config.json"));
        }
    } else if (directory.checkpoint.format == "gguf") {
        facts.config = ggufConfig(directory.checkpoint);
        facts.hasConfig = true;
    }
    if (directory.generationConfigText) {
        if (auto generation = parseGenerationConfig(*directory.generationConfigText))
            facts.generation = std::move(*generation);
        else
            facts.findings.push_back(findingOf(FindingCode::GenerationConfigUnreadable, {}, generation.error(),
                                               "generation_config.json"));
    }
    takeSeparateQuantization(facts, directory);
}

} // namespace

const char *provenanceName(Provenance provenance)
{
    static constexpr std::array kNames{ASSAY_TEXT("Provenance", "declared"), ASSAY_TEXT("Provenance", "counted"),
                                       ASSAY_TEXT("Provenance", "derived"), ASSAY_TEXT("Provenance", "measured")};
    return kNames[size_t(provenance)];
}

const char *attentionKindName(AttentionKind kind)
{
    static constexpr std::array kNames{"unknown", "MHA", "MQA", "GQA", "MLA"};
    return kNames[size_t(kind)];
}

std::optional<double> bitsPerWeight(const ModelFacts &facts)
{
    if (facts.parameters.total == 0)
        return std::nullopt;
    return 8.0 * double(facts.weightBytes) / double(facts.parameters.total);
}

ModelFacts collectFacts(const ModelDirectory &directory, const LayerNode &tree)
{
    ModelFacts facts;
    facts.name = validUtf8(directory.name);
    facts.format = directory.checkpoint.format;
    takeConfigs(facts, directory);
    const ModelConfig &config = facts.config;
    const bool complete = directory.checkpoint.complete();
    const CountedModel model = countModel(tree, directory.checkpoint, config);
    takeSizes(facts, model, complete);
    takeAttention(facts, model);
    takeTotals(facts, directory.checkpoint);
    facts.position = positionOf(config, model);
    facts.normalization = normalizationOf(config, model);
    facts.activation = usualActivation(
        !config.activation.empty() ? config.activation : std::string(model.family ? model.family->activation : ""));
    facts.gatedMlp = gatedMlp(model);
    facts.tiedEmbeddings = tiedEmbeddings(config, model, complete);
    facts.parameters = countParameters(model, config);
    facts.weights = weightShares(model);
    facts.countedExperts = countedExperts(model);
    facts.nextTokenLayers = countedNextTokenLayers(model);
    facts.schemes = quantizationSchemes(model);
    facts.quantization = facts.format == "gguf" ? ggufQuantization(directory.checkpoint)
                                                : quantizationOf(config, facts.schemes);
    takeModules(facts, model);
    takeCosts(facts, model, complete);
    facts.adapter = readAdapter(directory, facts.modules);
    if (const auto licence = readLicence(directory)) {
        facts.licence = validUtf8(licence->name);
        facts.licenceEvidence = validUtf8(licence->source);
    }
    takeFindings(facts, directory, model);
    return facts;
}

Result<Inspection> inspectModel(const std::filesystem::path &path, std::stop_token stop)
{
    auto files = openLocalFiles(path);
    if (!files)
        return tl::unexpected(files.error());
    return inspectModel(std::move(*files), std::move(stop));
}

Result<Inspection> inspectModel(std::shared_ptr<const FileSet> files, std::stop_token stop)
{
    auto directory = openModel(std::move(files), std::move(stop));
    if (!directory)
        return tl::unexpected(directory.error());
    Inspection inspection;
    inspection.directory = std::move(*directory);
    inspection.tree = buildLayerTree(inspection.directory.checkpoint);
    inspection.facts = collectFacts(inspection.directory, inspection.tree);
    return inspection;
}

} // namespace assay
