// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/model/memoryplan.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr const char *kFloorFormula = ASSAY_TEXT("Memory", "(%1 of weights + %2 of cache) / (%3 x %4 GB/s)");
constexpr const char *kFloorExperts = ASSAY_TEXT("Memory", "; a batch of %1 touches %2 of the experts");

/// The largest context whose plan fits: the sum only grows with the context. 0: not even one token does.
template <class Fits>
int64_t searchContext(Fits fits)
{
    int64_t low = 0, high = kMostContext + 1; // low fits (or is 0), high does not
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        (fits(middle) ? low : high) = middle;
    }
    return low;
}

/// How much of the routed experts a batch touches, when each token chooses by chance: 1 - (1 - k/E)^B.
double touchedShare(const MemoryModel &model, int64_t batch)
{
    if (model.experts <= 0 || model.activeExperts <= 0)
        return 1;
    const double one = std::min(1.0, double(model.activeExperts) / double(model.experts));
    return 1 - std::pow(1 - one, double(std::max<int64_t>(batch, 1)));
}

WeightTotals only(const WeightTotals::Part WeightTotals::*part, const WeightTotals &totals)
{
    WeightTotals out;
    if (part == &WeightTotals::experts)
        out.experts = totals.experts;
    else
        out.embedding = totals.embedding;
    return out;
}

/// Bytes of these weights as the request stores them.
uint64_t storedBytes(const MemoryModel &model, const MemoryRequest &request, WeightTotals totals)
{
    MemoryModel part = model;
    part.main = totals;
    part.nextToken = {};
    return planMemory(part, request).of(MemoryTermKind::Weights).high;
}

} // namespace

std::optional<uint64_t> usableMemory(const MemoryRequest &request)
{
    if (!request.device || !request.device->memory)
        return std::nullopt;
    return uint64_t(double(*request.device->memory) * request.runtime->deviceShare);
}

std::optional<ContextFit> largestContext(const MemoryModel &model, MemoryRequest request)
{
    const auto usable = usableMemory(request);
    if (!usable || model.cache.groups.empty())
        return std::nullopt;
    const auto perDevice = [&](int64_t context) {
        request.context = context;
        return planMemory(model, request).perDevice();
    };
    ContextFit fit;
    fit.unbounded = perDevice(kMostContext).high <= *usable;
    fit.safe = searchContext([&](int64_t context) { return perDevice(context).high <= *usable; });
    fit.best = searchContext([&](int64_t context) { return perDevice(context).low <= *usable; });
    fit.safe = std::min(fit.safe, kMostContext);
    fit.best = std::min(fit.best, kMostContext);
    return fit;
}

std::optional<DecodeFloor> decodeFloor(const MemoryModel &model, const MemoryRequest &request, const Translate &translate)
{
    if (!request.device || !(request.device->bandwidth > 0) || model.main.all().parameters == 0)
        return std::nullopt;
    const MemoryPlan plan = planMemory(model, request);
    const uint64_t all = plan.of(MemoryTermKind::Weights).high;
    const uint64_t experts = storedBytes(model, request, only(&WeightTotals::experts, model.main));
    // Of an embedding that is not the head as well only the rows of the tokens are read.
    const uint64_t lookup = model.tied ? 0 : storedBytes(model, request, only(&WeightTotals::embedding, model.main));
    const double touched = touchedShare(model, request.batch);
    DecodeFloor floor;
    const uint64_t dense = all - std::min(all, experts + lookup);
    floor.weightBytes = dense + uint64_t(double(experts) * touched);
    floor.cacheBytes = plan.cacheKnown ? plan.of(MemoryTermKind::Cache).low : 0;
    const double bandwidth = request.device->bandwidth * double(plan.devices);
    floor.seconds = (double(floor.weightBytes) + double(floor.cacheBytes)) / bandwidth;
    floor.formula = fillIn(translate("Memory", kFloorFormula),
                           {formatBytes(double(floor.weightBytes)), formatBytes(double(floor.cacheBytes)),
                            std::to_string(plan.devices), threeDigits(request.device->bandwidth / 1e9)});
    if (experts > 0 && touched < 1)
        floor.formula += fillIn(translate("Memory", kFloorExperts),
                                {std::to_string(request.batch), formatPercent(touched)});
    return floor;
}

} // namespace assay
