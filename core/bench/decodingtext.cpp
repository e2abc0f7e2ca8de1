// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/decodingtext.h"

#include <algorithm>

namespace assay {
namespace {

constexpr const char *kGraphs = ASSAY_TEXT("Run", "by recorded graphs");
constexpr const char *kSteps = ASSAY_TEXT("Run", "step by step");
constexpr const char *kStepsWhy = ASSAY_TEXT("Run", "step by step: %1");
constexpr const char *kStreamed = ASSAY_TEXT("Run", "%1, each token read at once");

std::string wayText(const MeasureSample &sample, const Translate &translate)
{
    if (sample.decoding == "graph")
        return translate("Run", kGraphs);
    if (sample.decoding != "eager")
        return sample.decoding;
    if (sample.eagerReason.empty())
        return translate("Run", kSteps);
    return fillIn(translate("Run", kStepsWhy), {translate("Reason", sample.eagerReason.c_str())});
}

} // namespace

std::string decodingText(const BenchRun &run, const Translate &translate)
{
    std::vector<std::string> ways;
    for (const MeasureSample &sample : run.samples) {
        // The first token comes of the prefill.
        if (sample.outputTokens < 2 || sample.decoding.empty())
            continue;
        const std::string way = wayText(sample, translate);
        if (std::ranges::find(ways, way) == ways.end())
            ways.push_back(way);
    }
    std::string out;
    for (const std::string &way : ways)
        out += (out.empty() ? "" : "; ") + way;
    return out;
}

std::string askedDecodingText(const BenchPlan &plan, const Translate &translate)
{
    if (plan.passes)
        return {};
    if (plan.streamed)
        return fillIn(translate("Run", kStreamed), {plan.decoding});
    return plan.decoding == BenchPlan().decoding ? std::string() : plan.decoding;
}

} // namespace assay
