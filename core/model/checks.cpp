// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/checks.h"

#include "core/model/fieldnames.h"
#include "core/model/grammar.h"

#include <algorithm>

namespace assay {
namespace {

/// Where a size stands: the axis (0 or 1) of the tensor with this ending, divided.
struct SizeRule
{
    std::string_view ending;
    size_t axis;
    int64_t divisor;
};

// Rows of a Linear [out, in].
constexpr SizeRule kIntermediate[] = {
    {".gate_proj.weight", 0, 1},     {".up_proj.weight", 0, 1},          {".gate_up_proj.weight", 0, 2},
    {".experts.*.w1.weight", 0, 1},  {"intermediate.dense.weight", 0, 1}, {".ffn.lin1.weight", 0, 1},
    {".dense_h_to_4h.weight", 0, 1}, {".fc1.weight", 0, 1},              {".mlp.c_fc.weight", 0, 1},
    {".ffn_up.weight", 0, 1},
};
constexpr SizeRule kQuery[] = {{".q_b_proj.weight", 0, 1},
                               {"self_attn.q_proj.weight", 0, 1},
                               {"attention.self.query.weight", 0, 1},
                               {"attention.q_lin.weight", 0, 1}};
constexpr SizeRule kKey[] = {{"self_attn.k_proj.weight", 0, 1},
                             {"attention.self.key.weight", 0, 1},
                             {"attention.k_lin.weight", 0, 1}};

bool isPlain(const TensorRecord &tensor)
{
    switch (tensor.dtype) {
    case Dtype::F16:
    case Dtype::BF16:
    case Dtype::F32:
    case Dtype::F64:
    case Dtype::F8E4M3:
    case Dtype::F8E5M2: return true;
    default: return isBlockQuantized(tensor.dtype); // their shape is that of the values
    }
}

template <size_t N>
std::optional<TensorSize> sizeBy(const CountedModel &model, const SizeRule (&rules)[N], bool experts)
{
    for (const CountedGroup &counted : model.groups) {
        const LeafGroup &group = counted.group;
        const bool expert = counted.kind.purpose == TensorPurpose::RoutedExpert;
        if (counted.kind.role != TensorRole::Weight || expert != experts || group.container != model.container
            || !isPlain(*group.tensor) || group.hasPart("shared_experts") || group.hasPart("shared_expert"))
            continue;
        for (const SizeRule &rule : rules) {
            const auto &shape = group.tensor->shape;
            // The experts of a layer in one tensor have an axis of their own before those of each.
            const size_t axis = (model.family && model.family->transposed ? 1 - rule.axis : rule.axis)
                                + (expert && shape.size() == 3 ? 1 : 0);
            if (group.endsWith(rule.ending) && axis < shape.size())
                return TensorSize{shape[axis] / rule.divisor, group.tensor};
        }
    }
    return std::nullopt;
}

std::optional<TensorSize> embeddingAxis(const CountedModel &model, size_t axis)
{
    const CountedGroup *embedding = model.find(TensorPurpose::TokenEmbedding);
    if (!embedding || embedding->group.tensor->shape.size() != 2 || !isPlain(*embedding->group.tensor))
        return std::nullopt;
    return TensorSize{embedding->group.tensor->shape[axis], embedding->group.tensor};
}

class Checker
{
public:
    Checker(const CountedModel &model, const ModelConfig &config, const StructureMatch &structure, bool complete)
        : m_model(model), m_config(config), m_structure(structure), m_complete(complete)
    {
    }

    std::vector<Finding> run()
    {
        layers();
        differ(FindingCode::HiddenSizeDisagrees, "hidden_size",
               m_config.embeddingSize ? m_config.embeddingSize : m_config.hiddenSize, countedHiddenSize(m_model));
        differ(FindingCode::VocabularyDisagrees, "vocab_size", m_config.vocabularySize, countedVocabulary(m_model));
        intermediate();
        heads();
        experts();
        nextToken();
        positions();
        tiedHead();
        dtype();
        names();
        return std::move(m_findings);
    }

private:
    void tell(FindingCode code, std::vector<std::string> arguments, std::string where, std::string evidence = {})
    {
        m_findings.push_back({code, std::move(arguments), std::move(where), std::move(evidence)});
    }

    std::string field(std::string_view name) const { return fieldNames(name, m_config); }

    /// As the file writes it, where its names were brought to the usual ones.
    static std::string storedPattern(const LeafGroup &group) { return group.written.empty() ? group.pattern : group.written; }

    std::string container() const
    {
        const bool renamed = std::any_of(m_model.groups.begin(), m_model.groups.end(),
                                         [](const CountedGroup &counted) { return counted.group.written.starts_with("blk."); });
        return renamed ? std::string("blk") : m_model.container;
    }

