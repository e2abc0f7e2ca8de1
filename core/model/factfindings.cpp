// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/factfindings.h"

#include "core/model/checks.h"
#include "core/model/claims.h"
#include "core/model/fieldnames.h"
#include "core/model/ggufchecks.h"
#include "core/model/tokenizercheck.h"

#include <algorithm>

namespace assay {
namespace {

class Ledger
{
public:
    Ledger(ModelFacts &facts, const ModelDirectory &directory, const CountedModel &model)
        : m_facts(facts), m_directory(directory), m_model(model), m_complete(directory.checkpoint.complete())
    {
    }

    void run()
    {
        append(m_directory.findings);
        append(m_directory.checkpoint.findings);
        if (auto fileType = checkGgufFileType(m_directory.checkpoint))
            append({*fileType});
        if (isAdapter())
            adapter();
        else
            model();
        if (!m_facts.config.remoteModules.empty())
            remoteCode();
        if (m_facts.licence.empty() && m_directory.files)
            append({{FindingCode::LicenceMissing, {}, ASSAY_TEXT("Reason", "licence"), "README.md, LICENSE, general.license"}});
        auto &findings = m_facts.findings;
        std::stable_sort(findings.begin(), findings.end(),
                         [](const Finding &a, const Finding &b) { return rank(a) > rank(b); });
    }

private:
    /// What can harm the reader's machine comes before what is merely wrong.
    static int rank(const Finding &finding)
    {
        const bool danger =
            finding.code == FindingCode::PickleRunsCode || finding.code == FindingCode::ExternalDataUnsafe;
        return 2 * int(definitionOf(finding.code).severity) + (danger ? 1 : 0);
    }

    void append(const std::vector<Finding> &more)
    {
        m_facts.findings.insert(m_facts.findings.end(), more.begin(), more.end());
    }

    /// Most of what is stored belongs to an adapter; a whole model may have one merged in beside its weights.
    bool isAdapter() const
    {
        if (!m_facts.adapter)
            return false;
        uint64_t own = 0, all = 0;
        for (const CountedGroup &counted : m_model.groups) {
            if (counted.kind.role != TensorRole::Weight)
                continue;
            const std::string &name = counted.group.pattern;
            const bool adapts = name.find("lora_") != std::string::npos || name.find("hada_") != std::string::npos
                                || name.find("lokr_") != std::string::npos || name.find("ia3_") != std::string::npos
                                || name.find("prompt_embeddings") != std::string::npos;
            all += counted.group.copies;
            own += adapts ? counted.group.copies : 0;
        }
        return all == 0 ? !m_facts.hasConfig : own * 2 > all;
    }

    /// What an adapter lacks belongs to its base model.
    void adapter()
    {
        const AdapterFacts &adapter = *m_facts.adapter;
        auto &findings = m_facts.findings;
        findings.erase(std::remove_if(findings.begin(), findings.end(),
                                      [](const Finding &finding) { return finding.code == FindingCode::ConfigMissing; }),
                       findings.end());
        std::string evidence = adapter.declared ? "adapter_config.json" : "lora_A, lora_B";
        if (adapter.rank)
            evidence += ", r " + std::to_string(*adapter.rank);
        for (const std::string &target : adapter.targets)
            evidence += (&target == &adapter.targets.front() ? ": " : ", ") + target;
        append({{FindingCode::AdapterOnly,
                 {adapter.baseModel.empty() ? ASSAY_TEXT("Reason", "a model that is not named") : adapter.baseModel},
                 adapter.declared ? "adapter_config.json" : m_facts.name,
                 evidence}});
    }

    void model()
    {
        const ModelConfig &config = m_facts.config;
        const StructureMatch structure = matchStructure(m_model, config, m_complete);
        if (m_facts.hasConfig) {
            if (!m_model.family)
                append({{FindingCode::ArchitectureUnknown,
                         {!config.architectures.empty() ? config.architecture()
                          : !config.modelType.empty()   ? config.modelType
                                                        : ASSAY_TEXT("Reason", "without a name")},
                         fieldNames("architectures", config),
                         structure.family ? std::string("= ") + structure.family->classStem : std::string()}});
            if (!m_model.groups.empty())
                append(checkAgainstConfig(m_model, config, structure, m_complete));
        }
        append(checkQuantization(m_model, config, m_facts.hasConfig, m_complete));
        append(checkName(m_facts, structure, m_model, m_complete));
        const SizeFact &rows = m_facts.vocabularySize;
        append(checkTokenizer(m_directory, config, m_facts.generation,
                              rows.provenance == Provenance::Counted ? rows.value : std::nullopt));
    }

    void remoteCode()
    {
        std::string files;
        for (const std::string &module : m_facts.config.remoteModules)
            files += (files.empty() ? "" : ", ") + module + ".py";
        append({{FindingCode::RemoteCode, {files}, "auto_map", "auto_map"}});
    }

    ModelFacts &m_facts;
    const ModelDirectory &m_directory;
    const CountedModel &m_model;
    bool m_complete;
};

} // namespace

void takeFindings(ModelFacts &facts, const ModelDirectory &directory, const CountedModel &model)
{
    Ledger(facts, directory, model).run();
}

} // namespace assay
