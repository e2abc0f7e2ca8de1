// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/decoder.h"
#include "core/engine/weightmatch.h"
#include "core/model/weightvariant.h"

namespace assay::engine {

/// Prunes each matrix that isPruned() names, by itself, on all threads: the round(share x numbers) of the smallest magnitude
/// become 0, as torch.nn.utils.prune.l1_unstructured does it, or all but n of every m of a row. Of equal magnitudes those that
/// stand first go first. The zeros are stored and multiplied like all numbers. Errors: Cancelled.
Result<void> pruneWeights(Decoder &decoder, const std::vector<MatchedWeight> &weights, const Pruning &pruning, const std::stop_token &stop);

} // namespace assay::engine
