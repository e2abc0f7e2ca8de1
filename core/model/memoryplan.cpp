// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/memoryplan.h"

#include "core/base/units.h"

#include <algorithm>

namespace assay {
namespace {

constexpr uint64_t kFloatBytes = 4;      // logits and scores
constexpr uint64_t kActivationBytes = 2; // of a number of the computation, 16 bits
constexpr int64_t kMostTokens = int64_t(1) << 40; // beyond it nothing is told apart any more

uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? kMostBytes : std::min(out, kMostBytes);
}

uint64_t plus(uint64_t a, uint64_t b)
{
    return std::min(kMostBytes, std::min(a, kMostBytes) + std::min(b, kMostBytes));
}

uint64_t positive(int64_t value)
{
    return uint64_t(std::clamp<int64_t>(value, 0, kMostTokens));
}

/// count / block, rounded up, x bytes.
uint64_t blocks(uint64_t count, uint32_t block, uint32_t bytes)
{
    return times(count / block + (count % block != 0 ? 1 : 0), bytes);
}

std::string grouped(uint64_t number)
{
    return groupedDigits(int64_t(std::min(number, kMostBytes)));
}

/// "2", "0.5625"
std::string bytesEach(const CacheFormat &format)
{
    return format.block == 1 ? std::to_string(format.bytes) : threeDigits(double(format.bytes) / format.block);
}

std::string rangeText(uint64_t low, uint64_t high)
{
    return low == high ? grouped(low) : grouped(low) + "-" + grouped(high);
}

struct Planner
{
    const MemoryModel &model;
    const MemoryRequest &request;
    const Translate &translate;

