// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// How a stream is cut into events.
enum class Framing : uint8_t { Sse, JsonLines };

/// What a field of an event tells.
enum class EventField : uint8_t {
    Answer, Reasoning, Tool, ///< generated text
    Refusal,                 ///< text of an answer that says no, told apart by the server
    TokenIds,                ///< an array with an entry for each token of the piece
    OneToken,                ///< the piece is one token
    Hidden,                  ///< true: its text is a special token's, which is no text
    Finish,
    Model,
    PromptTokens, CompletionTokens, ReasoningTokens, CachedTokens,
    UncachedTokens, CacheWrittenTokens, ///< parts of the prompt that are told apart and do not hold each other
    EngineCompletion,                   ///< a count beside usage, for when there is none
    QueueTime, PromptTime, DecodeTime, TotalTime, ///< times `scale` are seconds
    Error,                   ///< an error in place of text: an object or its words
    ErrorWords,              ///< its words, where they stand beside it
    End,                     ///< the stream's last event, when it has the value `equals`; of any value without one
};

/// Where something stands in an event: "choices[].delta.content"; "[]" is every element of an array.
struct FieldRule
{
    const char *path;
    EventField field;
    double scale = 1;
    const char *equals = nullptr; ///< a string, or "true": the rule holds for this value alone
};

/// How a request's body is made: JSON paths ("options.num_predict"), empty where the dialect has no such field, and JSON
/// that is merged in.
struct BodyRule
{
    enum class Prompt : uint8_t { Messages, MessagesSystemApart, Text } prompt;
    const char *promptPath;
    const char *modelPath;
    const char *limitPath;
    const char *temperaturePath;
    const char *fixed;         ///< always: streaming, usage in the stream
    const char *ignoreEos;     ///< when asked
    const char *minTokensPath; ///< set to the limit with it
    std::vector<std::pair<const char *, const char *>> thinking; ///< level: "on", "off", "low", "medium", "high"
    const char *topPPath = "top_p", *seedPath = "seed";
};

/// How a kind of server is asked, and where its answers say what. A further one is an entry of dialects().
struct Dialect
{
    const char *id;    ///< "vllm"
    const char *label; ///< a name, not translated
    const char *path;  ///< below what the user entered (endpointAddress); "{model}" is filled in
    Framing framing;
    const char *keyHeader, *keyPrefix; ///< "Authorization", "Bearer "
    std::vector<std::pair<const char *, const char *>> headers; ///< further fixed ones
    BodyRule body;
    const char *endMark; ///< an event that is not JSON: "[DONE]"; null: there is none
    std::vector<std::span<const FieldRule>> fields;
    std::vector<FieldRule> headerFields; ///< path: a header's name in lower case
};
const std::vector<Dialect> &dialects();
/// Null when there is none of this id.
const Dialect *findDialect(std::string_view id);

} // namespace assay
