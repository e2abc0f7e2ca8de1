// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"
#include "core/model/kvcache.h"
#include "core/model/layertree.h"
#include "core/model/modelconfig.h"
#include "core/model/modulekinds.h"
#include "core/model/quantscheme.h"
#include "core/model/weighttotals.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// Where a fact comes from.
enum class Provenance { Declared, Counted, Derived, Measured };
const char *provenanceName(Provenance provenance); ///< "declared", ...

enum class AttentionKind { Unknown, MHA, MQA, GQA, MLA };
const char *attentionKindName(AttentionKind kind);

/// Parameters by the rules of inspectors.md 4f and 4g.
struct ParameterCounts
{
    uint64_t total = 0;     ///< main + mtp, without quantisation scales and without buffers
    uint64_t main = 0;      ///< without multi-token-prediction layers
    uint64_t mtp = 0;
    uint64_t embedding = 0; ///< token embedding
    uint64_t active = 0;    ///< used per token: main, with active/routed of the routed experts (embedding and head in)
    uint64_t activeWithHead = 0; ///< the same without the embedding; a tied one stays in as the head
    uint64_t activeCore = 0;     ///< the same without embedding and head
    uint64_t storedElements = 0; ///< every element in the files
    uint64_t scales = 0;    ///< quantisation scales, zero points
    uint64_t buffers = 0;   ///< masks, inv_freq, ...: stored, but no parameters
};

/// A size with where it comes from; the tensors win over the config.
struct SizeFact
{
    std::optional<int64_t> value;
    Provenance provenance = Provenance::Declared;
    std::string evidence; ///< the tensor or the field
};

/// Work of one token on the weights, a multiplication and an addition counted as two (inspectors.md 4i); what grows
/// with the context is in flops.h.
struct WorkFacts
{
    double matrices = 0; ///< the head's in, look-ups in the embedding left out
    double head = 0;     ///< the head's share: a prefill computes it for the last token alone
};

/// adapter_config.json: a model that is added to another one.
struct AdapterFacts
{
    std::string kind;      ///< peft_type: "LORA"
    std::string baseModel; ///< base_model_name_or_path
    std::optional<int64_t> rank;
    std::optional<double> alpha;
    std::vector<std::string> targets; ///< module names
    bool declared = false; ///< there is an adapter_config.json; else all is read from the tensors
};

struct DtypeTotals { uint64_t tensors = 0, elements = 0, bytes = 0; }; ///< of tensors with bytes of their own

/// One row of the facts table: window, command line and reports read this list.
struct FactRow
{
    const char *id;      ///< "parameters.total"
    const char *group;   ///< "Architecture", "Size", ...; translation context "Fact"
    const char *label;   ///< translation context "Fact"
    std::string value;   ///< for people, three digits; "yes" and "no" are looked up in the context "Fact"
    std::string exact;   ///< the whole number or the raw text, for the tooltip
    Provenance provenance;
    std::string evidence; ///< field, file or formula: a name, or a pattern of the translation context "Evidence"
    std::vector<std::string> evidenceArguments = {}; ///< for the pattern's %1, ...

    std::string shownValue(const Translate &translate = untranslated) const;
    std::string shownEvidence(const Translate &translate = untranslated) const;
};

/// Everything Assay knows of a model directory without running it.
struct ModelFacts
{
    std::string name;
    std::string format;
    ModelConfig config;
    bool hasConfig = false;
    std::optional<GenerationConfig> generation;
    AttentionKind attention = AttentionKind::Unknown;
    std::string position;      ///< "rope", "learned", "alibi", "relative", "none"
    std::string normalization; ///< "RMSNorm" or "LayerNorm"
    std::string activation;    ///< "silu", "gelu_tanh", ...
    std::optional<bool> gatedMlp;
    int64_t layers = 0;        ///< counted from the tensors, else declared; 0: unknown
    Provenance layersProvenance = Provenance::Declared;
    SizeFact hiddenSize;       ///< columns of the token embedding
    SizeFact vocabularySize;   ///< its rows
    SizeFact intermediateSize; ///< width of the dense MLP; of an expert where the config has one width for all
    /// From the config, as long as the projections fit it; unknown when they do not.
    std::optional<int64_t> heads, kvHeads, headDim;
    std::optional<bool> tiedEmbeddings;
    uint64_t tensorCount = 0;
    ParameterCounts parameters;
    uint64_t weightBytes = 0;
    WeightShares weights; ///< as loading them takes them
    uint64_t fileBytes = 0;
    std::map<std::string, DtypeTotals> dtypes;
    std::string quantization;  ///< "fp8 block 128x128", ...; empty for none
    std::vector<QuantizationScheme> schemes; ///< as the tensors tell; empty for none
    std::vector<ModuleFact> modules;         ///< parts told from names and shapes
    std::optional<AdapterFacts> adapter;
    std::string licence;         ///< "mit", "LICENSE"; empty when none is named
    std::string licenceEvidence; ///< where it is named
    std::optional<int64_t> countedExperts; ///< routed experts of a layer, as the tensors tell
    int64_t nextTokenLayers = 0;           ///< multi-token-prediction layers among the tensors
    CacheFacts cache;
    std::optional<uint64_t> kvBytesPerToken; ///< at two bytes an element, as the architecture's usual runtime keeps it
    std::optional<uint64_t> kvBytesPerTokenExpanded; ///< the same with latent attention's keys and values of every head
    std::optional<double> flopsPerToken;     ///< decode at context 0 (inspectors.md 4i)
    std::optional<WorkFacts> work;           ///< its terms
    std::vector<Finding> findings;
    std::vector<FactRow> told; ///< of an endpoint: what it says of itself. There is nothing else then
};

/// A subject opened for inspection: files, facts, tree.
struct Inspection
{
    ModelDirectory directory;
    ModelFacts facts;
    LayerNode tree;
};

/// 8 x the bytes of all tensors / parameters: what one parameter takes with its scales; nothing without tensors.
std::optional<double> bitsPerWeight(const ModelFacts &facts);

/// Interprets what was opened: the facts of a directory and the tree built from its checkpoint.
ModelFacts collectFacts(const ModelDirectory &directory, const LayerNode &tree);

/// Opens and interprets a model directory, or one .safetensors file with the config beside it; touches headers
/// only. A config that cannot be used is a finding.
Result<Inspection> inspectModel(const std::filesystem::path &path, std::stop_token stop = {});
/// The same of files that may be anywhere.
Result<Inspection> inspectModel(std::shared_ptr<const FileSet> files, std::stop_token stop = {});

/// The rows that have a value.
std::vector<FactRow> factRows(const ModelFacts &facts);

/// `inspect --json` (DESIGN.md, section 6).
nlohmann::json factsToJson(const ModelFacts &facts, const Checkpoint *tensors = nullptr);

/// Identity of the weights for joining runs: hash over names, dtypes, shapes and file sizes (not contents).
std::string structureFingerprint(const Checkpoint &checkpoint);

} // namespace assay
