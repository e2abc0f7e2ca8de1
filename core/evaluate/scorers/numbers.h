// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/scorers/exactnumber.h"

#include <string>
#include <string_view>

namespace assay {

/// What lm-evaluation-harness's GSM8K task finds: the number behind the first "#### " (strict), or the last number of all
/// (flexible); empty where there is none. A view into the text.
std::string_view gsm8kStrictNumber(std::string_view text);
std::string_view gsm8kFlexibleNumber(std::string_view text);
/// As that task compares them: without "$", commas, everything up to "#### " and a last full stop, lower case.
std::string gsm8kCompared(std::string_view text);

/// A number as people write it, where it stands and whether it is a share of a hundred.
struct WrittenNumber
{
    ExactNumber value;
    std::string_view text; ///< sign, digits, point, slash; without currency and percent
    bool percent = false;
    int decimals = 0;      ///< behind the point
};
/// The number that begins here: an optional sign and currency, digits with commas, a point, "/" and a second whole number, "%".
std::optional<WrittenNumber> numberAt(std::string_view text, size_t at);
/// The last number of a text. One that belongs to a word ("GPT4", "x2") is none.
std::optional<WrittenNumber> lastNumber(std::string_view text);
/// Whether a number is another one rounded to its decimals, without being equal to it.
bool isRounded(const ExactNumber &rounded, int decimals, const ExactNumber &full);

} // namespace assay
