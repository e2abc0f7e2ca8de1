// SPDX-License-Identifier: GPL-3.0-or-later
// What a directory's files declare and its tensors count, in the words of claims.
#include "core/identify/found.h"

#include <algorithm>

namespace assay {
namespace {

using nlohmann::json;

class Collector
{
public:
    explicit Collector(const Inspection &inspection)
        : m_facts(inspection.facts), m_config(inspection.facts.config), m_weights(!inspection.directory.checkpoint.tensors.empty()),
          m_complete(inspection.directory.checkpoint.complete())
    {
        m_out.name = m_facts.name;
        m_out.path = inspection.directory.path.string();
    }

    FoundFacts collect()
    {
        declared();
        experts();
        if (m_weights)
            counted();
        words();
        return std::move(m_out);
    }

private:
    template <class T>
    void declare(const char *field, const std::optional<T> &value)
    {
        if (value)
            m_out.add(field, *value, FoundBy::Declared, file());
    }
    std::string file() const { return m_config.metadataName.empty() ? "config.json" : m_config.metadataName; }

    void declared()
    {
        declare("num_hidden_layers", m_config.layers);
        declare("hidden_size", m_config.hiddenSize);
        declare("intermediate_size", m_config.intermediateSize);
        declare("num_attention_heads", m_config.heads);
        declare("num_key_value_heads", m_config.kvHeads);
        if (!m_config.latentAttention && m_config.heads && m_config.headDimOrDefault() > 0)
            m_out.add("head_dim", m_config.headDimOrDefault(), m_config.headDim ? FoundBy::Declared : FoundBy::Derived, file());
        declare("max_position_embeddings", m_config.contextLength);
        declare("vocab_size", m_config.vocabularySize);
        declare("rope_theta", m_config.ropeTheta);
        declare("rms_norm_eps", m_config.normEpsilon);
        declare("tie_word_embeddings", m_config.tiedEmbeddings);
        declare("num_nextn_predict_layers", m_config.mtpLayers);
        if (!m_config.modelType.empty())
            m_out.add("model_type", m_config.modelType, FoundBy::Declared, file());
        if (!m_config.nameOrPath.empty())
            m_out.add("name_or_path", m_config.nameOrPath, FoundBy::Told, file());
        if (const auto &latent = m_config.latentAttention) {
            m_out.add("kv_lora_rank", latent->kvRank, FoundBy::Declared, file());
            if (latent->qRank > 0)
                m_out.add("q_lora_rank", latent->qRank, FoundBy::Declared, file());
        }
    }

    void experts()
    {
        const auto &experts = m_config.experts;
        if (!experts || experts->routed <= 0)
            return;
        m_out.add("n_routed_experts", experts->routed, FoundBy::Declared, file());
        m_out.add("num_experts_per_tok", experts->active, FoundBy::Declared, file());
        if (experts->shared > 0)
            m_out.add("n_shared_experts", experts->shared, FoundBy::Declared, file());
        if (experts->firstDenseLayers > 0)
            m_out.add("first_k_dense_replace", experts->firstDenseLayers, FoundBy::Declared, file());
        if (experts->intermediateSize > 0)
            m_out.add("moe_intermediate_size", experts->intermediateSize, FoundBy::Declared, file());
    }

    void count(const char *field, const SizeFact &fact)
    {
        if (fact.value && fact.provenance != Provenance::Declared)
            m_out.add(field, *fact.value, FoundBy::Counted, fact.evidence);
    }

    void counted()
    {
        const std::string tensors = "tensors";
        if (m_facts.layers > 0 && m_facts.layersProvenance != Provenance::Declared)
            m_out.add("num_hidden_layers", m_facts.layers, FoundBy::Counted, tensors);
        count("hidden_size", m_facts.hiddenSize);
        count("vocab_size", m_facts.vocabularySize);
        count("intermediate_size", m_facts.intermediateSize);
        if (m_facts.countedExperts)
            m_out.add("n_routed_experts", *m_facts.countedExperts, FoundBy::Counted, tensors);
        if (m_complete)
            countedSizes(tensors);
    }

