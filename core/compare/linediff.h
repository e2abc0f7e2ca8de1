// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace assay {

enum class LineChange { Same, Removed, Added };

struct DiffLine
{
    LineChange change = LineChange::Same;
    std::string text;
    size_t before = 0; ///< its number in the first text, from 1; 0 for an added line
    size_t after = 0;  ///< in the second; 0 for a removed one
};

/// The fewest lines that turn the first text into the second (Myers, An O(ND) Difference Algorithm, 1986). Texts that
/// differ in more than some thousand lines are told as wholly replaced between their common ends.
std::vector<DiffLine> diffLines(const std::string &before, const std::string &after);

} // namespace assay
