// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/sample.h"
#include "core/bench/slo.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// When requests of an open loop come.
enum class Arrivals : uint8_t { Constant, Poisson, Trace };
/// Cold: every prompt begins with a nonce of its own, so that no prefix of it can be cached. Warm: the same prompt again,
/// after an uncounted request that put it there.
enum class CachePolicy : uint8_t { Cold, Warm };

/// What ends a plan before its end; 0: no limit. What was measured until then is kept.
struct PlanLimits
{
    double seconds = 0;
    int64_t requests = 0;
    int64_t tokens = 0; ///< of prompts and answers together
    double money = 0;   ///< by the prices of the plan
    bool operator==(const PlanLimits &) const = default;
};

enum class PlanLimit : uint8_t { None, Time, Requests, Tokens, Money };

/// Per million tokens, in one currency.
struct Prices
{
    double prompt = 0, completion = 0, cached = 0;
    std::string currency = "USD";
    bool operator==(const Prices &) const = default;
};

/// Load on an endpoint. Concurrencies, or rates where there are any, are levels: measured one after the other.
struct EndpointLoad
{
    std::vector<int64_t> concurrencies{1}; ///< closed loop: as soon as an answer ends the next request goes out
    std::vector<double> rates;             ///< open loop: requests per second, sent when due whatever is still open
    bool untilSaturated = false;           ///< levels beyond the one where the server is saturated are left out
    Arrivals arrivals = Arrivals::Poisson;
    std::vector<double> trace;             ///< Arrivals::Trace: seconds after the beginning; rates then scale it (1: as it is)
    int64_t requests = 0;                  ///< counted ones of a level; 0: so many as the plan's runs, times the concurrency or rate
    double seconds = 0;                    ///< length of a level; 0: until its requests are done
    int64_t mostInFlight = 0;              ///< of an open loop: more wait, and their waiting counts; 0: no cap
    int64_t retries = 0;                   ///< of 429, 503 and lost connections; each try is recorded
    CachePolicy cache = CachePolicy::Cold;
    std::vector<Slo> slos;                 ///< empty: no goodput
    PlanLimits limits;
    std::optional<Prices> prices;
    std::optional<double> temperature;     ///< absent: the server's own
    bool ignoreEos = false;                ///< asked where the dialect knows it
    std::string thinking;                  ///< "", "on", "off", "low", "medium", "high": asked where the dialect knows it
    bool keepTexts = true;
    bool operator==(const EndpointLoad &) const = default;
};

/// What to measure.
struct BenchPlan
{
    std::vector<int64_t> promptTokens{64};
    std::vector<int64_t> outputTokens{64};
    std::vector<int64_t> batches{1};
    bool passes = false; ///< times passes over an input, of models that generate nothing; outputTokens says nothing then
    std::vector<std::string> inputs; ///< of a pass: declared inputs (inputspec.h); empty: promptTokens random tokens
    int64_t runs = 7;   ///< counted repetitions of each point; 6 is the least that gives a 95 % interval
    int64_t warmup = 1; ///< not counted, but kept
    int64_t loads = 3;  ///< how often the model is loaded
    int64_t coldLoads = 0; ///< and before that with its files out of the page cache, as far as the system lets them
    bool machineLimits = true; ///< measures read bandwidth and matrix rate of the device before the first point, for a second or two
    std::string device = "cpu";
    std::string dtype = "auto";
    uint64_t seed = 1;
    std::string decoding = "auto"; ///< CUDA: "auto", by graphs where the model allows it, or "eager"
    bool streamed = false;         ///< CUDA: each token is copied to the host before the next one begins
    std::string prompts = "auto";  ///< of local models: "random" tokens, "text" by the model's tokenizer, or "auto": text for mixtures of experts
    std::vector<int64_t> depths{0};    ///< tokens that the context holds already when the prompt comes
    std::optional<EndpointLoad> load = {}; ///< endpoints only; without it one request after the other
    bool operator==(const BenchPlan &) const = default;
};

/// Of a pass when the user says nothing: it is short, and the first ones compile.
inline constexpr int64_t kPassRuns = 30, kPassWarmup = 3;

/// One combination of a plan.
struct BenchPoint
{
    int64_t promptTokens = 0;
    int64_t outputTokens = 0; ///< 0: a pass
    int64_t batch = 1;
    std::string inputs = {};  ///< "f32[1,3,224,224], i64[1]<10"; empty: tokens go in
    int64_t depth = 0;        ///< tokens in the context before the prompt
    int64_t concurrency = 0;  ///< closed loop against an endpoint: requests in flight; 0: not such a load
    double rate = 0;          ///< open loop against an endpoint: arrivals per second; of a trace how much faster; 0: not such a load
    Arrivals arrivals = Arrivals::Poisson; ///< of an open loop
    auto operator<=>(const BenchPoint &) const = default;
    bool isPass() const { return outputTokens == 0; }
    bool isLoad() const { return concurrency > 0 || rate > 0; }
};
BenchPoint pointOf(const MeasureSample &sample);
/// A plan whose declared inputs cannot be read has no points. The levels of a load vary fastest.
std::vector<BenchPoint> pointsOf(const BenchPlan &plan);

/// Requests of one level, in the order of their indices. Those of point p are p * kIndexStride and following.
struct LevelSize
{
    int64_t pilot = 0;    ///< of the first point: one after the other, before anything else; not counted
    int64_t warmup = 0;   ///< not counted
    int64_t counted = 0;  ///< at most so many where the level ends by time
    int64_t all() const { return pilot + warmup + counted; }
    bool operator==(const LevelSize &) const = default;
};
inline constexpr int64_t kIndexStride = 1'000'000, kPilotRequests = 3;
/// The requests of a point of a plan with a load.
LevelSize levelSize(const BenchPlan &plan, size_t point);

} // namespace assay