    std::string evidenceOf(const char *name, const std::optional<TensorSize> &counted) const
    {
        return field(name) + "; " + std::string(counted->tensor->name) + " " + counted->tensor->shape.text();
    }

    void differ(FindingCode code, const char *name, std::optional<int64_t> declared,
                const std::optional<TensorSize> &counted)
    {
        if (declared && counted && *declared != counted->value)
            tell(code, {std::to_string(*declared), std::to_string(counted->value)},
                 std::string(counted->tensor->name), evidenceOf(name, counted));
    }

    void layers()
    {
        // Of an architecture that is known, weights without any numbered layer lack them all.
        const bool none = m_model.family && !m_model.groups.empty() && m_model.container.empty();
        if (m_complete && m_config.layers && (m_model.layers > 0 || none) && *m_config.layers != m_model.layers)
            tell(FindingCode::LayersDisagree, {std::to_string(*m_config.layers), std::to_string(m_model.layers)},
                 container(), field("num_hidden_layers") + "; " + container());
    }

    void intermediate()
    {
        bool expert = false;
        const auto counted = countedIntermediate(m_model, expert);
        const bool own = expert && m_config.experts && m_config.experts->intermediateSize > 0;
        differ(FindingCode::IntermediateSizeDisagrees, own ? "moe_intermediate_size" : "intermediate_size",
               own ? std::optional(m_config.experts->intermediateSize) : m_config.intermediateSize, counted);
    }

    void rows(int64_t declared, const std::optional<TensorSize> &counted)
    {
        if (declared > 0 && counted && counted->value != declared)
            tell(FindingCode::HeadsDisagree,
                 {std::string(counted->tensor->name), std::to_string(declared), std::to_string(counted->value)},
                 std::string(counted->tensor->name),
                 evidenceOf("num_attention_heads, num_key_value_heads, head_dim", counted));
    }

    void heads()
    {
        const int64_t count = std::clamp<int64_t>(m_config.heads.value_or(0), 0, 1'000'000);
        const int64_t keys = std::clamp<int64_t>(m_config.kvHeadsOrDefault(), 0, 1'000'000);
        int64_t width = std::clamp<int64_t>(m_config.headDimOrDefault(), 0, 1'000'000);
        if (const auto &latent = m_config.latentAttention)
            width = std::clamp<int64_t>(latent->qkNopeHeadDim, 0, 1'000'000)
                    + std::clamp<int64_t>(latent->qkRopeHeadDim, 0, 1'000'000);
        rows(count * width, countedQueryRows(m_model));
        if (!m_config.latentAttention)
            rows(keys * width, countedKeyRows(m_model));
    }

    void experts()
    {
        const auto counted = countedExperts(m_model);
        if (m_complete && counted && m_config.experts && *counted != m_config.experts->routed) {
            tell(FindingCode::ExpertsDisagree, {std::to_string(m_config.experts->routed), std::to_string(*counted)},
                 "experts", field("n_routed_experts") + "; " + storedPattern(m_model.find(TensorPurpose::RoutedExpert)->group));
            m_expertsTold = true;
        }
    }

    void nextToken()
    {
        const int64_t counted = countedNextTokenLayers(m_model);
        if (m_complete && m_model.layers > 0 && m_config.mtpLayers && *m_config.mtpLayers != counted)
            tell(FindingCode::NextTokenDisagrees, {std::to_string(*m_config.mtpLayers), std::to_string(counted)},
                 field("num_nextn_predict_layers"), field("num_nextn_predict_layers") + "; " + container());
    }

    /// A table of learned positions; OPT's has two rows more, which are never positions.
    void positions()
    {
        static constexpr std::string_view kTables[] = {"wpe.weight", "embed_positions.weight",
                                                       "embeddings.position_embeddings.weight"};
        for (const CountedGroup &counted : m_model.groups) {
            const Shape &shape = counted.group.tensor->shape;
            const bool table = std::any_of(std::begin(kTables), std::end(kTables), [&](std::string_view ending) {
                return counted.group.endsWith(ending);
            });
            if (!table || !m_model.family || shape.size() != 2 || !m_config.contextLength)
                continue;
            const int64_t offset = std::string_view(m_model.family->modelType) == "opt" ? 2 : 0;
            if (shape[0] - offset < *m_config.contextLength)
                tell(FindingCode::PositionsDisagree,
                     {std::to_string(*m_config.contextLength), std::to_string(shape[0] - offset)},
                     std::string(counted.group.tensor->name),
                     field("max_position_embeddings") + "; " + std::string(counted.group.tensor->name) + " " + shape.text());
        }
    }

