// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestlog.h"

#include <optional>
#include <vector>

namespace assay {

/// Where the number of a request's output tokens comes from, the best first (benchmarking.md 1, "Token count N").
enum class TokenSource : uint8_t { Usage, Engine, Tokenizer, Chunks };

/// Up to here a read with text, or a piece, counts as a token: servers count the end mark, which has no text.
inline constexpr double kTokensOfOne = 1.05;

/// What is derived of one record (benchmarking.md 1). Seconds; absent where the record does not support it.
struct RequestMetrics
{
    bool failed = false;
    TokenSource source = TokenSource::Chunks;
    int64_t tokens = 0;         ///< N, reasoning included
    int64_t firstTokens = 0;    ///< N_1: in the first read with text
    std::optional<double> ttft; ///< t_1 - t_send, any channel
    std::optional<double> ttfa; ///< t_a - t_send: first of the answer
    std::optional<double> tpot; ///< (t_n - t_1) / (N - N_1)
    std::optional<double> e2e;  ///< t_n - t_send
    std::optional<double> longestGap;
    std::optional<double> scheduleDelay;              ///< t_send - t_sched
    std::optional<double> scheduledTtft, scheduledE2e; ///< the same from t_sched
    double tokensPerRead = 0;   ///< above kTokensOfOne a gap is not a token's time (pitfall 4)
    bool hiddenReasoning = false; ///< reasoning was counted and none came (pitfall 3): only speeds over E2E say something
};
RequestMetrics metricsOf(const RequestRecord &record);

/// Every gap between reads with text, seconds. Chunks of one read have one moment.
std::vector<double> gapsOf(const RequestRecord &record);

} // namespace assay
