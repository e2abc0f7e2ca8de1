// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/tokenizercheck.h"

#include "core/model/chattemplate.h"
#include "core/model/fieldnames.h"

#include <algorithm>
#include <cctype>

namespace assay {
namespace {

// Makers round vocabularies up for their kernels; beyond this it is more than that.
constexpr int64_t kUsualPadding = 1024;
constexpr int64_t kUsualShare = 50; // one row in so many

std::string joined(const std::vector<int64_t> &ids)
{
    std::string out;
    for (const int64_t id : ids)
        out += (out.empty() ? "" : ", ") + std::to_string(id);
    return out;
}

bool contains(const std::vector<int64_t> &ids, int64_t id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool soundsLikeChat(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return name.find("chat") != std::string::npos || name.find("instruct") != std::string::npos
           || name.ends_with("-it") || name.find("-it-") != std::string::npos;
}

class TokenizerChecker
{
public:
    TokenizerChecker(const ModelDirectory &directory, const ModelConfig &config,
                     const std::optional<GenerationConfig> &generation, std::optional<int64_t> rows)
        : m_directory(directory), m_config(config), m_generation(generation), m_rows(rows),
          m_claims(readTokenizerClaims(directory))
    {
    }

    std::vector<Finding> run()
    {
        vocabulary();
        ends();
        beginning();
        tokenizerTokens();
        context();
        chatTemplate();
        return std::move(m_findings);
    }

private:
    void vocabulary()
    {
        if (!m_claims.largestId || !m_rows)
            return;
        const int64_t ids = *m_claims.largestId, unused = *m_rows - ids - 1;
        const char *evidence = ASSAY_TEXT("Reason", "largest id %1, rows %2");
        const std::vector<std::string> figures{std::to_string(ids), std::to_string(*m_rows)};
        if (unused < 0)
            m_findings.push_back({FindingCode::TokenizerVocabularyLarger,
                                  {std::to_string(ids), std::to_string(*m_rows)},
                                  ASSAY_TEXT("Reason", "tokenizer"),
                                  evidence,
                                  figures});
        else if (m_claims.complete && unused > kUsualPadding && unused > *m_rows / kUsualShare)
            m_findings.push_back({FindingCode::VocabularyUnused, {std::to_string(unused)}, ASSAY_TEXT("Reason", "tokenizer"), evidence, figures});
    }

    void disagree(const char *role, const std::string &a, const std::string &inA, const std::string &b,
                  const std::string &inB)
    {
        m_findings.push_back({FindingCode::SpecialTokenDisagrees, {role, a, inA, b, inB}, inB, {}});
    }

    /// Generation may stop at more tokens than the config names, not at other ones.
    void ends()
    {
        if (!m_generation || m_generation->eosTokens.empty() || m_config.eosTokens.empty())
            return;
        const auto &stops = m_generation->eosTokens;
        if (std::none_of(m_config.eosTokens.begin(), m_config.eosTokens.end(),
                         [&](int64_t id) { return contains(stops, id); }))
            disagree("eos_token", joined(m_config.eosTokens), fieldSource("eos_token_id", m_config), joined(stops),
                     "generation_config.json");
    }

    void beginning()
    {
        if (!m_generation || !m_generation->bosToken || !m_config.bosToken || *m_config.bosToken == *m_generation->bosToken)
            return;
        disagree("bos_token", std::to_string(*m_config.bosToken), fieldSource("bos_token_id", m_config),
                 std::to_string(*m_generation->bosToken), "generation_config.json");
    }

    /// The generation config goes by what programs do; only without one the config speaks for it.
    void tokenizerTokens()
    {
        for (const SpecialToken &token : m_claims.specials) {
            const bool generation = m_generation.has_value();
            std::vector<int64_t> ids;
            std::string source = fieldSource(token.role + "_id", m_config);
            if (token.role == "eos_token") {
                const bool own = generation && !m_generation->eosTokens.empty();
                ids = own ? m_generation->eosTokens : m_config.eosTokens;
                source = own ? "generation_config.json" : source;
            } else if (token.role == "bos_token") {
                const bool own = generation && m_generation->bosToken.has_value();
                const auto id = own ? m_generation->bosToken : m_config.bosToken;
                ids = id ? std::vector<int64_t>{*id} : std::vector<int64_t>();
                source = own ? "generation_config.json" : source;
            }
            const std::string shown = std::to_string(token.id) + (token.text.empty() ? "" : " (" + token.text + ")");
            if (!ids.empty() && !contains(ids, token.id))
                disagree(token.role.c_str(), joined(ids), source, shown, token.source);
        }
    }

    void context()
    {
        if (m_claims.contextLength && m_config.contextLength && *m_claims.contextLength != *m_config.contextLength)
            m_findings.push_back({FindingCode::ContextDisagrees,
                                  {fieldSource("max_position_embeddings", m_config),
                                   std::to_string(*m_config.contextLength), "tokenizer_config.json",
                                   std::to_string(*m_claims.contextLength)},
                                  "tokenizer_config.json",
                                  fieldNames("max_position_embeddings", m_config) + ", model_max_length"});
    }

    void chatTemplate()
    {
        const bool tokenizer = !m_directory.tokenizerFiles.empty()
                               || m_directory.checkpoint.findMetadata("tokenizer.ggml.tokens");
        if (!tokenizer || (!m_claims.chatTokens && !soundsLikeChat(m_directory.name))
            || !readChatTemplates(m_directory).empty())
            return;
        m_findings.push_back({FindingCode::ChatTemplateMissing,
                              {},
                              "chat_template",
                              m_claims.chatTokens ? "added_tokens" : m_directory.name});
    }

    const ModelDirectory &m_directory;
    const ModelConfig &m_config;
    const std::optional<GenerationConfig> &m_generation;
    std::optional<int64_t> m_rows;
    TokenizerClaims m_claims;
    std::vector<Finding> m_findings;
};

} // namespace

std::vector<Finding> checkTokenizer(const ModelDirectory &directory, const ModelConfig &config,
                                    const std::optional<GenerationConfig> &generation, std::optional<int64_t> rows)
{
    return TokenizerChecker(directory, config, generation, rows).run();
}

} // namespace assay
