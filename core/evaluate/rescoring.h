// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"

namespace assay {

/// What judging anew did.
struct Rescoring
{
    size_t judged = 0;  ///< rows
    size_t changed = 0; ///< of these, with another outcome or score
    size_t unreadable = 0; ///< rows whose answer could not be read from the disk: they stay as they are
    size_t unknown = 0; ///< rows whose item the suite does not have: they stay as they are
};

/// Derives every judgement of a run anew from its answers, by this suite's scorer and right answers; nothing is asked. The protocol's
/// scorer becomes the suite's. The suite may have another scorer, extraction or right answers than the run was made with, but ids
/// must mean the same items: compare the fingerprints of what was asked before, where that matters.
Rescoring rescore(EvaluationRun &run, const Suite &suite);

} // namespace assay
