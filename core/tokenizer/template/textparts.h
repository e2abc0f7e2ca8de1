// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/interpreter.h"

namespace assay::jinja {

/// Python's str.capitalize().
std::string capitalizedText(std::string_view text);
/// Without these characters (null: white space) at its ends.
std::string_view strippedOf(std::string_view text, const Text *characters, bool left, bool right);
/// Every occurrence, or the first `count` of them from 0 on; an empty `old` stands between all characters.
Value replacedText(Interpreter &run, std::string_view text, std::string_view old, std::string_view fresh, int64_t count);
/// Python's str.splitlines(). withLast: a line end at the end starts one more line.
std::vector<std::string_view> linesOf(std::string_view text, bool keepEnds, bool withLast);

enum class Side { Left, Right, Both };
/// Filled up to a width with one character; side: where the text is missing it.
Value paddedText(Interpreter &run, const Text &text, int64_t width, std::string_view fill, Side side);

} // namespace assay::jinja
