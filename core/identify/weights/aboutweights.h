// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"

namespace assay {

/// An evidence of the tier of weights to be filled in.
inline Evidence aboutWeights(Evidence::Kind kind, const char *test)
{
    Evidence evidence;
    evidence.tier = Tier::Weights;
    evidence.kind = kind;
    evidence.test = test;
    return evidence;
}

} // namespace assay