    /// With shards missing these would be sums over a part.
    void countedSizes(const std::string &tensors)
    {
        // The model is what runs, but its files hold next-token layers and scales as well, and people count either.
        const ParameterCounts &counts = m_facts.parameters;
        for (const uint64_t total : {counts.main, counts.total, counts.storedElements}) {
            if (total > 0)
                m_out.add("parameters.total", total, FoundBy::Counted, tensors);
        }
        for (const uint64_t active : {counts.active, counts.activeWithHead}) {
            if (active > 0)
                m_out.add("parameters.active", active, FoundBy::Counted, tensors);
        }
        for (const uint64_t bytes : {m_facts.weightBytes, m_facts.fileBytes}) {
            if (bytes > 0)
                m_out.add("weights.bytes", bytes, FoundBy::Counted, tensors);
        }
    }

    std::string mainDtype() const
    {
        const auto most = std::max_element(m_facts.dtypes.begin(), m_facts.dtypes.end(),
                                           [](const auto &a, const auto &b) { return a.second.elements < b.second.elements; });
        return most == m_facts.dtypes.end() ? std::string() : most->first;
    }

    /// Words: each is another true name of the same thing.
    void words()
    {
        architecture();
        if (!m_facts.activation.empty()) {
            json names = json::array({m_facts.activation});
            m_out.add("hidden_act", std::move(names), m_config.activation.empty() ? FoundBy::Derived : FoundBy::Declared, file());
        }
        if (!m_facts.normalization.empty())
            m_out.add("norm", m_facts.normalization, m_weights ? FoundBy::Counted : FoundBy::Derived, m_weights ? "tensors" : file());
        if (!m_facts.position.empty()) {
            json names = json::array({m_facts.position});
            if (m_config.ropeScaling && m_config.ropeScaling->type != "default")
                names.push_back(m_config.ropeScaling->type);
            m_out.add("position_encoding", std::move(names), FoundBy::Derived, file());
        }
        if (const std::string dtype = mainDtype(); m_weights && !dtype.empty())
            m_out.add("dtype", m_facts.quantization.empty() ? json::array({dtype}) : json::array({dtype, m_facts.quantization}), FoundBy::Counted, "tensors");
        else if (!m_config.quantizationMethod.empty())
            m_out.add("dtype", m_config.quantizationMethod, FoundBy::Declared, file());
        else if (!m_config.dtype.empty())
            m_out.add("dtype", m_config.dtype, FoundBy::Declared, file());
        const bool sees = m_config.text.find("\"vision_config\"") != std::string::npos || findModule(m_facts.modules, ModuleKind::VisionTower);
        if (m_facts.hasConfig || m_weights)
            m_out.add("modality", sees ? json::array({"text", "image"}) : json::array({"text"}), m_weights ? FoundBy::Counted : FoundBy::Derived, file());
    }

    void architecture()
    {
        json names = json::array();
        for (const std::string &name : {m_config.architecture(), m_config.modelType}) {
            if (!name.empty())
                names.push_back(name);
        }
        if (names.empty() && m_facts.attention == AttentionKind::Unknown)
            return;
        names.push_back((m_config.experts && m_config.experts->routed > 0) || m_facts.countedExperts.value_or(0) > 0 ? "mixture of experts" : "dense");
        names.push_back("transformer");
        if (m_config.latentAttention)
            names.push_back("latent attention");
        m_out.add("architecture", std::move(names), FoundBy::Declared, file());
        for (const Finding &finding : m_facts.findings) {
            if (finding.code == FindingCode::ArchitectureDisagrees && finding.arguments.size() > 1)
                m_out.add("architecture", json::array({finding.arguments[1]}), FoundBy::Counted, "tensors");
        }
    }

    const ModelFacts &m_facts;
    const ModelConfig &m_config;
    const bool m_weights, m_complete;
    FoundFacts m_out;
};

} // namespace

FoundFacts foundIn(const Inspection &inspection)
{
    return Collector(inspection).collect();
}

} // namespace assay
