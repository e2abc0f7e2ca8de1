// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// Which server the mock plays: its information routes, its names for things, the routes that it has. Any has every route that
/// generates and a bare /v1/models.
enum class MockServer : uint8_t { Any, OpenAi, Vllm, SgLang, LlamaCpp, Tgi, Ollama, LmStudio, DeepSeek, Azure, Anthropic };

/// What breaks an answer, and how.
enum class MockFault : uint8_t {
    None,
    Status,          ///< answers with `status` and the dialect's error body, Retry-After as set
    Html,            ///< a page of HTML with status 200
    ErrorInStream,   ///< an error event after `faultAfter` pieces, within a 200
    ErrorAtOnce,     ///< an error body with status 200
    Reset,           ///< the connection is reset after `faultAfter` pieces
    CloseEarly,      ///< closed in order after `faultAfter` pieces, without the end mark
    NoEndMark,       ///< ends in order as HTTP, but without the dialect's last events
    HalfLine,        ///< ends within an event
    BadUtf8,         ///< a piece holds bytes that are no UTF-8
    BadJson,         ///< an event is no JSON
    ShortLength,     ///< Content-Length is too large for what comes
    LongLength,      ///< Content-Length is too small for what comes
    BadGzip,         ///< says gzip and sends something else
    Silent,          ///< reads the request and never answers
    StallInStream,   ///< stands still after `faultAfter` pieces
    Drip,            ///< sends byte by byte, one each `dripGap`
    Endless,         ///< never stops
    Redirect,        ///< 307 to `redirectTo`
    NoText,          ///< a proper stream without any text
};

/// What the mock does with a request. Times in seconds.
struct MockScript
{
    MockServer server = MockServer::Any;
    std::string model = "mock-model";
    std::string root = "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"; ///< where vLLM says that its weights are from
    double ttft = 0.02, gap = 0.01;          ///< until the first piece; between pieces
    std::vector<double> gaps;                ///< instead of gap, used in turn
    double jitter = 0;                       ///< each gap is drawn from [1 - jitter, 1 + jitter] times its value
    uint64_t seed = 1;
    double perPromptToken = 0;               ///< added to ttft for each word of the prompt
    int64_t parallel = 0;                    ///< so many requests are worked on at once, the others queue; 0: all
    double stallAt = -1, stallFor = 0;       ///< from this second after start() on the whole server stands still so long
    int64_t reasoningPieces = 0;             ///< before the answer
    std::string reasoningField = "reasoning_content"; ///< or "reasoning", or "" for <think> within the answer
    bool hideReasoning = false;              ///< counted in usage, never sent
    int64_t toolPieces = 0;                  ///< of a tool call's arguments, after the answer (OpenAI and Anthropic chat)
    int64_t pieces = 16;                     ///< of the answer; a request's own limit makes it fewer
    bool obeyLimit = true;                   ///< max_tokens bounds them
    int64_t tokensPerPiece = 1;
    int64_t piecesPerWrite = 1;              ///< several events in one write
    bool roleOnlyFirst = true;               ///< OpenAI's first chunk without text, at once
    int64_t keepAlives = 0;                  ///< comment lines before the first piece, as DeepSeek sends them
    int64_t emptyChunks = 0;                 ///< further ones without text before the first piece
    enum class Usage : uint8_t { AsAsked, Always, Never, Wrong } usage = Usage::AsAsked;
    std::optional<int64_t> cachedTokens;
    std::vector<std::string> words;          ///< of the answer, used in turn; empty: "word0 word1 ..."
    std::string key;                         ///< asked for; empty: none
    MockFault fault = MockFault::None;
    double faultShare = 1;                   ///< of the requests, spread evenly
    int64_t faultAfter = 3;
    int status = 500;
    int64_t retryAfter = 0;                  ///< seconds, told with 429 and 503
    std::string answersAs;                   ///< the model that answers name; empty: `model`
    std::string furtherFields;               ///< members of every object of an answer, as JSON without braces: "\"model_version\":\"1\""
    std::vector<std::pair<std::string, std::string>> furtherHeaders; ///< of generating answers
    int64_t hiddenPromptTokens = 0;          ///< added to every count of a prompt: a system prompt that nobody is told of
    int64_t countJitter = 0;                 ///< counts of prompts go up by 0 ... countJitter, in turn
    /// A proxy that cuts streams anew; tokens, ids and log-probabilities do not come through it.
    enum class Rechunk : uint8_t { None, Characters, Merged } rechunk = Rechunk::None;
    std::vector<std::string> refusedFields;  ///< a request whose body has one of them gets status 400
    double dripGap = 0.05;
    std::string redirectTo;
    int64_t keepRequests = 10'000;           ///< that requests() tells of
    bool keepChunkTimes = true;
    bool operator==(const MockScript &) const = default;
};

} // namespace assay
