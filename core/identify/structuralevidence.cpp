// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence of declared metadata and of the tensors' names, shapes and counts.
#include "core/identify/structuralevidence.h"

#include "core/base/units.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

using nlohmann::json;
using Kind = Evidence::Kind;

constexpr size_t kMostListed = 400, kMostNamed = 4;

constexpr std::array kDeclaredFields{"architecture",        "num_hidden_layers", "hidden_size",       "intermediate_size",     "num_attention_heads",
                                     "num_key_value_heads", "vocab_size",        "n_routed_experts",  "num_experts_per_tok",   "kv_lora_rank",
                                     "q_lora_rank",         "rope_theta",        "moe_intermediate_size"};
constexpr std::array kCountedFields{"num_hidden_layers", "hidden_size", "n_routed_experts"};

struct FieldDifference
{
    std::string field;
    json found, expected;
};

std::string joined(const std::vector<std::string> &parts)
{
    std::string out;
    for (size_t i = 0; i < parts.size() && i < kMostNamed; ++i)
        out += (i > 0 ? "; " : "") + parts[i];
    return parts.size() > kMostNamed ? out + "; ..." : out;
}

std::string shown(const json &value)
{
    return value.is_string() ? value.get<std::string>() : value.is_array() && !value.empty() ? shown(value.front()) : value.dump();
}

FoundFacts only(const FoundFacts &facts, FoundBy by)
{
    FoundFacts out;
    for (const auto &[field, found] : facts.fields) {
        if (found.by == by)
            out.fields.emplace(field, found);
    }
    return out;
}

/// Fields in which one provenance of the subject is not what is published of the model; `compared` counts those that could be held.
template <size_t n>
std::vector<FieldDifference> differences(const std::array<const char *, n> &fields, const FoundFacts &facts, const Profile &claimed, size_t &compared)
{
    std::vector<FieldDifference> out;
    for (const char *field : fields) {
        const Found *mine = facts.best(field), *theirs = claimed.facts.best(field);
        if (!mine || !theirs)
            continue;
        ClaimSheet sheet;
        sheet.claims.push_back({field, {}, field, theirs->value, findClaimField(field)->unit, {}, {}});
        const ClaimVerdict verdict = checkClaims(sheet, {}, facts, {}).front().verdict;
        compared += verdict == ClaimVerdict::Supported || verdict == ClaimVerdict::Contradicted;
        if (verdict == ClaimVerdict::Contradicted)
            out.push_back({field, mine->value, theirs->value});
    }
    return out;
}

std::vector<std::string> namesOf(const std::vector<FieldDifference> &list)
{
    std::vector<std::string> out;
    for (const FieldDifference &one : list)
        out.push_back(one.field + " " + shown(one.found) + " / " + shown(one.expected));
    return out;
}

json numbersOf(const std::vector<FieldDifference> &list)
{
    json out = json::array();
    for (const FieldDifference &one : list)
        out.push_back({{"field", one.field}, {"found", one.found}, {"expected", one.expected}});
    return out;
}

Evidence made(Tier tier, Kind kind, const char *test, const char *channel, Told what)
{
    Evidence out;
    out.tier = tier;
    out.kind = kind;
    out.test = test;
    out.channel = channel;
    out.what = std::move(what);
    return out;
}

std::optional<Evidence> declaredEvidence(const FoundFacts &facts, const Profile &claimed)
{
    size_t compared = 0;
    const auto wrong = differences(kDeclaredFields, only(facts, FoundBy::Declared), claimed, compared);
    if (compared == 0)
        return std::nullopt;
    if (wrong.empty()) {
        Evidence out = made(Tier::Declared, Kind::Consistent, "declared.config", "files",
                            {ASSAY_TEXT("Identity", "The config declares what is published of %1 ({2:%2 field|%2 fields} compared)."), {claimed.title, std::to_string(compared)}});
        if (!claimed.sameConfig.empty())
            out.what = {ASSAY_TEXT("Identity", "The config declares what is published of %1, and of %2, which no config tells from it."),
                        {claimed.title, joined(claimed.sameConfig)}};
        out.n = int64_t(compared);
        return out;
    }
    Evidence out = made(Tier::Declared, Kind::Contradiction, "declared.config", "files",
                        {ASSAY_TEXT("Identity", "What the config declares is incompatible with %1 (declared / published): %2."), {claimed.title, joined(namesOf(wrong))}});
    out.n = int64_t(compared);
    out.numbers["differences"] = numbersOf(wrong);
    out.benign = {{ASSAY_TEXT("Identity", "The folder may have been named after the model that another one was distilled from."), {}}};
    return out;
}

/// Config and tensors of one folder that are of two models.
std::optional<Evidence> againstTensors(const FoundFacts &facts)
{
    std::vector<FieldDifference> wrong;
    for (const char *field : {"num_hidden_layers", "hidden_size", "intermediate_size", "n_routed_experts"}) {
        const FoundFacts counted = only(facts, FoundBy::Counted), declared = only(facts, FoundBy::Declared);
        const Found *mine = counted.best(field), *said = declared.best(field);
        if (mine && said && mine->value.is_number() && said->value.is_number() && mine->value.get<double>() != said->value.get<double>())
            wrong.push_back({field, mine->value, said->value});
    }
    if (wrong.empty())
        return std::nullopt;
    Evidence out = made(Tier::Declared, Kind::Contradiction, "declared.against_tensors", "self",
                        {ASSAY_TEXT("Identity", "The config is not that of these tensors (counted / declared): %1."), {joined(namesOf(wrong))}});
    out.numbers["differences"] = numbersOf(wrong);
    out.benign = {{ASSAY_TEXT("Identity", "The config of another model may have been copied here by mistake."), {}}};
    return out;
}

