// SPDX-License-Identifier: GPL-3.0-or-later
// Which known models a subject is like, and why.
#include "core/identify/profile.h"

#include "core/base/units.h"
#include "core/identify/claimsheet.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {
namespace {

/// How much a field tells models apart. Sizes that are chosen freely weigh more than what whole families share.
struct FieldWeight
{
    const char *field;
    double weight;
};
constexpr std::array kWeights{
    FieldWeight{"num_hidden_layers", 3},  FieldWeight{"hidden_size", 3},          FieldWeight{"vocab_size", 3},
    FieldWeight{"n_routed_experts", 3},   FieldWeight{"parameters.total", 3},     FieldWeight{"num_attention_heads", 2},
    FieldWeight{"num_key_value_heads", 2}, FieldWeight{"intermediate_size", 2},   FieldWeight{"max_position_embeddings", 2},
    FieldWeight{"model_type", 2},         FieldWeight{"architecture", 2},         FieldWeight{"head_dim", 1},
    FieldWeight{"rope_theta", 1},         FieldWeight{"num_experts_per_tok", 1},  FieldWeight{"moe_intermediate_size", 1},
    FieldWeight{"n_shared_experts", 1},   FieldWeight{"first_k_dense_replace", 1}, FieldWeight{"kv_lora_rank", 1},
    FieldWeight{"q_lora_rank", 1},        FieldWeight{"tie_word_embeddings", 1},  FieldWeight{"rms_norm_eps", 0.5},
    FieldWeight{"hidden_act", 0.5},       FieldWeight{"norm", 0.5},               FieldWeight{"position_encoding", 0.5},
};
constexpr double kStructureWeight = 20;

std::string shown(const nlohmann::json &value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number_integer())
        return groupedDigits(value.get<int64_t>());
    if (value.is_array() && !value.empty())
        return shown(value.front());
    return value.dump();
}

/// A row of one field, judged as a claim is.
ClaimVerdict held(const char *field, const FoundFacts &subject, const Profile &profile)
{
    const Found *theirs = profile.facts.best(field);
    if (!theirs || !subject.best(field))
        return ClaimVerdict::NotTested;
    ClaimSheet sheet;
    sheet.claims.push_back({field, {}, field, theirs->value, findClaimField(field)->unit, {}, {}});
    const ClaimVerdict first = checkClaims(sheet, {}, subject, {}).front().verdict;
    if (first != ClaimVerdict::Contradicted)
        return first;
    // Of several figures that are true of the model any will do.
    const auto [begin, end] = profile.facts.fields.equal_range(field);
    for (auto it = begin; it != end; ++it) {
        sheet.claims.front().claimed = it->second.value;
        if (checkClaims(sheet, {}, subject, {}).front().verdict == ClaimVerdict::Supported)
            return ClaimVerdict::Supported;
    }
    return first;
}

class Matcher
{
public:
    Matcher(const FoundFacts &subject, const std::map<std::string, uint64_t> &structure) : m_subject(subject), m_structure(structure) {}

    std::optional<std::pair<ProfileMatch, double>> match(const Profile &profile) const
    {
        ProfileMatch out;
        out.profile = &profile;
        double told = 0, agreed = 0;
        compareTensors(profile, out, told, agreed);
        for (const FieldWeight &one : kWeights) {
            const ClaimVerdict verdict = held(one.field, m_subject, profile);
            if (verdict != ClaimVerdict::Supported && verdict != ClaimVerdict::Contradicted)
                continue;
            const std::string mine = shown(m_subject.best(one.field)->value), theirs = shown(profile.facts.best(one.field)->value);
            told += one.weight;
            if (verdict == ClaimVerdict::Supported) {
                agreed += one.weight;
                out.agrees.push_back({ASSAY_TEXT("Identity", "%1: %2"), {one.field, mine}});
            } else if (std::string_view(one.field) == "n_routed_experts") {
                out.differs.insert(out.differs.begin(), {ASSAY_TEXT("Identity", "It has %1 of the %2 experts."), {mine, theirs}});
            } else {
                out.differs.push_back({ASSAY_TEXT("Identity", "%1: %2, there %3"), {one.field, mine, theirs}});
            }
        }
        if (told <= 0)
            return std::nullopt;
        out.score = agreed / told;
        return std::pair(std::move(out), agreed);
    }

private:
    void compareTensors(const Profile &profile, ProfileMatch &out, double &told, double &agreed) const
    {
        if (m_structure.empty() || profile.structure.empty())
            return;
        const StructureComparison comparison = compareStructures(m_structure, profile.structure);
        if (comparison.sharedNames == 0) // another way to name tensors says nothing
            return;
        out.structureEqual = comparison.equal() || comparison.equalWithoutNextToken();
        told += kStructureWeight;
        agreed += kStructureWeight * (out.structureEqual ? 1 : comparison.patternShare);
        if (out.structureEqual)
            out.agrees.push_back({ASSAY_TEXT("Identity", "Every tensor's name and shape."), {}});
        else
            out.differs.push_back({ASSAY_TEXT("Identity", "%1 of the tensors have the same name and shape."), {formatPercent(comparison.share)}});
    }

    const FoundFacts &m_subject;
    const std::map<std::string, uint64_t> &m_structure;
};

} // namespace

std::vector<ProfileMatch> matchProfiles(const FoundFacts &subject, const std::map<std::string, uint64_t> &structure, std::span<const Profile> profiles)
{
    const Matcher matcher(subject, structure);
    std::vector<std::pair<ProfileMatch, double>> matches;
    for (const Profile &profile : profiles) {
        if (auto match = matcher.match(profile))
            matches.push_back(std::move(*match));
    }
    // Of equal scores the one that more was held against.
    std::stable_sort(matches.begin(), matches.end(), [](const auto &a, const auto &b) {
        if (a.first.structureEqual != b.first.structureEqual)
            return a.first.structureEqual;
        return a.first.score != b.first.score ? a.first.score > b.first.score : a.second > b.second;
    });
    std::vector<ProfileMatch> out;
    for (auto &[match, agreed] : matches)
        out.push_back(std::move(match));
    return out;
}

} // namespace assay
