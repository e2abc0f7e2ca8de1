// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/charsmap.h"
#include "core/tokenizer/normalizer.h"

#include <memory>

namespace assay::normalize {

/// NFC, NFD, NFKC, NFKD by options of utf8proc_map; only what a normal form may change is looked at closely.
void form(std::string &text, int options);
/// Character by character, as the reference does: no final sigma.
void lowercase(std::string &text);
/// Drops marks: all of them, or only those that take no room (Mn).
void dropMarks(std::string &text, bool onlyNonspacing);
void strip(std::string &text, bool left, bool right);
/// SentencePiece's rules for Chinese and Japanese models ("nmt"): control characters go, odd blanks become plain.
void nmt(std::string &text);
/// BERT's clean_text: control characters and U+FFFD go, white space becomes a blank.
void clean(std::string &text);
/// A blank on each side of every Chinese character.
void spaceChinese(std::string &text);
void prepend(std::string &text, const std::string &content);
/// Bytes as GPT-2's alphabet spells them.
void byteLevel(std::string &text);
/// The reference's way with a charsmap: by grapheme, the shortest sequence that fits.
void precompiled(std::string &text, const Charsmap &map);
/// SentencePiece's own way: the longest sequence from left to right, then its rules for blanks. The map may be null.
void sentencePiece(std::string &text, const Charsmap *map, SentencePieceRules rules);

} // namespace assay::normalize
