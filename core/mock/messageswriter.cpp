// SPDX-License-Identifier: GPL-3.0-or-later
// Anthropic's /v1/messages: typed events, a content block for each kind of text.
#include "core/mock/answer.h"

namespace assay {

namespace {

void appendEvent(const char *type, const std::string &rest, std::string &out)
{
    out += std::string("event: ") + type + "\ndata: {\"type\":\"" + type + '"' + rest + "}\n\n";
}

std::string inputUsage(const MockAnswer &answer, int64_t outputTokens)
{
    if (answer.script->usage == MockScript::Usage::Never)
        return {};
    std::string out = ",\"usage\":{";
    if (answer.script->cachedTokens)
        out += "\"cache_read_input_tokens\":" + std::to_string(answer.cachedTokens) + ',';
    return out + "\"input_tokens\":" + std::to_string(answer.promptTokens - answer.cachedTokens)
           + ",\"output_tokens\":" + std::to_string(outputTokens) + '}';
}

int64_t tokensShown(const MockAnswer &answer)
{
    return answer.script->usage == MockScript::Usage::Wrong ? answer.outputTokens * 3 + 7 : answer.outputTokens;
}

const char *stopReason(const MockAnswer &answer)
{
    return answer.usesTool ? "\"tool_use\"" : answer.limited ? "\"max_tokens\"" : "\"end_turn\"";
}

void appendMessage(const MockAnswer &answer, std::string &out)
{
    out += "{\"id\":";
    appendQuoted(out, answer.id);
    out += ",\"type\":\"message\",\"role\":\"assistant\",\"model\":";
    appendQuoted(out, answer.script->model);
}

void open(const MockAnswer &answer, std::string &out)
{
    std::string message;
    appendMessage(answer, message);
    appendEvent("message_start", ",\"message\":" + message + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null" + inputUsage(answer, 0) + '}', out);
    appendEvent("ping", {}, out);
}

void ping(const MockAnswer &, std::string &out)
{
    appendEvent("ping", {}, out);
}

void stopBlock(int64_t block, std::string &out)
{
    appendEvent("content_block_stop", ",\"index\":" + std::to_string(block), out);
}

void piece(const MockAnswer &, const MockPiece &piece, std::string &out)
{
    struct Kind
    {
        const char *block, *delta, *field;
    };
    static constexpr Kind kKinds[] = {
        {"{\"type\":\"thinking\",\"thinking\":\"\"}", "thinking_delta", "thinking"},
        {"{\"type\":\"text\",\"text\":\"\"}", "text_delta", "text"},
        {"{\"type\":\"tool_use\",\"id\":\"toolu_mock\",\"name\":\"look_up\",\"input\":{}}", "input_json_delta", "partial_json"},
    };
    const Kind &kind = kKinds[size_t(piece.kind)];
    const std::string index = ",\"index\":" + std::to_string(piece.block);
    if (piece.firstOfBlock) {
        if (piece.block > 0)
            stopBlock(piece.block - 1, out);
        appendEvent("content_block_start", index + ",\"content_block\":" + kind.block, out);
    }
    std::string text;
    appendQuoted(text, piece.text);
    appendEvent("content_block_delta", index + ",\"delta\":{\"type\":\"" + kind.delta + "\",\"" + kind.field + "\":" + text + '}', out);
}

void close(const MockAnswer &answer, std::string &out)
{
    if (answer.blocks > 0)
        stopBlock(answer.blocks - 1, out);
    std::string rest = std::string(",\"delta\":{\"stop_reason\":") + stopReason(answer) + ",\"stop_sequence\":null}";
    if (answer.script->usage != MockScript::Usage::Never)
        rest += ",\"usage\":{\"output_tokens\":" + std::to_string(tokensShown(answer)) + '}';
    appendEvent("message_delta", rest, out);
    appendEvent("message_stop", {}, out);
}

void whole(const MockAnswer &answer, std::string &out)
{
    appendMessage(answer, out);
    out += ",\"content\":[";
    if (const std::string thought = answer.textOf(PieceKind::Reasoning); !thought.empty()) {
        out += "{\"type\":\"thinking\",\"thinking\":";
        appendQuoted(out, thought);
        out += "},";
    }
    out += "{\"type\":\"text\",\"text\":";
    appendQuoted(out, answer.textOf(PieceKind::Answer));
    out += "}],\"stop_reason\":";
    out += stopReason(answer);
    out += ",\"stop_sequence\":null" + inputUsage(answer, tokensShown(answer)) + '}';
}

void error(const MockAnswer &, int status, std::string_view message, bool inStream, std::string &out)
{
    std::string body = "{\"type\":\"error\",\"error\":{\"type\":\"";
    body += status == 401 ? "authentication_error" : status == 429 ? "rate_limit_error" : status == 529 ? "overloaded_error"
            : status >= 500 ? "api_error" : status == 404 ? "not_found_error" : "invalid_request_error";
    body += "\",\"message\":";
    appendQuoted(body, message);
    body += "}}";
    out += inStream ? "event: error\ndata: " + body + "\n\n" : body;
}

} // namespace

const MockWriter kMessagesWriter{"text/event-stream; charset=utf-8", open, ping, piece, close, whole, error};

} // namespace assay
