// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"
#include "core/format/fileset.h"
#include "core/format/weightfiles.h"

#include <span>
#include <stop_token>

namespace assay {

/// One format of weights. A new one is a reader in a file of its own and a row in weightformats.cpp.
struct WeightFormat
{
    const char *name;                            ///< "safetensors"
    std::span<const std::string_view> extensions; ///< ".safetensors"
    /// Names that a folder's weights have by custom, tried first: the single file, and the index of shards. May be empty.
    std::string_view usualFile, usualIndex;
    /// Whether these first bytes (up to 64) of a file are this format's; tells files with foreign names.
    bool (*recognises)(std::string_view head);
    /// Reads the headers of the chosen files. In a set a missing or damaged file is a finding; a single file whose
    /// header cannot be read is an error. One odd thing is never a reason to refuse a file.
    Result<Checkpoint> (*read)(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop);
};

/// In the order in which a folder's weights are looked for.
std::span<const WeightFormat> weightFormats();
/// "safetensors, gguf, ...", for errors.
std::string weightFormatNames();
/// By the first bytes, else by the name; null when no format is known.
const WeightFormat *formatOf(const ByteSource &file, std::string_view name);

} // namespace assay
