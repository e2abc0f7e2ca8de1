// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/bytelevel.h"

#include "core/tokenizer/utf8.h"

namespace assay {
namespace {

struct Alphabet
{
    std::array<std::string, 256> pieces;
    std::array<int, 512> bytes; ///< by code point; -1: not of the alphabet

    Alphabet()
    {
        bytes.fill(-1);
        char32_t next = 0x100;
        for (int byte = 0; byte < 256; ++byte) {
            const bool printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
            const char32_t codePoint = printable ? char32_t(byte) : next++;
            appendUtf8(pieces[size_t(byte)], codePoint);
            bytes[codePoint] = byte;
        }
    }
};

const Alphabet &alphabet()
{
    static const Alphabet instance;
    return instance;
}

} // namespace

const std::array<std::string, 256> &byteAlphabet()
{
    return alphabet().pieces;
}

std::string pieceFromBytes(std::string_view bytes)
{
    std::string piece;
    piece.reserve(bytes.size() * 2);
    for (char byte : bytes)
        piece += alphabet().pieces[uint8_t(byte)];
    return piece;
}

bool appendBytesOfPiece(std::string_view piece, std::string &bytes)
{
    const Alphabet &known = alphabet();
    const size_t before = bytes.size();
    for (size_t offset = 0; offset < piece.size();) {
        const char32_t codePoint = nextCodePoint(piece, offset);
        const int byte = codePoint < known.bytes.size() ? known.bytes[codePoint] : -1;
        if (byte < 0) {
            bytes.resize(before);
            return false;
        }
        bytes += char(byte);
    }
    return true;
}

std::optional<std::string> bytesFromPiece(std::string_view piece)
{
    std::string bytes;
    return appendBytesOfPiece(piece, bytes) ? std::optional(bytes) : std::nullopt;
}

} // namespace assay
