// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mock/hooks.h"
#include "core/mock/script.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// The shapes of requests and answers that the mock knows.
enum class MockDialect : uint8_t { Chat, Completions, Native, Tgi, OllamaChat, OllamaGenerate, Messages };

/// What a request asks, of whichever dialect.
struct MockQuery
{
    MockDialect dialect = MockDialect::Chat;
    std::string model;
    bool stream = false, wantsUsage = false, wantsLogprobs = false, wantsIds = false;
    std::optional<int64_t> limit;
    int64_t promptTokens = 0; ///< words of all its texts
    std::vector<std::string> texts; ///< in their order
    std::string body;
};

enum class PieceKind : uint8_t { Reasoning, Answer, Tool };

/// Some text of an answer.
struct MockPiece
{
    PieceKind kind = PieceKind::Answer;
    int64_t index = 0;  ///< within the whole answer
    int64_t block = 0;  ///< how many kinds came before
    bool firstOfBlock = false;
    std::string text;
    std::vector<MockToken> tokens; ///< that a hook made it of
};

/// What the writers need to know of an answer.
struct MockAnswer
{
    const MockScript *script = nullptr;
    MockQuery query;
    std::string id;
    int64_t created = 0;                                   ///< s of Unix time
    int64_t reasoningTokens = 0, outputTokens = 0;         ///< output: all of them
    int64_t promptTokens = 0, cachedTokens = 0;
    int64_t blocks = 0;                                    ///< kinds of pieces sent
    bool toldUsage = false, limited = false, usesTool = false;
    int64_t promptNs = 0, decodeNs = 0, queueNs = 0;
    std::vector<MockPiece> pieces;                         ///< of an answer that is not streamed
    std::vector<int64_t> context;                          ///< ids of all its tokens, where a hook made them
    std::string textOf(PieceKind kind) const;
    const std::string &model() const { return script->answersAs.empty() ? script->model : script->answersAs; }
};

/// One dialect's bytes. Each function appends to its last argument.
struct MockWriter
{
    const char *streamType; ///< content type of a stream
    void (*open)(const MockAnswer &, std::string &);  ///< events before any text; may be null
    void (*empty)(const MockAnswer &, std::string &); ///< an event without text; may be null
    void (*piece)(const MockAnswer &, const MockPiece &, std::string &);
    void (*close)(const MockAnswer &, std::string &);
    void (*whole)(const MockAnswer &, std::string &); ///< the body without streaming
    void (*error)(const MockAnswer &, int status, std::string_view message, bool inStream, std::string &);
};
const MockWriter &writerOf(MockDialect dialect);
extern const MockWriter kChatWriter, kCompletionsWriter, kNativeWriter, kTgiWriter, kOllamaChatWriter, kOllamaGenerateWriter,
    kMessagesWriter;

/// Adds the text in quotation marks, as JSON wants it; bytes that are no UTF-8 stay as they are.
void appendQuoted(std::string &out, std::string_view text);
/// A token's id, the same for the same text.
int64_t tokenIdOf(std::string_view text);
/// "[12,34]": as many ids as a piece has tokens, of which the text is the first.
void appendTokenIds(std::string &out, const MockPiece &piece, int64_t count);

} // namespace assay
