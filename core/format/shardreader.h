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

/// The chosen files as a checkpoint begins with them, none of them read yet.
std::vector<CheckpointFile> filesToRead(const FileSet &files, const WeightFiles &weights);
/// A file of a set that cannot be read is left out and told. Of one that is not there the choice of the files or the
/// index tells.
void leaveOut(Checkpoint &checkpoint, uint32_t file, const Error &error);
/// Sorts the tensors of a set whose files have all been read, and tells what is odd in it and how it differs from its index.
void finishSet(Checkpoint &checkpoint, const FileSet &files, const WeightFiles &weights);
/// Tells of tensors that two files of a naturally sorted checkpoint hold, once for each pair of files.
void tellTensorsInTwoFiles(Checkpoint &checkpoint);
/// Tells of dtypes that are not known, once for each.
void tellUnknownDtypes(Checkpoint &checkpoint);

} // namespace assay
