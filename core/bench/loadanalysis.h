// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestlog.h"
#include "core/bench/requestmetrics.h"
#include "core/bench/statistics.h"

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace assay {

/// One try of a request without its pieces and words: a column each of what is printed, drawn and judged.
struct RequestRow
{
    RequestMetrics metrics;
    size_t log = 0;     ///< where it is in the log
    int64_t index = 0;
    int32_t attempt = 0, round = 0;
    bool warmup = false;
    bool unsettled = false;   ///< counted by the plan, but before the server had settled (settling.h)
    bool cutByLength = false; ///< "length": the limit of output tokens ended it
    int32_t slice = -1;      ///< of SteadyState, in which its answer ended; -1: none
    Failure failure = Failure::None; ///< NoText for an answer that claims to be fine and has none
    int64_t scheduled = 0, sent = kNever, first = kNever, last = kNever, ended = kNever;
    int64_t askedPrompt = 0, askedOutput = 0;
    ServerCounts usage;
    /// A first try after the warm-up: what rates and shares are of.
    bool counted() const { return attempt == 0 && !warmup && !unsettled; }
    /// Counted and answered: what latencies are of.
    bool good() const { return counted() && !metrics.failed; }
};

/// What a level did while the load on it was steady: of an open loop from the first counted request's sending to the last
/// one's, of a closed one between two sendings that are whole waves of requests apart, after the first answer has ended, so
/// that neither filling up nor running empty is in it. Everything that happened then is in it, whichever request it belongs to.
struct SteadyState
{
    static constexpr size_t kSlices = 10; ///< of equal length in each round
    struct Slice
    {
        double seconds = 0;
        double outputTokens = 0;
        double promptTokens = 0; ///< by the server's count, else ours, when the first text came
        double answers = 0;
    };
    double seconds = 0;
    std::vector<Slice> slices;
};

/// Counted first tries by what became of them.
struct FailureCounts
{
    std::array<uint64_t, size_t(Failure::Count_)> of{};
    uint64_t operator[](Failure failure) const { return of[size_t(failure)]; }
};

/// Values that were derived with a plan, kept with the analysis (metrics.cpp).
struct SummaryCache;

/// All that is derived of one point's requests without looking at the plan.
struct LevelAnalysis
{
    std::vector<RequestRow> rows; ///< in the order of their sending; warm-up, retries and failed ones too
    size_t counted = 0;           ///< without those that were cancelled
    size_t unsettled = 0, retries = 0, recovered = 0; ///< recovered: failed at first, answered by a retry
    FailureCounts failures;
    std::optional<SteadyState> steady; ///< absent when that was shorter than an answer or a wave
    double seconds = 0;          ///< first counted sending to the last counted text, rounds added up
    double outputTokens = 0;     ///< of the counted answers
    double meanConcurrency = 0;  ///< in flight, by time, while steady; else over `seconds`
    size_t peakConcurrency = 0;  ///< exact
    std::array<std::optional<Estimate>, 3> gaps; ///< p50, p95, p99 of all gaps of good requests
    std::vector<float> someGaps; ///< at most kMostGaps of them, evenly taken, in order of size
    static constexpr size_t kMostGaps = 100'000;
    std::array<double, 2> tokensPerRead{}; ///< tokens, reads: of good requests
};

struct LoadAnalysis
{
    std::vector<LevelAnalysis> levels; ///< by point; empty ones where nothing was sent
    size_t damaged = 0;                ///< records that could not be read
    std::shared_ptr<SummaryCache> summaries;
};

/// One pass over the log. The last answer is kept with the log and its copies: asking again costs nothing.
std::shared_ptr<const LoadAnalysis> analyse(const RequestLog &log);
/// The level of a point; an empty one where there is none.
const LevelAnalysis &levelOf(const LoadAnalysis &analysis, size_t point);

} // namespace assay
