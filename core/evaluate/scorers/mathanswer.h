// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace assay {

enum class Sameness { Equal, Different, Undecided };
struct MathComparison
{
    Sameness sameness = Sameness::Undecided;
    const char *rule = ""; ///< what told it: "same text", "exact value", ...
};

/// Whether two mathematical answers in LaTeX are the same: normal forms that are equal texts; numbers, fractions, mixed numbers,
/// powers and percentages by exact value; tuples, intervals and lists element by element; words without case. Anything else
/// (roots, variables, units, a decimal that rounds a fraction) is undecided rather than guessed. Linear in the lengths.
MathComparison compareMath(std::string_view gold, std::string_view given);

} // namespace assay
