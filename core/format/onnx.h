// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"
#include "core/format/weightfiles.h"

#include <stop_token>

namespace assay {

/// Whether a file may begin like this as ONNX does: protobuf has no mark of its own, but all writers put the version
/// of the format first.
bool looksLikeOnnx(std::string_view head);

/// Reads the chosen files, and the sizes of the files of weights beside them (inspectors.md 4e). Values are skipped by
/// their length, so files of any size are read. Errors: OnnxDamaged, Cancelled.
Result<Checkpoint> readOnnx(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop);

} // namespace assay
