// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/distribution/timing.h"

#include "core/base/units.h"
#include "core/bench/statistics.h"
#include "core/identify/statistics/theilsen.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kAgainst = 3.0;      ///< the most that timing counts
constexpr double kSlopeShare = 0.5;   ///< quicker than this share of the reference's slope
constexpr size_t kLeastGaps = 50;

void countAgainst(Evidence &evidence)
{
    evidence.kind = Evidence::Kind::Ratio;
    evidence.logRatio = -std::log(kAgainst);
    evidence.alternative = "smaller";
    evidence.benign = {{ASSAY_TEXT("Identity", "hardware that is better than stated, or prompts that a cache answers"), {}},
                       {ASSAY_TEXT("Identity", "speculative decoding, which gives several tokens a step"), {}}};
}

} // namespace

Evidence firstTokenEvidence(std::span<const FirstToken> points, std::optional<double> referenceSlope)
{
    Evidence out{.tier = Tier::Timing, .kind = Evidence::Kind::Note, .test = "timing.first_token", .what = {}};
    out.n = int64_t(points.size());
    out.effectUnit = "s/token";
    std::vector<double> lengths, seconds;
    for (const FirstToken &point : points) {
        lengths.push_back(double(point.promptTokens));
        seconds.push_back(point.seconds);
    }
    const auto line = theilSen(lengths, seconds);
    if (!line) {
        out.what = {ASSAY_TEXT("Identity", "Too few prompts of different lengths came back to tell how the first token's time grows"), {}};
        return out;
    }
    const Estimate &slope = line->slope;
    out.effect = slope.value;
    out.numbers = {{"slope", slope.value}, {"low", slope.low}, {"high", slope.high}};
    if (!referenceSlope || *referenceSlope <= 0) {
        out.what = {ASSAY_TEXT("Identity", "Each prompt token adds %1 us to the first token's time; no time of the claimed model on such hardware is known"),
                    {threeDigits(slope.value * 1e6)}};
        return out;
    }
    out.numbers["reference"] = *referenceSlope;
    const bool quicker = slope.hasInterval && slope.high < kSlopeShare * *referenceSlope;
    out.kind = Evidence::Kind::Consistent;
    out.what = {quicker ? ASSAY_TEXT("Identity", "Each prompt token adds %1 us to the first token's time, %2 us with the reference: less work than the claimed model's")
                        : ASSAY_TEXT("Identity", "Each prompt token adds %1 us to the first token's time, %2 us with the reference"),
                {threeDigits(slope.value * 1e6), threeDigits(*referenceSlope * 1e6)}};
    if (quicker)
        countAgainst(out);
    return out;
}

Evidence tokenFloorEvidence(std::span<const double> gaps, std::optional<double> floorSeconds)
{
    Evidence out{.tier = Tier::Timing, .kind = Evidence::Kind::Note, .test = "timing.token_floor", .what = {}};
    out.n = int64_t(gaps.size());
    out.effectUnit = "s";
    if (gaps.size() < kLeastGaps || !floorSeconds) {
        out.what = gaps.size() < kLeastGaps ? Told{ASSAY_TEXT("Identity", "Too few gaps between tokens came back to tell the shortest of them"), {}}
                                            : Told{ASSAY_TEXT("Identity", "No hardware is stated, so no time between tokens is too short"), {}};
        return out;
    }
    const double shortest = quantile({gaps.begin(), gaps.end()}, 0.1);
    out.effect = shortest;
    out.numbers = {{"tenth", shortest}, {"floor", *floorSeconds}};
    out.kind = Evidence::Kind::Consistent;
    const bool quicker = shortest < *floorSeconds;
    out.what = {quicker ? ASSAY_TEXT("Identity", "A tenth of the tokens follow the one before within %1 ms; reading the claimed weights takes %2 ms on the stated hardware")
                        : ASSAY_TEXT("Identity", "Nine tenths of the tokens take %1 ms or more; reading the claimed weights takes %2 ms on the stated hardware"),
                {threeDigits(shortest * 1e3), threeDigits(*floorSeconds * 1e3)}};
    if (quicker)
        countAgainst(out);
    return out;
}

} // namespace assay
