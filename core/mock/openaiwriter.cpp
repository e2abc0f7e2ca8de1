// SPDX-License-Identifier: GPL-3.0-or-later
// Chat and text completions as OpenAI documents them, with what each of the servers that imitate them adds.
#include "core/mock/answer.h"

namespace assay {

namespace {

const char *finishOf(const MockAnswer &answer)
{
    return answer.usesTool ? "\"tool_calls\"" : answer.limited ? "\"length\"" : "\"stop\"";
}

const char *fingerprintOf(MockServer server)
{
    switch (server) {
    case MockServer::LlamaCpp: return "b0-mock";
    case MockServer::Ollama: return "fp_ollama";
    case MockServer::Tgi: return "3.3.6-native";
    case MockServer::DeepSeek:
    case MockServer::OpenAi:
    case MockServer::Azure: return "fp_0000000000";
    default: return nullptr;
    }
}

/// The fields that every object of an answer has; an open brace comes first.
void appendHead(const MockAnswer &answer, const char *object, std::string &out)
{
    out += "{\"id\":";
    appendQuoted(out, answer.id);
    out += ",\"object\":\"";
    out += object;
    out += "\",\"created\":";
    out += std::to_string(answer.created);
    out += ",\"model\":";
    appendQuoted(out, answer.model());
    if (const char *fingerprint = fingerprintOf(answer.script->server)) {
        out += ",\"system_fingerprint\":\"";
        out += fingerprint;
        out += '"';
    }
    if (!answer.script->furtherFields.empty())
        out += "," + answer.script->furtherFields;
}

void appendUsage(const MockAnswer &answer, std::string &out)
{
    const bool wrong = answer.script->usage == MockScript::Usage::Wrong;
    const int64_t tokens = wrong ? answer.outputTokens * 3 + 7 : answer.outputTokens;
    out += ",\"usage\":{\"prompt_tokens\":" + std::to_string(answer.promptTokens)
           + ",\"completion_tokens\":" + std::to_string(tokens)
           + ",\"total_tokens\":" + std::to_string(answer.promptTokens + tokens);
    if (answer.script->cachedTokens)
        out += ",\"prompt_tokens_details\":{\"cached_tokens\":" + std::to_string(answer.cachedTokens) + '}';
    const std::string reasoning = "\"reasoning_tokens\":" + std::to_string(answer.reasoningTokens);
    if (answer.script->server == MockServer::SgLang)
        out += ',' + reasoning;
    else if (answer.reasoningTokens > 0)
        out += ",\"completion_tokens_details\":{" + reasoning + '}';
    if (answer.script->server == MockServer::DeepSeek)
        out += ",\"prompt_cache_hit_tokens\":" + std::to_string(answer.cachedTokens)
               + ",\"prompt_cache_miss_tokens\":" + std::to_string(answer.promptTokens - answer.cachedTokens);
    out += '}';
}

std::string perSecond(int64_t count, int64_t ns)
{
    return std::to_string(ns > 0 ? double(count) * 1e9 / double(ns) : 0.0);
}

/// What single servers add at the end.
void appendExtras(const MockAnswer &answer, std::string &out)
{
    const double prompt = double(answer.promptNs) / 1e6, decode = double(answer.decodeNs) / 1e6;
    if (answer.script->server == MockServer::LlamaCpp)
        out += ",\"timings\":{\"cache_n\":" + std::to_string(answer.cachedTokens)
               + ",\"prompt_n\":" + std::to_string(answer.promptTokens - answer.cachedTokens)
               + ",\"prompt_ms\":" + std::to_string(prompt)
               + ",\"prompt_per_second\":" + perSecond(answer.promptTokens - answer.cachedTokens, answer.promptNs)
               + ",\"predicted_n\":" + std::to_string(answer.outputTokens)
               + ",\"predicted_ms\":" + std::to_string(decode)
               + ",\"predicted_per_second\":" + perSecond(answer.outputTokens, answer.decodeNs) + '}';
    if (answer.script->server == MockServer::LmStudio)
        out += ",\"stats\":{\"tokens_per_second\":" + perSecond(answer.outputTokens, answer.decodeNs)
               + ",\"time_to_first_token\":" + std::to_string(prompt / 1e3)
               + ",\"generation_time\":" + std::to_string(decode / 1e3) + ",\"stop_reason\":"
               + (answer.limited ? "\"maxPredictedTokensReached\"" : "\"eosFound\"") + '}';
}

void appendLogprob(std::string &out, std::string_view token, double logprob = -0.5, const std::vector<std::pair<std::string, double>> &top = {},
                   std::string_view bytes = {})
{
    bytes = bytes.empty() ? token : bytes;
    out += "{\"token\":";
    appendQuoted(out, token);
    out += ",\"logprob\":" + std::to_string(logprob) + ",\"bytes\":[";
    for (size_t i = 0; i < bytes.size(); ++i)
        out += (i > 0 ? "," : "") + std::to_string(int(static_cast<unsigned char>(bytes[i])));
    out += "],\"top_logprobs\":[";
    for (size_t i = 0; i < top.size(); ++i) {
        out += i > 0 ? ",{\"token\":" : "{\"token\":";
        appendQuoted(out, top[i].first);
        out += ",\"logprob\":" + std::to_string(top[i].second) + ",\"bytes\":null}";
    }
    out += "]}";
}

/// The piece's tokens, where asked for: the text is its first token, further ones are empty.
void appendLogprobs(const MockAnswer &answer, const MockPiece &piece, std::string &out)
{
    if (answer.query.wantsIds && !piece.tokens.empty()) {
        out += ",\"token_ids\":[";
        for (size_t i = 0; i < piece.tokens.size(); ++i)
            out += (i > 0 ? "," : "") + std::to_string(piece.tokens[i].id);
        out += ']';
    }
    if (!answer.query.wantsLogprobs)
        return;
    out += ",\"logprobs\":{\"content\":[";
    for (size_t i = 0; i < piece.tokens.size(); ++i) {
        out += i > 0 ? "," : "";
        appendLogprob(out, piece.tokens[i].text, piece.tokens[i].logprob, piece.tokens[i].top, piece.tokens[i].bytes);
    }
    if (!piece.tokens.empty()) {
        out += "]}";
        return;
    }
    for (int64_t i = 0; i < answer.script->tokensPerPiece; ++i) {
        if (i > 0)
            out += ',';
        appendLogprob(out, i == 0 ? std::string_view(piece.text) : std::string_view());
    }
    out += "]}";
}

void beginChunk(const MockAnswer &answer, std::string &out)
{
    out += "data: ";
    appendHead(answer, "chat.completion.chunk", out);
    out += ",\"choices\":[{\"index\":0,\"delta\":{";
}

void openChat(const MockAnswer &answer, std::string &out)
{
    beginChunk(answer, out);
    out += "\"role\":\"assistant\",\"content\":";
    out += answer.script->server == MockServer::LlamaCpp || answer.script->server == MockServer::DeepSeek ? "null" : "\"\"";
    out += "},\"finish_reason\":null}]}\n\n";
}

void emptyChat(const MockAnswer &answer, std::string &out)
{
    beginChunk(answer, out);
    out += "\"content\":\"\"},\"finish_reason\":null}]}\n\n";
}

void pieceOfChat(const MockAnswer &answer, const MockPiece &piece, std::string &out)
{
    beginChunk(answer, out);
    if (piece.kind == PieceKind::Tool) {
        out += "\"tool_calls\":[{\"index\":0,";
        if (piece.firstOfBlock)
            out += "\"id\":\"call_mock\",\"type\":\"function\",";
        out += piece.firstOfBlock ? "\"function\":{\"name\":\"look_up\",\"arguments\":" : "\"function\":{\"arguments\":";
        appendQuoted(out, piece.text);
        out += "}}]";
    } else {
        appendQuoted(out, piece.kind == PieceKind::Reasoning ? answer.script->reasoningField : std::string("content"));
        out += ':';
        appendQuoted(out, piece.text);
    }
    out += '}';
    appendLogprobs(answer, piece, out);
    out += ",\"finish_reason\":null}]}\n\n";
}

void closeChat(const MockAnswer &answer, std::string &out)
{
    beginChunk(answer, out);
    out += "},\"finish_reason\":";
    out += finishOf(answer);
    out += "}]";
    const bool usageApart = answer.toldUsage && answer.script->server != MockServer::DeepSeek;
    if (answer.toldUsage && !usageApart)
        appendUsage(answer, out);
    if (!usageApart)
        appendExtras(answer, out);
    out += "}\n\n";
    if (usageApart) {
        out += "data: ";
        appendHead(answer, "chat.completion.chunk", out);
        out += ",\"choices\":[]";
        appendUsage(answer, out);
        appendExtras(answer, out);
        out += "}\n\n";
    }
    out += "data: [DONE]\n\n";
}

/// Of an answer that is not streamed: the tokens that a hook made, where they are asked for.
void appendWholeLogprobs(const MockAnswer &answer, std::string &out)
{
    if (!answer.query.wantsLogprobs) {
        out += answer.script->server == MockServer::LlamaCpp ? "" : ",\"logprobs\":null";
        return;
    }
    out += ",\"logprobs\":{\"content\":[";
    bool isFirst = true;
    for (const MockPiece &piece : answer.pieces) {
        for (const MockToken &token : piece.tokens) {
            out += isFirst ? "" : ",";
            appendLogprob(out, token.text, token.logprob, token.top, token.bytes);
            isFirst = false;
        }
    }
    out += "]}";
}

void wholeChat(const MockAnswer &answer, std::string &out)
{
    appendHead(answer, "chat.completion", out);
    out += ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":";
    appendQuoted(out, answer.textOf(PieceKind::Answer));
    if (const std::string thought = answer.textOf(PieceKind::Reasoning); !thought.empty()) {
        out += ',';
        appendQuoted(out, answer.script->reasoningField);
        out += ':';
        appendQuoted(out, thought);
    }
    if (const std::string tool = answer.textOf(PieceKind::Tool); !tool.empty()) {
        out += ",\"tool_calls\":[{\"id\":\"call_mock\",\"type\":\"function\",\"function\":{\"name\":\"look_up\",\"arguments\":";
        appendQuoted(out, tool);
        out += "}}]";
    }
    out += '}';
    appendWholeLogprobs(answer, out);
    out += ",\"finish_reason\":";
    out += finishOf(answer);
    out += "}]";
    if (answer.script->usage != MockScript::Usage::Never)
        appendUsage(answer, out);
    appendExtras(answer, out);
    out += '}';
}

void beginText(const MockAnswer &answer, std::string &out)
{
    appendHead(answer, "text_completion", out);
    out += ",\"choices\":[{\"index\":0,\"text\":";
}

void emptyText(const MockAnswer &answer, std::string &out)
{
    out += "data: ";
    beginText(answer, out);
    out += "\"\",\"logprobs\":null,\"finish_reason\":null}]}\n\n";
}

void pieceOfText(const MockAnswer &answer, const MockPiece &piece, std::string &out)
{
    out += "data: ";
    beginText(answer, out);
    appendQuoted(out, piece.text);
    out += ",\"logprobs\":null,\"finish_reason\":null}]}\n\n";
}

void closeText(const MockAnswer &answer, std::string &out)
{
    out += "data: ";
    beginText(answer, out);
    out += "\"\",\"logprobs\":null,\"finish_reason\":";
    out += finishOf(answer);
    out += "}]";
    if (answer.toldUsage)
        appendUsage(answer, out);
    appendExtras(answer, out);
    out += "}\n\ndata: [DONE]\n\n";
}

void wholeText(const MockAnswer &answer, std::string &out)
{
    beginText(answer, out);
    appendQuoted(out, answer.textOf(PieceKind::Reasoning) + answer.textOf(PieceKind::Answer));
    out += ",\"logprobs\":null,\"finish_reason\":";
    out += finishOf(answer);
    out += "}]";
    if (answer.script->usage != MockScript::Usage::Never)
        appendUsage(answer, out);
    appendExtras(answer, out);
    out += '}';
}

void error(const MockAnswer &answer, int status, std::string_view message, bool inStream, std::string &out)
{
    if (inStream)
        out += "data: ";
    const bool flat = answer.script->server == MockServer::SgLang;
    out += flat ? "{\"object\":\"error\",\"message\":" : "{\"error\":{\"message\":";
    appendQuoted(out, message);
    out += ",\"type\":\"";
    out += status == 401 ? "authentication_error" : status == 429 ? "rate_limit_error" : status >= 500 ? "server_error" : "invalid_request_error";
    out += "\",\"param\":null,\"code\":" + std::to_string(status) + (flat ? "}" : "}}");
    if (inStream)
        out += "\n\n";
}

} // namespace

const MockWriter kChatWriter{"text/event-stream; charset=utf-8", openChat, emptyChat, pieceOfChat, closeChat, wholeChat, error};
const MockWriter kCompletionsWriter{"text/event-stream; charset=utf-8", nullptr, emptyText, pieceOfText, closeText, wholeText, error};

} // namespace assay
