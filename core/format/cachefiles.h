// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/fileset.h"

namespace assay {

/// The snapshot that a folder models--ORG--NAME of a hub's cache stands for: of refs/main, else of the newest ref, else
/// the newest one. Nothing when the folder is none, or holds no snapshot.
std::optional<std::filesystem::path> currentSnapshot(const std::filesystem::path &repository);

/// "ORG/NAME" of a path inside models--ORG--NAME/snapshots; empty for other paths.
std::string cachedName(const std::filesystem::path &path);

/// Fills in what the files of a folder should be, as told by the cache they are in (names of blobs, trees/), by the
/// hub's client in a folder of downloads (.cache/huggingface), and by lists of SHA-256 sums beside them. Files that are
/// listed but absent, wrong sizes and dangling links become findings; nothing is hashed. `files` is sorted by name.
std::vector<Finding> addExpectations(std::vector<FileEntry> &files, const std::filesystem::path &directory);

} // namespace assay
