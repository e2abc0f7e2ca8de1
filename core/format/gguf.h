// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"
#include "core/format/checkpoint.h"
#include "core/format/weightfiles.h"

#include <stop_token>

namespace assay {

/// What one GGUF file declares. Format: gguf.md of ggml (inspectors.md 4c); versions 1 to 3, both byte orders.
struct GgufHeader
{
    uint32_t version = 0;
    bool bigEndian = false;
    uint64_t alignment = 32;
    uint64_t dataOffset = 0;             ///< where the tensors begin, bytes
    std::vector<MetadataEntry> metadata; ///< the keys, in the file's order
    std::vector<TensorRecord> tensors;   ///< in the file's order; file is 0
    std::vector<Finding> findings;       ///< what is odd, but no reason to refuse the file
    std::shared_ptr<Arena> arena = std::make_shared<Arena>(); ///< of the records
};

/// Reads the header of an open file in a window of bounded size; never touches the tensors. Errors: GgufDamaged,
/// GgufTooLarge, Cancelled, those of reading.
Result<GgufHeader> readGgufHeader(const ByteSource &file, std::shared_ptr<Arena> arena = std::make_shared<Arena>(),
                                  const std::stop_token &stop = {});
/// Whether a file that begins like this is GGUF.
bool looksLikeGguf(std::string_view head);

/// Reads the headers of one file or of a split set into one checkpoint; the keys are those of the first file that
/// can be read. In a set a missing or damaged file is a finding; a single file that is damaged is an error.
Result<Checkpoint> readGguf(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop);

} // namespace assay
