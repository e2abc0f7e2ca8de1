// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/weighttotals.h"

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

using Member = WeightTotals::Part WeightTotals::*;

Member partOf(const CountedGroup &counted)
{
    const TensorPurpose purpose = counted.kind.purpose;
    if (purpose == TensorPurpose::RoutedExpert)
        return &WeightTotals::experts; // most tensors of a large model: their names need not be looked at
    const PartRole role = partRoleOf(counted.group);
    if (isRoutedExpert(role))
        return &WeightTotals::experts;
    if (role == PartRole::TokenEmbedding || purpose == TensorPurpose::TokenEmbedding)
        return &WeightTotals::embedding;
    if (role == PartRole::Head || purpose == TensorPurpose::Head)
        return &WeightTotals::head;
    return counted.group.tensor->shape.size() < 2 ? &WeightTotals::vectors : &WeightTotals::matrices;
}

} // namespace

WeightTotals::Part WeightTotals::all() const
{
    Part sum;
    for (const Part *part : {&embedding, &head, &experts, &matrices, &vectors})
        addTo(sum, part->parameters, part->bytes);
    return sum;
}

WeightShares weightShares(const CountedModel &model)
{
    WeightShares shares;
    for (const CountedGroup &group : model.groups) {
        if (group.kind.role == TensorRole::Buffer || group.group.tensor == nullptr)
            continue;
        if (model.tiedTwice && group.kind.purpose == TensorPurpose::Head)
            continue; // stored twice, loaded once
        const Member part = partOf(group);
        const uint64_t nextToken = std::min(model.nextTokenCopies(group), group.group.copies);
        const uint64_t main = model.mainCopies(group);
        const uint64_t bytes = group.group.tensor->bytes, parameters = group.kind.parametersEach;
        addTo(shares.main.*part, product(parameters, main), product(bytes, main));
        addTo(shares.nextToken.*part, product(parameters, nextToken), product(bytes, nextToken));
    }
    return shares;
}

} // namespace assay