bool packed(const std::map<std::string, uint64_t> &structure)
{
    return std::any_of(structure.begin(), structure.end(), [](const auto &entry) {
        const std::string_view name = std::string_view(entry.first).substr(0, entry.first.rfind(" ["));
        return name.ends_with(".qweight") || name.ends_with(".weight_packed") || name.ends_with(".absmax") || name.ends_with("_blocks");
    });
}

json numbersOf(const StructureComparison &comparison)
{
    json list = json::array();
    for (const TensorDifference &one : comparison.differences) {
        if (list.size() == kMostListed)
            break;
        list.push_back({{"kind", tensorDifferenceName(one.kind)}, {"name", one.name}, {"found", one.found}, {"expected", one.expected}});
    }
    return {{"share", comparison.share}, {"total", comparison.differences.size()}, {"tensors", std::move(list)}};
}

std::vector<std::string> namesOf(const StructureComparison &comparison)
{
    std::vector<std::string> out;
    for (const TensorDifference &one : comparison.differences)
        out.push_back(one.name + ": " + one.found + " / " + one.expected);
    return out;
}

/// With files missing only what is there speaks: other shapes, tensors that the model does not have.
bool contradicts(const StructureComparison &comparison, const StructuralSubject &subject, const Profile &claimed)
{
    if (subject.complete)
        return true;
    return std::any_of(subject.structure.begin(), subject.structure.end(),
                       [&](const auto &entry) { return !isScaleKey(entry.first) && !claimed.structure.contains(entry.first); })
           && comparison.share < 1;
}

Evidence tensorEvidence(const StructureComparison &comparison, const StructuralSubject &subject, const Profile &claimed)
{
    Evidence out = made(Tier::Weights, Kind::Consistent, "weights.structure", "tensors",
                        {ASSAY_TEXT("Identity", "Every tensor has the name and the shape that %1 has."), {claimed.title}});
    out.numbers = numbersOf(comparison);
    if (comparison.equal())
        return out;
    if (comparison.equalWithoutNextToken()) {
        out.what = {ASSAY_TEXT("Identity", "Every tensor has the name and the shape that %1 has; its layers of next-token prediction are not stored."), {claimed.title}};
        return out;
    }
    if (!contradicts(comparison, subject, claimed)) {
        out.kind = Kind::Note;
        out.what = {ASSAY_TEXT("Identity", "Files are missing; the tensors that are here have names and shapes that %1 has."), {claimed.title}};
        return out;
    }
    out.kind = Kind::Contradiction;
    out.what = {ASSAY_TEXT("Identity", "The tensors are incompatible with %1: %2 of them are the same, %3 {3:pattern differs|patterns differ} (found / expected): %4."),
                {claimed.title, formatPercent(comparison.share), std::to_string(comparison.differences.size()), joined(namesOf(comparison))}};
    return out;
}

/// Where tensors are named otherwise or packed, what is counted the same in every format is left.
std::optional<Evidence> countEvidence(const StructuralSubject &subject, const Profile &claimed)
{
    size_t compared = 0;
    const auto wrong = differences(kCountedFields, only(subject.facts, FoundBy::Counted), claimed, compared);
    if (compared == 0)
        return std::nullopt;
    Evidence out = made(Tier::Weights, wrong.empty() ? Kind::Consistent : Kind::Contradiction, "weights.counts", "tensors",
                        {ASSAY_TEXT("Identity", "Tensors are named or packed otherwise here; what can be counted all the same is as in %1."), {claimed.title}});
    out.n = int64_t(compared);
    if (!wrong.empty()) {
        out.what = {ASSAY_TEXT("Identity", "What is counted in the tensors is incompatible with %1 (counted / published): %2."), {claimed.title, joined(namesOf(wrong))}};
        out.numbers["differences"] = numbersOf(wrong);
    }
    return out;
}

} // namespace

std::vector<Evidence> structuralEvidence(const StructuralSubject &subject, const Profile &claimed)
{
    std::vector<Evidence> out;
    const auto add = [&out](std::optional<Evidence> one) {
        if (one)
            out.push_back(std::move(*one));
    };
    add(declaredEvidence(subject.facts, claimed));
    if (subject.structure.empty())
        return out;
    add(againstTensors(subject.facts));
    if (claimed.structure.empty()) {
        add(countEvidence(subject, claimed));
        return out;
    }
    const StructureComparison comparison = compareStructures(subject.structure, claimed.structure);
    const bool otherwise = comparison.sharedNames == 0 || (packed(subject.structure) && !packed(claimed.structure));
    if (otherwise)
        add(countEvidence(subject, claimed));
    else
        add(tensorEvidence(comparison, subject, claimed));
    return out;
}

std::optional<Evidence> nameEvidence(const FoundFacts &facts, std::span<const ProfileMatch> nearest, std::span<const Profile> profiles)
{
    if (nearest.empty() || !nearest.front().structureEqual)
        return std::nullopt;
    const Profile &is = *nearest.front().profile;
    for (const std::string &name : {facts.best("name_or_path") ? shown(facts.best("name_or_path")->value) : std::string(), facts.name}) {
        for (const Profile &profile : profiles) {
            const bool named = std::any_of(profile.names.begin(), profile.names.end(), [&](const std::string &one) { return !name.empty() && name == one; });
            const bool equal = profile.id == is.id || profile.structure == is.structure;
            if (named && !equal)
                return made(Tier::Declared, Kind::Note, "declared.name", "files",
                            {ASSAY_TEXT("Identity", "It is called %1, but its tensors are those of %2. A name is only a claim."), {name, is.title}});
        }
    }
    return std::nullopt;
}

} // namespace assay
