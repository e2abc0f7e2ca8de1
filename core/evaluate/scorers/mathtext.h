// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// A box of an answer: what stands in its braces, and where.
struct Box
{
    std::string_view content; ///< a view into the text
};
/// The last \boxed{...}, else the last \fbox{...}; blanks may stand before the brace. One that is mentioned without braces is prose
/// and skipped; where the last one with a brace is not closed, there is none (Hendrycks). Where no brace follows any of them,
/// "\boxed 5$" counts.
std::optional<Box> lastBox(std::string_view text);

/// The normal form of Hendrycks' MATH: the steps of evaluation.md 3.4 in their order. Nothing where the original raises an error and
/// compares the texts as they stand.
std::optional<std::string> hendrycksForm(std::string_view answer);
/// Equal by those rules: normal forms where both have one, else the texts.
bool hendrycksEqual(std::string_view a, std::string_view b);

/// What else is only another way to write the same: dollar signs around, thin spaces, \text{} and the like, \mathrm{}, "{,}", a last
/// full stop, signs of full width, U+2212.
std::string plainMath(std::string_view answer);

} // namespace assay
