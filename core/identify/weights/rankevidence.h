// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"

namespace assay {

/// What the singular values of logits or log-probabilities told (identity.md 7.10).
struct RankFound
{
    int64_t rank = 0;
    double gap = 0;  ///< ln of the ratio of the singular values beside it
    int64_t rows = 0, columns = 0; ///< of the matrix: the rank cannot be larger than either
};

/// "weights.hidden_rank": the numerical rank beside the hidden size that is claimed. Contradiction (channel "rank") where it differs; one more is
/// as good as equal, since log-probabilities add the normaliser. A gap of at most 1, or a matrix no larger than the claimed size, decides nothing.
Evidence rankEvidence(const RankFound &found, int64_t claimedHidden);

} // namespace assay
