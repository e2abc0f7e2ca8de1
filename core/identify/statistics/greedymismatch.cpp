// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/greedymismatch.h"

#include "core/evaluate/statistics/intervals.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay {
namespace {

constexpr double kWinsor = 0.999;

double positive(double margin)
{
    return margin > 0 ? margin : 0; // a NaN is no margin either
}

/// Mismatches as such are what margins cut off at an ever lower level come to.
double meanCut(std::span<const double> margins, double level, bool counted)
{
    double sum = 0;
    for (const double margin : margins)
        sum += counted ? double(margin > 0) : std::min(positive(margin), level);
    return sum / double(margins.size());
}

size_t mismatches(std::span<const double> margins)
{
    return size_t(std::count_if(margins.begin(), margins.end(), [](double margin) { return margin > 0; }));
}

} // namespace

GreedyMismatch greedyMismatch(std::span<const ForcedPrompt> prompts, const Resampling &how)
{
    GreedyMismatch out;
    std::vector<double> honest;
    size_t tokens = 0, missed = 0;
    for (const ForcedPrompt &prompt : prompts) {
        if (prompt.subject.empty() || prompt.honest.empty())
            continue;
        for (const double margin : prompt.honest)
            honest.push_back(positive(margin));
        tokens += prompt.subject.size();
        missed += mismatches(prompt.subject);
    }
    if (honest.empty())
        return out;
    out.subjectRate = wilson(missed, tokens);
    out.honestRate = wilson(mismatches(honest), honest.size());
    out.level = quantile(honest, kWinsor);
    out.counted = !(out.level > 0);
    for (const ForcedPrompt &prompt : prompts) {
        if (!prompt.subject.empty() && !prompt.honest.empty())
            out.differences.push_back(meanCut(prompt.subject, out.level, out.counted) - meanCut(prompt.honest, out.level, out.counted));
    }
    out.test = signFlipsAbove(out.differences, how);
    return out;
}

double meanMargin(std::span<const double> margins, double level)
{
    return margins.empty() ? std::numeric_limits<double>::quiet_NaN() : meanCut(margins, level, !(level > 0));
}

} // namespace assay
