// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/implementationmarks.h"

#include "core/identify/weights/aboutweights.h"
#include "core/model/partroles.h"

#include <algorithm>

namespace assay {
namespace {

using R = PartRole;
using M = ModuleKind;

constexpr R kBiasedAttention[] = {R::Query, R::Key, R::Value, R::QueryKeyValue, R::AttentionOutput};
constexpr R kBiasedMlp[] = {R::Gate, R::Up, R::GateUp, R::Down};

/// Groups of tensors with the role that each plays.
struct RoleGroup
{
    R role;
    const LeafGroup *group;
    bool bias;
};

std::vector<RoleGroup> roleGroups(const std::vector<LeafGroup> &groups)
{
    std::vector<RoleGroup> roles;
    for (const LeafGroup &group : groups) {
        const std::string_view suffix = parameterSuffix(group.pattern);
        roles.push_back({partRoleOf(group), &group, suffix == "bias"});
    }
    return roles;
}

template <size_t N> bool isOneOf(R role, const R (&roles)[N])
{
    return std::find(std::begin(roles), std::end(roles), role) != std::end(roles);
}

std::string nameOf(const LeafGroup &group)
{
    return group.tensor ? std::string(group.tensor->name) : group.pattern;
}

const ModuleFact *module(const ModelFacts &facts, M kind)
{
    return findModule(facts.modules, kind);
}

/// Whether parts of these roles have biases; nothing where the model has no such part.
template <size_t N>
std::optional<ImplementationMark> biasMark(const char *id, const std::vector<RoleGroup> &roles, const R (&wanted)[N], const char *with, const char *without)
{
    ImplementationMark mark{id, false};
    const LeafGroup *any = nullptr;
    for (const RoleGroup &role : roles) {
        if (!isOneOf(role.role, wanted))
            continue;
        any = any ? any : role.group;
        if (role.bias) {
            mark.count += role.group->copies;
            mark.example = mark.example.empty() ? nameOf(*role.group) : mark.example;
        }
    }
    if (!any)
        return std::nullopt;
    mark.value = mark.count > 0;
    mark.example = mark.example.empty() ? nameOf(*any) : mark.example;
    mark.reason = {mark.count > 0 ? with : without, {mark.example}};
    return mark;
}

void addNormalization(const ModelFacts &facts, std::vector<ImplementationMark> &marks)
{
    const ModuleFact *rms = module(facts, M::RmsNorm), *layer = module(facts, M::LayerNorm);
    const ModuleFact *most = !layer ? rms : !rms ? layer : rms->count >= layer->count ? rms : layer;
    if (!most)
        return;
    const bool isRms = most == rms;
    marks.push_back({"norm", isRms ? "RMSNorm" : "LayerNorm", most->count, most->example,
                     {isRms ? ASSAY_TEXT("Identity", "Norms have a weight and no bias: RMSNorm (%1).") : ASSAY_TEXT("Identity", "Norms have a weight and a bias: LayerNorm (%1)."),
                      {most->example}}});
}

/// Learned and relative positions and stored frequencies have tensors; rotary positions computed on the way have none.
void addPositions(const ModelFacts &facts, std::vector<ImplementationMark> &marks)
{
    struct Row
    {
        M kind;
        const char *value, *text;
    };
    constexpr Row kRows[] = {
        {M::LearnedPositions, "learned", ASSAY_TEXT("Identity", "There is a table of positions: learned ones (%1).")},
        {M::RelativePositions, "relative", ASSAY_TEXT("Identity", "There is a table of distances: relative positions (%1).")},
        {M::RotaryPositions, "rope", ASSAY_TEXT("Identity", "Rotary positions: their frequencies are stored (%1).")},
    };
    for (const Row &row : kRows) {
        const ModuleFact *found = module(facts, row.kind);
        // Rotary positions are also told from projections that fit them: only stored frequencies are a mark of the tensors.
        const bool stored = found && (row.kind != M::RotaryPositions || found->example.find("inv_freq") != std::string::npos);
        if (stored && !found->example.empty() && found->count > 0) {
            marks.push_back({"position_encoding", row.value, found->count, found->example, {row.text, {found->example}}});
            return;
        }
    }
    if (module(facts, M::SelfAttention) || module(facts, M::LatentAttention))
        marks.push_back({"position_table", false, 0, {}, {ASSAY_TEXT("Identity", "There is no table of positions among the tensors: they are computed (rotary, ALiBi) or there are none."), {}}});
}

void addMlp(const ModelFacts &facts, std::vector<ImplementationMark> &marks)
{
    if (const ModuleFact *gated = module(facts, M::GatedMlp))
        marks.push_back({"gated_mlp", true, gated->count, gated->example, {ASSAY_TEXT("Identity", "The feed-forward part has a gate (%1)."), {gated->example}}});
    else if (const ModuleFact *plain = module(facts, M::Mlp))
        marks.push_back({"gated_mlp", false, plain->count, plain->example, {ASSAY_TEXT("Identity", "The feed-forward part has no gate (%1)."), {plain->example}}});
}

void addHeadNorms(const std::vector<RoleGroup> &roles, std::vector<ImplementationMark> &marks)
{
    ImplementationMark mark{"query_key_norm", false};
    bool attention = false;
    for (const RoleGroup &role : roles) {
        attention = attention || role.role == R::Query || role.role == R::QueryKeyValue;
        if (role.role == R::QueryNorm || role.role == R::KeyNorm) {
            mark.count += role.group->copies;
            mark.example = mark.example.empty() ? nameOf(*role.group) : mark.example;
        }
    }
    mark.value = mark.count > 0;
    mark.reason = mark.count > 0 ? Told{ASSAY_TEXT("Identity", "Queries and keys are normalised (%1)."), {mark.example}}
                                 : Told{ASSAY_TEXT("Identity", "Queries and keys have no norms of their own."), {}};
    if (attention || mark.count > 0)
        marks.push_back(std::move(mark));
}

} // namespace

std::vector<ImplementationMark> implementationMarks(const Inspection &inspection)
{
    std::vector<ImplementationMark> marks;
    const std::vector<LeafGroup> groups = leafGroups(inspection.tree, inspection.directory.checkpoint);
    if (groups.empty())
        return marks;
    const std::vector<RoleGroup> roles = roleGroups(groups);
    addNormalization(inspection.facts, marks);
    addPositions(inspection.facts, marks);
    addMlp(inspection.facts, marks);
    addHeadNorms(roles, marks);
    for (const auto &bias : {biasMark("attention_bias", roles, kBiasedAttention, ASSAY_TEXT("Identity", "Projections of the attention have biases (%1)."),
                                      ASSAY_TEXT("Identity", "Projections of the attention have no biases (%1).")),
                             biasMark("mlp_bias", roles, kBiasedMlp, ASSAY_TEXT("Identity", "Projections of the feed-forward part have biases (%1)."),
                                      ASSAY_TEXT("Identity", "Projections of the feed-forward part have no biases (%1)."))}) {
        if (bias)
            marks.push_back(*bias);
    }
    return marks;
}

std::multimap<std::string, Found> foundMarks(const std::vector<ImplementationMark> &marks)
{
    std::multimap<std::string, Found> found;
    for (const ImplementationMark &mark : marks) {
        if (findClaimField(mark.id))
            found.emplace(mark.id, Found{mark.value, FoundBy::Counted, mark.example});
    }
    return found;
}

std::optional<Evidence> markEvidence(const std::vector<ImplementationMark> &marks)
{
    if (marks.empty())
        return std::nullopt;
    Evidence evidence = aboutWeights(Evidence::Kind::Note, "weights.marks");
    evidence.n = int64_t(marks.size());
    std::string all;
    nlohmann::json rows = nlohmann::json::array();
    for (const ImplementationMark &mark : marks) {
        all += (all.empty() ? "" : " ") + mark.reason.sentence();
        rows.push_back({{"id", mark.id}, {"value", mark.value}, {"count", mark.count}, {"example", mark.example}, {"by", "counted"}, {"reason", mark.reason.sentence()}});
    }
    evidence.numbers = {{"marks", rows}};
    evidence.what = {ASSAY_TEXT("Identity", "The tensors show how it is built: %1"), {all}};
    return evidence;
}

} // namespace assay
