// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"
#include "core/format/shardindex.h"

namespace assay {

/// What an index says of each file, counted against what the files hold.
struct IndexDifferences
{
    std::vector<uint64_t> named;   ///< tensors that the index places in the file
    std::vector<uint64_t> absent;  ///< of these, not in it
    std::vector<uint64_t> orphans; ///< in the file, but not in the index at all
};

/// The index' files are the checkpoint's. Quickest while the tensors are still in the order of their files.
IndexDifferences compareWithIndex(const Checkpoint &checkpoint, const ShardIndex &index);

} // namespace assay