    void tiedHead()
    {
        if (m_model.tiedTwice && m_config.tiedEmbeddings)
            tell(FindingCode::TiedHeadDisagrees, {}, field("tie_word_embeddings"));
        const bool lacksHead = m_complete && m_model.task == ModelTask::LanguageModel
                               && m_model.find(TensorPurpose::TokenEmbedding)
                               && !m_model.find(TensorPurpose::Head);
        if (lacksHead && m_config.tiedEmbeddings == std::optional(false))
            tell(FindingCode::HeadMissing, {}, field("tie_word_embeddings"));
    }

    void dtype()
    {
        static constexpr std::pair<std::string_view, Dtype> kNames[] = {
            {"float32", Dtype::F32}, {"float16", Dtype::F16}, {"bfloat16", Dtype::BF16}, {"float64", Dtype::F64}};
        std::map<Dtype, uint64_t> elements;
        for (const CountedGroup &counted : m_model.groups)
            elements[counted.group.tensor->dtype] += counted.group.tensor->elements * counted.group.copies;
        const auto most = std::max_element(elements.begin(), elements.end(),
                                           [](const auto &a, const auto &b) { return a.second < b.second; });
        const auto declared = std::find_if(std::begin(kNames), std::end(kNames),
                                           [&](const auto &row) { return row.first == m_config.dtype; });
        if (most != elements.end() && declared != std::end(kNames) && m_config.quantizationMethod.empty()
            && m_model.packed.empty() && most->first != declared->second)
            tell(FindingCode::DtypeDisagrees, {m_config.dtype, dtypeName(most->first)}, "torch_dtype");
    }

    void names()
    {
        if (!m_model.family)
            return;
        const std::string architecture = m_config.architecture().empty() ? m_config.modelType : m_config.architecture();
        if (m_structure.disagrees) {
            // Names too many and too few follow from it.
            m_findings.push_back({FindingCode::ArchitectureDisagrees,
                                  {architecture, m_structure.family->classStem},
                                  field("architectures"),
                                  m_structure.evidence.pattern,
                                  m_structure.evidence.arguments});
            return;
        }
        // How many experts a layer lacks has been told.
        const int64_t experts = m_config.experts && !m_expertsTold
                                    ? std::clamp<int64_t>(m_config.experts->routed, 0, 100'000)
                                    : 0;
        const NameComparison names = compareNames(parsePatterns(m_model.family->tensors), grammarWeights(m_model),
                                                  m_model.layers, experts);
        if (names.unexpected > 0)
            tell(FindingCode::TensorsUnexpected,
                 {std::to_string(names.unexpected), architecture, names.unexpectedExample}, names.unexpectedExample);
        if (m_complete && names.missing > 0)
            tell(FindingCode::TensorsMissing,
                 {std::to_string(names.missing), architecture, asStored(names.missingExample)}, asStored(names.missingExample));
    }

    /// A pattern's name as this model would store it: "model.norm.weight". The head stands outside of what is wrapped.
    std::string asStored(const std::string &name) const
    {
        if (name == m_model.family->head)
            return name;
        for (const CountedGroup &counted : m_model.groups) {
            const std::string_view pattern = counted.group.pattern, bare = withoutBasePrefix(pattern);
            if (counted.group.written.empty() && bare.size() < pattern.size())
                return std::string(pattern.substr(0, pattern.size() - bare.size())) + name;
        }
        return name;
    }

    const CountedModel &m_model;
    const ModelConfig &m_config;
    const StructureMatch &m_structure;
    bool m_complete;
    bool m_expertsTold = false;
    std::vector<Finding> m_findings;
};

} // namespace

std::optional<TensorSize> countedHiddenSize(const CountedModel &model)
{
    return embeddingAxis(model, 1);
}

std::optional<TensorSize> countedVocabulary(const CountedModel &model)
{
    return embeddingAxis(model, 0);
}

std::optional<TensorSize> countedIntermediate(const CountedModel &model, bool &expert)
{
    const auto dense = sizeBy(model, kIntermediate, false);
    expert = !dense;
    return dense ? dense : sizeBy(model, kIntermediate, true);
}

std::optional<TensorSize> countedQueryRows(const CountedModel &model)
{
    return sizeBy(model, kQuery, false);
}

std::optional<TensorSize> countedKeyRows(const CountedModel &model)
{
    return sizeBy(model, kKey, false);
}

bool hasLatentAttention(const CountedModel &model)
{
    return std::any_of(model.groups.begin(), model.groups.end(), [](const CountedGroup &counted) {
        return counted.group.hasPart("kv_a_proj_with_mqa");
    });
}

std::vector<Finding> checkAgainstConfig(const CountedModel &model, const ModelConfig &config,
                                        const StructureMatch &structure, bool complete)
{
    return Checker(model, config, structure, complete).run();
}

} // namespace assay
