// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mock/answer.h"

namespace assay {

std::string MockAnswer::textOf(PieceKind kind) const
{
    std::string out;
    for (const MockPiece &piece : pieces) {
        if (piece.kind == kind)
            out += piece.text;
    }
    return out;
}

const MockWriter &writerOf(MockDialect dialect)
{
    static const MockWriter *const kWriters[] = {&kChatWriter, &kCompletionsWriter, &kNativeWriter, &kTgiWriter,
                                                 &kOllamaChatWriter, &kOllamaGenerateWriter, &kMessagesWriter};
    return *kWriters[size_t(dialect)];
}

void appendQuoted(std::string &out, std::string_view text)
{
    static const char kHex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += kHex[(c >> 4) & 15];
            out += kHex[c & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

int64_t tokenIdOf(std::string_view text)
{
    uint32_t hash = 2166136261u; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return 1000 + hash % 30000;
}

void appendTokenIds(std::string &out, const MockPiece &piece, int64_t count)
{
    const int64_t first = tokenIdOf(piece.text);
    out += '[';
    for (size_t i = 0; i < piece.tokens.size(); ++i)
        out += (i > 0 ? "," : "") + std::to_string(piece.tokens[i].id);
    count = piece.tokens.empty() ? count : 0;
    for (int64_t i = 0; i < count; ++i) {
        if (i > 0)
            out += ',';
        out += std::to_string(first + i);
    }
    out += ']';
}

} // namespace assay
