// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/decoder.h"
#include "core/tokenizer/pattern.h"

#include <optional>

namespace assay::decode {

/// Changes one piece at a time: `change` may do so in place, or drop the piece by returning false. `index` counts
/// from 0.
DecodeStepMaker eachPiece(std::function<bool(std::string &piece, size_t index)> change);
/// GPT-2's alphabet to bytes, all of them one text; what is no UTF-8 becomes U+FFFD.
DecodeStepMaker bytes();
/// Runs of <0xNN> to text. A run that is no UTF-8 becomes a U+FFFD for each byte; `byCharacter`: only what is broken
/// of it does (SentencePiece).
DecodeStepMaker byteFallback(bool byCharacter);
/// All that follows is one piece.
DecodeStepMaker fuse();
/// Drops up to so many of a character at the start and at the end of each piece.
DecodeStepMaker strip(std::string character, uint64_t start, uint64_t stop);
/// The suffix that ends a word becomes a blank, of the last piece nothing.
DecodeStepMaker wordSuffix(std::string suffix);
/// Pieces that repeat and those of padding go; the delimiter is a blank.
DecodeStepMaker ctc(std::string padding, std::string delimiter, bool cleanUp);
/// Blanks between pieces.
DecodeStepMaker joinWithBlanks();

/// BERT's: no blanks before marks and shortened words.
void cleanUp(std::string &piece);
void replaceAll(std::string &text, std::string_view from, std::string_view to);
/// The byte of <0xNN>.
std::optional<char> byteOf(std::string_view piece);

} // namespace assay::decode
