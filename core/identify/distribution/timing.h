// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"

#include <span>

namespace assay {

/// How long the first token took after a prompt of so many tokens (with a fresh beginning, so that no prefix cache helps).
struct FirstToken
{
    int64_t promptTokens = 0;
    double seconds = 0;
};

/// T5, one-sided: an endpoint can always be slower than its model, hardly quicker. A slope whose interval lies below half of the one
/// that the claimed model has on hardware at least as good counts 3 to 1 against the claim; anything else nothing.
Evidence firstTokenEvidence(std::span<const FirstToken> points, std::optional<double> referenceSlope);

/// T5, one-sided: the shortest tenth of the gaps between tokens against the floor active bytes / bandwidth (identity.md 7.12) of the hardware that
/// is stated. Tokens that arrive together say nothing of it: only gaps above 0 are to be given.
Evidence tokenFloorEvidence(std::span<const double> gaps, std::optional<double> floorSeconds);

} // namespace assay
