// SPDX-License-Identifier: GPL-3.0-or-later
// Ollama's /api/chat and /api/generate: a JSON object a line, the last one with counts and durations in ns.
#include "core/mock/answer.h"

namespace assay {

namespace {

void beginLine(const MockAnswer &answer, std::string &out)
{
    out += "{\"model\":";
    appendQuoted(out, answer.model());
    out += ",\"created_at\":\"2025-06-15T12:00:00.000000Z\",";
}

void appendText(const MockAnswer &answer, std::string_view thinking, std::string_view text, std::string &out)
{
    const bool chat = answer.query.dialect == MockDialect::OllamaChat;
    out += chat ? "\"message\":{\"role\":\"assistant\",\"content\":" : "\"response\":";
    appendQuoted(out, text);
    if (!thinking.empty()) {
        out += ",\"thinking\":";
        appendQuoted(out, thinking);
    }
    if (chat)
        out += '}';
}

void emptyLine(const MockAnswer &answer, std::string &out)
{
    beginLine(answer, out);
    appendText(answer, {}, {}, out);
    out += ",\"done\":false}\n";
}

void pieceLine(const MockAnswer &answer, const MockPiece &piece, std::string &out)
{
    const bool thinking = piece.kind == PieceKind::Reasoning;
    beginLine(answer, out);
    appendText(answer, thinking ? std::string_view(piece.text) : std::string_view(), thinking ? std::string_view() : std::string_view(piece.text), out);
    out += ",\"done\":false}\n";
}

void appendEnd(const MockAnswer &answer, std::string &out)
{
    out += ",\"done_reason\":";
    out += answer.limited ? "\"length\"" : "\"stop\"";
    out += ",\"done\":true";
    if (!answer.context.empty() && answer.query.dialect == MockDialect::OllamaGenerate) {
        out += ",\"context\":[";
        for (size_t i = 0; i < answer.context.size(); ++i)
            out += (i > 0 ? "," : "") + std::to_string(answer.context[i]);
        out += ']';
    }
    if (answer.script->usage != MockScript::Usage::Never) {
        const bool wrong = answer.script->usage == MockScript::Usage::Wrong;
        out += ",\"total_duration\":" + std::to_string(answer.queueNs + answer.promptNs + answer.decodeNs) + ",\"load_duration\":0"
               + ",\"prompt_eval_count\":" + std::to_string(answer.promptTokens) + ",\"prompt_eval_duration\":" + std::to_string(answer.promptNs)
               + ",\"eval_count\":" + std::to_string(wrong ? answer.outputTokens * 3 + 7 : answer.outputTokens)
               + ",\"eval_duration\":" + std::to_string(answer.decodeNs);
    }
    out += '}';
}

void closeLines(const MockAnswer &answer, std::string &out)
{
    beginLine(answer, out);
    appendText(answer, {}, {}, out);
    appendEnd(answer, out);
    out += '\n';
}

void whole(const MockAnswer &answer, std::string &out)
{
    beginLine(answer, out);
    appendText(answer, answer.textOf(PieceKind::Reasoning), answer.textOf(PieceKind::Answer), out);
    appendEnd(answer, out);
}

void error(const MockAnswer &, int, std::string_view message, bool inStream, std::string &out)
{
    out += "{\"error\":";
    appendQuoted(out, message);
    out += inStream ? "}\n" : "}";
}

} // namespace

const MockWriter kOllamaChatWriter{"application/x-ndjson", nullptr, emptyLine, pieceLine, closeLines, whole, error};
const MockWriter kOllamaGenerateWriter{"application/x-ndjson", nullptr, emptyLine, pieceLine, closeLines, whole, error};

} // namespace assay