    std::string words(const char *pattern, const std::vector<std::string> &arguments) const
    {
        return fillIn(translate("Memory", pattern), arguments);
    }
    uint64_t batch() const { return std::max<uint64_t>(positive(request.batch), 1); }
    uint64_t context() const { return positive(request.context); }
    uint64_t atOnce(int64_t tokens) const;
    uint64_t converted(const WeightTotals &totals) const;
    MemoryTerm weights(const WeightTotals &totals, MemoryTermKind kind) const;
    MemoryTerm cache(bool &known) const;
    MemoryTerm workspace() const;
    MemoryTerm overhead() const;
    MemoryRange activations() const;
    MemoryRange logits() const;
    MemoryRange scores() const;
};

/// Tokens whose activations live together.
uint64_t Planner::atOnce(int64_t tokens) const
{
    const uint64_t whole = request.runtime->tokensPerSequence ? context() : times(context(), batch());
    const uint64_t piece = tokens > 0 ? std::min(positive(tokens), whole) : whole;
    return request.runtime->tokensPerSequence ? times(piece, batch()) : piece;
}

uint64_t Planner::converted(const WeightTotals &totals) const
{
    const WeightFormatChoice &format = *request.weights;
    if (format.block == 0)
        return totals.all().bytes;
    const uint64_t kept = uint64_t(std::max(format.keptBytes, 0));
    const uint64_t ends = plus(totals.embedding.parameters, totals.head.parameters);
    uint64_t matrices = plus(totals.experts.parameters, totals.matrices.parameters);
    uint64_t out = times(totals.vectors.parameters, kept);
    if (format.matricesOnly)
        out = plus(out, times(ends, kept));
    else
        matrices = plus(matrices, ends);
    return plus(out, blocks(matrices, format.block, format.bytes));
}

MemoryTerm Planner::weights(const WeightTotals &totals, MemoryTermKind kind) const
{
    const bool main = kind == MemoryTermKind::Weights;
    MemoryTerm term{kind, main ? "weights" : "next_token",
                    main ? ASSAY_TEXT("Memory", "Weights") : ASSAY_TEXT("Memory", "Multi-token prediction"), {}, {}, true};
    const uint64_t bytes = converted(totals);
    term.bytes = {bytes, bytes};
    const std::string parameters = grouped(totals.all().parameters);
    if (request.weights->block == 0) {
        term.formula = words(ASSAY_TEXT("Memory", "%1 {1:parameter|parameters} as stored, scales included"), {parameters});
        return term;
    }
    const std::string bits = threeDigits(request.weights->bitsPerWeight());
    term.formula = request.weights->matricesOnly
                       ? words(ASSAY_TEXT("Memory", "%1 parameters: matrices at %2 bits with scales, embedding, head and "
                                                    "vectors at %3"),
                               {parameters, bits, std::to_string(8 * request.weights->keptBytes)})
                       : words(ASSAY_TEXT("Memory", "%1 parameters: matrices at %2 bits with scales, vectors at %3"),
                               {parameters, bits, std::to_string(8 * request.weights->keptBytes)});
    return term;
}

MemoryTerm Planner::cache(bool &known) const
{
    MemoryTerm term{MemoryTermKind::Cache, "kv_cache", ASSAY_TEXT("Memory", "KV cache"), {}, {}, true};
    const Runtime &runtime = *request.runtime;
    const uint64_t step = uint64_t(std::max<int64_t>(runtime.contextStep, 1));
    const uint64_t tokens = (context() + step - 1) / step * step;
    const auto elements = [&](bool expanded) {
        CacheRuntime way = runtime.cache;
        way.expandsLatent = expanded;
        return kvCacheBytes(model.cache, int64_t(tokens), int64_t(batch()), 1, way);
    };
    const auto high = elements(runtime.cache.expandsLatent);
    const auto low = runtime.newerKeepsLatent ? elements(false) : high;
    known = high.has_value() && low.has_value() && !model.cache.groups.empty();
    if (!known) {
        // What is known to exist, yet does not fit a number, must not look like nothing.
        const uint64_t all = model.cache.groups.empty() ? 0 : kMostBytes;
        term.bytes = {all, all};
        term.formula = model.cache.groups.empty()
                           ? words(ASSAY_TEXT("Memory", "the model keeps no cache, or its layers are not known"), {})
                           : words(ASSAY_TEXT("Memory", "more than can be counted"), {});
        return term;
    }
    term.bytes = {blocks(*low, request.cache->block, request.cache->bytes),
                  blocks(*high, request.cache->block, request.cache->bytes)};
    const char *pattern = model.cache.latent
                              ? (runtime.cache.expandsLatent
                                     ? ASSAY_TEXT("Memory", "%1 numbers a token (latent attention, every head's) x %2 tokens "
                                                            "x batch %3 x %4 bytes")
                                     : ASSAY_TEXT("Memory", "%1 numbers a token (latent attention, compressed) x %2 tokens "
                                                            "x batch %3 x %4 bytes"))
                              : ASSAY_TEXT("Memory", "%1 {1:number|numbers} a token x %2 {2:token|tokens} x batch %3 x %4 {4:byte|bytes}");
    term.formula = words(pattern, {grouped(model.cache.elementsPerToken(runtime.cache.expandsLatent)), grouped(tokens),
                                   grouped(batch()), bytesEach(*request.cache)});
    for (const CacheGroup &group : model.cache.groups) {
        if (group.kind == CacheKind::Window && runtime.cache.dropsOld)
            term.formula += words(ASSAY_TEXT("Memory", "; %1 {1:layer keeps|layers keep} %2 {2:token|tokens}"),
                                  {std::to_string(group.layers), grouped(positive(group.window))});
        if (group.kind == CacheKind::State)
            term.formula += words(ASSAY_TEXT("Memory", "; %1 {1:layer keeps|layers keep} a state that does not grow"),
                                  {std::to_string(group.layers)});
    }
    return term;
}

MemoryRange Planner::activations() const
{
    const Runtime &r = *request.runtime;
    const uint64_t hidden = positive(model.hidden), inner = positive(model.inner);
    const auto widths = [&](int64_t h, int64_t i) { return plus(times(positive(h), hidden), times(positive(i), inner)); };
    return {times(times(atOnce(r.tokensAtOnce.low), widths(r.activationHidden.low, r.activationInner.low)), kActivationBytes),
            times(times(atOnce(r.tokensAtOnce.high), widths(r.activationHidden.high, r.activationInner.high)),
                  kActivationBytes)};
}

MemoryRange Planner::logits() const
{
    const Runtime &r = *request.runtime;
    const uint64_t rows = r.logitTokens < 0    ? atOnce(r.tokensAtOnce.high)
                          : r.logitTokens == 0 ? batch()
                                               : positive(r.logitTokens);
    const uint64_t one = times(times(rows, positive(model.vocabulary)), kFloatBytes);
    return {times(one, positive(r.logitCopies.low)), times(one, positive(r.logitCopies.high))};
}

MemoryRange Planner::scores() const
{
    const Runtime &r = *request.runtime;
    const uint64_t queries = std::min(positive(r.scoreQueries), context());
    const uint64_t sequences = r.tokensPerSequence ? batch() : 1;
    const uint64_t one = times(times(times(positive(model.heads), context()), times(queries, sequences)), kFloatBytes);
    return {times(one, positive(r.scoreCopies.low)), times(one, positive(r.scoreCopies.high))};
}

MemoryTerm Planner::workspace() const
{
    const Runtime &r = *request.runtime;
    const MemoryRange a = activations(), l = logits(), s = scores();
    MemoryTerm term{MemoryTermKind::Workspace, "workspace", ASSAY_TEXT("Memory", "Workspace"), {}, {}, false};
    term.bytes = {plus(plus(a.low, l.low), s.low), plus(plus(a.high, l.high), s.high)};
    term.formula = words(ASSAY_TEXT("Memory", "activations of %1 {1:token|tokens} %2"),
                         {rangeText(atOnce(r.tokensAtOnce.low), atOnce(r.tokensAtOnce.high)), formatRange(a)});
    term.formula += words(ASSAY_TEXT("Memory", " + logits %1"), {formatRange(l)});
    if (s.high > 0)
        term.formula += words(ASSAY_TEXT("Memory", " + scores of %1 {1:head|heads} x %2 x %3 tokens, %4 {4:copy|copies}: up to %5"),
                              {grouped(positive(model.heads)), grouped(context()),
                               grouped(std::min(positive(r.scoreQueries), context())),
                               rangeText(positive(r.scoreCopies.low), positive(r.scoreCopies.high)),
                               formatBytes(double(s.high))});
    return term;
}

MemoryTerm Planner::overhead() const
{
    MemoryTerm term{MemoryTermKind::Overhead, "overhead", ASSAY_TEXT("Memory", "Runtime"), {}, {}, false};
    if (request.device && request.device->kind != DeviceKind::Gpu) {
        term.formula = words(ASSAY_TEXT("Memory", "the program itself is not counted on such a machine"), {});
        return term;
    }
    term.bytes = request.runtime->overhead;
    term.formula = words(ASSAY_TEXT("Memory", "context, kernels and libraries of %1, on each device"), {request.runtime->name});
    return term;
}

} // namespace

