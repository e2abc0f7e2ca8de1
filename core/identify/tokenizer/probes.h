// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/tokenizer/tokentable.h"

namespace assay {

/// One user message whose tokens an endpoint counts.
struct TokenMessage
{
    std::string id;                        ///< "A" ... "F", "base", "t13"
    std::string text;                      ///< the whole message, frame and all
    std::map<std::string, int64_t> counts; ///< by family, as far as its tokenizer or the table tells; without special tokens
    bool operator==(const TokenMessage &) const = default;
};

/// Strings of the designs of identity.md, section 5, drawn anew for each seed: A digits, B Chinese with ASCII commas, C emoji with
/// joiners, D Thai, E letters with combining accents, F hexadecimal. By their letter.
std::map<std::string, std::string> drawDesigns(uint64_t seed);

/// What is sent to learn the tokenizer by counting.
struct TokenProbes
{
    std::vector<TokenMessage> messages; ///< the first is the base from which differences are taken
    std::vector<TokenMessage> lines;    ///< texts of the table to be copied, a line each: letters alone, so that their tokens do not depend on what is beside them
    std::string digits;                 ///< a long number to be copied: a multiple of three digits
};

/// Designs where tokenizers of the claimed family and of another are here, and texts of the table, `texts` of them, chosen by the seed so
/// that they separate the claimed family from every other. A tokenizer that is here counts the whole message itself: framing may shift
/// a count by one, so nothing is ever added up.
TokenProbes makeTokenProbes(const TokenTable &table, const TokenizerSet &here, const std::string &claimed, uint64_t seed, size_t texts = 8);

} // namespace assay
