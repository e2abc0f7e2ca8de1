// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/pointtext.h"

#include "core/base/units.h"

#include <algorithm>

namespace assay {
namespace {

/// Fills a translated pattern in.
struct Words
{
    const Translate &translate;
    std::string operator()(const char *pattern, const std::vector<std::string> &arguments) const
    {
        return fillIn(translate("Compare", pattern), arguments);
    }
};

std::string arrivalsText(const BenchPoint &point, const Words &words)
{
    const std::string rate = plainNumber(point.rate);
    switch (point.arrivals) {
    case Arrivals::Constant: return words(ASSAY_TEXT("Compare", "open loop, constant %1/s"), {rate});
    case Arrivals::Poisson: return words(ASSAY_TEXT("Compare", "open loop, Poisson %1/s"), {rate});
    case Arrivals::Trace: break;
    }
    return point.rate == 1 ? words(ASSAY_TEXT("Compare", "open loop, trace"), {})
                           : words(ASSAY_TEXT("Compare", "open loop, trace at %1 times its pace"), {rate});
}

std::string sizesText(const BenchPoint &point, const Words &words)
{
    const std::string prompt = std::to_string(point.promptTokens), output = std::to_string(point.outputTokens),
                      batch = std::to_string(point.batch), depth = std::to_string(point.depth);
    if (point.isLoad()) {
        return point.depth > 0 ? words(ASSAY_TEXT("Compare", "%1 prompt tokens after %3, %2 output tokens"), {prompt, output, depth})
                               : words(ASSAY_TEXT("Compare", "%1 prompt tokens, %2 output tokens"), {prompt, output});
    }
    return point.depth > 0 ? words(ASSAY_TEXT("Compare", "%1 prompt tokens after %4, %2 output tokens, batch %3"), {prompt, output, batch, depth})
                           : words(ASSAY_TEXT("Compare", "%1 prompt tokens, %2 output tokens, batch %3"), {prompt, output, batch});
}

} // namespace

std::string loadText(const BenchPoint &point, const Translate &translate)
{
    const Words words{translate};
    if (point.concurrency > 0)
        return words(ASSAY_TEXT("Compare", "closed loop, %1 in flight"), {std::to_string(point.concurrency)});
    return point.rate > 0 ? arrivalsText(point, words) : std::string();
}

std::string sweepText(const BenchPoint &least, const BenchPoint &most, const Translate &translate)
{
    const Words words{translate};
    if (least.rate == 0)
        return words(ASSAY_TEXT("Compare", "closed loop, %1 to %2 in flight"), {std::to_string(std::max<int64_t>(least.concurrency, 1)), std::to_string(most.concurrency)});
    const std::vector<std::string> rates{plainNumber(least.rate), plainNumber(most.rate)};
    switch (least.arrivals) {
    case Arrivals::Constant: return words(ASSAY_TEXT("Compare", "open loop, constant, %1 to %2 arrivals/s"), rates);
    case Arrivals::Poisson: return words(ASSAY_TEXT("Compare", "open loop, Poisson, %1 to %2 arrivals/s"), rates);
    case Arrivals::Trace: break;
    }
    return words(ASSAY_TEXT("Compare", "open loop, trace at %1 to %2 times its pace"), rates);
}

std::string lengthsText(const BenchPoint &point, const Translate &translate)
{
    BenchPoint load = point;
    load.concurrency = 1; // nobody's batch
    return sizesText(load, Words{translate});
}

std::string describePoint(const BenchPoint &point, const Translate &translate)
{
    const Words words{translate};
    if (!point.inputs.empty())
        return words(ASSAY_TEXT("Compare", "passes over %1"), {point.inputs});
    if (point.isPass())
        return words(ASSAY_TEXT("Compare", "passes over %1 tokens, batch %2"), {std::to_string(point.promptTokens), std::to_string(point.batch)});
    const std::string sizes = sizesText(point, words);
    return point.isLoad() ? words(ASSAY_TEXT("Compare", "%1; %2"), {sizes, loadText(point, translate)}) : sizes;
}

} // namespace assay
