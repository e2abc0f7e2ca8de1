// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/verification.h"
#include "core/model/facts.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// Hashes a subject's files, with progress on stderr; wrong ones become findings of the inspection. Errors: BadUsage
/// for a subject on a server; Cancelled.
Result<std::vector<FileVerification>> verifyFiles(Inspection &inspection);
/// For `inspect --verify-files`, as a table and as "files" of the JSON.
void printVerification(const std::vector<FileVerification> &results);
nlohmann::json verificationJson(const Inspection &inspection, const std::vector<FileVerification> &results);

} // namespace assay
