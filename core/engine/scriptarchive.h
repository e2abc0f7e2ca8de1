// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"

#include <optional>

namespace assay::engine {

/// Whether each member of a TorchScript archive has the bytes that its checksum is of. libtorch does not look: changed
/// weights would be computed with, and changed code can end the process. Reads the whole file.
/// Errors: ScriptUnloadable, Cancelled, what keeps the file from being read.
Result<void> checkScriptArchive(const ModelDirectory &directory, const std::stop_token &stop);

} // namespace assay::engine
