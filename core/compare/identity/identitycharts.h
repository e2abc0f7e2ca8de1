// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"
#include "core/identify/verification.h"

#include <string>
#include <vector>

namespace assay {

/// Tokenizers that give every probe the same count cannot be told apart by counts: they are one.
struct ProbeFamily
{
    std::vector<std::string> names;       ///< "qwen2_5", "qwen3"
    std::vector<int64_t> expected;        ///< by probe
    int64_t mismatch = 0;                 ///< sum of differences to what came back
    int64_t largest = 0;                  ///< the largest of them
    std::string title() const;            ///< "qwen2_5 = qwen3"
};
/// Those that expect a count for every probe, the best fitting first.
std::vector<ProbeFamily> probeFamilies(const std::vector<TokenProbe> &probes);

/// Charts of one verification: token counts, how far each tokenizer is from them, power against each alternative, effects beside what
/// would have been seen, likelihood ratios. Those that there is nothing for are left out. Ids begin with "identity_".
std::vector<ChartSpec> identityCharts(const Verification &verification, const Translate &translate = untranslated);

} // namespace assay
