// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/memoryplan.h"

#include "core/model/counting.h"
#include "core/model/partroles.h"

#include <algorithm>

namespace assay {
namespace {

void addTo(WeightTotals::Part &part, uint64_t parameters, uint64_t bytes)
{
    part.parameters = std::min(kMostBytes, part.parameters + std::min(kMostBytes, parameters));
    part.bytes = std::min(kMostBytes, part.bytes + std::min(kMostBytes, bytes));
}

uint64_t product(uint64_t a, uint64_t b)
{
    uint64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? kMostBytes : std::min(out, kMostBytes);
}

WeightTotals::Part &partOf(WeightTotals &totals, const CountedGroup &counted, PartRole role)
{
    if (isRoutedExpert(role) || counted.kind.purpose == TensorPurpose::RoutedExpert)
        return totals.experts;
    if (role == PartRole::TokenEmbedding || counted.kind.purpose == TensorPurpose::TokenEmbedding)
        return totals.embedding;
    if (role == PartRole::Head || counted.kind.purpose == TensorPurpose::Head)
        return totals.head;
    return counted.group.tensor->shape.size() < 2 ? totals.vectors : totals.matrices;
}

/// Width of the feed-forward work of one token: the dense layer's, or that of all experts it passes.
int64_t innerWidth(const ModelFacts &facts)
{
    const int64_t dense = facts.intermediateSize.value.value_or(0);
    const auto &experts = facts.config.experts;
    if (!experts)
        return dense;
    const int64_t width = std::clamp<int64_t>(experts->intermediateSize > 0 ? experts->intermediateSize : dense, 0, 1 << 24);
    const int64_t passed = std::clamp<int64_t>(experts->active, 0, 4096) + std::clamp<int64_t>(experts->shared, 0, 4096);
    return std::max(dense, passed * width);
}

} // namespace

WeightTotals::Part WeightTotals::all() const
{
    Part sum;
    for (const Part *part : {&embedding, &head, &experts, &matrices, &vectors})
        addTo(sum, part->parameters, part->bytes);
    return sum;
}

MemoryModel memoryModel(const Inspection &inspection)
{
    const ModelFacts &facts = inspection.facts;
    const CountedModel counted = countModel(inspection.tree, inspection.directory.checkpoint, facts.config);
    MemoryModel model;
    for (const CountedGroup &group : counted.groups) {
        if (group.kind.role == TensorRole::Buffer || group.group.tensor == nullptr)
            continue;
        const PartRole role = partRoleOf(group.group);
        if (counted.tiedTwice && group.kind.purpose == TensorPurpose::Head)
            continue; // stored twice, loaded once
        const uint64_t nextToken = std::min(counted.nextTokenCopies(group), group.group.copies);
        const uint64_t main = counted.mainCopies(group);
        const uint64_t bytes = group.group.tensor->bytes, parameters = group.kind.parametersEach;
        addTo(partOf(model.main, group, role), product(parameters, main), product(bytes, main));
        addTo(partOf(model.nextToken, group, role), product(parameters, nextToken), product(bytes, nextToken));
    }
    model.cache = facts.cache;
    model.hidden = facts.hiddenSize.value.value_or(0);
    model.inner = innerWidth(facts);
    model.heads = facts.heads.value_or(facts.config.heads.value_or(0));
    model.vocabulary = facts.vocabularySize.value.value_or(0);
    if (facts.config.experts) {
        model.experts = facts.config.experts->routed;
        model.activeExperts = facts.config.experts->active;
    }
    model.tied = facts.tiedEmbeddings.value_or(false);
    model.contextLength = facts.config.contextLength;
    return model;
}

} // namespace assay