MemoryRange MemoryPlan::total() const
{
    MemoryRange sum;
    for (const MemoryTerm &term : terms) {
        const uint64_t copies = term.divided ? 1 : uint64_t(devices);
        sum = {plus(sum.low, times(term.bytes.low, copies)), plus(sum.high, times(term.bytes.high, copies))};
    }
    return sum;
}

MemoryRange MemoryPlan::perDevice() const
{
    MemoryRange sum;
    const auto share = [&](uint64_t bytes, bool divided) { return divided ? blocks(bytes, uint32_t(devices), 1) : bytes; };
    for (const MemoryTerm &term : terms)
        sum = {plus(sum.low, share(term.bytes.low, term.divided)), plus(sum.high, share(term.bytes.high, term.divided))};
    return sum;
}

MemoryRange MemoryPlan::of(MemoryTermKind kind) const
{
    for (const MemoryTerm &term : terms) {
        if (term.kind == kind)
            return term.bytes;
    }
    return {};
}

MemoryPlan planMemory(const MemoryModel &model, const MemoryRequest &request, const Translate &translate)
{
    const Planner planner{model, request, translate};
    MemoryPlan plan;
    plan.devices = std::clamp<int64_t>(request.devices, 1, 1 << 20);
    plan.terms.push_back(planner.weights(model.main, MemoryTermKind::Weights));
    if (request.nextToken && request.runtime->nextToken && model.nextToken.all().parameters > 0)
        plan.terms.push_back(planner.weights(model.nextToken, MemoryTermKind::NextToken));
    plan.terms.push_back(planner.cache(plan.cacheKnown));
    plan.terms.push_back(planner.workspace());
    plan.terms.push_back(planner.overhead());
    return plan;
}

} // namespace assay
