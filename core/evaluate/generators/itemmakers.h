// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/generators/generators.h"
#include "core/evaluate/generators/randomdraw.h"

namespace assay::makers {

SuiteItem needle(const ItemPlace &place, RandomDraw &random);     ///< difficulty: other needles of the same kind
SuiteItem tracking(const ItemPlace &place, RandomDraw &random);   ///< difficulty: assignments from one name to the next
SuiteItem arithmetic(const ItemPlace &place, RandomDraw &random); ///< difficulty: steps
SuiteItem sorting(const ItemPlace &place, RandomDraw &random);    ///< difficulty: numbers
SuiteItem program(const ItemPlace &place, RandomDraw &random);    ///< difficulty: steps before the last
SuiteItem proof(const ItemPlace &place, RandomDraw &random);      ///< the first is n^2 + n + 41
SuiteItem handiwork(const ItemPlace &place, RandomDraw &random);  ///< quicksort, files with the right exceptions
SuiteItem summary(const ItemPlace &place, RandomDraw &random);    ///< difficulty: facts

/// Prose of about so many words with these sentences put into it, each at the end of a sentence and at its share (0 to 1) of the text.
std::string proseWith(int64_t words, std::vector<std::pair<double, std::string>> sentences, RandomDraw &random);

} // namespace assay::makers
