// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/partsummary.h"

#include "core/base/text.h"
#include "core/model/counting.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

constexpr int64_t kMostLayers = 100000; // of which blocks are told

std::string shapeText(const Shape &shape, bool withoutFirst)
{
    std::vector<int64_t> sizes = shape.sizes();
    if (withoutFirst && !sizes.empty())
        sizes.erase(sizes.begin());
    return Shape(sizes).text();
}

void addLayers(PartSummary &part, const LeafGroup &group)
{
    if (group.firstLayer < 0)
        return;
    int64_t &count = part.layers[group.firstLayer];
    count = std::max(count, group.layerCount);
}

/// Runs that touch or overlap become one.
void joinLayers(PartSummary &part)
{
    std::map<int64_t, int64_t> joined;
    for (const auto &[first, count] : part.layers) {
        if (!joined.empty()) {
            auto &[before, length] = *joined.rbegin();
            if (first <= before + length) {
                length = std::max(length, first + count - before);
                continue;
            }
        }
        joined[first] = count;
    }
    part.layers = std::move(joined);
}

void addGroup(PartSummary &part, const CountedGroup &counted, uint64_t copies)
{
    const LeafGroup &group = counted.group;
    part.bytes += group.tensor->bytes * copies;
    if (counted.kind.role != TensorRole::Weight)
        return;
    part.tensors += copies;
    part.parameters += counted.kind.parametersEach * copies;
    addLayers(part, group);
    if (parameterSuffix(group.pattern) == "bias") {
        part.biases += copies;
        return;
    }
    const bool expert = isRoutedExpert(part.role);
    const bool fused = expert && group.tensor->shape.size() >= 3;
    const uint64_t layers = uint64_t(std::max<int64_t>(group.layerCount, 1));
    if (expert)
        part.experts = std::max(part.experts, fused ? uint64_t(std::max<int64_t>(group.tensor->shape[0], 0)) : copies / layers);
    part.fused = part.fused || fused;
    part.dtypes[group.tensor->dtype == Dtype::Unknown ? std::string(group.tensor->dtypeText) : dtypeName(group.tensor->dtype)] += copies;
    part.shapes[shapeText(group.tensor->shape, fused)] += copies;
    if (part.example.empty())
        part.example = group.tensor->name;
}

/// What a layer is made of, in few words.
std::string kindOf(const std::set<PartRole> &roles)
{
    using R = PartRole;
    const auto has = [&](std::initializer_list<R> any) {
        return std::any_of(any.begin(), any.end(), [&](R role) { return roles.contains(role); });
    };
    std::string out;
    const auto add = [&](bool there, const char *word) {
        if (there)
            out += (out.empty() ? "" : " + ") + std::string(word);
    };
    const bool latent = has({R::LatentKvDown, R::LatentKvUp});
    add(latent, ASSAY_TEXT("Part", "latent attention"));
    add(!latent && has({R::Query, R::Key, R::Value, R::QueryKeyValue}), ASSAY_TEXT("Part", "attention"));
    add(has({R::CrossAttention}), ASSAY_TEXT("Part", "cross-attention"));
    add(has({R::StateSpace}), ASSAY_TEXT("Part", "state space or linear attention"));
    add(has({R::ExpertGate, R::ExpertUp, R::ExpertGateUp, R::ExpertDown}), ASSAY_TEXT("Part", "experts"));
    add(has({R::SharedGate, R::SharedUp, R::SharedDown}), ASSAY_TEXT("Part", "shared expert"));
    add(has({R::Gate, R::Up, R::GateUp, R::Down}), ASSAY_TEXT("Part", "feed-forward"));
    add(out.empty(), ASSAY_TEXT("Part", "other"));
    return out;
}

std::vector<PartOverview::Block> blocksOf(const PartOverview &overview)
{
    if (overview.parts.empty())
        return {}; // a config without weights tells nothing of what layers are made of
    const int64_t layers = std::min(overview.layers, kMostLayers);
    std::vector<std::set<PartRole>> roles(size_t(std::max<int64_t>(layers, 0)));
    for (const auto &[role, part] : overview.parts) {
        for (const auto &[first, count] : part.layers) {
            for (int64_t layer = first; layer < std::min(first + count, layers); ++layer)
                roles[size_t(layer)].insert(role);
        }
    }
    std::vector<PartOverview::Block> blocks;
    for (int64_t layer = 0; layer < layers; ++layer) {
        const std::string kind = kindOf(roles[size_t(layer)]);
        if (!blocks.empty() && blocks.back().kind == kind)
            ++blocks.back().count;
        else
            blocks.push_back({layer, 1, kind});
    }
    return blocks;
}

} // namespace

PartOverview partOverview(const Inspection &inspection)
{
    const CountedModel model = countModel(inspection.tree, inspection.directory.checkpoint, inspection.facts.config);
    std::vector<LeafGroup> groups;
    for (const CountedGroup &counted : model.groups)
        groups.push_back(counted.group);
    const bool ownMlpNorm = hasOwnMlpNorm(groups);
    PartOverview out;
    out.layers = inspection.facts.layers;
    for (const CountedGroup &counted : model.groups) {
        if (counted.kind.role == TensorRole::Buffer)
            continue;
        const PartRole role = partRoleOf(counted.group, ownMlpNorm);
        const uint64_t next = std::min(model.nextTokenCopies(counted), counted.group.copies), main = counted.group.copies - next;
        const auto add = [&](PartRole as, uint64_t copies) {
            if (copies == 0)
                return;
            PartSummary &part = out.parts[as];
            part.role = as;
            addGroup(part, counted, copies);
        };
        add(role, main);
        add(PartRole::NextToken, next);
    }
    for (auto &[role, part] : out.parts)
        joinLayers(part);
    out.blocks = blocksOf(out);
    return out;
}

std::string layerRanges(const std::map<int64_t, int64_t> &layers)
{
    std::string out;
    for (const auto &[first, count] : layers) {
        out += (out.empty() ? "" : ", ") + std::to_string(first);
        if (count > 1)
            out += "-" + std::to_string(first + count - 1);
    }
    return out;
}

} // namespace assay
