// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"
#include "core/format/indexcheck.h"
#include "core/format/weightfiles.h"

#include <stop_token>

namespace assay {

/// Reads the headers of the chosen files into one checkpoint and holds them against the index. In a set a
/// missing or damaged shard is a finding; a single file that is damaged is an error.
Result<Checkpoint> readSafetensors(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop);

/// Tells how the files differ from what their index says of them; `differences` is best computed before the tensors
/// are sorted.
void tellIndex(Checkpoint &checkpoint, const FileSet &files, const ShardIndex &index, const std::string &indexName,
               const IndexDifferences &differences);
/// Tells of names that stand twice in one file of a naturally sorted checkpoint, once a file.
void tellTensorsTwiceInAFile(Checkpoint &checkpoint);
/// Tells of tensors that two files of a naturally sorted checkpoint hold, once for each pair of files.
void tellTensorsInTwoFiles(Checkpoint &checkpoint);
/// Tells of dtypes that are not known, once for each.
void tellUnknownDtypes(Checkpoint &checkpoint);

} // namespace assay
