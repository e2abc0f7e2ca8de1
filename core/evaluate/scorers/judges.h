// SPDX-License-Identifier: GPL-3.0-or-later
// The judging functions of the scorers, one a row of the table in scorers.cpp. Each is asked only for answers that stand: no error, not
// refused, nothing cut off the prompt.
#pragma once

#include "core/evaluate/scorer.h"

namespace assay::judges {

/// A piece of an output.
struct Cut
{
    size_t from = 0, length = 0; ///< in bytes of the output
    bool ended = false;          ///< what marks its end was there
};
/// What follows the last `after`, up to `until`, trimmed; looked for from this place on. Nothing when it is not there or empty.
std::optional<Cut> cutOut(const ExtractRule &rule, std::string_view output, size_t from = 0);

Judgement exactMatch(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice);
/// The choice of the largest log-likelihood; ties go to the first (lm-evaluation-harness, acc).
Judgement accuracy(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice);

} // namespace assay::judges
