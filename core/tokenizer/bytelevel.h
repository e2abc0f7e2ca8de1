// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// The printable character that stands for each byte in a byte-level vocabulary (GPT-2's table): printable
/// Latin-1 stands for itself, the other bytes are U+0100, U+0101, ... in order.
const std::array<std::string, 256> &byteAlphabet();
/// Bytes as the vocabulary spells them: " a" -> "Ġa".
std::string pieceFromBytes(std::string_view bytes);
/// The bytes of a piece; nothing when a character is not of the alphabet.
std::optional<std::string> bytesFromPiece(std::string_view piece);

/// The same behind other bytes; false, and nothing appended, when a character is not of the alphabet.
bool appendBytesOfPiece(std::string_view piece, std::string &bytes);

} // namespace assay
