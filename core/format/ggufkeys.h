// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"
#include "core/format/ggufcursor.h"
#include "core/format/metadata.h"

#include <stop_token>

namespace assay {

/// Reads so many keys with their values; what a value holds beyond the bounds of MetadataEntry is skipped. Stops at
/// the first failure, which the cursor keeps.
std::vector<MetadataEntry> readGgufKeys(GgufCursor &cursor, uint64_t count, const std::stop_token &stop);

/// A forged file must not fill the list of findings: of each kind so many are told.
constexpr size_t kMostToldAlike = 20;

/// Keys that stand twice, and those whose type is not the one that the format names for them.
std::vector<Finding> checkGgufKeys(const std::vector<MetadataEntry> &keys, const std::string &file);

} // namespace assay
