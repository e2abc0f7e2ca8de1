// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/failure.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What a piece of a stream belongs to: they are timed apart (benchmarking.md 4, pitfall 2).
enum class Channel : uint8_t { Answer, Reasoning, Tool };

/// A moment that was not reached.
inline constexpr int64_t kNever = -1;

/// A piece of generated text as it came. Role-only, empty and usage-only events are none.
struct ChunkRecord
{
    int64_t at = 0;       ///< ns since the run's origin: when the bytes that complete it were read
    uint32_t read = 0;    ///< which read of the request brought it: pieces of one read share its time (pitfall 20)
    Channel channel = Channel::Answer;
    uint32_t bytes = 0;   ///< of its text, UTF-8
    uint32_t tokens = 0;  ///< as the server tells for this very piece (token ids, log-probabilities); 0: it does not
    bool operator==(const ChunkRecord &) const = default;
};

/// What the server says that it counted (usage, eval_count, tokens_evaluated); absent where it does not.
struct ServerCounts
{
    std::optional<int64_t> prompt, completion, reasoning, cached;
    bool operator==(const ServerCounts &) const = default;
};

/// What the server says that it took, in seconds (llama.cpp's timings, Ollama's durations, TGI's headers).
struct ServerTimes
{
    std::optional<double> queue, prompt, decode, total;
    bool operator==(const ServerTimes &) const = default;
};

/// One try of one request to an endpoint, raw: whatever is printed of it is derived from this (requestmetrics.h). All moments
/// are ns since the run's origin on the monotonic clock, taken where bytes are sent and read.
struct RequestRecord
{
    int64_t index = 0;     ///< of the request in the run
    int32_t point = 0;     ///< which of pointsOf(plan)
    int32_t attempt = 0;   ///< 0 is the first; a repeated request is a record of its own with the same index
    int32_t round = 0;     ///< of a point that is measured in several goes (subjects in turn): which; their times are apart
    bool warmup = false;
    int64_t promptTokens = 0; ///< asked for, by our own count or guess
    int64_t outputTokens = 0; ///< asked for, at most

    int64_t scheduled = 0;        ///< intended arrival; in a closed loop the moment that it became free to be sent
    int64_t sent = kNever;        ///< handed to the socket
    int64_t connected = kNever;   ///< a new connection was ready; kNever: an open one was used
    int64_t headers = kNever;     ///< the status line was read
    int64_t firstByte = kNever;   ///< of the body
    int64_t ended = kNever;       ///< the stream was closed or given up
    std::vector<ChunkRecord> chunks;
    std::string text;             ///< of all chunks, one after the other; empty when texts are not kept

    Failure failure = Failure::None;
    int32_t status = 0;           ///< of HTTP; 0: no answer
    std::string detail;           ///< the server's or the library's own words, short, without keys
    std::string finish;           ///< "stop", "length", "tool_calls"; empty: not told
    std::string model;            ///< that the server says it used
    ServerCounts usage;
    ServerTimes times;
    std::optional<int64_t> localTokens; ///< of the whole text by a local tokenizer
    uint64_t receivedBytes = 0;   ///< of the body, decompressed
    int64_t retryAfterMs = 0;     ///< that the server asks to wait; 0: it does not say
    int32_t httpVersion = 0;      ///< 11, 20
    bool operator==(const RequestRecord &) const = default;
};

} // namespace assay
