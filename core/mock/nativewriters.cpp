// SPDX-License-Identifier: GPL-3.0-or-later
// llama.cpp's own /completion and Text Generation Inference's /generate and /generate_stream.
#include "core/mock/answer.h"

namespace assay {

namespace {

int64_t tokensShown(const MockAnswer &answer)
{
    return answer.script->usage == MockScript::Usage::Wrong ? answer.outputTokens * 3 + 7 : answer.outputTokens;
}

std::string allText(const MockAnswer &answer)
{
    return answer.textOf(PieceKind::Reasoning) + answer.textOf(PieceKind::Answer);
}

void pieceOfNative(const MockAnswer &answer, const MockPiece &piece, std::string &out)
{
    const int64_t tokens = answer.script->tokensPerPiece;
    out += "data: {\"index\":0,\"content\":";
    appendQuoted(out, piece.text);
    out += ",\"tokens\":";
    appendTokenIds(out, piece, tokens);
    out += ",\"stop\":false,\"id_slot\":-1,\"tokens_predicted\":" + std::to_string((piece.index + 1) * tokens)
           + ",\"tokens_evaluated\":" + std::to_string(answer.promptTokens) + "}\n\n";
}

void emptyNative(const MockAnswer &answer, std::string &out)
{
    out += "data: {\"index\":0,\"content\":\"\",\"tokens\":[],\"stop\":false,\"id_slot\":-1,\"tokens_predicted\":0,\"tokens_evaluated\":"
           + std::to_string(answer.promptTokens) + "}\n\n";
}

/// The last object; `text` is all of it without streaming.
void appendNativeEnd(const MockAnswer &answer, std::string_view text, std::string &out)
{
    out += "{\"index\":0,\"content\":";
    appendQuoted(out, text);
    out += ",\"tokens\":[],\"id_slot\":0,\"stop\":true,\"model\":";
    appendQuoted(out, answer.model());
    if (answer.script->usage != MockScript::Usage::Never)
        out += ",\"tokens_predicted\":" + std::to_string(tokensShown(answer)) + ",\"tokens_evaluated\":" + std::to_string(answer.promptTokens);
    out += ",\"truncated\":false,\"stop_type\":";
    out += answer.limited ? "\"limit\"" : "\"eos\"";
    out += ",\"stopping_word\":\"\",\"tokens_cached\":" + std::to_string(answer.promptTokens + answer.outputTokens)
           + ",\"timings\":{\"cache_n\":" + std::to_string(answer.cachedTokens)
           + ",\"prompt_n\":" + std::to_string(answer.promptTokens - answer.cachedTokens)
           + ",\"prompt_ms\":" + std::to_string(double(answer.promptNs) / 1e6)
           + ",\"predicted_n\":" + std::to_string(answer.outputTokens)
           + ",\"predicted_ms\":" + std::to_string(double(answer.decodeNs) / 1e6) + "}}";
}

void closeNative(const MockAnswer &answer, std::string &out)
{
    out += "data: ";
    appendNativeEnd(answer, {}, out);
    out += "\n\n";
}

void wholeNative(const MockAnswer &answer, std::string &out)
{
    appendNativeEnd(answer, allText(answer), out);
}

void nativeError(const MockAnswer &, int status, std::string_view message, bool inStream, std::string &out)
{
    out += inStream ? "error: " : "{\"error\":";
    out += "{\"code\":" + std::to_string(status) + ",\"message\":";
    appendQuoted(out, message);
    out += ",\"type\":\"server_error\"}";
    out += inStream ? "\n\n" : "}";
}

/// TGI has one event a token; the last one carries the whole text and the details. It writes no space after "data:".
void appendTgiToken(const MockPiece &piece, std::string &out)
{
    out += "data:{\"index\":" + std::to_string(piece.index + 1) + ",\"token\":{\"id\":" + std::to_string(piece.tokens.empty() ? tokenIdOf(piece.text) : piece.tokens.front().id)
           + ",\"text\":";
    appendQuoted(out, piece.text);
    out += ",\"logprob\":-0.5,\"special\":false},\"generated_text\":null,\"details\":null}\n\n";
}

void pieceOfTgi(const MockAnswer &, const MockPiece &piece, std::string &out)
{
    appendTgiToken(piece, out);
}

std::string tgiDetails(const MockAnswer &answer)
{
    if (answer.script->usage == MockScript::Usage::Never)
        return "null";
    return std::string("{\"finish_reason\":") + (answer.limited ? "\"length\"" : "\"eos_token\"")
           + ",\"generated_tokens\":" + std::to_string(tokensShown(answer)) + ",\"seed\":null"
           + (answer.query.stream ? ",\"input_length\":" + std::to_string(answer.promptTokens) : std::string()) + '}';
}

void closeTgi(const MockAnswer &answer, std::string &out)
{
    out += "data:{\"index\":" + std::to_string(answer.outputTokens + 1)
           + ",\"token\":{\"id\":2,\"text\":\"</s>\",\"logprob\":-0.1,\"special\":true},\"generated_text\":\"\",\"details\":" + tgiDetails(answer)
           + "}\n\n";
}

void wholeTgi(const MockAnswer &answer, std::string &out)
{
    out += "{\"generated_text\":";
    appendQuoted(out, allText(answer));
    out += ",\"details\":" + tgiDetails(answer) + '}';
}

void tgiError(const MockAnswer &, int status, std::string_view message, bool inStream, std::string &out)
{
    out += inStream ? "data:{\"error\":" : "{\"error\":";
    appendQuoted(out, message);
    out += ",\"error_type\":\"";
    out += status == 429 ? "overloaded" : status == 422 ? "validation" : "generation";
    out += inStream ? "\"}\n\n" : "\"}";
}

} // namespace

const MockWriter kNativeWriter{"text/event-stream", nullptr, emptyNative, pieceOfNative, closeNative, wholeNative, nativeError};
const MockWriter kTgiWriter{"text/event-stream", nullptr, nullptr, pieceOfTgi, closeTgi, wholeTgi, tgiError};

} // namespace assay
