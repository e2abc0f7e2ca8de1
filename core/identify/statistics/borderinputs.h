// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/permutation.h"

#include <string>

namespace assay {

/// A prompt on the border between two answers of one token, asked at temperature 0: then and today.
struct BorderInput
{
    std::vector<std::string> reference, today;
};

/// Total variation between the two samples: half the sum over answers of |share then - share today|. NaN where one is empty.
double totalVariation(const BorderInput &input);
/// The mean over inputs, answers dealt anew within each (arXiv 2602.11083). Inputs without answers on a side are left out.
PermutationTest borderTest(std::span<const BorderInput> inputs, const Resampling &how = {});

} // namespace assay
