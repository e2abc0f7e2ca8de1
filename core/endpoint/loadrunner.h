// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/requestrecord.h"
#include "core/endpoint/target.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace assay {

/// What one request asks.
struct LoadRequest
{
    std::string system, prompt;
    int64_t promptTokens = 0; ///< by our own count, for the record
    int64_t outputTokens = 0; ///< at most
    std::optional<double> temperature;
    std::optional<double> topP;   ///< asked where the dialect knows it
    std::optional<uint64_t> seed; ///< likewise
    bool ignoreEos = false;
    std::string thinking;     ///< "", "on", "off", "low", "medium", "high"
};
/// The request of this index; called on the client's threads, so it must be quick and safe there. Nothing: the level sends
/// no more (a limit, a pause) and ends when what is under way has ended. Called once an index, whatever is tried again.
using MakeRequest = std::function<std::optional<LoadRequest>(int64_t index)>;
/// A finished try; called on a thread of the client that does nothing else, never on two at once: it may write to a disk.
using RecordSink = std::function<void(RequestRecord &&)>;

/// One level of a plan.
struct LoadLevel
{
    int32_t point = 0;             ///< goes into the records
    int64_t firstIndex = 0;        ///< of the level's requests, the warm-up's first
    int64_t warmup = 0;            ///< requests that are marked so
    int64_t requests = 1;          ///< after the warm-up
    double seconds = 0;            ///< nothing new is sent after this time; 0: no limit
    int64_t concurrency = 0;       ///< closed loop
    std::vector<int64_t> arrivals; ///< open loop: ns after the level's beginning, one each of warmup + requests, rising
    int64_t mostInFlight = 0;      ///< of an open loop; 0: no cap
    int64_t retries = 0;
    bool keepTexts = true;
};

/// What goes on now, for a live view; atomics inside, safe from any thread.
struct LoadStatus
{
    int64_t inFlight = 0, started = 0, finished = 0, failed = 0, waiting = 0;
    int64_t chunks = 0, bytes = 0; ///< received so far
};

/// Sends requests over kept connections from threads of its own and records what comes back. Requests of an open loop go out
/// at their absolute moments, whatever became of those before (no coordinated omission). All moments and limits are of
/// CLOCK_MONOTONIC alone: setting the machine's clock moves none of them. Several threads share concurrency, arrivals and
/// mostInFlight evenly.
class LoadRunner
{
public:
    /// Moments are counted from `origin`, ns of CLOCK_MONOTONIC. threads: 0: one.
    LoadRunner(EndpointTarget target, int64_t origin, int threads = 0);
    ~LoadRunner();
    LoadRunner(const LoadRunner &) = delete;
    LoadRunner &operator=(const LoadRunner &) = delete;

    /// Runs one level; blocks until its last request ended. A stop cancels what is open: those are recorded as Cancelled.
    /// Errors: UrlInvalid, BadUsage (unknown dialect), Cancelled. Failed requests are records, not errors.
    Result<void> run(const LoadLevel &level, const MakeRequest &make, const RecordSink &sink, std::stop_token stop = {});
    LoadStatus status() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace assay
